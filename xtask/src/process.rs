//! Other programs: run to their end, or kept running and ended by their process id.
//!
//! Each gets a process group of its own, so that its whole tree ends with it; Ctrl-C reaches
//! xtask alone, which passes it on.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use std::os::unix::process::CommandExt;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
const GRACE: Duration = Duration::from_secs(10);

/// Ctrl-C and SIGTERM set a flag that every wait looks at, so that destructors run.
pub(crate) fn catch_interrupts() -> Result<()> {
    ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::SeqCst))
        .context("cannot listen for Ctrl-C")
}

pub(crate) fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// A running program, ended when dropped.
pub(crate) struct Running {
    child: Child,
    line: String,
    stop: Signal,
}

impl Running {
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let line = line(command);
        let child =
            command.process_group(0).spawn().with_context(|| format!("cannot start `{line}`"))?;
        Ok(Self { child, line, stop: Signal::SIGTERM })
    }

    /// The signal that asks this program to end (SIGTERM unless said otherwise).
    pub(crate) fn stopped_by(mut self, signal: Signal) -> Self {
        self.stop = signal;
        self
    }

    /// Its status if it has ended.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().with_context(|| format!("cannot wait for `{}`", self.line))
    }

    /// Lets a server run; Ctrl-C is the way it is meant to end.
    pub(crate) fn until_interrupted(mut self) -> Result<()> {
        let status = self.wait();
        if interrupted() {
            return Ok(());
        }
        succeeded(status?, &self.line)
    }

    fn wait(&mut self) -> Result<ExitStatus> {
        loop {
            if let Some(status) = self.ended()? {
                return Ok(status);
            }
            if interrupted() {
                bail!("interrupted");
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn signal(&self, signal: Signal) {
        // The group may have ended meanwhile, which is what was asked for.
        if let Ok(id) = i32::try_from(self.child.id()) {
            let _ = killpg(Pid::from_raw(id), signal);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        self.signal(self.stop);
        let asked = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && asked.elapsed() < GRACE {
            thread::sleep(Duration::from_millis(10));
        }
        if matches!(self.child.try_wait(), Ok(None)) {
            self.signal(Signal::SIGKILL);
            let _ = self.child.wait();
        }
    }
}

/// Runs a program to its end; its output goes to ours.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let mut running = Running::start(command.stdin(Stdio::null()))?;
    let status = running.wait()?;
    succeeded(status, &running.line)
}

/// Runs a program to its end and hands each line of its standard output on as it comes.
pub(crate) fn run_reading(command: &mut Command, mut each: impl FnMut(&str)) -> Result<()> {
    let mut running = Running::start(command.stdin(Stdio::null()).stdout(Stdio::piped()))?;
    let Some(stdout) = running.child.stdout.take() else { bail!("no output to read") };
    let (send, receive) = std::sync::mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                break;
            }
        }
    });
    loop {
        match receive.recv_timeout(Duration::from_millis(50)) {
            Ok(line) => each(&line),
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) if interrupted() => {
                bail!("interrupted")
            }
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {}
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
        }
    }
    let status = running.wait()?;
    succeeded(status, &running.line)
}

/// What a program prints; its standard error is told when it fails.
pub(crate) fn output(command: &mut Command) -> Result<Vec<u8>> {
    let line = line(command);
    let output =
        command.stdin(Stdio::null()).output().with_context(|| format!("cannot start `{line}`"))?;
    if !output.status.success() {
        let error = String::from_utf8_lossy(&output.stderr);
        bail!("`{line}` failed ({}): {}", output.status, error.trim());
    }
    Ok(output.stdout)
}

pub(crate) fn text(command: &mut Command) -> Result<String> {
    Ok(String::from_utf8(output(command)?)?.trim().to_owned())
}

fn succeeded(status: ExitStatus, line: &str) -> Result<()> {
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// The command as a person would type it.
fn line(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}
