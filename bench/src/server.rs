//! `preau serve`, as a commune runs it.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::time::sleep;

/// A Monday morning, which stands still: the week after is open, and no token ends.
pub(crate) const NOW: &str = "2017-11-06T08:00:00Z";
const START: Duration = Duration::from_secs(30);

/// A running server; what is dropped without [`Server::stop`] is killed.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// Serves the demo in a database; `folder` keeps the log.
    pub(crate) async fn start(preau: &Path, database: &str, folder: &Path) -> Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let log = folder.join("log");
        let out = File::create(&log)?;
        let child = Command::new(preau)
            .args(["serve", "--demo"])
            .current_dir(folder)
            .env("PREAU_DATABASE_URL", database)
            .env("PREAU_LISTEN", address.to_string())
            .env("PREAU_NOW", NOW)
            .stdin(Stdio::null())
            .stdout(out.try_clone()?)
            .stderr(out)
            .spawn()
            .with_context(|| format!("cannot start {}", preau.display()))?;
        let mut server = Self { child, address };
        let asked = Instant::now();
        while TcpStream::connect(address).is_err() {
            if server.child.try_wait()?.is_some() || asked.elapsed() > START {
                bail!("the server does not serve:\n{}", fs::read_to_string(&log)?);
            }
            sleep(Duration::from_millis(20)).await;
        }
        Ok(server)
    }

    /// Resident memory, in megabytes.
    pub(crate) fn memory(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = resident.and_then(|line| line.split_whitespace().next()).context("no VmRSS")?;
        Ok(kib.parse::<f64>()? * 1024.0 / 1e6)
    }

    /// Ends it as an operator does.
    pub(crate) fn stop(mut self) -> Result<()> {
        kill(Pid::from_raw(self.child.id().try_into()?), Signal::SIGTERM)?;
        let status = self.child.wait()?;
        ensure!(status.success(), "the server ended with {status}");
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already, unless something went wrong.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
