//! The two content fields of a modification, of which at least one is there (T-MOD-2, T-MOD-3).

use serde_json::Value;

use super::codes::{PACKET, Refusal};
use super::elements::{self, BodyCodes, Content};
use super::fields::Fields;

/// What a modification brings.
#[derive(Debug)]
pub(super) struct Edition {
    body: Option<Vec<Value>>,
    custom: Option<String>,
}

impl Edition {
    /// Reads `MsgBody` and `CloudCustomData`; the elements are looked at later, beside the stored ones.
    pub(super) fn read(fields: &mut Fields) -> Result<Self, Refusal> {
        let body = fields.array("MsgBody", BodyCodes::SINGLE.no_array)?;
        let custom = fields.text("CloudCustomData", PACKET)?;
        if body.is_none() && custom.is_none() {
            return fields.refuse("MsgBody", PACKET, "and CloudCustomData are both absent");
        }
        Ok(Self { body, custom })
    }

    /// The stored content with what the edition replaces; an absent field leaves the stored one alone.
    pub(super) fn over(self, stored: &Content) -> Result<Content, Refusal> {
        let content = Content {
            body: self.body.unwrap_or_else(|| stored.body.clone()),
            custom: self.custom.or_else(|| stored.custom.clone()),
        };
        elements::check(&content, &BodyCodes::SINGLE, &stored.body)?;
        Ok(content)
    }
}
