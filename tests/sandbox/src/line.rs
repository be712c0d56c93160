//! The TCP line under a request, which a fault may cut: before the first byte of the answer, or in its middle.
//!
//! The cut is made where bytes are written. Whatever hyper wants to send, a severed line takes none of it (or
//! only a part) and reports an error, on which hyper drops the connection and the socket closes.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};

use axum::Router;
use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// How a connection ends without a complete answer. Also left as an extension on the answer that was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hangup {
    /// Not one byte is sent.
    Silent,
    /// The head and half of the body are sent.
    MidBody,
}

const OPEN: u8 = 0;
const SILENT: u8 = 1;
const MID_BODY: u8 = 2;

/// The switch of one connection.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    state: Arc<AtomicU8>,
}

impl Line {
    /// From now on the line carries no complete answer.
    pub(crate) fn sever(&self, how: Hangup) {
        let state = match how {
            Hangup::Silent => SILENT,
            Hangup::MidBody => MID_BODY,
        };
        self.state.store(state, Ordering::SeqCst);
    }
}

impl Connected<IncomingStream<'_, Switchboard>> for Line {
    fn connect_info(stream: IncomingStream<'_, Switchboard>) -> Self {
        stream.io().line.clone()
    }
}

/// A listener whose connections can be severed.
struct Switchboard {
    tcp: TcpListener,
}

impl Listener for Switchboard {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Wire, SocketAddr) {
        let (tcp, address) = Listener::accept(&mut self.tcp).await;
        let line = Line::default();
        (Wire { tcp, line }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        TcpListener::local_addr(&self.tcp)
    }
}

/// One connection with its switch.
struct Wire {
    tcp: TcpStream,
    line: Line,
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_read(context, buffer)
    }
}

// `is_write_vectored` keeps its default (false): hyper then hands head and body over in one piece.
impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.line.state.load(Ordering::SeqCst) {
            OPEN => Pin::new(&mut self.tcp).poll_write(context, bytes),
            MID_BODY => match half(bytes) {
                Some(part) => {
                    let written = ready!(Pin::new(&mut self.tcp).poll_write(context, part));
                    self.line.sever(Hangup::Silent);
                    Poll::Ready(written)
                }
                None => Poll::Ready(Err(severed())),
            },
            _ => Poll::Ready(Err(severed())),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(context)
    }
}

fn severed() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionAborted, "cut by a fault")
}

/// The head and half of the body of an answer; none when there is nothing to halve.
fn half(answer: &[u8]) -> Option<&[u8]> {
    const GAP: &[u8] = b"\r\n\r\n";
    let head = answer.windows(GAP.len()).position(|at| at == GAP)? + GAP.len();
    let body = answer.len().checked_sub(head)?;
    answer.get(..head + body / 2)
}

/// Serves the routes on a bound listener until the future is dropped.
///
/// # Errors
/// Whatever the accept loop reports as fatal.
pub async fn serve(tcp: TcpListener, routes: Router) -> io::Result<()> {
    let service = routes.into_make_service_with_connect_info::<Line>();
    axum::serve(Switchboard { tcp }, service).await
}
