//! What barcodes and magnetic stripes of travel documents say: bytes in, typed values out, and back.
//!
//! ```text
//! aamva            driving licences of North America          AAMVA card design standard, versions 1 to 11
//! magnetic_stripe  the three tracks of such licences          AAMVA card design standard, annex on magnetic stripes
//! bcbp             boarding passes of several legs            IATA resolution 792
//! vds              visible digital seals, versions 3 and 4    Doc 9303-13, BSI TR-03137
//! vds_nc           seals as JSON, for non-constrained media   ICAO technical report VDS-NC, RFC 8785
//! idb              the ICAO data structure for barcodes       ICAO technical report, drafts
//! ```
//!
//! [`read`] is the one way in: it recognises a payload by its content. A field that is wrong costs that field and
//! nothing else: it becomes a [`Problem`], and so does every deviation that was repaired. Nothing is repaired silently,
//! and nothing here says that a payload is genuine: licences and boarding passes carry no signature that a
//! border post could verify, and the signatures of seals are verified in [`crate::seal`].
//!
//! # Not done
//! European health certificates, 2D-Doc, Aadhaar, MOSIP claim 169 and mdoc engagement are [named](Kind), not read.
//! No address that a payload names is ever visited.
//!
//! # Hostile input
//! Every length is checked before it is followed, what is compressed is inflated up to a ceiling, JSON has a depth, and
//! no payload is larger than [`MAX_PAYLOAD`]. Text is shown only through [`Secret`](crate::secret::Secret)s.

pub mod aamva;
mod base32;
pub mod bcbp;
pub mod c40;
pub mod idb;
mod json;
mod problem;
mod recognise;
pub mod stripe;
mod text;
pub mod vds;
pub mod vds_nc;

pub use problem::{Problem, Problems};
pub use recognise::recognise;

use crate::date::Date;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::numbered::numbered;
use crate::secret;
use serde::Serialize;

/// The most bytes that a payload may have. The largest symbol of any symbology holds less than a tenth of it.
pub const MAX_PAYLOAD: usize = 64 << 10;

numbered! {
    /// What a payload is, by its content.
    pub enum Kind {
        /// A driving licence or identity card of North America (AAMVA).
        Aamva = 1, "aamva";
        /// The magnetic stripe of such a card, as text.
        MagneticStripe = 2, "magnetic_stripe";
        /// A boarding pass (IATA resolution 792).
        Bcbp = 3, "bcbp";
        /// A visible digital seal (Doc 9303-13).
        Vds = 4, "vds";
        /// A visible digital seal for non-constrained media.
        VdsNc = 5, "vds_nc";
        /// The ICAO data structure for barcodes.
        Idb = 6, "idb";
        /// A health certificate of the European Union; named only.
        EuHealthCertificate = 20, "eu_health_certificate";
        /// A French 2D-Doc; named only.
        TwoDDoc = 21, "two_d_doc";
        /// An Indian Aadhaar card; named only.
        Aadhaar = 22, "aadhaar";
        /// An identity of MOSIP, claim 169 of a CBOR web token; named only.
        Mosip169 = 23, "mosip_169";
        /// The invitation to a conversation with a mobile document (ISO/IEC 18013-5); named only.
        MdocEngagement = 24, "mdoc_engagement";
    }
}

impl Kind {
    /// Whether this engine reads such payloads, and does not only name them.
    #[must_use]
    pub const fn is_read(self) -> bool {
        self.number() < 20
    }
}

/// A payload that was read.
///
/// As JSON it is an object whose member `kind` is the name of its [`Kind`], with the fields of that kind and `problems`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Payload {
    /// A driving licence or identity card.
    Aamva(Box<aamva::Card>),
    /// A magnetic stripe.
    MagneticStripe(Box<stripe::Stripe>),
    /// A boarding pass.
    Bcbp(Box<bcbp::Pass>),
    /// A visible digital seal.
    Vds(Box<vds::Seal>),
    /// A seal as JSON.
    VdsNc(Box<vds_nc::Seal>),
    /// An ICAO data structure for barcodes.
    Idb(Box<idb::Barcode>),
}

/// Reads a payload, recognised by its content.
///
/// ```
/// use landfall::payload::{self, Payload};
///
/// let pass = b"M1ERIKSSON/ANNA MARIA E123456 UTOYTOUT 0834 226F001A0025 100";
/// let Payload::Bcbp(pass) = payload::read(pass)? else { unreachable!() };
/// assert_eq!(pass.surname.as_ref().map(|name| name.reveal().as_str()), Some("ERIKSSON"));
/// # Ok::<(), landfall::Error>(())
/// ```
///
/// # Errors
/// `TooLarge` beyond [`MAX_PAYLOAD`], `PayloadUnknown` for content that nothing recognises, `PayloadNotRead` for kinds
/// that are named only, and what the reader of the kind says.
pub fn read(bytes: &[u8]) -> Result<Payload> {
    let error = |kind| Error::new(kind, Part::Payload, 0);
    if bytes.len() > MAX_PAYLOAD {
        return Err(error(ErrorKind::TooLarge));
    }
    match recognise(bytes).ok_or(error(ErrorKind::PayloadUnknown))? {
        Kind::Aamva => aamva::read(bytes).map(|card| Payload::Aamva(Box::new(card))),
        Kind::MagneticStripe => stripe::read(bytes).map(|stripe| Payload::MagneticStripe(Box::new(stripe))),
        Kind::Bcbp => bcbp::read(bytes).map(|pass| Payload::Bcbp(Box::new(pass))),
        Kind::Vds => vds::read(bytes).map(|seal| Payload::Vds(Box::new(seal))),
        Kind::VdsNc => vds_nc::read(bytes).map(|seal| Payload::VdsNc(Box::new(seal))),
        Kind::Idb => idb::read(bytes).map(|barcode| Payload::Idb(Box::new(barcode))),
        _ => Err(error(ErrorKind::PayloadNotRead)),
    }
}

impl Payload {
    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Payload::Aamva(_) => Kind::Aamva,
            Payload::MagneticStripe(_) => Kind::MagneticStripe,
            Payload::Bcbp(_) => Kind::Bcbp,
            Payload::Vds(_) => Kind::Vds,
            Payload::VdsNc(_) => Kind::VdsNc,
            Payload::Idb(_) => Kind::Idb,
        }
    }

    /// What is not as the format asks, in the order in which it was met.
    #[must_use]
    pub const fn problems(&self) -> &Problems {
        match self {
            Payload::Aamva(card) => &card.problems,
            Payload::MagneticStripe(stripe) => &stripe.problems,
            Payload::Bcbp(pass) => &pass.problems,
            Payload::Vds(seal) => &seal.problems,
            Payload::VdsNc(seal) => &seal.problems,
            Payload::Idb(barcode) => &barcode.problems,
        }
    }

    /// Fills in the dates that can only be told from a day of reference: those of boarding passes, which have no year,
    /// and the expiry of some magnetic stripes. A calendar day, so that no time zone moves them.
    pub fn resolve(&mut self, reference: Date) {
        if let Payload::Bcbp(pass) = self {
            pass.resolve(reference);
        }
    }

    /// The payload as one line of JSON. It is document data, which leaves no other copy and is the caller's to wipe.
    #[must_use]
    pub fn to_json(&self) -> String {
        secret::json(self)
    }

    /// The payload as indented JSON; document data as well.
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        secret::json_pretty(self)
    }
}

#[cfg(test)]
mod tests;
