//! A host's colours: taken when everything can still be read, and refused as a whole when not.

use crate::domain::json::Json;

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// As the system says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// A colour, as red, green and blue.
type Colour = [u8; 3];

/// The colours of the desk by the names of `style/tokens.css`, light and dark. The first ones are a host's to change.
pub(super) const COLOURS: &[(&str, &str, &str)] = &[
    ("ground", "#f4f5f8", "#131519"),
    ("card", "#ffffff", "#1b1e24"),
    ("ink", "#191c20", "#e9ebee"),
    ("ink-soft", "#505863", "#abb3bd"),
    ("accent", "#1f50c4", "#93b3ff"),
    ("on-accent", "#ffffff", "#0a142e"),
    ("accent-soft", "#e9effe", "#1c2740"),
    ("sunk", "#eff1f5", "#101216"),
    ("danger", "#b0241c", "#ffa098"),
    ("ok", "#15653c", "#82d8a6"),
    ("warn", "#7a4f00", "#f2c76d"),
    ("unknown", "#573ba6", "#c6b5ff"),
];
const CHANGEABLE: usize = 7;

/// What stands on what.
const READ_ON: &[(&str, &[&str])] = &[
    ("ink", &["ground", "card", "sunk"]),
    ("ink-soft", &["ground", "card", "accent-soft"]),
    ("accent", &["ground", "card", "accent-soft"]),
    ("on-accent", &["accent"]),
    ("danger", &["card"]),
    ("ok", &["card"]),
    ("warn", &["card"]),
    ("unknown", &["card"]),
];

/// WCAG's least contrast of text.
const LEAST: f64 = 4.5;

/// What a host wants the desk to look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Light or dark.
    pub look: Look,
    /// Colours in place of the desk's, by the name in the style sheet.
    pub colours: Vec<(&'static str, String)>,
}

/// Why a theme is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not of the form the contract says; the member that is not.
    Form(String),
    /// This colour could not be read on that one.
    Contrast(&'static str, &'static str),
}

impl Theme {
    /// The names of the colours a host may change.
    pub fn names() -> impl Iterator<Item = &'static str> {
        COLOURS.iter().take(CHANGEABLE).map(|(name, ..)| *name)
    }

    /// Reads `{"look": "light", "colours": {"accent": "#rrggbb"}}`.
    pub(super) fn read(json: &Json) -> Result<Self, Unreadable> {
        let look = match json.get("look").and_then(Json::as_text) {
            Some("light") => Look::Light,
            Some("dark") => Look::Dark,
            Some("system") => Look::System,
            _ => return Err(Unreadable::Form("look".to_owned())),
        };
        let mut colours = Vec::new();
        for (name, value) in
            json.get("colours").and_then(Json::as_object).into_iter().flat_map(|it| it.iter())
        {
            let known = Self::names().find(|known| *known == name);
            let text = value.as_text().filter(|text| colour(text).is_some());
            match (known, text) {
                (Some(known), Some(text)) => colours.push((known, text.to_ascii_lowercase())),
                _ => {
                    return Err(Unreadable::Form(format!(
                        "colours.{}",
                        name.chars().take(40).collect::<String>()
                    )));
                }
            }
        }
        let theme = Self { look, colours };
        theme.unreadable().map_or(Ok(theme), Err)
    }

    fn unreadable(&self) -> Option<Unreadable> {
        if self.colours.is_empty() {
            return None;
        }
        let looks: &[bool] = match self.look {
            Look::Light => &[false],
            Look::Dark => &[true],
            // The same colours would have to serve both.
            Look::System => &[false, true],
        };
        let pairs =
            READ_ON.iter().flat_map(|(text, grounds)| grounds.iter().map(move |ground| (*text, *ground)));
        let mut pairs = pairs.flat_map(|pair| looks.iter().map(move |dark| (pair, *dark)));
        let bad = pairs.find(|((text, ground), dark)| {
            let both = self.colour(text, *dark).zip(self.colour(ground, *dark));
            both.is_none_or(|(text, ground)| contrast(text, ground) < LEAST)
        });
        bad.map(|((text, ground), _)| Unreadable::Contrast(text, ground))
    }

    fn colour(&self, name: &str, dark: bool) -> Option<Colour> {
        let own = self.colours.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_str());
        let usual = COLOURS.iter().find(|(known, ..)| *known == name);
        colour(own.or(usual.map(|(_, light, night)| if dark { *night } else { *light }))?)
    }
}

fn colour(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let part = |from: usize| u8::from_str_radix(digits.get(from..from + 2)?, 16).ok();
    // `from_str_radix` takes a sign.
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(())?;
    Some([part(0)?, part(2)?, part(4)?])
}

/// WCAG's contrast of two colours.
fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance([red, green, blue]: Colour) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}
