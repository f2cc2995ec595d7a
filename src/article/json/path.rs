//! Dotted paths into a JSON object.

use serde_json::{Map, Value};

/// Keys from the outside in; a number is an index where it meets an array.
pub(crate) type Path = Vec<String>;

/// The value at a path.
pub(crate) fn lookup<'a>(root: &'a Map<String, Value>, path: &[String]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    let mut value = root.get(first)?;
    for key in rest {
        value = match value {
            Value::Object(map) => map.get(key)?,
            Value::Array(items) => items.get(key.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(value)
}

/// Takes the value at a path out of the object. An object that is empty by that goes as well; an item of an array
/// leaves null behind, so that the other items keep their places.
pub(super) fn take(root: &mut Map<String, Value>, path: &[String]) -> Option<Value> {
    let (first, rest) = path.split_first()?;
    if rest.is_empty() {
        return root.shift_remove(first);
    }
    let taken = match root.get_mut(first)? {
        Value::Object(map) => take(map, rest),
        Value::Array(items) => {
            let (index, rest) = rest.split_first()?;
            let item = items.get_mut(index.parse::<usize>().ok()?)?;
            match item {
                _ if rest.is_empty() => Some(item.take()),
                Value::Object(map) => take(map, rest),
                _ => None,
            }
        }
        _ => None,
    }?;
    if root.get(first).and_then(Value::as_object).is_some_and(Map::is_empty) {
        root.shift_remove(first);
    }
    Some(taken)
}

/// The type of a value, with its article, for messages.
pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::{lookup, take};
    use serde_json::{Value, json};

    fn path(dotted: &str) -> Vec<String> {
        dotted.split('.').map(str::to_owned).collect()
    }

    #[test]
    fn a_taken_value_leaves_its_neighbours_in_their_places() {
        let Value::Object(mut root) =
            json!({"a": {"b": 1, "c": {"d": 2}}, "e": [{"f": 3, "g": 4}, 5], "h": {}})
        else {
            panic!("an object")
        };
        assert_eq!(lookup(&root, &path("e.0.g")), Some(&json!(4)));
        assert_eq!(lookup(&root, &path("e.x")), None);
        assert_eq!(take(&mut root, &path("a.c.d")), Some(json!(2)));
        assert_eq!(take(&mut root, &path("e.0.f")), Some(json!(3)));
        assert_eq!(take(&mut root, &path("e.1")), Some(json!(5)));
        assert_eq!(take(&mut root, &path("a.x.y")), None);
        assert_eq!(Value::Object(root), json!({"a": {"b": 1}, "e": [{"g": 4}, null], "h": {}}));
    }
}
