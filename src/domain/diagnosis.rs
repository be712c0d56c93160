//! What keeps a connection from working: which question is asked next, and what the answers come to. Pure.
//!
//! A page is told the same of a proxy that is down, one that refuses the page and a connection that was cut. So it asks
//! several questions, the plain ones only after the real one failed, and none with a signature before the others went well.

use super::reply::{Ending, Reply, Withheld};
use super::vendor::Standing;
use crate::words::{Words, doctor as words};

mod steps;
#[cfg(test)]
mod tests;

pub use self::steps::{asked, came_back};

/// A clock further off than this is refused by the vendors, in seconds.
const SKEW: i64 = 300;

/// A question, in the order in which they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Is this computer online?
    Online,
    /// May a page like this one call that address at all? Plain http from https may not.
    Scheme,
    /// The harmless call as the desk makes it, with nothing in it that proves anything.
    Unsigned,
    /// The same address, asked so plainly that no permission for method and headers is needed.
    Plainly,
    /// Each header alone.
    Headers,
    /// Does anything at all answer there?
    Anything,
    /// Does the browser let the page into the local network?
    Private,
    /// Each method that needs permission, at a path nothing is at.
    Methods,
    /// The harmless call with its proof.
    Signed,
}

/// How a call was answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// How it ended.
    pub ending: Ending,
    /// Whether the vendor itself answered.
    pub in_its_words: bool,
}

/// What was seen so far; nothing of what was not asked yet.
#[derive(Clone, Debug, Default)]
pub struct Observed {
    /// Whether the proxy is on the page's own origin: then no permission is needed, and every answer can be read.
    pub same_origin: bool,
    /// Whether the proxy signs, and nothing in the page does.
    pub by_proxy: bool,
    /// Whether the browser says it is online.
    pub online: Option<bool>,
    /// Whether this is plain http from an https page.
    pub mixed: Option<bool>,
    /// How the call without proof was answered.
    pub unsigned: Option<Answer>,
    /// Whether the page's own policy stopped it.
    pub policy: bool,
    /// Whether the plain question had an answer that can be read.
    pub plainly: Option<bool>,
    /// Which headers are refused.
    pub headers: Option<Vec<&'static str>>,
    /// Whether anything at all answers.
    pub anything: Option<bool>,
    /// Whether the browser keeps the page out of the local network.
    pub private: Option<bool>,
    /// Which methods are refused.
    pub methods: Option<Vec<&'static str>>,
    /// By how many seconds this computer's clock is off the server's, where the server's can be read.
    pub skew: Option<i64>,
    /// How the call with its proof was answered, and what that says of the connection.
    pub signed: Option<(Answer, Standing)>,
}

/// What keeps the connection from working, or that nothing does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Diagnosis {
    /// The computer is offline.
    Offline,
    /// The page sends nothing at all, whatever the connection.
    Shut,
    /// The browser refuses to build the request.
    NotBuilt,
    /// There is nothing to sign the request with.
    Unsigned,
    /// Plain http from an https page.
    MixedContent,
    /// The page's own policy does not list the proxy.
    Policy,
    /// The browser keeps the page out of the local network.
    PrivateNetwork,
    /// Nothing answers.
    Unreachable,
    /// Something answers, and no page of this origin may read it.
    RefusesPage,
    /// These headers are refused.
    HeaderRefused(Vec<&'static str>),
    /// These methods are refused.
    MethodRefused(Vec<&'static str>),
    /// Plain questions are answered, and each header passes alone; this question has no answer that can be read.
    HidesAnswer,
    /// No answer in time.
    TimedOut,
    /// A redirect, which is not followed.
    Redirected,
    /// A web page in place of the vendor's answer.
    LoginPage(u16),
    /// An answer that is not the vendor's.
    Unreadable(u16),
    /// The proxy does not know this host or path.
    RouteUnknown(u16),
    /// The proxy refuses the request.
    ProxyRefused(u16),
    /// The proxy, which signs, wants a sign-on first.
    SignOn,
    /// The vendor does not accept what the proxy signs.
    ProxyProof,
    /// The proxy cannot reach the vendor.
    Gateway(u16),
    /// The question without proof was answered, the one with it was not.
    BrokeOff,
    /// The clock is off; by so many seconds, where that can be read.
    ClockOff(Option<i64>),
    /// The key is not known at this address.
    KeyUnknown,
    /// The signature is refused.
    SignatureRefused,
    /// The caller is no administrator.
    NotAdmin,
    /// The app lives in another region.
    WrongRegion,
    /// The address the call came from is not allowed.
    IpRefused,
    /// The vendor refuses for another reason.
    Refused,
    /// Nothing keeps it from working.
    Ready,
}

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// This is asked.
    Ask(Question),
    /// Enough was seen.
    Found(Diagnosis),
}

