//! A Redis of one cluster, which can be stopped and started. It keeps nothing.

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use tokio::net::TcpStream;

use super::{free_address, until};

/// A server, running or not.
#[derive(Debug)]
pub struct Redis {
    folder: PathBuf,
    address: String,
    child: RefCell<Option<Child>>,
}

impl Redis {
    pub(super) fn new(place: &Path) -> Self {
        Self { folder: place.to_owned(), address: free_address(), child: RefCell::default() }
    }

    /// Starts it, and waits until it can be reached.
    pub async fn start(&self) {
        let port = self.address.rsplit(':').next().expect("a port");
        let mut command = Command::new("redis-server");
        command.args(["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir"]).arg(&self.folder);
        command.args(["--logfile"]).arg(self.folder.join("redis.log"));
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().expect("redis-server starts (package redis-server)");
        *self.child.borrow_mut() = Some(child);
        until("Redis listens", async || TcpStream::connect(&self.address).await.is_ok()).await;
    }

    /// Stops it; what it knew is gone.
    pub fn stop(&self) {
        if let Some(mut child) = self.child.borrow_mut().take() {
            child.kill().expect("a process of ours can be killed");
            child.wait().expect("it ends");
        }
    }

    /// Its number, while it runs.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.child.borrow().as_ref().map(Child::id)
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://{}", self.address)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.stop();
    }
}
