//! Tencent's connection: the app, its admin, and a UserSig that travels in the address (T-URL-1…8, T-SIG-1…8).

use super::user_sig::{self, Flaw, inspect};
use crate::domain::endpoint::Endpoint;
use crate::domain::field::Condition::Empty;
use crate::domain::field::{Field, IdShape, Kind, Limit, Severity, Unit};
use crate::domain::form::Form;
use crate::domain::operation::{Group, Rule};
use crate::domain::outcome::{Outcome, Verdict};
use crate::domain::problem::{Fault, Problem};
use crate::domain::request::{Header, Moment, Request, Seal, Sign};
use crate::domain::secret::Secret;
use crate::domain::validation::{Entries, Readings};
use crate::domain::vendor::{ENDPOINT, PAGE_SIGNS, PROXY, Probe, SIGNS, Standing, proxy_signs};
use crate::words::{desk, tencent as words};

/// Which app.
pub static SDKAPPID: Field =
    Field::connection("sdkappid", words::SDKAPPID, Kind::Integer { min: 1, max: u32::MAX as i64 }, "T-APP")
        .required("T-APP")
        .when(&[(PAGE_SIGNS, "SIGNS")])
        .hint(words::SDKAPPID_HINT);

static ADMIN: IdShape = IdShape {
    rule: "T-SIG-3",
    lower: false,
    usual: |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'),
    longest: usize::MAX,
    unusual: Severity::Warns,
    refused: None,
};

/// Which of the app's admins calls.
pub static IDENTIFIER: Field =
    Field::connection("identifier", words::IDENTIFIER, Kind::Id(&ADMIN), "T-SIG-3")
        .required("T-APP")
        .when(&[(PAGE_SIGNS, "SIGNS")])
        .limits(const { &[Limit::most(32, Unit::Bytes, "T-SIG-3")] })
        .hint(words::IDENTIFIER_HINT);

/// The app's key, used as it was typed.
pub static SECRET_KEY: Field = Field::connection("secret_key", words::SECRET_KEY, Kind::Secret, "T-SIG-8")
    .required_when(Empty(&USERSIG), "T-SIG-8")
    .when(&[(PAGE_SIGNS, "SIGNS")])
    .hint(words::SECRET_KEY_HINT);

/// A UserSig that somebody made with the key.
pub static USERSIG: Field = Field::connection("usersig", words::USERSIG, Kind::Secret, "T-SIG-8")
    .when(&[(PAGE_SIGNS, "SIGNS"), (Empty(&SECRET_KEY), "T-SIG-8")])
    .hint(words::USERSIG_HINT);

/// For how many days the app's plan stores messages.
pub static STORAGE: Field = Field::connection(
    "tenant.storage_days",
    words::STORAGE_DAYS,
    Kind::Integer { min: 1, max: 3650 },
    "T-APP",
)
.hint(words::STORAGE_DAYS_HINT);

/// What a Tencent connection needs.
pub static CONNECTION: Form = Form {
    groups: &[
        Group::open(
            desk::CONNECTION,
            &[&ENDPOINT, &SIGNS, &SDKAPPID, &IDENTIFIER, &SECRET_KEY, &USERSIG, &PROXY],
        ),
        Group::folded(words::GROUP_TENANT, &[&STORAGE]),
    ],
    rules: &[
        Rule { id: "T-SIG-8", check: key_is_a_key },
        Rule { id: "T-SIG-8", check: pasted_user_sig },
        Rule { id: "T-URL-1", check: vendor_wants_https },
        Rule { id: "T-HOST", check: version_twice },
    ],
};

/// A key has 64 characters; a UserSig has more and begins with `eJ` or `eA`.
fn key_is_a_key(readings: &Readings) -> Option<Problem> {
    let key = readings.typed(&SECRET_KEY);
    let user_sig = key.len() > 80 && (key.starts_with("eJ") || key.starts_with("eA"));
    user_sig.then(|| {
        Problem::stop(SECRET_KEY.name, "T-SIG-8", Fault::said("key_is_a_user_sig", words::KEY_IS_A_USERSIG))
    })
}

fn pasted_user_sig(readings: &Readings) -> Option<Problem> {
    let pasted = readings.text(&USERSIG);
    let app = u64::try_from(readings.number(&SDKAPPID)?).ok()?;
    let account = readings.typed(&IDENTIFIER);
    if pasted.is_empty() || account.is_empty() {
        return None;
    }
    flaw(inspect(pasted, app, account, readings.now().div_euclid(1000)).err()?)
}

/// What a flaw of a pasted UserSig means; the older kind cannot be judged here and may be right.
fn flaw(flaw: Flaw) -> Option<Problem> {
    Some(match &flaw {
        Flaw::Unfamiliar => Problem::warn(USERSIG.name, "T-SIG-8", flaw.fault()),
        Flaw::Expired { .. } => Problem::stop(USERSIG.name, "T-SIG-7", flaw.fault()),
        Flaw::ForRooms => Problem::stop(USERSIG.name, "T-SIG-5", flaw.fault()),
        Flaw::NotAUserSig
        | Flaw::IsTheKey
        | Flaw::Incomplete
        | Flaw::OtherApp { .. }
        | Flaw::OtherAccount { .. } => Problem::stop(USERSIG.name, "T-SIG-8", flaw.fault()),
    })
}