/// What can be done about it on the page itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing has to be done.
    Nothing,
    /// Somebody else does something; then the test is repeated.
    Again,
    /// The proxy template is looked at.
    Proxy,
    /// Another region is chosen.
    Region,
    /// What names the app is looked at.
    App,
    /// The secret is typed in again.
    Secret,
    /// Another account is named.
    Account,
}

/// The next question, or what the answers come to.
pub fn next(seen: &Observed) -> Next {
    use Next::{Ask, Found};
    match (seen.online, seen.mixed) {
        (None, _) => return Ask(Question::Online),
        (Some(false), _) => return Found(Diagnosis::Offline),
        (_, None) => return Ask(Question::Scheme),
        (_, Some(true)) => return Found(Diagnosis::MixedContent),
        (Some(true), Some(false)) => {}
    }
    let Some(unsigned) = &seen.unsigned else { return Ask(Question::Unsigned) };
    if unsigned.ending == Ending::NoConnection {
        return unanswered(seen);
    }
    if let Some(found) = judge(unsigned, seen.by_proxy) {
        return Found(found);
    }
    if !seen.same_origin {
        match &seen.methods {
            None => return Ask(Question::Methods),
            Some(refused) if !refused.is_empty() => return Found(Diagnosis::MethodRefused(refused.clone())),
            Some(_) => {}
        }
    }
    match &seen.signed {
        None => Ask(Question::Signed),
        Some((answer, _)) if answer.ending == Ending::NoConnection => Found(Diagnosis::BrokeOff),
        Some((answer, standing)) => Found(match strictly(answer, seen.by_proxy) {
            Some(found) => found,
            None => stands(*standing, seen),
        }),
    }
}

/// Which of the reasons it is that no answer can be read, as far as a page can tell.
fn unanswered(seen: &Observed) -> Next {
    use Next::{Ask, Found};
    if seen.policy {
        return Found(Diagnosis::Policy);
    }
    if seen.same_origin {
        return Found(Diagnosis::Unreachable);
    }
    match (seen.plainly, &seen.headers, seen.anything, seen.private) {
        (None, ..) => Ask(Question::Plainly),
        (Some(true), None, ..) => Ask(Question::Headers),
        (Some(true), Some(refused), ..) if refused.is_empty() => Found(Diagnosis::HidesAnswer),
        (Some(true), Some(refused), ..) => Found(Diagnosis::HeaderRefused(refused.clone())),
        (Some(false), _, None, _) => Ask(Question::Anything),
        (Some(false), _, Some(true), _) => Found(Diagnosis::RefusesPage),
        (Some(false), _, Some(false), None) => Ask(Question::Private),
        (Some(false), _, Some(false), Some(true)) => Found(Diagnosis::PrivateNetwork),
        (Some(false), _, Some(false), Some(false)) => Found(Diagnosis::Unreachable),
    }
}

