//! Elements, put together from Leptos's own parts without a type of their own for each place.
//!
//! `view!` gives every element on every page a type, and with it code of its own. Here there is one type, so an element costs
//! what is said about it and nothing more: the same pages went from 226 KB to 195 KB of gzipped WebAssembly.

use std::borrow::Cow;

use leptos::ev;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::tachys::html::element::custom;
use leptos::tachys::html::event::on;
use leptos::tachys::html::property::prop;

/// Text that follows what it is made from.
pub(crate) type Text = Signal<String>;

/// Text that stays as it is.
pub(crate) fn fixed(text: impl Into<String>) -> Text {
    Signal::stored(text.into())
}

/// Text made from signals.
pub(crate) fn derived(text: impl Fn() -> String + Send + Sync + 'static) -> Text {
    Signal::derive(text)
}

/// A part of the page that is made anew when a signal it reads has changed.
pub(crate) fn live(part: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    fn of_one_type(part: Box<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
        (move || part()).into_any()
    }
    of_one_type(Box::new(part))
}

/// Nothing.
pub(crate) fn nothing() -> AnyView {
    ().into_any()
}

/// Several parts, one after the other.
pub(crate) fn all(parts: Vec<AnyView>) -> AnyView {
    parts.into_any()
}

/// Text as a part of the page.
pub(crate) fn words(text: Text) -> AnyView {
    text.into_any()
}

/// An element under construction.
pub(crate) struct El {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// Begins an element.
pub(crate) fn el(tag: &'static str) -> El {
    El { tag, attributes: Vec::new(), children: Vec::new() }
}

impl El {
    /// An attribute that stays as it is.
    pub(crate) fn attr(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        let value: Cow<'static, str> = value.into();
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// An attribute that follows a signal, and is away while there is none.
    pub(crate) fn attr_live(mut self, name: &'static str, value: Signal<Option<String>>) -> Self {
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// The class.
    pub(crate) fn class(self, class: &'static str) -> Self {
        if class.is_empty() { self } else { self.attr("class", class) }
    }

    /// The element id.
    pub(crate) fn id(self, id: impl Into<Cow<'static, str>>) -> Self {
        self.attr("id", id)
    }

    /// A property that is text, such as an input's value.
    pub(crate) fn prop_text(mut self, name: &'static str, value: Text) -> Self {
        self.attributes.push(prop(name, value).into_any_attr());
        self
    }

    /// A property that is on or off, such as `hidden`.
    pub(crate) fn prop_flag(
        mut self,
        name: &'static str,
        value: impl Fn() -> bool + Send + Sync + 'static,
    ) -> Self {
        self.attributes.push(prop(name, Signal::derive(value)).into_any_attr());
        self
    }

    /// An event listener.
    pub(crate) fn on(mut self, event: &'static str, handle: impl Fn(web_sys::Event) + 'static) -> Self {
        let handle: Box<dyn FnMut(web_sys::Event)> = Box::new(handle);
        self.attributes.push(on(ev::Custom::<web_sys::Event>::new(event), handle).into_any_attr());
        self
    }

    /// Text inside.
    pub(crate) fn text(self, text: Text) -> Self {
        self.child(words(text))
    }

    /// A space inside, between two words.
    pub(crate) fn space(self) -> Self {
        self.child(" ".into_any())
    }

    /// A child.
    pub(crate) fn child(mut self, child: AnyView) -> Self {
        self.children.push(child);
        self
    }

    /// Several children.
    pub(crate) fn children(mut self, children: impl IntoIterator<Item = AnyView>) -> Self {
        self.children.extend(children);
        self
    }

    /// A part inside that is made anew when a signal it reads has changed.
    pub(crate) fn live(self, part: impl Fn() -> AnyView + Send + Sync + 'static) -> Self {
        self.child(live(part))
    }

    /// The finished element.
    pub(crate) fn view(self) -> AnyView {
        custom(self.tag).add_any_attr(self.attributes).child(self.children).into_any()
    }
}
