//! Documents: which fields an operation asks for, written from the same types that its answer is read into. That the fields
//! exist and fit is checked when the crate is compiled, by the derives of `cynic` on those types; the text is written here,
//! because a table of names a type is far smaller than a builder a type.

use cynic::variables::VariableType;

use super::{Date, DateTime, MinorUnits, scalar::Json};

/// A type of a field: writes what is asked for inside it, nothing for a plain value.
pub trait Select {
    fn select(document: &mut String);
}

type Writer = fn(&mut String);

/// Writes `{name name{…}}`; the names are those of Rust.
pub fn fields(document: &mut String, fields: &[(&str, Writer)]) {
    document.push('{');
    for (name, inner) in fields {
        push_camel(document, name);
        inner(document);
        document.push(' ');
    }
    document.push('}');
}

/// `contract_amount` as the contract writes it: `contractAmount`.
pub fn push_camel(text: &mut String, name: &str) {
    let mut capital = false;
    for letter in name.chars() {
        match letter {
            '_' => capital = true,
            letter if capital => {
                text.push(letter.to_ascii_uppercase());
                capital = false;
            }
            letter => text.push(letter),
        }
    }
}

/// The one field that an operation asks for.
pub struct Root {
    /// `query`, `mutation` or `subscription`.
    pub kind: &'static str,
    /// The name of the field as Rust writes it.
    pub field: &'static str,
    /// The names of its arguments, in the order of the variables; further variables belong to fields inside.
    pub arguments: &'static [&'static str],
    pub variables: &'static [(&'static str, VariableType)],
    pub select: Writer,
}

impl Root {
    /// The document: `query($id:ID! ){application(id:$id ){…}}`.
    pub fn document(&self) -> String {
        let mut document = self.kind.to_owned();
        let pairs = self.variables.iter().map(|(name, kind)| ("$", *name, Some(*kind), ""));
        push_list(&mut document, pairs.collect());
        document.push('{');
        push_camel(&mut document, self.field);
        let pairs = self.arguments.iter().zip(self.variables);
        push_list(
            &mut document,
            pairs
                .map(|(argument, (name, _))| ("", *argument, None, *name))
                .collect(),
        );
        (self.select)(&mut document);
        document.push('}');
        document
    }
}

/// `(a b )`: each a mark, a name, and after the colon a type or a variable. Nothing for none.
fn push_list(document: &mut String, pairs: Vec<(&str, &str, Option<VariableType>, &str)>) {
    if pairs.is_empty() {
        return;
    }
    document.push('(');
    for (mark, name, kind, variable) in pairs {
        document.push_str(mark);
        document.push_str(name);
        document.push(':');
        match kind {
            Some(kind) => push_type(document, kind, true),
            None => {
                document.push('$');
                document.push_str(variable);
            }
        }
        document.push(' ');
    }
    document.push(')');
}

fn push_type(document: &mut String, kind: VariableType, required: bool) {
    match kind {
        VariableType::Nullable(inner) => return push_type(document, *inner, false),
        VariableType::List(inner) => {
            document.push('[');
            push_type(document, *inner, true);
            document.push(']');
        }
        VariableType::Named(name) => document.push_str(name),
    }
    if required {
        document.push('!');
    }
}

/// Values without fields of their own.
#[macro_export]
macro_rules! leaves {
    ($($name:ty),+ $(,)?) => {
        $(impl $crate::api::select::Select for $name {
            fn select(_: &mut String) {}
        })+
    };
}
leaves!(String, bool, i32, cynic::Id, DateTime, Date, MinorUnits, Json);

impl<T: Select> Select for Option<T> {
    fn select(document: &mut String) {
        T::select(document);
    }
}

impl<T: Select> Select for Vec<T> {
    fn select(document: &mut String) {
        T::select(document);
    }
}

impl<T: Select> Select for Box<T> {
    fn select(document: &mut String) {
        T::select(document);
    }
}

/// Lets a fragment be asked for. The derive stays the caller's, so that it sees the types as they are written.
#[macro_export]
macro_rules! select {
    ($(#[$meta:meta])* $visibility:vis struct $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[cynic(no_deserialize)]
        $visibility struct $name { $($body)* }
        $crate::select!(@fields $name $($body)*);
    };
    (@fields $name:ident $($(#[$meta:meta])* $visibility:vis $field:ident: $type:ty),+ $(,)?) => {
        impl $crate::api::select::Select for $name {
            fn select(document: &mut String) {
                $crate::api::select::fields(document, &[$((stringify!($field), <$type as $crate::api::select::Select>::select)),+]);
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_names_variables_arguments_and_fields() {
        static ID: VariableType = VariableType::Named("ID");
        static VARIABLES: [(&str, VariableType); 2] =
            [("id", VariableType::Named("ID")), ("key", VariableType::Nullable(&ID))];
        let root = Root {
            kind: "query",
            field: "package_import",
            arguments: &["id", "idempotencyKey"],
            variables: &VARIABLES,
            select: |document| fields(document, &[("created_at", String::select)]),
        };
        assert_eq!(
            root.document(),
            "query($id:ID! $key:ID ){packageImport(id:$id idempotencyKey:$key ){createdAt }}"
        );
    }
}