/// What an answer to the call with its proof says of the way, and not of the connection: only the vendor's own words will do.
fn strictly(answer: &Answer, by_proxy: bool) -> Option<Diagnosis> {
    match &answer.ending {
        Ending::Offline => Some(Diagnosis::Offline),
        Ending::NotBuilt => Some(Diagnosis::NotBuilt),
        Ending::Withheld(Withheld::Shut) => Some(Diagnosis::Shut),
        Ending::Withheld(Withheld::Policy) => Some(Diagnosis::Policy),
        Ending::Withheld(Withheld::Unsigned) => Some(Diagnosis::Unsigned),
        Ending::NoConnection => Some(Diagnosis::Unreachable),
        Ending::TimedOut => Some(Diagnosis::TimedOut),
        Ending::Redirected => Some(Diagnosis::Redirected),
        Ending::Cut { status } => Some(Diagnosis::Unreadable(*status)),
        Ending::Replied(_) if answer.in_its_words => None,
        Ending::Replied(reply) if by_proxy && reply.status == 401 => Some(Diagnosis::SignOn),
        Ending::Replied(reply) => Some(strange(reply)),
    }
}

/// What an answer to the call without proof says of the way. A vendor may answer it in words of its own: only what is plainly
/// not JSON, or what no vendor says, speaks against it.
fn judge(answer: &Answer, by_proxy: bool) -> Option<Diagnosis> {
    let may_be_the_vendor =
        |reply: &Reply| matches!(reply.status, 200..=299 | 400 | 401) && is_json(reply) && !by_proxy;
    match &answer.ending {
        Ending::Replied(reply) if may_be_the_vendor(reply) => None,
        _ => strictly(answer, by_proxy),
    }
}

/// What an answer means that is not the vendor's.
fn strange(reply: &Reply) -> Diagnosis {
    let body = reply.body.trim_start().to_ascii_lowercase();
    match reply.status {
        // cors-anywhere says so of a connection it could not make.
        404 if body.contains("proxy error") => Diagnosis::Gateway(404),
        404 | 421 => Diagnosis::RouteUnknown(reply.status),
        500..=599 => Diagnosis::Gateway(reply.status),
        200..=299 if body.starts_with('<') => Diagnosis::LoginPage(reply.status),
        200..=299 => Diagnosis::Unreadable(reply.status),
        status => Diagnosis::ProxyRefused(status),
    }
}

fn is_json(reply: &Reply) -> bool {
    reply.body.trim_start().starts_with('{')
}

fn stands(standing: Standing, seen: &Observed) -> Diagnosis {
    let off = seen.skew.filter(|skew| skew.abs() > SKEW);
    match standing {
        Standing::Ready => Diagnosis::Ready,
        // Key and clock are the server's matter: this computer's are not to blame.
        Standing::KeyUnknown
        | Standing::ClockOff
        | Standing::SignatureRefused
        | Standing::SignatureOrClock
        | Standing::NotAdmin
            if seen.by_proxy =>
        {
            Diagnosis::ProxyProof
        }
        Standing::KeyUnknown => Diagnosis::KeyUnknown,
        Standing::ClockOff => Diagnosis::ClockOff(off),
        Standing::SignatureOrClock if off.is_some() => Diagnosis::ClockOff(off),
        Standing::SignatureRefused | Standing::SignatureOrClock => Diagnosis::SignatureRefused,
        Standing::NotAdmin => Diagnosis::NotAdmin,
        Standing::WrongRegion => Diagnosis::WrongRegion,
        Standing::IpRefused => Diagnosis::IpRefused,
        Standing::Refused => Diagnosis::Refused,
    }
}

/// What is said of a diagnosis.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// A short name for machines.
    pub code: &'static str,
    /// What is wrong, and what to do.
    pub says: Words,
    /// What a page cannot tell apart here; empty when it can.
    pub among: Words,
    /// What can be done on the page.
    pub remedy: Remedy,
}

