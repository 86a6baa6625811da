//! Lists as JSON Lines: one entry a line, its members named as the columns of comma-separated values.
//!
//! ```text
//! {"id":"1","names":["TESTOV, Ivan","weak_alias:Vanya"],"dobs":["1960-05-17"],"docs":["UTO/passport/stolen/AB1*"],
//!  "sex":"M","nationality":["UTO"],"action":"refuse"}
//! ```
//! A value is written as in its column, several as an array. A member that no column has is a fault: what an authority says may
//! not get lost by a slip.

use super::csv::{COLUMNS, read_rows};
use super::{Fault, Imported};
use serde_json::Value;

/// Reads a list. Lines are numbered from 1; empty ones are passed over.
///
/// # Examples
/// ```
/// let list = landfall::list::read_json_lines(b"{\"id\":\"1\",\"docs\":[\"UTO/passport/stolen/AB1*\"]}\n");
/// assert_eq!(list.entries[0].documents.len(), 1);
/// ```
#[must_use]
pub fn read_json_lines(text: &[u8]) -> Imported {
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for (line, text) in (1..).zip(text.split(|byte| *byte == b'\n')) {
        if text.trim_ascii().is_empty() {
            continue;
        }
        match row(text) {
            Ok(values) => rows.push((line, values)),
            Err((column, what)) => faults.push(Fault { line, column, what }),
        }
    }
    let mut imported = read_rows(&rows);
    imported.faults.extend(faults);
    imported.faults.sort_by_key(|fault| (fault.line, fault.column));
    imported
}

/// The values of a line under every column.
fn row(text: &[u8]) -> Result<Vec<String>, (u32, &'static str)> {
    let value: Value = serde_json::from_slice(text)
        .map_err(|error| (u32::try_from(error.column()).unwrap_or(u32::MAX), "the line is no JSON"))?;
    let Value::Object(members) = value else { return Err((1, "the line is no object")) };
    if members.keys().any(|name| !COLUMNS.contains(&name.as_str())) {
        return Err((0, "a member that no column has"));
    }
    let texts = |value: &Value| match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => {
            let texts: Option<Vec<&str>> = values.iter().map(Value::as_str).collect();
            texts.filter(|texts| texts.iter().all(|text| !text.contains('|'))).map(|texts| texts.join("|"))
        }
        _ => None,
    };
    let of = |column: &&str| members.get(*column).map_or(Some(String::new()), texts);
    COLUMNS.iter().map(of).collect::<Option<_>>().ok_or((0, "a value that is neither text nor a list of texts"))
}
