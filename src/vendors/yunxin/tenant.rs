//! What the app's owner configured in Yunxin's console, as far as it was said on the connection form.

use crate::domain::draft::Values;
use crate::domain::field::{Field, Kind};
use crate::words::yunxin as words;

/// After how many minutes a two-way recall is refused: at most 7 days.
pub static RECALL_MINUTES: Field = Field::connection(
    "tenant.recall_minutes",
    words::TENANT_RECALL,
    Kind::Integer { min: 1, max: 7 * 24 * 60 },
    "Y-WINDOW",
)
.default("2")
.hint(words::TENANT_RECALL_HINT);
/// How many days messages are kept.
pub static HISTORY_DAYS: Field = Field::connection(
    "tenant.history_days",
    words::TENANT_HISTORY,
    Kind::Integer { min: 1, max: 3650 },
    "Y-WINDOW",
)
.hint(words::TENANT_HISTORY_HINT);

fn number(tenant: &Values, field: &Field) -> Option<i64> {
    tenant.get(field.name).trim().parse().ok().or_else(|| field.default?.parse().ok())
}

/// The recall window in minutes; the vendor's default when nothing was said.
pub(super) fn recall_minutes(tenant: &Values) -> i64 {
    number(tenant, &RECALL_MINUTES).unwrap_or(2)
}

/// How many days messages are kept; none when nothing was said.
pub(super) fn history_days(tenant: &Values) -> Option<i64> {
    number(tenant, &HISTORY_DAYS)
}