impl Diagnosis {
    /// What is said of it.
    pub fn said(&self) -> Said {
        let plain = |code, says, remedy| Said { code, says, among: Words::NONE, remedy };
        let among = |code, says, among, remedy| Said { code, says, among, remedy };
        use Remedy::{Account, Again, App, Nothing, Proxy, Region, Secret};
        match self {
            Self::Offline => plain("offline", words::OFFLINE, Again),
            Self::Shut => plain("shut", words::SHUT, Again),
            Self::NotBuilt => plain("not_built", words::NOT_BUILT, Proxy),
            Self::Unsigned => plain("unsigned", words::UNSIGNED, Secret),
            Self::MixedContent => plain("mixed_content", words::MIXED_CONTENT, Proxy),
            Self::Policy => plain("policy", words::POLICY, Proxy),
            Self::PrivateNetwork => {
                among("private_network", words::PRIVATE_NETWORK, words::PRIVATE_NETWORK_AMONG, Again)
            }
            Self::Unreachable => among("unreachable", words::UNREACHABLE, words::UNREACHABLE_AMONG, Proxy),
            Self::RefusesPage => {
                among("proxy_refuses_page", words::REFUSES_PAGE, words::REFUSES_PAGE_AMONG, Again)
            }
            Self::HeaderRefused(_) => plain("header_refused", words::HEADER_REFUSED, Again),
            Self::MethodRefused(_) => plain("method_refused", words::METHOD_REFUSED, Again),
            Self::HidesAnswer => among("hides_answer", words::HIDES_ANSWER, words::HIDES_ANSWER_AMONG, Again),
            Self::TimedOut => among("timed_out", words::TIMED_OUT, words::TIMED_OUT_AMONG, Again),
            Self::Redirected => among("redirected", words::REDIRECTED, words::REDIRECTED_AMONG, Proxy),
            Self::LoginPage(_) => among("login_page", words::LOGIN_PAGE, words::LOGIN_PAGE_AMONG, Proxy),
            Self::Unreadable(_) => plain("unreadable", words::UNREADABLE, Proxy),
            Self::RouteUnknown(_) => plain("route_unknown", words::ROUTE_UNKNOWN, Proxy),
            Self::ProxyRefused(_) => plain("proxy_refused", words::PROXY_REFUSED, Again),
            Self::SignOn => plain("sign_on", words::SIGN_ON, Again),
            Self::ProxyProof => plain("proxy_proof", words::PROXY_PROOF, Again),
            Self::Gateway(_) => among("gateway", words::GATEWAY, words::GATEWAY_AMONG, Again),
            Self::BrokeOff => among("broke_off", words::BROKE_OFF, words::BROKE_OFF_AMONG, Again),
            Self::ClockOff(Some(_)) => plain("clock_off", words::CLOCK_OFF, Again),
            Self::ClockOff(None) => plain("clock_off", words::CLOCK_OFF_PLAIN, Again),
            Self::KeyUnknown => among("key_unknown", words::KEY_UNKNOWN, words::KEY_UNKNOWN_AMONG, App),
            Self::SignatureRefused => plain("signature_refused", words::SIGNATURE_REFUSED, Secret),
            Self::NotAdmin => plain("not_admin", words::NOT_ADMIN, Account),
            Self::WrongRegion => plain("wrong_region", words::WRONG_REGION, Region),
            Self::IpRefused => plain("ip_refused", words::IP_REFUSED, Again),
            Self::Refused => plain("refused", words::REFUSED, Again),
            Self::Ready => plain("ready", words::READY, Nothing),
        }
    }

    /// Its own facts, by the names its sentence uses.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::HeaderRefused(names) | Self::MethodRefused(names) => vec![("names", names.join(", "))],
            Self::LoginPage(status)
            | Self::Unreadable(status)
            | Self::RouteUnknown(status)
            | Self::ProxyRefused(status)
            | Self::Gateway(status) => vec![("status", status.to_string())],
            Self::ClockOff(Some(seconds)) => vec![("seconds", seconds.abs().to_string())],
            _ => Vec::new(),
        }
    }
}
