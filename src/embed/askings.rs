//! What a second person was asked, and has said.

/// Askings by their digests. The first answer to each counts, and an answer that nobody asked for is not kept.
#[derive(Debug, Default)]
pub struct Askings(Vec<(String, Option<bool>)>);

impl Askings {
    /// Takes note of an asking.
    pub fn ask(&mut self, digest: String) {
        self.0.push((digest, None));
    }

    /// Takes note of an answer.
    pub fn answer(&mut self, digest: &str, approved: bool) {
        if let Some((_, said)) = self.0.iter_mut().find(|(asked, _)| asked == digest) {
            said.get_or_insert(approved);
        }
    }

    /// What was said; none while nothing was.
    pub fn said(&self, digest: &str) -> Option<bool> {
        self.0.iter().find(|(asked, _)| asked == digest).and_then(|(_, said)| *said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_asked_is_answered_and_only_once() {
        let mut askings = Askings::default();
        askings.answer("early", true);
        askings.ask("early".to_owned());
        assert_eq!(askings.said("early"), None, "an answer before the asking is none");
        askings.ask("other".to_owned());
        askings.answer("early", false);
        askings.answer("early", true);
        assert_eq!(
            (askings.said("early"), askings.said("other")),
            (Some(false), None),
            "the first one counts"
        );
        for guess in 0..1_000 {
            askings.answer(&guess.to_string(), true);
        }
        assert_eq!(askings.0.len(), 2, "nothing is kept of what nobody asked");
    }
}