/// The vendor's own hosts speak https only; a sandbox or a gateway may not.
fn vendor_wants_https(readings: &Readings) -> Option<Problem> {
    let endpoint = Endpoint::parse(readings.typed(&ENDPOINT))?;
    let host = endpoint.host().to_ascii_lowercase();
    let own = [".tim.qq.com", ".im.qcloud.com", ".my-imcloud.com"].iter().any(|end| host.ends_with(end));
    (own && !endpoint.is_https())
        .then(|| Problem::stop(ENDPOINT.name, "T-URL-1", Fault::said("https_only", words::HTTPS_ONLY)))
}

/// The version is part of each operation's path.
fn version_twice(readings: &Readings) -> Option<Problem> {
    let twice = readings.typed(&ENDPOINT).trim_end_matches('/').ends_with("/v4");
    twice.then(|| Problem::stop(ENDPOINT.name, "T-HOST", Fault::said("version_twice", words::VERSION_TWICE)))
}

/// For how long a UserSig made here is good, in seconds: a call and its attempts, no more.
pub const LIFETIME: i64 = 600;

/// How the app proves itself.
#[derive(Clone, Debug)]
enum Proof {
    /// A UserSig is made for every attempt.
    Key(Secret),
    /// The UserSig that was pasted.
    UserSig(Secret),
}

/// An app, its admin and what proves them.
#[derive(Clone, Debug)]
struct Admin {
    app: u64,
    name: String,
    proof: Proof,
}

/// Proves the app, unless the proxy does: all of it is in the query.
#[derive(Clone, Debug)]
pub struct Signer {
    admin: Option<Admin>,
}

impl Signer {
    /// The signer of a checked connection form.
    pub fn new(connection: &Entries) -> Self {
        Self { admin: (!proxy_signs(connection)).then(|| Admin::new(connection)) }
    }
}

impl Admin {
    fn new(connection: &Entries) -> Self {
        let secret = |field| Secret::new(connection.text(field));
        let proof = match connection.value(&SECRET_KEY) {
            Some(_) => Proof::Key(secret(&SECRET_KEY)),
            None => Proof::UserSig(secret(&USERSIG)),
        };
        Self {
            app: connection.text(&SDKAPPID).parse().unwrap_or_default(),
            name: connection.text(&IDENTIFIER),
            proof,
        }
    }

    /// The UserSig for an attempt; refused when a pasted one has expired meanwhile (T-SIG-7).
    fn user_sig(&self, now_s: i64) -> Result<Secret, Problem> {
        match &self.proof {
            Proof::Key(key) => Ok(user_sig::issue(self.app, &self.name, key, now_s, LIFETIME)),
            Proof::UserSig(pasted) => match inspect(pasted.reveal(), self.app, &self.name, now_s) {
                Err(expired @ Flaw::Expired { .. }) => {
                    Err(Problem::stop(USERSIG.name, "T-SIG-7", expired.fault()))
                }
                _ => Ok(pasted.clone()),
            },
        }
    }

    fn prove(&self, moment: &Moment) -> Result<Vec<Header>, Problem> {
        if moment.nonce.parse::<u32>().map(|random| random.to_string()).as_deref() != Ok(&moment.nonce) {
            return Err(Problem::stop(
                "nonce",
                "T-RANDOM",
                Fault::said("random_not_u32", words::RANDOM_NOT_U32),
            ));
        }
        let user_sig = self.user_sig(moment.now.div_euclid(1000))?;
        Ok(vec![
            Header::plain("sdkappid", self.app.to_string()),
            Header::plain("identifier", &self.name),
            Header::hidden("usersig", user_sig, "<UserSig>"),
            Header::plain("random", &moment.nonce),
            Header::plain("contenttype", "json"),
        ])
    }
}

impl Sign for Signer {
    fn prove(&self, _: &Request, moment: &Moment) -> Result<Seal, Problem> {
        let query = match &self.admin {
            Some(admin) => admin.prove(moment)?,
            None => Vec::new(),
        };
        Ok(Seal { headers: vec![Header::plain("Content-Type", "application/json")], query })
    }
}

/// Looks for messages of two accounts that do not exist: whatever the answer says about them, it shows whether app, admin and
/// UserSig were accepted.
pub(super) const PROBE: Probe = Probe {
    operation: &super::find_c2c::FIND_C2C,
    values: &[
        ("Operator_Account", "message-desk"),
        ("Peer_Account", "message-desk-test"),
        ("MaxCnt", "1"),
        ("MinTime", "0"),
        ("MaxTime", "1"),
    ],
    judge,
};

fn judge(outcome: &Outcome) -> Standing {
    match outcome.code.as_deref().unwrap_or_default() {
        // The accounts do not exist: nobody looks at them before app, admin and UserSig were accepted.
        "20003" | "70107" | "90003" | "90008" | "90012" | "90048" => Standing::Ready,
        "70009" | "70003" | "70005" | "70013" | "70014" => Standing::SignatureRefused,
        "70001" | "20002" => Standing::ClockOff,
        "60010" | "70403" | "90009" => Standing::NotAdmin,
        "60006" | "60026" | "70016" | "70020" => Standing::WrongRegion,
        "60021" => Standing::IpRefused,
        _ if outcome.verdict == Verdict::Accepted => Standing::Ready,
        _ => Standing::Refused,
    }
}
