//! A port that is closed without losing whoever comes in that moment.
//!
//! The kernel takes connections in and keeps them in a queue until the program does. When a port is closed, those in the queue are broken off, and a
//! proxy that has sent a request on one of them cannot know whether it was done. So behind a proxy nobody is let into the queue any more a moment before:
//! who knocks then is not answered, knocks again after a second, and is refused by the closed port. Nothing was sent, so the proxy asks another process.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use novashop_services::Stopping;

/// So long those in the queue have to be taken in: less than the second after which who was not answered knocks again.
const LAST_ARRIVALS: Duration = Duration::from_millis(500);

/// A second handle on a port that a server listens on.
#[derive(Debug)]
pub(crate) struct Port(TcpListener);

impl Port {
    /// Opens a port: for the server, and for us.
    pub(crate) fn open(address: SocketAddr) -> io::Result<(Self, TcpListener)> {
        let socket = TcpListener::bind(address)?;
        Ok((Self(socket.try_clone()?), socket))
    }

    /// Ends when the server is to close its own handle, which is the last one then. `drain` is zero where there is no proxy that would ask again.
    pub(crate) fn closing(self, stopping: &Stopping, drain: Duration) -> impl Future<Output = ()> + use<> {
        let stopping = stopping.clone();
        async move {
            stopping.wait().await;
            if drain.is_zero() {
                return;
            }
            match self.let_nobody_in() {
                Ok(()) => tokio::time::sleep(LAST_ARRIVALS).await,
                // What may be lost then is told in docs/operations.md.
                Err(error) => tracing::debug!(%error, "this system cannot close a port gently"),
            }
        }
    }

    /// Has the kernel throw away every first packet of a connection (SYN) that comes to this port, and nothing else: what stands goes on.
    #[cfg(target_os = "linux")]
    fn let_nobody_in(&self) -> io::Result<()> {
        use socket2::{SockFilter, SockRef};

        // In the kernel's language for filters, where the packet begins with the head of TCP: its flags are the 14th byte.
        const LOAD_BYTE: u16 = 0x30;
        const SKIP_UNLESS_SET: u16 = 0x45;
        const TAKE: u16 = 0x06;
        const FLAGS: u32 = 13;
        const SYN: u32 = 0x02;
        SockRef::from(&self.0).attach_filter(&[
            SockFilter::new(LOAD_BYTE, 0, 0, FLAGS),
            SockFilter::new(SKIP_UNLESS_SET, 0, 1, SYN),
            SockFilter::new(TAKE, 0, 0, 0),
            SockFilter::new(TAKE, 0, 0, u32::MAX),
        ])
    }

    #[cfg(not(target_os = "linux"))]
    fn let_nobody_in(&self) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::{
        io::{Read as _, Write as _},
        net::TcpStream,
        time::Instant,
    };

    use super::*;

    #[test]
    fn who_came_before_the_port_closes_is_taken_in_and_who_comes_then_is_refused_before_anything_was_sent() {
        let (port, server) = Port::open(([127, 0, 0, 1], 0).into()).unwrap();
        let address = server.local_addr().unwrap();
        let mut early = TcpStream::connect(address).unwrap();
        port.let_nobody_in().unwrap();
        early.write_all(b"early").unwrap();
        let late = std::thread::spawn(move || (Instant::now(), TcpStream::connect(address)));
        std::thread::sleep(LAST_ARRIVALS);
        let (mut taken, _) = server.accept().unwrap();
        server.set_nonblocking(true).unwrap();
        assert_eq!(server.accept().unwrap_err().kind(), io::ErrorKind::WouldBlock, "nobody else is in the queue");
        drop((port, server));
        let (began, refused) = late.join().unwrap();
        assert_eq!(refused.unwrap_err().kind(), io::ErrorKind::ConnectionRefused);
        assert!(began.elapsed() < Duration::from_millis(1900), "nginx waits two seconds");
        let mut heard = [0; 5];
        taken.read_exact(&mut heard).unwrap();
        assert_eq!(&heard, b"early");
    }
}
