//! From the shop's JSON to the wire types.
//!
//! The text is read once into a tree, and the types are made from the tree by a reader that has one way for each kind of value and no
//! words for what does not fit. `serde_json` straight to every type is compiled with its parser and its error texts into each of them.

use serde::{
    Deserializer,
    de::{self, DeserializeOwned, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor},
    forward_to_deserialize_any,
};
use serde_json::Value;

/// A value of a wire type from its JSON; `None` where the text is none.
#[must_use]
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    from_value(&tree(text)?)
}

/// A value of a wire type from a part of JSON that was read already.
#[must_use]
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(Node(value)).ok()
}

#[inline(never)]
fn tree(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// A value that does not fit. Which one, nobody in the browser can mend.
#[derive(Debug)]
struct Unfit;

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("unfit")
    }
}

impl std::error::Error for Unfit {}

impl de::Error for Unfit {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }
    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }
    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn missing_field(_: &'static str) -> Self {
        Self
    }
    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

type Read<T> = Result<T, Unfit>;

#[derive(Clone, Copy)]
struct Node<'de>(&'de Value);

impl<'de> Node<'de> {
    fn text(self) -> Read<&'de str> {
        self.0.as_str().ok_or(Unfit)
    }

    fn object(self) -> Read<Entries<'de>> {
        self.0.as_object().map(|map| Entries { rest: map.iter(), value: None }).ok_or(Unfit)
    }

    fn list(self) -> Read<Items<'de>> {
        self.0.as_array().map(|list| Items(list.iter())).ok_or(Unfit)
    }

    fn integer(self) -> Read<i64> {
        self.0.as_i64().ok_or(Unfit)
    }
}

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = Unfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(yes) => visitor.visit_bool(*yes),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => visitor.visit_u64(number),
                (None, Some(number)) => visitor.visit_i64(number),
                (None, None) => visitor.visit_f64(number.as_f64().unwrap_or_default()),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(_) => visitor.visit_seq(self.list()?),
            Value::Object(_) => visitor.visit_map(self.object()?),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_bool(self.0.as_bool().ok_or(Unfit)?)
    }
    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_i64(self.integer()?)
    }
    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_i64(self.integer()?)
    }
    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_i64(self.integer()?)
    }
    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_i64(self.integer()?)
    }
    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_i64(self.integer()?)
    }
    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_f64(self.0.as_f64().ok_or(Unfit)?)
    }
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_str(self.text()?)
    }
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_str(self.text()?)
    }
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_str(self.text()?)
    }
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Read<V::Value> {
        visitor.visit_newtype_struct(self)
    }
    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_unit()
    }
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_unit()
    }
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_seq(self.list()?)
    }
    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        visitor.visit_seq(self.list()?)
    }
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_map(self.object()?)
    }
    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Read<V::Value> {
        visitor.visit_map(self.object()?)
    }
    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Read<V::Value> {
        visitor.visit_enum(Word(self.text()?))
    }

    forward_to_deserialize_any! { i8 i16 i128 u8 u128 f32 char bytes byte_buf unit_struct tuple_struct }
}

struct Items<'de>(std::slice::Iter<'de, Value>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Unfit;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<Option<S::Value>> {
        self.0.next().map(|value| seed.deserialize(Node(value))).transpose()
    }
}

struct Entries<'de> {
    rest: serde_json::map::Iter<'de>,
    value: Option<&'de Value>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Unfit;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<Option<S::Value>> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(Word(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<S::Value> {
        seed.deserialize(Node(self.value.take().ok_or(Unfit)?))
    }
}

/// The name of a field, or of one of several words. None of the shop's words has anything in it.
struct Word<'de>(&'de str);

impl<'de> Deserializer<'de> for Word<'de> {
    type Error = Unfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_borrowed_str(self.0)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> EnumAccess<'de> for Word<'de> {
    type Error = Unfit;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Read<(S::Value, Self)> {
        let value = seed.deserialize(Word(self.0))?;
        Ok((value, self))
    }
}

impl<'de> VariantAccess<'de> for Word<'de> {
    type Error = Unfit;

    fn unit_variant(self) -> Read<()> {
        Ok(())
    }
    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, _: S) -> Read<S::Value> {
        Err(Unfit)
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Read<V::Value> {
        Err(Unfit)
    }
    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Read<V::Value> {
        Err(Unfit)
    }
}

#[cfg(test)]
mod tests {
    use novashop_types::{ErrorCode, Problem, cart::Cart, catalogue::Product, orders::Order};
    use serde::Serialize;
    use serde_json::json;

    use super::*;

    const ID: &str = "0198c0de-7a11-7c3f-9a54-0c1de2f3a4b5";

    /// What is read is what serde_json reads, and it is all there.
    fn same<T: DeserializeOwned + Serialize>(value: Value) {
        let text = value.to_string();
        let own: T = read(&text).unwrap();
        let theirs: T = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_value(&own).unwrap(), serde_json::to_value(&theirs).unwrap());
        assert_eq!(serde_json::to_value(&own).unwrap(), value);
    }

    fn money(amount: i64) -> Value {
        json!({"amount": amount, "currency": "EUR"})
    }

    #[test]
    fn a_product_is_read_as_serde_json_reads_it() {
        let image = json!({"id": ID, "url": "/media/a.webp", "alt": "A mug", "width": 800, "height": 1000, "sources": [{"url": "/media/a-400.webp", "width": 400}]});
        same::<Product>(json!({
            "id": ID, "slug": "mug", "name": "Mug", "price": money(1999), "compare_at_price": null, "in_stock": true, "image": image,
            "rating": {"average": 4.25, "count": 4}, "category": {"id": ID, "slug": "tableware", "name": "Tableware"}, "description": "Holds tea.",
            "images": [image], "options": [{"name": "Size", "values": ["S", "M"]}],
            "variants": [{"id": ID, "sku": "M-1", "options": {"Size": "S"}, "price": money(1999), "compare_at_price": money(2999), "stock": 3, "in_stock": true}],
            "attributes": {"Material": "Stoneware", "Holds": 350, "Colours": ["oat", "grey"], "Weight": 0.5, "Dishwasher": true},
            "status": "published", "version": 3, "created_at": "2026-01-31T09:00:00.000Z", "updated_at": "2026-01-31T09:00:00.000Z",
        }));
    }

    #[test]
    fn a_refusal_is_read_with_its_fields() {
        same::<Problem>(serde_json::to_value(ErrorCode::Invalid.example()).unwrap());
    }

    #[test]
    fn what_does_not_fit_is_nothing() {
        assert!(read::<Cart>("{}").is_none());
        assert!(read::<Order>("<html>").is_none());
        assert!(read::<Vec<String>>("[1]").is_none());
        assert!(read::<u32>("-1").is_none());
        assert!(read::<i32>("99999999999").is_none());
        assert!(read::<ErrorCode>("\"no_such_code\"").is_none());
        assert_eq!(read::<()>("null"), Some(()));
        assert_eq!(read::<Option<i64>>("null"), Some(None));
    }
}
