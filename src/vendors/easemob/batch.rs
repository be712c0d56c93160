//! One message as a row of a batch.

use super::recall::{CHAT_TYPE, FORCE, FROM, MESSAGE, MESSAGES, TO};
use crate::domain::draft::Values;
use crate::domain::json::{Json, Object};
use crate::domain::rows;

/// The cells that fill the first row of a batch with a message.
pub(super) fn cells(id: &str, chat: &str, to: &str, from: &str) -> Values {
    let mut row = Object::default();
    for (field, text) in [(&MESSAGE, id), (&CHAT_TYPE, chat), (&TO, to), (&FROM, from)] {
        if !text.is_empty() {
            row.insert(field.name.to_owned(), Json::Text(text.to_owned()));
        }
    }
    row.insert(FORCE.name.to_owned(), Json::Flag(false));
    rows::fill(&MESSAGES, &Json::List(vec![Json::Object(row)]), 0)
}
