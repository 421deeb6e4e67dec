//! `cargo xtask dev`: the demo, rebuilt and reloaded at every change.

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::mailbox::Mailbox;
use crate::process::{self, Running};
use crate::{demo, repo, server, stamp, web};

const PAUSE: Duration = Duration::from_millis(500);
const WEB: &[&str] =
    &["web/src", "web/styles", "web/assets", "web/index.html", "web/boot.js", "domain/src"];
const SERVER: &[&str] = &["api/src", "api/Cargo.toml", "migrations", "domain/src"];

pub(crate) fn dev(options: &demo::Options) -> Result<()> {
    options.check_port()?;
    let mut web = Watched::new(WEB)?;
    let mut code = Watched::new(SERVER)?;
    web::build(&web::Options { dev: true })?;
    let mailbox = Mailbox::open()?;
    let mut running = Some(demo::start(&server::debug()?, options, Some(&mailbox))?);
    while !process::interrupted() {
        thread::sleep(PAUSE);
        if web.changed()? {
            tell(web::build(&web::Options { dev: true }));
        }
        if code.changed()? {
            // Built while the old one still answers; only then are they changed over.
            tell(
                server::debug().and_then(|preau| restart(&mut running, &preau, options, &mailbox)),
            );
        }
    }
    Ok(())
}

fn restart(
    running: &mut Option<Running>,
    preau: &std::path::Path,
    options: &demo::Options,
    mailbox: &Mailbox,
) -> Result<()> {
    drop(running.take());
    *running = Some(demo::start(preau, options, Some(mailbox))?);
    Ok(())
}

/// A mistake in the code must not end the watching.
fn tell(result: Result<()>) {
    if let Err(error) = result {
        eprintln!("error: {error:#}");
    }
}

struct Watched {
    paths: Vec<PathBuf>,
    seen: Vec<(PathBuf, Option<SystemTime>)>,
}

impl Watched {
    fn new(paths: &[&str]) -> Result<Self> {
        let paths = paths.iter().map(|path| repo::path(path)).collect();
        let mut watched = Self { paths, seen: Vec::new() };
        watched.changed()?;
        Ok(watched)
    }

    fn changed(&mut self) -> Result<bool> {
        let mut now = Vec::new();
        for path in &self.paths {
            for file in stamp::files(path)? {
                let modified = file.metadata().and_then(|data| data.modified()).ok();
                now.push((file, modified));
            }
        }
        let changed = now != self.seen;
        self.seen = now;
        Ok(changed)
    }
}
