//! Objects of a body are written as objects. serde would also take `["maya", "maya@example.com"]` for a struct, field by field in the
//! order of our source code, and `null` for an empty map: nobody means that, and the OpenAPI document does not allow it.

use serde::de::{
    Deserializer, Error as _, IntoDeserializer, Unexpected, Visitor,
    value::{MapDeserializer, SeqDeserializer},
};
use serde_json::{Error, Value};

/// A JSON value that gives structs from objects only.
pub(super) struct Objects(pub(super) Value);

impl<'de> Deserializer<'de> for Objects {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(values) => {
                let mut values = SeqDeserializer::new(values.into_iter().map(Objects));
                let value = visitor.visit_seq(&mut values)?;
                values.end()?;
                Ok(value)
            }
            Value::Object(fields) => {
                let mut fields = MapDeserializer::new(fields.into_iter().map(|(name, value)| (name, Objects(value))));
                let value = visitor.visit_map(&mut fields)?;
                fields.end()?;
                Ok(value)
            }
            plain => plain.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        if self.0.is_array() { Err(Error::invalid_type(Unexpected::Seq, &visitor)) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() { Err(Error::invalid_type(Unexpected::Unit, &visitor)) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(self, name: &'static str, variants: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct
        identifier ignored_any
    }
}

impl IntoDeserializer<'_, Error> for Objects {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use novashop_types::{Money, orders::OrderCreate};
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[test]
    fn an_object_is_taken_and_a_list_in_its_place_is_not() {
        let money = json!({"amount": 1999, "currency": "EUR"});
        assert_eq!(Money::deserialize(Objects(money)).unwrap().amount, 1999);
        assert!(Money::deserialize(Objects(json!([1999, "EUR"]))).is_err());
        let order = |address: Value| OrderCreate::deserialize(Objects(json!({"shipping_address": address})));
        assert!(order(json!({"name": "Maya", "line1": "Rua da Rosa 14", "city": "Lisbon", "country": "PT"})).is_ok());
        assert!(order(json!(["Maya", "Rua da Rosa 14", "", "Lisbon", "", "", "PT"])).is_err());
    }
}
