//! Small parts that stand on many pages: headings, paragraphs, buttons, labelled inputs.

use leptos::prelude::*;

use super::desk::Desk;
use super::el::{Text, derived, el};
use crate::words::Words;

/// Words that follow the language.
pub(crate) fn say(desk: Desk, words: Words) -> Text {
    derived(move || words.text(desk.language.get()).to_owned())
}

/// The head of a page. Its heading takes the focus after a change of page.
pub(crate) fn page_head(desk: Desk, title: Words, lead: Words) -> AnyView {
    let title = el("h1").id("page-title").attr("tabindex", "-1").text(say(desk, title)).view();
    el("header").class("page-head").child(title).child(paragraph("", say(desk, lead))).view()
}

/// A second-level heading.
pub(crate) fn heading(desk: Desk, words: Words) -> AnyView {
    el("h2").text(say(desk, words)).view()
}

/// A paragraph of one class.
pub(crate) fn paragraph(class: &'static str, text: Text) -> AnyView {
    el("p").class(class).text(text).view()
}

/// A stretch of text of one class.
pub(crate) fn span(class: &'static str, text: Text) -> AnyView {
    el("span").class(class).text(text).view()
}

/// A framed part of a page.
pub(crate) fn card(children: Vec<AnyView>) -> AnyView {
    el("section").class("card").children(children).view()
}

/// Buttons and what is said beside them, in a row.
pub(crate) fn actions(children: Vec<AnyView>) -> AnyView {
    el("div").class("actions").children(children).view()
}

/// What is said by a part that changes without taking the focus.
pub(crate) fn status(class: &'static str, text: Text) -> AnyView {
    el("span").class(class).attr("role", "status").text(text).view()
}

/// A line of text with its label, outside the form engine.
pub(crate) fn labelled_input(id: &'static str, label: Text, text: RwSignal<String>) -> Vec<AnyView> {
    let input = el("input")
        .id(id)
        .attr("type", "text")
        .attr("autocomplete", "off")
        .prop_text("value", text.into())
        .on("input", move |event| text.set(event_target_value(&event)));
    vec![el("label").attr("for", id).text(label).view(), input.view()]
}

/// A scrollable block of exact text, reachable by keyboard.
pub(crate) fn bytes(label: Text, text: Text) -> AnyView {
    let label = Signal::derive(move || Some(label.get()));
    el("pre")
        .class("bytes")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr_live("aria-label", label)
        .text(text)
        .view()
}

/// A link to a page of the desk.
pub(crate) fn link(address: String, label: Text) -> AnyView {
    el("a").attr("href", address).text(label).view()
}

/// A problem or a notice, with the rule it comes from.
pub(crate) fn problem_line(class: &'static str, rule: &'static str, text: Text) -> AnyView {
    el("p").class(class).attr("data-rule", rule).text(text).view()
}

/// `true` or `false`, as ARIA wants it.
pub(crate) fn aria(flag: impl Fn() -> bool + Send + Sync + 'static) -> Signal<Option<String>> {
    Signal::derive(move || Some(if flag() { "true" } else { "false" }.to_owned()))
}

/// A button; what is not set stays away from the page.
pub(crate) struct Button {
    /// How it looks.
    pub(crate) class: &'static str,
    /// Its element id, or nothing.
    pub(crate) id: &'static str,
    /// What it does.
    pub(crate) label: Text,
    /// What a screen reader says instead of the label.
    pub(crate) spoken: Option<Text>,
    /// Whether it waits; it can still be focused, so that the reason beside it can be found.
    pub(crate) waits: Option<Signal<bool>>,
    /// Whether it is the chosen one of several.
    pub(crate) pressed: Option<Signal<bool>>,
    /// Whether it submits its form.
    pub(crate) submits: bool,
    /// What it does when clicked.
    pub(crate) on_click: Box<dyn Fn(web_sys::Event)>,
}

impl Button {
    /// A plain button.
    pub(crate) fn new(class: &'static str, label: Text, on_click: impl Fn() + 'static) -> Self {
        Self::of_event(class, label, move |_| on_click())
    }

    /// A button that looks at the click itself.
    pub(crate) fn of_event(
        class: &'static str,
        label: Text,
        on_click: impl Fn(web_sys::Event) + 'static,
    ) -> Self {
        let on_click = Box::new(on_click);
        Self { class, id: "", label, spoken: None, waits: None, pressed: None, submits: false, on_click }
    }

    /// A button that submits its form.
    pub(crate) fn submit(class: &'static str, label: Text) -> Self {
        Self { submits: true, ..Self::new(class, label, || ()) }
    }

    /// With an element id.
    pub(crate) fn id(self, id: &'static str) -> Self {
        Self { id, ..self }
    }

    /// That waits while the signal says so.
    pub(crate) fn waits(self, waits: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self { waits: Some(Signal::derive(waits)), ..self }
    }

    /// The button on the page.
    pub(crate) fn view(self) -> AnyView {
        let mut button =
            el("button").attr("type", if self.submits { "submit" } else { "button" }).class(self.class);
        if !self.id.is_empty() {
            button = button.id(self.id);
        }
        if let Some(spoken) = self.spoken {
            button = button.attr_live("aria-label", Signal::derive(move || Some(spoken.get())));
        }
        if let Some(waits) = self.waits {
            button = button.attr_live("aria-disabled", aria(move || waits.get()));
        }
        if let Some(pressed) = self.pressed {
            button = button.attr_live("aria-pressed", aria(move || pressed.get()));
        }
        button.on("click", self.on_click).text(self.label).view()
    }
}
