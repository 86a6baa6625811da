//! ASN.1 as found in passports: a bounded reader for DER and BER over borrowed bytes, and a small DER writer.
//!
//! Covers the basic, canonical and distinguished encodings of ITU-T X.690 as far as chip files, certificates,
//! CMS and lists use them: tags of up to four octets, definite and indefinite lengths, constructed strings,
//! INTEGER, BOOLEAN, NULL, BIT STRING, OCTET STRING, OBJECT IDENTIFIER, the text strings, both times, SEQUENCE,
//! SET, context tags. Not covered: REAL, EMBEDDED PDV, RELATIVE-OID, ENUMERATED other than as its integer.
//!
//! Reading is by hand, element by element: `reader.sequence(seen)?` opens one, `reader.integer(seen)?` takes one.
//! Every [`Tlv`] keeps its complete encoding in `raw`, because signatures are made over bytes as received.
//! What [`Profile::Ber`] tolerates it notes in a [`Deviations`](crate::deviation::Deviations); [`Profile::Der`]
//! refuses it.
//!
//! Hostile input could nest without end, claim lengths beyond the input, open indefinite lengths that never close
//! or cut strings into millions of pieces. Nesting has a depth ([`MAX_DEPTH`]), the search for an
//! end-of-contents has a budget ([`MAX_SCAN`]) and is a loop, lengths are held against the input before anything
//! is taken, and only reassembled strings allocate, never more than the input has. Walking a whole input costs at
//! most `MAX_DEPTH` passes over it.

mod algorithm;
mod canonical;
pub(crate) mod oid;
mod reader;
mod tag;
mod text;
mod time;
mod value;
mod writer;

pub use algorithm::{AlgorithmIdentifier, SubjectPublicKeyInfo};
pub use oid::Oid;
pub(crate) use oid::oid;
pub use reader::{MAX_DEPTH, MAX_SCAN, Profile, Reader, Tlv, tag_list};
pub use tag::{Class, Tag};
pub use value::{BitString, Integer};
pub use writer::Writer;

#[cfg(test)]
mod tests;
