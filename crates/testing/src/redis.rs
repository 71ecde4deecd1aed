//! A Redis server of one test: it can be stopped and started again, and is gone when the test ends.

use std::{
    cell::RefCell,
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::ports::free_port;

/// The server. It keeps nothing on the disk: started again it knows nothing.
#[derive(Debug)]
pub struct TestRedis {
    port: u16,
    running: RefCell<Option<Child>>,
}

impl TestRedis {
    /// Starts one on a free port.
    #[must_use]
    pub fn start() -> Self {
        let server = Self { port: free_port(), running: RefCell::default() };
        server.start_again();
        server
    }

    /// `redis://127.0.0.1:<port>`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Starts it after [`Self::stop`], on the same port; one that runs is left alone.
    pub fn start_again(&self) {
        if self.running.borrow().is_some() {
            return;
        }
        let port = self.port.to_string();
        let mut command = Command::new("redis-server");
        command.args(["--port", &port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]).current_dir(std::env::temp_dir());
        *self.running.borrow_mut() =
            Some(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("redis-server is installed: scripts/test does that"));
        for _ in 0..500 {
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("redis-server does not listen on {port}");
    }

    /// Its number, while it runs.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.running.borrow().as_ref().map(Child::id)
    }

    /// Stops it as a crash would.
    pub fn stop(&self) {
        if let Some(mut running) = self.running.take() {
            running.kill().expect("it can be stopped");
            running.wait().expect("it has ended");
        }
    }

    /// Asks it something.
    #[must_use]
    pub fn command(&self, words: &[&str]) -> String {
        let port = self.port.to_string();
        let asked = Command::new("redis-cli").args(["-p", &port]).args(words).output().expect("redis-cli is installed with redis-server");
        assert!(asked.status.success(), "{words:?}: {}", String::from_utf8_lossy(&asked.stderr));
        String::from_utf8_lossy(&asked.stdout).into_owned()
    }

    /// Ends every connection, as a network may.
    pub fn cut_connections(&self) {
        let _how_many = self.command(&["CLIENT", "KILL", "TYPE", "normal"]);
    }

    /// Holds it: connections stay and nobody answers. Until [`Self::go_on`].
    pub fn hold(&self) {
        self.signal("-STOP");
    }

    /// Lets it go on after [`Self::hold`].
    pub fn go_on(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let id = self.id().expect("it runs").to_string();
        let sent = Command::new("kill").args([signal, &id]).status().expect("kill can be run");
        assert!(sent.success(), "kill {signal} {id}");
    }
}

impl Drop for TestRedis {
    fn drop(&mut self) {
        self.stop();
    }
}
