//! Visible digital seals for non-constrained media: JSON with its signature and its certificate (ICAO report VDS-NC).
//!
//! ```text
//! {"data": {"hdr": {"t": type, "v": version, "is": issuer}, "msg": {…}},
//!  "sig":  {"alg": "ES256" | "ES384" | "ES512", "cer": certificate, "sigvl": signature}}
//! ```
//!
//! What is signed is `data` in the canonical form of RFC 8785, made by a crate that does nothing else. A member that is
//! named twice is refused. Any type is read; of `msg` only the person is typed, the rest is shown as it stands.
//!
//! Not done: the meaning of `msg` beyond the person; types that are not published.
//!
//! Hostile input could nest deeply or repeat members (both are refused), and bring a certificate of its own, which proves
//! nothing before it led to an anchor of the trust store.

use super::Problems;
pub use super::json::Json;
use super::json::REPEATED;
use crate::date::Date;
use crate::deviation::Deviation;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::secret::Secret;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use serde::Serialize;

/// The person in the message, of the types that name one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The name: two blanks stand between primary and secondary identifier.
    pub name: Option<Secret<String>>,
    /// The day of birth.
    pub birth_date: Option<Date>,
    /// The number of the travel document.
    pub document_number: Option<Secret<String>>,
    /// The sex as written.
    pub sex: Option<Secret<String>>,
}

/// A seal that was read. Whether it is genuine is asked elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seal {
    /// The type: `icao.vacc`, `icao.test`, or another.
    #[serde(rename = "type")]
    pub type_name: String,
    /// The version of the type.
    pub version: Option<u32>,
    /// The code of the issuer.
    pub issuer: Secret<String>,
    /// The person, if the message names one.
    pub person: Person,
    /// The message.
    pub message: Json,
    /// The algorithm by its name in JSON.
    pub algorithm: String,
    /// The certificate of the signer, DER.
    #[serde(serialize_with = "hex")]
    pub certificate: Vec<u8>,
    /// The signature, `r` and `s` of equal length.
    #[serde(serialize_with = "hex")]
    pub signature: Vec<u8>,
    /// The canonical form of `data`: what is signed.
    #[serde(skip)]
    signed: Secret<Vec<u8>>,
    /// What is not as the format asks.
    pub problems: Problems,
}

#[allow(clippy::ptr_arg, reason = "serde asks for it")]
fn hex<S: serde::Serializer>(bytes: &Vec<u8>, serializer: S) -> core::result::Result<S::Ok, S::Error> {
    serializer.collect_str(&HEXLOWER.encode_display(bytes))
}

impl Seal {
    /// The canonical form of `data`: the bytes that the signature is over.
    #[must_use]
    pub fn signed_bytes(&self) -> &[u8] {
        self.signed.reveal()
    }
}

const fn error(kind: ErrorKind, offset: usize) -> Error {
    Error::new(kind, Part::Seal, offset)
}

/// Whether this looks like such a seal: an object with `data`, `hdr` and `sig`.
pub(super) fn is_seal(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let has = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    text.starts_with(b"{") && has(b"\"data\"") && has(b"\"hdr\"") && has(b"\"sig\"")
}

