//! Easemob's errors, each with the advice a person needs.
//!
//! An error is an HTTP status with `error`, `exception` and `error_description`. Older clusters name exceptions where newer
//! ones name errors, and one status stands for several failures, so the description counts first, then the names, then the status.

use crate::domain::outcome::{Advice, Repeat};
use crate::words::{Words, codes as shared, easemob_codes as words};

const fn to(meaning: Words, cause: Words, next: Words, repeat: Repeat) -> Advice {
    Advice { meaning, cause, next, repeat }
}

/// Declares advices: `NAME: MEANING, CAUSE, NEXT => Repeat;`
macro_rules! advices {
    ($($name:ident: $meaning:path, $cause:path, $next:path => $repeat:ident;)*) => {
        $(static $name: Advice = to($meaning, $cause, $next, Repeat::$repeat);)*

        #[cfg(test)]
        const ADVICES: &[(&str, &Advice)] = &[$((stringify!($name), &$name)),*];
    };
}

advices! {
    BUG: shared::BUG_MEANS, shared::BUG_CAUSE, shared::BUG_NEXT => Useless;
    VALUE: shared::VALUE_MEANS, shared::VALUE_CAUSE, shared::VALUE_NEXT => AfterFix;
    EMPTY: words::EMPTY_MEANS, words::EMPTY_CAUSE, words::EMPTY_NEXT => AfterFix;
    TOO_MANY: shared::TOO_MANY_MEANS, shared::TOO_MANY_CAUSE, shared::TOO_MANY_NEXT => AfterFix;
    TOO_LONG: shared::TOO_LONG_MEANS, words::LARGE_CAUSE, shared::TOO_LONG_NEXT => AfterFix;
    TYPE: words::TYPE_MEANS, words::TYPE_CAUSE, words::TYPE_NEXT => AfterFix;
    ID: words::ID_MEANS, words::ID_CAUSE, words::ID_NEXT => AfterFix;
    NOT_OURS: words::NOT_OURS_MEANS, words::NOT_OURS_CAUSE, words::NOT_OURS_NEXT => AfterFix;
    EDITS: words::EDITS_MEANS, words::EDITS_CAUSE, words::EDITS_NEXT => Useless;
    EDIT_OFF: shared::OFF_MEANS, shared::OFF_CAUSE, words::EDIT_OFF_NEXT => AfterFix;
    OFF: shared::OFF_MEANS, shared::OFF_CAUSE, shared::OFF_NEXT => AfterFix;
    EXPIRED: shared::MESSAGE_MISSING_MEANS, words::EXPIRED_CAUSE, shared::MESSAGE_MISSING_NEXT => AfterFix;
    CONFLICT: shared::CONFLICT_MEANS, shared::CONFLICT_CAUSE, shared::CONFLICT_NEXT => Later;
    TO: words::TO_MEANS, words::TO_CAUSE, words::TO_NEXT => AfterFix;
    WINDOW: shared::WINDOW_MEANS, words::WINDOW_CAUSE, words::WINDOW_NEXT => AfterFix;
    GONE: words::GONE_MEANS, words::GONE_CAUSE, words::GONE_NEXT => AfterFix;
    FILE: words::FILE_MEANS, words::FILE_CAUSE, words::FILE_NEXT => AfterFix;
    RATE: shared::RATE_MEANS, shared::RATE_CAUSE, shared::RATE_NEXT => Later;
    QUOTA: shared::QUOTA_MEANS, shared::QUOTA_CAUSE, shared::QUOTA_NEXT => AfterRenewal;
    CLIENT: words::CLIENT_MEANS, words::CLIENT_CAUSE, words::CLIENT_NEXT => AfterFix;
    APP: words::APP_MEANS, words::APP_CAUSE, words::APP_NEXT => AfterFix;
    TOKEN_OLD: words::TOKEN_OLD_MEANS, words::TOKEN_OLD_CAUSE, words::TOKEN_NEXT => AfterFix;
    TOKEN_BAD: words::TOKEN_BAD_MEANS, words::TOKEN_BAD_CAUSE, words::TOKEN_NEXT => AfterFix;
    USER: shared::USER_MISSING_MEANS, shared::USER_MISSING_CAUSE, shared::USER_MISSING_NEXT => AfterFix;
    FORBIDDEN: words::FORBIDDEN_MEANS, words::FORBIDDEN_CAUSE, words::FORBIDDEN_NEXT => AfterFix;
    NOT_FOUND: words::NOT_FOUND_MEANS, words::NOT_FOUND_CAUSE, words::NOT_FOUND_NEXT => AfterFix;
    TIMEOUT: shared::TIMEOUT_MEANS, shared::MAYBE_DONE_CAUSE, shared::MAYBE_DONE_NEXT => Dangerous;
    INTERNAL: shared::INTERNAL_MEANS, shared::MAYBE_DONE_CAUSE, shared::MAYBE_DONE_NEXT => Dangerous;
}

