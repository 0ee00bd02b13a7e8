//! Reading answers: from JSON values into the types of the operations, field by field. The usual derive writes a visitor for
//! every type, which was a quarter of the module that browsers download; this writes one call a field.

use serde_json::{Map, Value};

use super::{Date, DateTime, MinorUnits, scalar::Json, select::push_camel};

/// An answer that does not have the shape that the contract promises; the text is for the console.
#[derive(Debug)]
pub struct Misshapen(pub &'static str);

/// A type that an answer is read into.
pub trait Read: Sized {
    fn read(value: Value) -> Result<Self, Misshapen>;
}

/// The fields of one object, taken one after another.
pub struct Fields(Map<String, Value>);

impl Fields {
    pub fn of(value: Value) -> Result<Self, Misshapen> {
        match value {
            Value::Object(map) => Ok(Self(map)),
            _ => Err(Misshapen("an object")),
        }
    }

    /// Takes the field that is called `name` in Rust; an absent one reads as null.
    pub fn take<T: Read>(&mut self, name: &'static str) -> Result<T, Misshapen> {
        T::read(self.value(name)).map_err(|_| Misshapen(name))
    }

    #[inline(never)]
    fn value(&mut self, name: &str) -> Value {
        let mut key = String::with_capacity(name.len());
        push_camel(&mut key, name);
        self.0.remove(&key).unwrap_or(Value::Null)
    }

    /// The name of the object's type, where it was asked for.
    pub fn type_name(&self) -> &str {
        self.0.get("__typename").and_then(Value::as_str).unwrap_or_default()
    }

    pub fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

impl Read for Value {
    fn read(value: Value) -> Result<Self, Misshapen> {
        Ok(value)
    }
}

impl Read for String {
    fn read(value: Value) -> Result<Self, Misshapen> {
        match value {
            Value::String(text) => Ok(text),
            _ => Err(Misshapen("a text")),
        }
    }
}

impl Read for bool {
    fn read(value: Value) -> Result<Self, Misshapen> {
        value.as_bool().ok_or(Misshapen("true or false"))
    }
}

impl Read for i32 {
    fn read(value: Value) -> Result<Self, Misshapen> {
        value
            .as_i64()
            .and_then(|number| number.try_into().ok())
            .ok_or(Misshapen("a number"))
    }
}

impl Read for cynic::Id {
    fn read(value: Value) -> Result<Self, Misshapen> {
        String::read(value).map(Self::new)
    }
}

impl Read for DateTime {
    fn read(value: Value) -> Result<Self, Misshapen> {
        String::read(value).map(Self)
    }
}

impl Read for Date {
    fn read(value: Value) -> Result<Self, Misshapen> {
        String::read(value).map(Self)
    }
}

impl Read for MinorUnits {
    fn read(value: Value) -> Result<Self, Misshapen> {
        String::read(value).map(Self)
    }
}

impl Read for Json {
    fn read(value: Value) -> Result<Self, Misshapen> {
        Ok(Self(value))
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: Value) -> Result<Self, Misshapen> {
        if value.is_null() {
            Ok(None)
        } else {
            T::read(value).map(Some)
        }
    }
}

impl<T: Read> Read for Box<T> {
    fn read(value: Value) -> Result<Self, Misshapen> {
        T::read(value).map(Self::new)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: Value) -> Result<Self, Misshapen> {
        match value {
            Value::Array(items) => {
                let mut read = Vec::with_capacity(items.len());
                for item in items {
                    read.push(T::read(item)?);
                }
                Ok(read)
            }
            _ => Err(Misshapen("a list")),
        }
    }
}

/// Lets fragments of an operation be read. The derive stays the caller's, so that it sees the types as they are written.
#[macro_export]
macro_rules! read {
    ($(#[$meta:meta])* $visibility:vis struct $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[cynic(no_deserialize)]
        $visibility struct $name { $($body)* }
        $crate::read!(@fields $name $($body)*);
        $crate::select!(@fields $name $($body)*);
    };
    (@fields $name:ident $($(#[$meta:meta])* $visibility:vis $field:ident: $type:ty),+ $(,)?) => {
        impl $crate::api::read::Read for $name {
            fn read(value: serde_json::Value) -> Result<Self, $crate::api::read::Misshapen> {
                let mut fields = $crate::api::read::Fields::of(value)?;
                Ok(Self { $($field: fields.take(stringify!($field))?),+ })
            }
        }
    };
}

/// Lets enumerations be read.
#[macro_export]
macro_rules! read_enums {
    ($($name:ident),+ $(,)?) => {
        $(impl $crate::api::read::Read for $name {
            fn read(value: serde_json::Value) -> Result<Self, $crate::api::read::Misshapen> {
                serde::Deserialize::deserialize(value).map_err(|_| $crate::api::read::Misshapen(stringify!($name)))
            }
        })+
        $crate::leaves!($($name),+);
    };
}
