//! Countries by the names that people of this language know them by.

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::document;
use novashop_domain::slugs::without_accents;
use novashop_types::orders::COUNTRIES;
use wasm_bindgen::{JsCast, JsValue};

use crate::Choice;

/// Names countries: the browser knows them all (`Intl.DisplayNames`), so that the app need not carry them.
struct Names {
    table: JsValue,
    of: Function,
}

impl Names {
    fn new() -> Option<Self> {
        let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl")).ok()?;
        let constructor: Function = Reflect::get(&intl, &JsValue::from_str("DisplayNames")).ok()?.dyn_into().ok()?;
        let options = Object::new();
        Reflect::set(&options, &JsValue::from_str("type"), &JsValue::from_str("region")).ok()?;
        let language = document().document_element().and_then(|root| root.get_attribute("lang")).unwrap_or_default();
        let arguments = Array::of2(&JsValue::from_str(&language), &options);
        let table = Reflect::construct(&constructor, &arguments).ok()?;
        let of = Reflect::get(&table, &JsValue::from_str("of")).ok()?.dyn_into().ok()?;
        Some(Self { table, of })
    }

    fn name(&self, code: &str) -> Option<String> {
        self.of.call1(&self.table, &JsValue::from_str(code)).ok()?.as_string()
    }
}

/// The name of a country; its code where the browser knows none.
#[must_use]
pub fn country_name(code: &str) -> String {
    Names::new().and_then(|names| names.name(code)).unwrap_or_else(|| code.to_owned())
}

/// Every country in the order of its name, after an empty first line.
#[must_use]
pub fn country_choices(first: &str) -> Vec<Choice> {
    let names = Names::new();
    let name = |code: &str| names.as_ref().and_then(|names| names.name(code)).unwrap_or_else(|| code.to_owned());
    let mut choices: Vec<Choice> = COUNTRIES.iter().map(|code| Choice::new(*code, name(code))).collect();
    // Å and Á beside A, as people look for them.
    choices.sort_by_cached_key(|choice| without_accents(&choice.label.to_lowercase()));
    choices.insert(0, Choice::new("", first));
    choices
}
