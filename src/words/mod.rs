//! Every label and sentence the desk shows, each in all languages on one line. Uses nothing else of the crate.
//!
//! A missing translation does not compile: a line of a catalogue has one text per language, and `words!` wants them all.

pub mod codes;
pub mod config;
pub mod desk;
pub mod doctor;
pub mod easemob;
pub mod easemob_codes;
pub mod embedding;
pub mod fault;
pub mod jobs;
pub mod lock;
pub mod outcome;
pub mod tencent;
pub mod tencent_codes;
pub mod user_sig;
pub mod vault;
pub mod yunxin;
pub mod yunxin_codes;

/// A language the desk speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Simplified Chinese, the users' first language.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// The BCP 47 tag, as `<html lang>` wants it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    /// The language for a browser's preference such as `zh-TW` or `en-GB`; what is not Chinese gets English.
    pub fn for_tag(tag: &str) -> Self {
        if tag.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("zh")) {
            Self::Chinese
        } else {
            Self::English
        }
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }
}

/// One label or sentence in all languages. Facts stand as `{name}` and are filled in when shown; `{s}` is the s of a plural, which is
/// left out where the fact before it is 1.
///
/// The texts stand in one string with a NUL between them: of everything tried, that costs the page the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(&'static str);

impl Words {
    /// No words at all.
    pub const NONE: Self = Self("\0");

    /// Words from `中文\0English`; `words!` writes that from a line of a catalogue.
    pub const fn new(texts: &'static str) -> Self {
        Self(texts)
    }

    /// The text in `language`, facts not filled in.
    pub fn text(self, language: Language) -> &'static str {
        let (chinese, english) = self.0.split_once('\0').unwrap_or_default();
        match language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }

    /// The text in `language` with each `{name}` replaced by its fact.
    pub fn fill(self, language: Language, facts: &[(&str, &str)]) -> String {
        let mut last = "";
        self.pieces(language)
            .map(|piece| match piece {
                Piece::Text(text) => text,
                Piece::Fact(name) => {
                    last = facts.iter().find(|(known, _)| *known == name).map_or("", |(_, fact)| fact);
                    last
                }
                Piece::Plural => plural(last),
            })
            .collect()
    }

    /// The text cut at its facts, for a view that marks them.
    pub fn pieces(self, language: Language) -> impl Iterator<Item = Piece> {
        let mut rest = self.text(language);
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let (piece, after) = match rest.strip_prefix('{').and_then(|inside| inside.split_once('}')) {
                Some(("s", after)) => (Piece::Plural, after),
                Some((name, after)) => (Piece::Fact(name), after),
                None => {
                    let end =
                        rest.char_indices().skip(1).find(|(_, c)| *c == '{').map_or(rest.len(), |(at, _)| at);
                    let (text, after) = rest.split_at(end);
                    (Piece::Text(text), after)
                }
            };
            rest = after;
            Some(piece)
        })
    }
}

/// A stretch of a sentence: words, or the name of a fact to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words as they stand.
    Text(&'static str),
    /// The name of a fact.
    Fact(&'static str),
    /// The end of a word, as the fact before it says.
    Plural,
}

/// How a word ends of which there are so many.
pub fn plural(count: &str) -> &'static str {
    if count == "1" { "" } else { "s" }
}

/// Declares named [`Words`], one line each: `NAME = "中文" | "English";`
macro_rules! words {
    ($($name:ident = $zh:literal | $en:literal;)*) => {
        $(
            #[doc = concat!("`", $zh, " · ", $en, "`")]
            pub const $name: $crate::words::Words = $crate::words::Words::new(concat!($zh, "\0", $en));
        )*

        /// Every entry of this catalogue with its name, for tests.
        pub const ALL: &[(&str, $crate::words::Words)] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use words;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_filled_in_where_they_are_named() {
        let words = Words::new(concat!("共 {count} 条，{count} 条", "\0", "{count} of {total}"));
        assert_eq!(words.fill(Language::Chinese, &[("count", "3")]), "共 3 条，3 条");
        assert_eq!(words.fill(Language::English, &[("count", "3"), ("total", "7")]), "3 of 7");
    }

    #[test]
    fn of_one_thing_there_is_no_plural() {
        let words =
            Words::new(concat!("{items} 条，{count} 次", "\0", "{items} item{s} in {count} request{s}"));
        let fill = |items, count| words.fill(Language::English, &[("items", items), ("count", count)]);
        assert_eq!(fill("1", "2"), "1 item in 2 requests");
        assert_eq!(fill("21", "1"), "21 items in 1 request");
        assert_eq!(fill("0", "11"), "0 items in 11 requests");
        assert_eq!(words.fill(Language::Chinese, &[("items", "1"), ("count", "1")]), "1 条，1 次");
    }

    #[test]
    fn both_languages_name_the_same_facts() {
        let catalogues = [
            codes::ALL,
            config::ALL,
            desk::ALL,
            doctor::ALL,
            easemob::ALL,
            easemob_codes::ALL,
            embedding::ALL,
            fault::ALL,
            jobs::ALL,
            outcome::ALL,
            tencent::ALL,
            tencent_codes::ALL,
            user_sig::ALL,
            yunxin::ALL,
            yunxin_codes::ALL,
        ];
        for (name, words) in catalogues.concat() {
            let facts = |language| {
                let mut facts: Vec<_> = words
                    .pieces(language)
                    .filter(|piece| matches!(piece, Piece::Fact(_)))
                    .map(|piece| format!("{piece:?}"))
                    .collect();
                facts.sort();
                facts.dedup();
                facts
            };
            assert_eq!(facts(Language::Chinese), facts(Language::English), "{name}");
            assert!(
                !words.text(Language::Chinese).is_empty() && !words.text(Language::English).is_empty(),
                "{name}"
            );
        }
    }

    #[test]
    fn a_browser_preference_chooses_the_language() {
        assert_eq!(Language::for_tag("zh-TW"), Language::Chinese);
        assert_eq!(Language::for_tag("en-GB"), Language::English);
        assert_eq!(Language::for_tag(""), Language::English);
    }
}
