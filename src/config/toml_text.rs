//! TOML text to a flat list of values, each with the line of its key. The `config` crate's own reader keeps the file's
//! name only, and a message about a setting should name the line to mend.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::value::{Given, Scalar};

/// A value of a TOML document.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Leaf {
    /// The names from the root to the value. A quoted name with dots in it is one segment.
    pub path: Vec<String>,
    /// The value.
    pub value: Given,
    /// The line of the key, from 1.
    pub line: usize,
}

/// Where and why a text is not TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NotToml {
    /// The line, from 1.
    pub line: Option<usize>,
    /// What is wrong. It quotes nothing of the text, which may hold a secret.
    pub problem: String,
}

/// The values of a TOML document in the order of the text, and the tables that hold nothing.
pub(super) fn leaves(text: &str) -> Result<Vec<Leaf>, NotToml> {
    let table = DeTable::parse(text).map_err(|error| NotToml {
        line: error.span().map(|span| line_of(text, span.start)),
        problem: error.message().to_owned(),
    })?;
    let mut found = Vec::new();
    collect(text, table.get_ref(), &mut Vec::new(), &mut found);
    found.sort_by_key(|(start, _)| *start);
    Ok(found.into_iter().map(|(_, leaf)| leaf).collect())
}

fn collect(text: &str, table: &DeTable<'_>, path: &mut Vec<String>, found: &mut Vec<(usize, Leaf)>) {
    for (key, value) in table.iter() {
        path.push(key.get_ref().to_string());
        match value.get_ref() {
            DeValue::Table(inner) if !inner.is_empty() => collect(text, inner, path, found),
            _ => {
                let start = key.span().start;
                found.push((
                    start,
                    Leaf { path: path.clone(), value: given(value), line: line_of(text, start) },
                ));
            }
        }
        path.pop();
    }
}

fn given(value: &Spanned<DeValue<'_>>) -> Given {
    match value.get_ref() {
        DeValue::String(text) => Given::Typed(Scalar::Text(text.to_string())),
        DeValue::Boolean(flag) => Given::Typed(Scalar::Bool(*flag)),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(whole) => Given::Typed(Scalar::Whole(whole)),
            Err(_) => Given::Other("a number of more than 64 bits"),
        },
        DeValue::Float(number) => Given::Float(number.as_str().to_owned()),
        DeValue::Datetime(_) => Given::Other("a date"),
        DeValue::Array(items) => {
            let text = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
                DeValue::String(text) => Some(text.to_string()),
                _ => None,
            };
            match items.iter().map(text).collect() {
                Some(texts) => Given::Typed(Scalar::List(texts)),
                None => Given::Other("a list that holds more than texts"),
            }
        }
        DeValue::Table(_) => Given::EmptyTable,
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count() + 1
}
