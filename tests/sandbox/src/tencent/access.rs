//! Who calls: the five query parameters, the app and its UserSig (T-URL-1 to T-SIG-8).

use super::codes::{
    APP_ABSENT, APP_MISSING, NO_PLAN, NOT_ADMIN, Refusal, SIG_EMPTY, SIG_EXPIRED, SIG_MALFORMED,
    SIG_OTHER_APP, SIG_OTHER_USER, SIG_WRONG, URL_PARAMETER,
};
use super::fields::USER_ID_BYTES;
use super::query::{Query, decimal};
use super::store::{Apps, Plan};
use super::user_sig::{Expected, UserSigFault, decode_user_sig};

/// A proven caller.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    pub(super) sdkappid: u64,
    /// An administrator of the app.
    pub(super) identifier: String,
}

/// Checks the query and gives back the administrator it proves.
pub(super) fn check(query: Option<&str>, apps: &Apps, now: i64) -> Result<Caller, Refusal> {
    let mut query = Query::read(query)?;
    let wrong = |key: &str, fault: &str| Refusal::field(URL_PARAMETER, key, fault);
    let sdkappid = query.take("sdkappid").filter(|text| !text.is_empty());
    let sdkappid = sdkappid.ok_or_else(|| Refusal::field(APP_ABSENT, "sdkappid", "is required"))?;
    let sdkappid = decimal(&sdkappid).ok_or_else(|| wrong("sdkappid", "must be a decimal integer"))?;
    let identifier = query.take("identifier").filter(|text| !text.is_empty());
    let identifier = identifier.ok_or_else(|| wrong("identifier", "is required"))?;
    if identifier.len() > USER_ID_BYTES {
        return Err(wrong("identifier", "is longer than 32 bytes"));
    }
    let user_sig = query.take("usersig").ok_or_else(|| wrong("usersig", "is required"))?;
    let random = query.take("random").as_deref().and_then(decimal);
    if random.is_none_or(|random| random > u64::from(u32::MAX)) {
        return Err(wrong("random", "must be an integer from 0 to 4294967295"));
    }
    if query.take("contenttype").as_deref() != Some("json") {
        return Err(wrong("contenttype", "must be json"));
    }
    query.finish()?;

    let app = apps.get(&sdkappid).ok_or_else(|| Refusal::new(APP_MISSING, "sdkappid does not exist"))?;
    if user_sig.is_empty() {
        return Err(Refusal::new(SIG_EMPTY, "usersig is empty"));
    }
    let expected = Expected {
        sdkappid,
        identifier: &identifier,
        key: &app.secret,
        userbuf: None,
        now: u64::try_from(now).unwrap_or_default(),
    };
    decode_user_sig(&user_sig).and_then(|read| read.prove(&expected)).map_err(refusal)?;
    if app.plan == Plan::Expired {
        return Err(Refusal::new(NO_PLAN, "the app's plan is expired"));
    }
    if !app.admins.contains(&identifier) {
        return Err(Refusal::new(NOT_ADMIN, "identifier is not an administrator of the app"));
    }
    Ok(Caller { sdkappid, identifier })
}

fn refusal(fault: UserSigFault) -> Refusal {
    let (code, info) = match fault {
        UserSigFault::Malformed => (SIG_MALFORMED, "usersig is malformed"),
        UserSigFault::OtherApp => (SIG_OTHER_APP, "usersig was made for another sdkappid"),
        UserSigFault::OtherUser => (SIG_OTHER_USER, "usersig was made for another identifier"),
        UserSigFault::Expired => (SIG_EXPIRED, "usersig is expired"),
        UserSigFault::Userbuf => (SIG_WRONG, "usersig has a userbuf"),
        UserSigFault::Signature => (SIG_WRONG, "usersig verification failed"),
    };
    Refusal::new(code, info)
}
