//! The vendor's codes that this sandbox answers, and a refusal with one of them.

pub(crate) const SUCCESS: u32 = 200;
pub(crate) const FORBIDDEN: u32 = 403;
pub(crate) const NOT_FOUND: u32 = 404;
pub(crate) const PARAMETER: u32 = 414;
pub(crate) const TOO_FREQUENT: u32 = 416;
pub(crate) const REPEATED: u32 = 431;
pub(crate) const IM_OFF: u32 = 101_301;
pub(crate) const APP_MISSING: u32 = 101_303;
pub(crate) const ACCOUNT_MISSING: u32 = 102_404;
pub(crate) const ACCOUNT_MUTED: u32 = 102_421;
pub(crate) const ACCOUNT_DISABLED: u32 = 102_422;
pub(crate) const ACCOUNT_BLOCKED: u32 = 102_426;
pub(crate) const NOT_FRIENDS: u32 = 104_404;
pub(crate) const NOT_THE_SENDER: u32 = 107_303;
pub(crate) const REPEATED_CLIENT_ID: u32 = 107_306;
pub(crate) const WINDOW_EXCEEDED: u32 = 107_314;
pub(crate) const DELETE_OWN_MESSAGE: u32 = 107_328;
pub(crate) const BOTH_NO_SENSE: u32 = 107_330;
pub(crate) const MESSAGE_MISSING: u32 = 107_404;
pub(crate) const RECALL_OWN_MESSAGE: u32 = 107_429;
pub(crate) const BAD_TIME_RANGE: u32 = 107_439;
pub(crate) const MODIFIED_TOO_FAST: u32 = 107_449;
pub(crate) const MODERATED: u32 = 107_451;
pub(crate) const TEAM_MISSING: u32 = 108_404;
pub(crate) const TEAM_MUTED: u32 = 108_423;
pub(crate) const MEMBER_MISSING: u32 = 109_404;
pub(crate) const MEMBER_MUTED: u32 = 109_424;
pub(crate) const OWNER_ONLY: u32 = 109_427;

/// A call that is answered with a code other than 200 and has no effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: u32,
    pub(crate) msg: String,
}

impl Refusal {
    /// A refusal with the vendor's code and an English text.
    pub(crate) fn new(code: u32, msg: impl Into<String>) -> Self {
        Self { code, msg: msg.into() }
    }

    /// A parameter error; the text names the field.
    pub(crate) fn parameter(field: &str, fault: impl AsRef<str>) -> Self {
        Self::new(PARAMETER, format!("{field} {}", fault.as_ref()))
    }
}
