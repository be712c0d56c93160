//! Which operation does what.

use super::address::Operation;
use super::codes::Refusal;
use super::fields::Fields;
use super::turn::{Done, Turn};
use super::{
    batch_send, delete_c2c, find_c2c, find_group, modify_c2c, modify_group, recall_by_sender, recall_c2c,
    recall_group, send, send_group,
};

/// Carries a call out.
pub(super) fn carry_out(operation: Operation, turn: &mut Turn<'_>, body: Fields) -> Result<Done, Refusal> {
    match operation {
        Operation::ModifyC2c => modify_c2c::modify_c2c(turn, body),
        Operation::RecallC2c => recall_c2c::recall_c2c(turn, body),
        Operation::DeleteC2c => delete_c2c::delete_c2c(turn, body),
        Operation::Send => send::send(turn, body),
        Operation::BatchSend => batch_send::batch_send(turn, body),
        Operation::FindC2c => find_c2c::find_c2c(turn, body),
        Operation::ModifyGroup => modify_group::modify_group(turn, body),
        Operation::RecallGroup => recall_group::recall_group(turn, body),
        Operation::FindGroup => find_group::find_group(turn, body),
        Operation::SendGroup => send_group::send_group(turn, body),
        Operation::RecallBySender => recall_by_sender::recall_by_sender(turn, body),
    }
}
