//! The steps of a test in words: what was asked, and what came back.

use super::{Answer, Ending, Observed, Question, Standing, judge};
use crate::words::{Words, doctor as words};

/// What a question was, in words.
pub const fn asked(question: Question) -> Words {
    match question {
        Question::Online => words::ASKED_ONLINE,
        Question::Scheme => words::ASKED_SCHEME,
        Question::Unsigned => words::ASKED_UNSIGNED,
        Question::Plainly => words::ASKED_PLAINLY,
        Question::Headers => words::ASKED_HEADERS,
        Question::Anything => words::ASKED_ANYTHING,
        Question::Private => words::ASKED_PRIVATE,
        Question::Methods => words::ASKED_METHODS,
        Question::Signed => words::ASKED_SIGNED,
    }
}

/// What came back to a question that was asked: whether that is good, in words, with one fact.
pub fn came_back(question: Question, seen: &Observed) -> (bool, Words, String) {
    let flag = |good: Option<bool>| (good == Some(true), words::YES, words::NO);
    let of_flag = |(good, yes, no)| (good, if good { yes } else { no }, String::new());
    let of_names = |names: &Option<Vec<&'static str>>| match names.as_deref().unwrap_or_default() {
        [] => (true, words::ALL_PASS, String::new()),
        refused => (false, words::NAMES_REFUSED, refused.join(", ")),
    };
    match question {
        Question::Online => of_flag(flag(seen.online)),
        Question::Scheme => of_flag(flag(seen.mixed.map(|mixed| !mixed))),
        Question::Private => of_flag(flag(seen.private.map(|private| !private))),
        Question::Plainly => of_flag(flag(seen.plainly)),
        Question::Anything => of_flag(flag(seen.anything)),
        Question::Headers => of_names(&seen.headers),
        Question::Methods => of_names(&seen.methods),
        Question::Unsigned => came(seen.unsigned.as_ref(), seen.policy),
        Question::Signed => {
            let (good, says, fact) = came(seen.signed.as_ref().map(|(answer, _)| answer), false);
            let accepted = seen.signed.as_ref().is_some_and(|(_, standing)| *standing == Standing::Ready);
            (good && accepted, says, fact)
        }
    }
}

fn came(answer: Option<&Answer>, policy: bool) -> (bool, Words, String) {
    let bad = |says| (false, says, String::new());
    let Some(answer) = answer else { return bad(words::NO_ANSWER) };
    match &answer.ending {
        Ending::NoConnection if policy => bad(words::STOPPED_BY_POLICY),
        Ending::Offline | Ending::NotBuilt | Ending::Withheld(_) => bad(words::NOTHING_SENT),
        Ending::NoConnection => bad(words::NO_ANSWER),
        Ending::TimedOut => bad(words::NOTHING_IN_TIME),
        Ending::Redirected => bad(words::A_REDIRECT),
        Ending::Cut { status } => (false, words::CUT_OFF, status.to_string()),
        Ending::Replied(reply) if answer.in_its_words => (true, words::THE_CLOUD, reply.status.to_string()),
        Ending::Replied(reply) => {
            (judge(answer, false).is_none(), words::SOMETHING_ELSE, reply.status.to_string())
        }
    }
}
