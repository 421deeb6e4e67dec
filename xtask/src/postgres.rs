//! A PostgreSQL server of our own for one run of tests or measurements, on a free port, thrown away
//! after.

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use std::{env, process as this};

use anyhow::{Context, Result, bail};
use nix::sys::signal::Signal;
use nix::unistd::User;

use crate::process::{self, Running};
use crate::provision;

const START: Duration = Duration::from_mins(1);

/// What a commit waits for.
#[derive(Clone, Copy)]
pub(crate) enum Commit {
    /// Tests kill our server, never this machine: what PostgreSQL has written to the system's cache
    /// survives that, and not waiting for the disk halves the time.
    Cached,
    /// The disk, as a commune's server does.
    Durable,
}

impl Commit {
    fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Cached => &["-c", "fsync=off", "-c", "full_page_writes=off"],
            Self::Durable => &[],
        }
    }
}

pub(crate) struct Postgres {
    /// A superuser on the maintenance database.
    pub(crate) url: String,
    /// The folder of its programs.
    pub(crate) programs: PathBuf,
    // Dropped in this order: the server ends before its folder goes.
    _server: Running,
    _folder: Folder,
}

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // Left-overs in the temporary folder harm nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Postgres {
    pub(crate) fn start(commit: Commit) -> Result<Self> {
        let programs = programs()?;
        let owner = owner()?;
        let folder = Folder(env::temp_dir().join(format!("preau-postgres-{}", this::id())));
        fs::create_dir(&folder.0).with_context(|| folder.0.display().to_string())?;
        if let Some(owner) = &owner {
            chown(&folder.0, Some(owner.uid.as_raw()), Some(owner.gid.as_raw()))?;
        }
        let data = folder.0.join("data");
        let command = |name: &str| {
            let mut command = Command::new(programs.join(name));
            command.current_dir(&folder.0);
            if let Some(owner) = &owner {
                command.uid(owner.uid.as_raw()).gid(owner.gid.as_raw());
            }
            command
        };
        process::output(
            command("initdb")
                .args(["--username=postgres", "--auth=trust", "--encoding=UTF8"])
                .args(["--locale=C.UTF-8", "--no-sync", "--pgdata"])
                .arg(&data),
        )?;
        let port = free_port()?;
        let log = folder.0.join("log");
        let mut server = Running::start(
            command("postgres")
                .arg("-D")
                .arg(&data)
                .args(["-p", &port.to_string()])
                .args(["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="])
                .args(["-c", "max_connections=300"])
                .args(commit.settings())
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(File::create(&log)?),
        )?
        // Its fast shutdown: sessions are ended rather than waited for.
        .stopped_by(Signal::SIGINT);
        let ready = || {
            process::output(command("pg_isready").args([
                "-q",
                "-h",
                "127.0.0.1",
                "-p",
                &port.to_string(),
            ]))
            .is_ok()
        };
        let asked = Instant::now();
        while !ready() {
            if server.ended()?.is_some() || asked.elapsed() > START {
                bail!("PostgreSQL did not start:\n{}", fs::read_to_string(&log)?);
            }
            if process::interrupted() {
                bail!("interrupted");
            }
            thread::sleep(Duration::from_millis(50));
        }
        let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        Ok(Self { url, programs, _server: server, _folder: folder })
    }
}

/// PostgreSQL refuses to run as root; its packages bring an account for it.
fn owner() -> Result<Option<User>> {
    if !provision::is_root() {
        return Ok(None);
    }
    let named = |name| User::from_name(name).context("cannot read the accounts of this machine");
    match named("postgres")? {
        Some(user) => Ok(Some(user)),
        None => Ok(Some(named("nobody")?.context("no account to run PostgreSQL as")?)),
    }
}

/// The folder with the server's programs.
fn programs() -> Result<PathBuf> {
    if let Some(folder) = installed() {
        return Ok(folder);
    }
    provision::packages(&["postgresql"], "A PostgreSQL server is needed")?;
    installed().context("PostgreSQL's programs are still not to be found")
}

fn installed() -> Option<PathBuf> {
    let in_path = provision::program("initdb").and_then(|path| path.parent().map(Path::to_owned));
    let mut folders: Vec<_> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    folders.sort_by_key(|folder| version_of(folder));
    in_path.into_iter().chain(folders.into_iter().rev()).find(|folder| {
        ["initdb", "postgres", "pg_isready"].iter().all(|name| folder.join(name).is_file())
    })
}

fn version_of(bin: &Path) -> Option<u32> {
    bin.parent()?.file_name()?.to_str()?.parse().ok()
}

/// The system gives a port; it is ours unless somebody takes it in the next instant.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::version_of;

    #[test]
    fn versions_are_numbers_not_text() {
        let of = |path| version_of(Path::new(path));
        assert!(of("/usr/lib/postgresql/9/bin") < of("/usr/lib/postgresql/15/bin"));
        assert_eq!(of("/usr/lib/postgresql/old/bin"), None);
    }
}
