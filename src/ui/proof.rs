//! Proof after the fact: the message is looked up again, where the vendor allows it, and compared with what was wanted.

use std::sync::Arc;

use super::browser;
use super::desk::Desk;
use super::road;
use crate::connection::Connection;
use crate::domain::draft::Draft;
use crate::domain::message::Message;
use crate::domain::operation::{Operation, Proof, ReadBack};
use crate::domain::outcome::{Advice, Outcome, Repeat, Verdict};
use crate::domain::request::Request;
use crate::domain::validation::Valid;
use crate::words::{Words, desk as words};
use gloo_timers::future::TimeoutFuture;

/// How far the proof of an act is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proving {
    /// There is nothing to prove, or no way to.
    Nothing,
    /// The message is being looked up.
    Looking,
    /// This came of it.
    Done(Proof),
}

impl Proving {
    /// What is said about it: words, class, and a name for tests and host scripts.
    pub(crate) const fn said(self) -> Option<(Words, &'static str, &'static str)> {
        match self {
            Self::Nothing => None,
            Self::Looking => Some((words::PROOF_LOOKING, "pill dim", "looking")),
            Self::Done(Proof::Verified) => Some((words::PROOF_VERIFIED, "pill ok", "verified")),
            Self::Done(Proof::Open) => Some((words::PROOF_OPEN, "pill dim", "open")),
            Self::Done(Proof::Contradicted) => Some((words::PROOF_CONTRADICTED, "pill no", "contradicted")),
        }
    }
}

/// How long a look-up waits for its answer, in milliseconds.
const DEADLINE: u32 = 15_000;
/// How long to wait before looking: right after a change a query may still see the old state.
const SETTLE: [u32; 2] = [400, 1_500];

/// Looks the message of an act up and notes what that proves.
pub(crate) async fn prove(desk: Desk, connection: &Connection, request: &Request, place: usize) {
    let Some(act) = desk.acts.with_untracked(|acts| acts.get(place).cloned()) else { return };
    if act.proof != Proving::Looking {
        return;
    }
    let mut proof = Proof::Open;
    if let Some(read_back) = act.operation.read_back {
        for pause in SETTLE {
            TimeoutFuture::new(pause).await;
            let about = act.about.as_deref();
            let found = look(connection, read_back, request.valid(), &act.outcome, about).await;
            proof = found.map_or(Proof::Open, |found| (read_back.judge)(request.valid(), &found));
            if proof == Proof::Verified {
                break;
            }
        }
    }
    desk.acts.update(|acts| {
        if let Some(known) = acts.get_mut(place) {
            let mut act = (**known).clone();
            act.proof = Proving::Done(proof);
            *known = Arc::new(act);
        }
    });
}

async fn look(
    connection: &Connection,
    read_back: &'static ReadBack,
    valid: &Valid,
    outcome: &Outcome,
    about: Option<&Message>,
) -> Option<Vec<Message>> {
    let plain =
        (read_back.values)(valid, outcome).map(|values| Draft { operation: read_back.operation, values });
    find(connection, plain.or_else(|| read_back.knowing?(about?))?).await
}

/// What a search finds; none when it did not get the vendor's own answer.
async fn find(connection: &Connection, draft: Draft) -> Option<Vec<Message>> {
    let valid = draft.validate(browser::now()).ok()?;
    let request = connection.request(valid).ok()?;
    let journey = road::send(connection, request, "", DEADLINE).await;
    let answered = journey.outcome.verdict == Verdict::Accepted;
    answered.then(|| journey.outcome.found.map(|found| found.messages).unwrap_or_default())
}

/// The message an act is about, as it stands now; none when it cannot be found.
pub(crate) async fn original(
    connection: &Connection,
    operation: &'static Operation,
    valid: &Valid,
    about: Option<&Message>,
) -> Option<Message> {
    let nothing_yet = Outcome::new(
        Verdict::NotSent,
        Advice { meaning: Words::NONE, cause: Words::NONE, next: Words::NONE, repeat: Repeat::AfterFix },
    );
    let found = look(connection, operation.read_back?, valid, &nothing_yet, about).await?;
    found.into_iter().find(|message| is_about(operation, valid, message))
}

/// Whether a message is the one an act names.
fn is_about(operation: &'static Operation, valid: &Valid, message: &Message) -> bool {
    !message.id.is_empty() && operation.form.fields().any(|field| valid.text(field) == message.id)
}