/// Reads a seal.
///
/// # Errors
/// `PayloadJson` for what is no such JSON, `PayloadJsonRepeated` for a member that is named twice, `PayloadArmour` for a
/// certificate or signature that is no base64.
pub fn read(bytes: &[u8]) -> Result<Seal> {
    let mut problems = Problems::default();
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if text.len() != bytes.len() {
        problems.note(Deviation::LeadingText, "data", 0);
    }
    let json: Json = serde_json::from_slice(text).map_err(|e| {
        let repeated = e.is_data() && e.to_string().starts_with(REPEATED);
        error(if repeated { ErrorKind::PayloadJsonRepeated } else { ErrorKind::PayloadJson }, e.column())
    })?;
    let member = |path: &[&str]| json.at(path).ok_or(error(ErrorKind::PayloadJson, 0));
    let text = |path: &[&str]| member(path)?.text().ok_or(error(ErrorKind::PayloadJson, 0));
    let data = member(&["data"])?;
    let signed = serde_json_canonicalizer::to_vec(data).map_err(|_| error(ErrorKind::PayloadJson, 0))?;
    let message = member(&["data", "msg"])?.clone();
    let certificate = armoured(text(&["sig", "cer"])?.reveal(), "certificate", &mut problems)?;
    let signature = armoured(text(&["sig", "sigvl"])?.reveal(), "signature", &mut problems)?;
    let algorithm = text(&["sig", "alg"])?.reveal().clone();
    if !matches!(algorithm.as_str(), "ES256" | "ES384" | "ES512") {
        problems.note(Deviation::CodeUnknown, "algorithm", 0);
    }
    let version = match member(&["data", "hdr", "v"])? {
        Json::Number(number) => number.as_u64().and_then(|number| u32::try_from(number).ok()),
        _ => None,
    };
    if version.is_none() {
        problems.note(Deviation::FieldMalformed, "version", 0);
    }
    Ok(Seal {
        type_name: text(&["data", "hdr", "t"])?.reveal().clone(),
        version,
        issuer: text(&["data", "hdr", "is"])?.clone(),
        person: person(&message, &mut problems),
        message,
        algorithm,
        certificate,
        signature,
        signed: Secret::new(signed),
        problems,
    })
}

/// The person of the message: `pid` with name, birth date, number and sex.
fn person(message: &Json, problems: &mut Problems) -> Person {
    let text = |name| message.at(&["pid", name]).and_then(Json::text).cloned();
    let birth = text("dob");
    let birth_date = birth.as_ref().and_then(|text| text.reveal().parse().ok());
    if birth.is_some() && birth_date.is_none() {
        problems.note(Deviation::DateImpossible, "birth_date", 0);
    }
    let document_number = text("i").or_else(|| text("dn"));
    Person { name: text("n"), birth_date, document_number, sex: text("sex") }
}

/// The bytes of base64 of either alphabet; the standard asks for the one of URLs without padding.
fn armoured(text: &str, field: &'static str, problems: &mut Problems) -> Result<Vec<u8>> {
    let mut url = text.trim_end_matches('=').to_owned();
    if url.len() != text.len() || url.contains(['+', '/']) {
        problems.note(Deviation::ArmourForm, field, 0);
        url = url.replace('+', "-").replace('/', "_");
    }
    BASE64URL_NOPAD.decode(url.as_bytes()).map_err(|e| error(ErrorKind::PayloadArmour, e.position))
}

/// Writes a seal: `data` from its parts, and the signature that `sign` makes over the canonical form of it.
///
/// # Errors
/// `PayloadJson` for a message that is no JSON of the kind that can be signed, and what `sign` says.
pub fn write(
    (type_name, version, issuer): (&str, u32, &str),
    message: &str,
    (algorithm, certificate): (&str, &[u8]),
    sign: impl FnOnce(&[u8]) -> Result<Vec<u8>>,
) -> Result<Vec<u8>> {
    let text = |text: &str| Json::Text(text.into());
    let message: Json = serde_json::from_str(message).map_err(|e| error(ErrorKind::PayloadJson, e.column()))?;
    let object = |members: Vec<(&str, Json)>| {
        Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    };
    let header = object(vec![("t", text(type_name)), ("v", Json::Number(version.into())), ("is", text(issuer))]);
    let data = object(vec![("hdr", header), ("msg", message)]);
    let canonical = |json: &Json| serde_json_canonicalizer::to_vec(json).map_err(|_| error(ErrorKind::PayloadJson, 0));
    let signature = sign(&canonical(&data)?)?;
    let sig = object(vec![
        ("alg", text(algorithm)),
        ("cer", text(&BASE64URL_NOPAD.encode(certificate))),
        ("sigvl", text(&BASE64URL_NOPAD.encode(&signature))),
    ]);
    canonical(&object(vec![("data", data), ("sig", sig)]))
}
