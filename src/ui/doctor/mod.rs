//! The test of a connection: questions in order, shown as they are asked, one sentence at the end, and a text for IT.

mod probes;
mod view;

use leptos::prelude::*;

pub(super) use view::report_view;

use self::probes::Probes;
use super::browser;
use crate::connection::Connection;
use crate::domain::diagnosis::{self, Diagnosis, Next, Observed, Question, asked, came_back, next};
use crate::domain::outcome::Outcome;
use crate::words::{Language, Words, doctor as words};

/// A test, finished or under way.
#[derive(Clone)]
pub(super) struct Report {
    /// The questions asked so far, the last one perhaps not answered yet.
    asked: Vec<Question>,
    seen: Observed,
    found: Option<Diagnosis>,
    /// What the vendor said to the call with its proof.
    outcome: Option<Outcome>,
    /// Names for places, by which sentences speak of them.
    places: Vec<(&'static str, String)>,
}

/// The tests made at one place of the page; the last one begun is the one that is shown.
#[derive(Clone, Copy)]
pub(super) struct Exam {
    turn: RwSignal<u32>,
    report: RwSignal<Option<Report>>,
}

impl Exam {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { turn: RwSignal::new(0), report: RwSignal::new(None) }
    }

    /// The test to show, followed.
    pub(super) fn report(self) -> Option<Report> {
        self.report.get()
    }

    /// Shows no test, not even one that is under way.
    pub(super) fn clear(self) {
        self.turn.update(|turn| *turn += 1);
        self.report.set(None);
    }

    /// Tests a connection. What an earlier test still has to say is not about this one.
    pub(super) fn begin(self, connection: Connection) {
        self.clear();
        let turn = self.turn.get_untracked();
        browser::spawn(examine(connection, move |report| {
            if self.turn.try_get_untracked() == Some(turn) {
                self.report.set(Some(report));
            }
        }));
    }
}

/// Tests a connection; each step is told as soon as it is known.
async fn examine(connection: Connection, told: impl Fn(Report)) {
    let probes = Probes::new(&connection);
    let mut report = Report {
        asked: Vec::new(),
        seen: Observed::default(),
        found: None,
        outcome: None,
        places: places(&connection, probes.as_ref()),
    };
    loop {
        let question = match (next(&report.seen), &probes) {
            (Next::Found(found), _) => {
                report.found = Some(found);
                break;
            }
            (Next::Ask(_), None) => {
                report.found = Some(Diagnosis::NotBuilt);
                break;
            }
            (Next::Ask(question), Some(probes)) => (question, probes),
        };
        let (question, probes) = question;
        report.asked.push(question);
        told(report.clone());
        let outcome = probes.ask(question, &mut report.seen).await;
        report.outcome = outcome.or(report.outcome);
    }
    told(report);
}

fn places(connection: &Connection, probes: Option<&Probes>) -> Vec<(&'static str, String)> {
    let proxy = connection.proxy();
    let cloud = connection.endpoint().host().to_owned();
    let host = match proxy.host() {
        Some(host) => host,
        None if proxy.is_direct() => cloud.clone(),
        None => format!("{}/{}", browser::origin(), proxy.base().trim_start_matches('/')),
    };
    let headers = probes.map(|probes| probes.headers.join(", ")).unwrap_or_default();
    let request = probes.map(|probes| format!("{} → {}", probes.request(), probes.address()));
    let time = browser::readable_time(&browser::now().to_string()).unwrap_or_default();
    vec![
        ("host", host),
        ("cloud", cloud),
        ("origin", browser::origin()),
        ("headers", headers),
        ("request", request.unwrap_or_default()),
        ("time", time),
    ]
}

/// One question of a test, in words.
struct Step {
    question: Question,
    ask: String,
    /// Whether it went well, and what came back.
    answer: Option<(bool, String)>,
}

impl Report {
    /// What was found, once it is.
    fn said(&self) -> Option<diagnosis::Said> {
        self.found.as_ref().map(Diagnosis::said)
    }

    fn fill(&self, says: Words, language: Language) -> String {
        let mut facts = self.places.clone();
        facts.extend(self.found.iter().flat_map(Diagnosis::facts));
        if let Some(outcome) = &self.outcome {
            facts.push(("code", outcome.code.clone().unwrap_or_default()));
            facts.push(("meaning", outcome.advice.meaning.text(language).to_owned()));
            facts.push(("message", outcome.message.clone()));
            facts.push(("next", outcome.advice.next.text(language).to_owned()));
        }
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, text)| (*name, text.as_str())).collect();
        says.fill(language, &facts)
    }

    /// The steps so far: what was asked, and what came back; nothing yet to the one that is under way.
    fn steps(&self, language: Language) -> Vec<Step> {
        let last = self.asked.len().saturating_sub(1);
        let step = |(at, question): (usize, &Question)| {
            let (good, says, fact) = came_back(*question, &self.seen);
            let answer =
                (at != last || self.found.is_some()).then(|| (good, says.fill(language, &[("fact", &fact)])));
            Step { question: *question, ask: self.fill(asked(*question), language), answer }
        };
        self.asked.iter().enumerate().map(step).collect()
    }

    /// What is said of the clock when it is off, and not far enough to be the reason.
    fn clock(&self, language: Language) -> Option<String> {
        let seconds = self.seen.skew.filter(|skew| skew.abs() > CLOCK_NOTE)?.abs().to_string();
        let said = !matches!(self.found, Some(Diagnosis::ClockOff(_)));
        said.then(|| words::CLOCK_NOTE.fill(language, &[("seconds", &seconds)]))
    }

    /// Everything a proxy's owner needs, in both languages. No secret and no signature is in it.
    fn for_it(&self) -> String {
        let of = |language| {
            let said = self.said();
            let sentences = said.iter().flat_map(|said| [said.says, said.among]);
            let mut lines = vec![self.fill(words::REPORT, language)];
            lines.extend(sentences.filter(|says| *says != Words::NONE).map(|says| self.fill(says, language)));
            lines.extend(self.clock(language));
            let line = |step: Step| {
                let (good, answer) = step.answer?;
                let facts = [("ask", &*step.ask), ("answer", &*answer)];
                Some(format!("{} {}", if good { "✓" } else { "✗" }, words::STEP.fill(language, &facts)))
            };
            lines.extend(self.steps(language).into_iter().filter_map(line));
            lines.join("\n")
        };
        [Language::Chinese, Language::English].map(of).join("\n\n")
    }
}

/// A clock further off than this is spoken of, in seconds.
const CLOCK_NOTE: i64 = 60;
