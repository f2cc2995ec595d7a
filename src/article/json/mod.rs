//! A JSON value as an article.

mod path;
mod reader;
mod scan;

pub(crate) use path::{Path, lookup};
pub(crate) use reader::{Leniency, Reader};

use super::parse::InputSettings;
use super::{RawArticle, Reject, RejectKind};
use scan::{Objection, line_and_column, scan};
use serde_json::{Map, Value};

/// `input.maxDepth` counts no further than this: the parser recurses, and a thread's stack is finite.
pub const MAX_DEPTH: usize = 256;

/// Parses JSON text without danger to the stack.
///
/// # Errors
/// `TooDeep`, and `InvalidJson` with line and column, also for a key that stands twice in one object.
pub(crate) fn parse_json(text: &str, max_depth: usize) -> Result<Value, Reject> {
    let max_depth = max_depth.min(MAX_DEPTH);
    let objection = match scan(text, max_depth) {
        Err(Objection::TooDeep { at }) => {
            let (line, column) = line_and_column(text, at);
            return Err(Reject::parse(
                RejectKind::TooDeep,
                format!("line {line}, column {column}: nested deeper than input.maxDepth = {max_depth}"),
            ));
        }
        Err(objection) => Some(objection),
        Ok(()) => None,
    };
    let mut parser = serde_json::Deserializer::from_str(text);
    // The pass above has bounded the depth.
    parser.disable_recursion_limit();
    let value: Result<Value, _> = serde::Deserialize::deserialize(&mut parser);
    let value = value.and_then(|value| parser.end().map(|()| value));
    match (value, objection) {
        (Err(error), _) => Err(invalid(error.line(), error.column(), &without_place(&error))),
        (Ok(_), Some(Objection::Duplicate { at, key })) => {
            let (line, column) = line_and_column(text, at);
            Err(invalid(
                line,
                column,
                &format!("the key {key:?} stands twice in one object; keep one of the two"),
            ))
        }
        (Ok(value), _) => Ok(value),
    }
}

fn invalid(line: usize, column: usize, what: &str) -> Reject {
    Reject::parse(RejectKind::InvalidJson, format!("line {line}, column {column}: {what}"))
}

/// The parser's message without the place, which our own message names.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.clone(), |(what, _)| what.to_owned())
}

/// Makes an article of JSON text.
pub(crate) fn article_from_json(text: &str, settings: &InputSettings) -> Result<RawArticle, Reject> {
    let root: Map<String, Value> = match parse_json(text, settings.max_depth)? {
        Value::Object(root) => root,
        other => {
            let found = match &other {
                Value::Array(items) => {
                    format!("an array of {} values; send one article per record", items.len())
                }
                other => format!("{}; send an object", path::type_of(other)),
            };
            return Err(Reject::parse(RejectKind::WrongType, format!("the value is {found}")));
        }
    };
    let dialect = settings.dialect.resolve(&root);
    Reader::new(root, dialect, &settings.fields, Leniency::Strict).article()
}
