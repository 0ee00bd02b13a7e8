//! Two people wrote one draft: what only one of them changed is taken, what both changed is a conflict in which what was typed here
//! stands until somebody chooses. Works on the form as JSON, so that every field is merged by the same rules. Pure.

use serde_json::{Map, Value};

use super::read_count;
use crate::format;

/// A field that both changed. The values are those of the form; null where one of them took it away.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Its keys from the outside in; a plan stands by its id, a case or period by its place.
    pub path: Vec<String>,
    pub mine: Value,
    pub theirs: Value,
}

/// What became of three versions.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    pub value: Value,
    /// What only the other side changed and stands here now.
    pub taken: Vec<Vec<String>>,
    pub conflicts: Vec<Conflict>,
}

/// Merges what was read, what is typed here, and what the other side saved.
pub fn merge(base: &Value, mine: &Value, theirs: &Value) -> Merged {
    let mut merge = Merge::default();
    let value = merge.of(&mut Vec::new(), base, mine, theirs);
    Merged {
        value,
        taken: merge.taken,
        conflicts: merge.conflicts,
    }
}

/// The form with the other side's value at a conflict.
pub fn with_theirs(form: &Value, conflict: &Conflict) -> Value {
    let mut form = form.clone();
    put(&mut form, &conflict.path, &conflict.theirs);
    form
}

fn put(value: &mut Value, path: &[String], new: &Value) {
    let Some((key, rest)) = path.split_first() else {
        *value = new.clone();
        return;
    };
    match value {
        Value::Object(fields) => put(fields.entry(key.clone()).or_insert(Value::Null), rest, new),
        Value::Array(items) => {
            let found = items
                .iter()
                .position(|item| id_of(item) == Some(key))
                .or_else(|| key.parse().ok().filter(|place| *place < items.len()));
            match (found, rest.is_empty(), new.is_null()) {
                (Some(place), true, true) => drop(items.remove(place)),
                (Some(place), ..) => put(&mut items[place], rest, new),
                (None, true, false) => items.push(new.clone()),
                (None, ..) => {}
            }
        }
        _ => {}
    }
}

#[derive(Default)]
struct Merge {
    taken: Vec<Vec<String>>,
    conflicts: Vec<Conflict>,
}

impl Merge {
    fn of(&mut self, path: &mut Vec<String>, base: &Value, mine: &Value, theirs: &Value) -> Value {
        if same(path, mine, theirs) || same(path, base, theirs) {
            return mine.clone();
        }
        match (base, mine, theirs) {
            (Value::Object(base), Value::Object(mine), Value::Object(theirs)) => self.fields(path, base, mine, theirs),
            (Value::Array(base), Value::Array(mine), Value::Array(theirs)) if is_keyed(base, mine, theirs) => {
                self.keyed(path, base, mine, theirs)
            }
            _ if same(path, base, mine) => {
                self.taken.push(path.clone());
                theirs.clone()
            }
            (Value::Array(base), Value::Array(mine), Value::Array(theirs))
                if is_placed(mine) && base.len() == mine.len() && mine.len() == theirs.len() =>
            {
                let places = base.iter().zip(mine).zip(theirs).enumerate();
                let merged = places.map(|(at, ((base, mine), theirs))| {
                    self.within(path, at.to_string(), |merge, path| merge.of(path, base, mine, theirs))
                });
                Value::Array(merged.collect())
            }
            _ => {
                self.conflicts.push(Conflict {
                    path: path.clone(),
                    mine: mine.clone(),
                    theirs: theirs.clone(),
                });
                mine.clone()
            }
        }
    }

    fn within<T>(
        &mut self,
        path: &mut Vec<String>,
        key: String,
        work: impl FnOnce(&mut Self, &mut Vec<String>) -> T,
    ) -> T {
        path.push(key);
        let done = work(self, path);
        path.pop();
        done
    }

    fn fields(
        &mut self,
        path: &mut Vec<String>,
        base: &Map<String, Value>,
        mine: &Map<String, Value>,
        theirs: &Map<String, Value>,
    ) -> Value {
        let of = |map: &Map<String, Value>, key: &str| map.get(key).cloned().unwrap_or(Value::Null);
        let merged = mine.iter().map(|(key, own)| {
            let (base, theirs) = (of(base, key), of(theirs, key));
            let value = self.within(path, key.clone(), |merge, path| merge.of(path, &base, own, &theirs));
            (key.clone(), value)
        });
        Value::Object(merged.collect())
    }

    /// Things with an id, wherever they stand: what either side added stays, what one took away goes unless the other changed it.
    fn keyed(&mut self, path: &mut Vec<String>, base: &[Value], mine: &[Value], theirs: &[Value]) -> Value {
        let of = |items: &[Value], id: &str| {
            let found = items.iter().find(|item| id_of(item) == Some(id));
            found.cloned().unwrap_or(Value::Null)
        };
        let added = theirs
            .iter()
            .filter(|item| id_of(item).is_some_and(|id| of(mine, id).is_null()));
        let mut merged = Vec::new();
        for item in mine.iter().chain(added) {
            let Some(id) = id_of(item) else { continue };
            let (base, mine, theirs) = (of(base, id), of(mine, id), of(theirs, id));
            let value = self.within(path, id.to_owned(), |merge, path| merge.of(path, &base, &mine, &theirs));
            if !value.is_null() {
                merged.push(value);
            }
        }
        Value::Array(merged)
    }
}

fn id_of(item: &Value) -> Option<&str> {
    item.get("id")?.as_str()
}

fn is_keyed(base: &[Value], mine: &[Value], theirs: &[Value]) -> bool {
    let mut all = base.iter().chain(mine).chain(theirs);
    all.next().is_some_and(|item| id_of(item).is_some()) && all.all(|item| id_of(item).is_some())
}

/// Cases and periods, which have no id: they stand in their places.
fn is_placed(items: &[Value]) -> bool {
    items.first().is_some_and(Value::is_object)
}

/// Whether two values are stored as the same: amounts and numbers may be written in several ways, and blanks around text go.
fn same(path: &[String], one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => {
            one == other
                || match path.last().map(String::as_str) {
                    Some("unitPrice" | "roundingOff") => amount(path, one) == amount(path, other),
                    Some("minSeats" | "maxSeats" | "months" | "dailyTrials") => read_count(one) == read_count(other),
                    _ => one.trim() == other.trim(),
                }
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| {
                    let inner: Vec<String> = path.iter().cloned().chain([key.clone()]).collect();
                    // Made by the server: it tells nothing of what somebody wrote.
                    key == "coded" || other.get(key).is_some_and(|found| same(&inner, value, found))
                })
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(path, one, other))
        }
        _ => one == other,
    }
}

/// Nothing taken off is nothing written.
fn amount(path: &[String], typed: &str) -> Option<String> {
    let read = format::read_amount(typed).map(|minor| minor.0);
    match path.last().map(String::as_str) {
        Some("roundingOff") => Some(read.unwrap_or_else(|| "0".to_owned())),
        _ => read,
    }
}
