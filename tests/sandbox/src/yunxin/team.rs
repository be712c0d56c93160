//! A team (高级群 or 超大群), its members, and what its mutes forbid.

use std::collections::BTreeMap;

use super::codes::{MEMBER_MISSING, MEMBER_MUTED, Refusal, TEAM_MUTED};
use super::options::TeamOption;

/// Whether somebody may speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speech {
    Free,
    Muted,
}

/// One team.
#[derive(Clone, Debug)]
pub(super) struct Team {
    pub(super) owner: String,
    /// Every member, the owner among them.
    pub(super) members: BTreeMap<String, Speech>,
    /// 全体禁言 when muted; it does not bind the owner.
    pub(super) speech: Speech,
}

impl Team {
    /// Whether the account is a member.
    pub(super) fn has(&self, account: &str) -> bool {
        self.members.contains_key(account)
    }

    /// Refuses an account that is no member.
    pub(super) fn must_have(&self, account: &str) -> Result<(), Refusal> {
        if self.has(account) { Ok(()) } else { Err(Refusal::new(MEMBER_MISSING, "team member not exist")) }
    }

    /// Refuses an operator whom membership or a mute keeps from editing or speaking, as far as the option lets it.
    pub(super) fn lets_edit(&self, operator: &str, option: &TeamOption) -> Result<(), Refusal> {
        if option.check_team_member_valid {
            self.must_have(operator)?;
        }
        if self.speech == Speech::Muted && operator != self.owner && !option.ignore_chat_banned {
            return Err(Refusal::new(TEAM_MUTED, "team is muted"));
        }
        let muted = self.members.get(operator) == Some(&Speech::Muted);
        if muted && !option.ignore_member_chat_banned {
            return Err(Refusal::new(MEMBER_MUTED, "team member is muted"));
        }
        Ok(())
    }
}