/// Parts of descriptions, in lower case. The first that occurs counts.
static SAYS: &[(&str, &Advice)] = &[
    ("not supported for modification", &TYPE),
    ("not a valid number", &ID),
    ("request body is invalid", &VALUE),
    ("new_msg is required", &EMPTY),
    ("not authorized to edit", &NOT_OURS),
    ("reached its edit limit", &EDITS),
    ("message feature is not enabled", &EDIT_OFF),
    ("message feature is not open", &EDIT_OFF),
    ("unavailable or has expired", &EXPIRED),
    ("edited by another", &CONFLICT),
    ("unknown error occurred", &INTERNAL),
    ("can't find msg to", &TO),
    ("exceed recall time limit", &WINDOW),
    ("not_found msg", &GONE),
    ("service is unopened", &OFF),
    ("not open message roaming", &OFF),
    ("can't be empty", &EMPTY),
    ("exceed limit", &TOO_MANY),
    ("can not greater than", &TOO_MANY),
    ("must be jsonobject", &VALUE),
    ("message is too large", &TOO_LONG),
    ("send reach limit", &RATE),
    ("forbidden for url", &RATE),
    ("reached api limit", &RATE),
    ("limit of the community edition", &QUOTA),
    ("client_id", &CLIENT),
    ("client_secret", &CLIENT),
    ("could not find application", &APP),
    ("app not found", &APP),
    ("registration is not open", &TOKEN_BAD),
    ("expired access token", &TOKEN_OLD),
    ("unable to authenticate", &TOKEN_BAD),
    ("no such api", &BUG),
];

/// Names of errors and exceptions, for a status or for any (0). The first that fits counts.
static NAMES: &[(u16, &str, &Advice)] = &[
    (0, "UnsupportedMessageTypeException", &TYPE),
    (0, "InvalidMessageIdException", &ID),
    (0, "RewriteMessageNotAuthorizedException", &NOT_OURS),
    (0, "EditLimitExceededException", &EDITS),
    (0, "EditFeatureNotEnabledException", &EDIT_OFF),
    (0, "MessageUnavailableException", &EXPIRED),
    (0, "RewriteMessageInternalErrorException", &INTERNAL),
    (400, "message_rewrite_error", &TYPE),
    // A 401 that is not about the token: a new one would change nothing.
    (401, "message_rewrite_error", &NOT_OURS),
    (404, "message_rewrite_error", &EXPIRED),
    (0, "concurrent_operation_error", &CONFLICT),
    (0, "forbidden_op", &OFF),
    (0, "service open exception", &OFF),
    (0, "param exception", &VALUE),
    (0, "invalid_request_body", &VALUE),
    (0, "illegal_argument", &VALUE),
    (0, "resource_limited", &QUOTA),
    (0, "invalid_grant", &CLIENT),
    (0, "organization_application_not_found", &APP),
    (0, "service_resource_not_found", &USER),
    (0, "storage_object_not_found", &FILE),
    (0, "auth_bad_access_token", &TOKEN_BAD),
    (0, "unauthorized", &TOKEN_BAD),
    (500, "web_application", &BUG),
    (500, "unsupported_service_operation", &BUG),
];

/// What a status says by itself.
static STATUSES: &[(u16, &Advice)] = &[
    (400, &VALUE),
    (401, &TOKEN_BAD),
    (403, &FORBIDDEN),
    (404, &NOT_FOUND),
    (405, &BUG),
    (408, &TIMEOUT),
    (409, &CONFLICT),
    (413, &TOO_LONG),
    (415, &BUG),
    (429, &RATE),
    (500, &INTERNAL),
    (501, &BUG),
    (502, &INTERNAL),
    (503, &INTERNAL),
    (504, &TIMEOUT),
];

/// The advice for an error; none when even its status is not documented. Texts the answer does not have are empty.
///
/// The status alone says little: ask only about answers that are surely Easemob's.
pub fn advice(status: u16, error: &str, exception: &str, description: &str) -> Option<&'static Advice> {
    let description = description.to_ascii_lowercase();
    let said = || SAYS.iter().find(|(part, _)| description.contains(part)).map(|(_, advice)| *advice);
    let named = |name: &str| {
        // Older clusters may put a package before the class.
        let name = name.rsplit('.').next().unwrap_or_default();
        let fits = |known: &&(u16, &str, &Advice)| [0, status].contains(&known.0) && known.1 == name;
        NAMES.iter().find(fits).map(|(.., advice)| *advice)
    };
    let by_status = || STATUSES.iter().find(|(known, _)| *known == status).map(|(_, advice)| *advice);
    said().or_else(|| named(error)).or_else(|| named(exception)).or_else(by_status)
}

#[cfg(test)]
mod tests;
