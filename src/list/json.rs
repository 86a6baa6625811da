//! A query as JSON: one object.
//!
//! ```text
//! {"id":"…","surname":"…","given":"…","mrz_name":"…","birth_date":"1974-08-12","sex":"F","nationality":"UTO",
//!  "document_issuer":"UTO","document_number":"…"}              every member may be left out
//! ```
//! A member of another name is a fault: what a counter asks may not get lost by a slip.

use super::record::sex_of;
use super::{Birth, Nation, Query};
use crate::error::{Error, ErrorKind, Part, Result};
use crate::secret::Secret;
use serde::Deserialize;

/// A query as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Asked {
    id: String,
    surname: Secret<String>,
    given: Secret<String>,
    mrz_name: Secret<String>,
    birth_date: String,
    sex: String,
    nationality: String,
    document_issuer: String,
    document_number: Secret<String>,
}

impl Query {
    /// Reads a query from a JSON object.
    ///
    /// # Errors
    /// [`ErrorKind::BadJson`] for another shape, and [`ErrorKind::BadArgument`] for a birth date that is none: what
    /// is meant to be compared may not be left out in silence.
    pub fn from_json(text: &str) -> Result<Self> {
        let bad = |e: serde_json::Error| Error::new(ErrorKind::BadJson, Part::Input, e.column());
        let asked: Asked = serde_json::from_str(text).map_err(bad)?;
        let birth = match asked.birth_date.as_str() {
            "" => None,
            text => Some(Birth::parse(text).ok_or(Error::new(ErrorKind::BadArgument, Part::Input, 0))?.from),
        };
        Ok(Self {
            id: asked.id,
            surname: asked.surname,
            given: asked.given,
            mrz_name: asked.mrz_name,
            birth,
            sex: sex_of(&asked.sex),
            nationality: Nation::parse(&asked.nationality),
            document_issuer: Nation::parse(&asked.document_issuer),
            document_number: asked.document_number,
        })
    }
}
