//! The sandbox as a program: reads its one option, listens on the loopback, stops when told to.
#![forbid(unsafe_code)]

use std::io::{self, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

use sandbox::{Sandbox, router, serve};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

const USAGE: &str = "\
usage: sandbox [--listen ADDRESS]

  --listen ADDRESS   a loopback address and port, 127.0.0.1:8787 by default; port 0 picks a free one
";

/// What the command line asks for.
enum Task {
    Listen(SocketAddr),
    Help,
}

fn main() -> ExitCode {
    let outcome = match read(std::env::args().skip(1)) {
        Ok(Task::Help) => io::stdout().write_all(USAGE.as_bytes()),
        Ok(Task::Listen(address)) => listen(address),
        Err(complaint) => {
            let _ = writeln!(io::stderr(), "sandbox: {complaint}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

fn read(mut words: impl Iterator<Item = String>) -> Result<Task, String> {
    let mut address = SocketAddr::from(([127, 0, 0, 1], 8787));
    while let Some(word) = words.next() {
        match word.as_str() {
            "--help" | "-h" => return Ok(Task::Help),
            "--listen" => {
                let value = words.next().ok_or("--listen wants an address")?;
                address = value.parse().map_err(|_| format!("{value} is not an address with a port"))?;
            }
            other => return Err(format!("unknown option {other}")),
        }
    }
    if address.ip().is_loopback() {
        Ok(Task::Listen(address))
    } else {
        Err(format!(
            "{address} is not a loopback address: the sandbox has no real secrets and stays on this machine"
        ))
    }
}

fn listen(address: SocketAddr) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut terminated = signal(SignalKind::terminate())?;
        let listener = TcpListener::bind(address)
            .await
            .map_err(|error| io::Error::new(error.kind(), format!("{address}: {error}")))?;
        let address = listener.local_addr()?;
        let mut stdout = io::stdout();
        writeln!(stdout, "sandbox listening on http://{address}")?;
        stdout.flush()?;
        tokio::select! {
            ended = serve(listener, router(Sandbox::seeded())) => ended,
            stopped = tokio::signal::ctrl_c() => stopped,
            _ = terminated.recv() => Ok(()),
        }
    })
}
