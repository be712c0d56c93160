//! An account and whether it may act.

use super::codes::{ACCOUNT_DISABLED, ACCOUNT_MISSING, ACCOUNT_MUTED, Refusal};

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Active,
    /// 被禁言
    Muted,
    /// 被禁用
    Disabled,
}

/// Whose messages an account takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    Open,
    /// It has every sender on its black list.
    Closed,
}

/// One registered account.
#[derive(Clone, Copy, Debug)]
pub(super) struct Account {
    pub(super) standing: Standing,
    pub(super) door: Door,
}

/// Refuses an account that is missing, disabled or muted.
pub(super) fn in_good_standing(id: &str, account: Option<&Account>) -> Result<(), Refusal> {
    match account.map(|account| account.standing) {
        None => Err(Refusal::new(ACCOUNT_MISSING, format!("account {id} not exist"))),
        Some(Standing::Disabled) => Err(Refusal::new(ACCOUNT_DISABLED, format!("account {id} is disabled"))),
        Some(Standing::Muted) => Err(Refusal::new(ACCOUNT_MUTED, format!("account {id} is muted"))),
        Some(Standing::Active) => Ok(()),
    }
}
