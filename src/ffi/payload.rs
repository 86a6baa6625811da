//! What barcodes say: read by itself as JSON, or taken into an inspection.

use super::failure::landfall_error;
use super::guard::reporting;
use super::handle;
use super::input;
use super::inspection::landfall_inspection;
use super::output::Out;
use super::text::{Text, landfall_text};
use crate::date::Time;
use crate::engine::Inspection;
use crate::error::{Part, Result};
use crate::numbered::numbered;
use core::ffi::c_char;

// The words of [`crate::payload::Kind`], which is not part of every build; a test holds that they are the same.
numbered! {
    /// What a payload is, by its content.
    pub enum PayloadKind {
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

// The words of [`crate::barcode::Symbology`], for the same reason.
numbered! {
    /// The kinds of barcodes.
    pub enum Symbology {
        /// PDF417, ISO/IEC 15438.
        Pdf417 = 1, "pdf417";
        /// QR Code, ISO/IEC 18004.
        Qr = 2, "qr";
        /// Aztec Code, ISO/IEC 24778.
        Aztec = 3, "aztec";
        /// Data Matrix ECC 200, ISO/IEC 16022.
        DataMatrix = 4, "datamatrix";
        /// Code 39, ISO/IEC 16388.
        Code39 = 5, "code39";
        /// Code 128, ISO/IEC 15417.
        Code128 = 6, "code128";
        /// Interleaved 2 of 5, ISO/IEC 16390.
        Itf = 7, "itf";
    }
}

/// The most bytes that a payload may have.
const MAX_PAYLOAD: usize = 64 * 1024;

/// Reads the bytes of a barcode, up to 64 KiB, recognised by their content. `kind` becomes a word of the vocabulary of
/// payload kinds and may be NULL. `text` becomes one object of JSON with its fields and problems, see docs/payload.md. The
/// years of boarding passes are reckoned from `at`, in seconds after 1970-01-01T00:00:00Z. `error` may be NULL.
///
/// A field that is wrong is a problem in the result. Gives LANDFALL_STATUS_PAYLOAD_UNKNOWN for content that nothing
/// recognises, LANDFALL_STATUS_PAYLOAD_NOT_READ for kinds that are named only (`kind` says which), the statuses from 420 for
/// what cannot be read, and LANDFALL_STATUS_NOT_IN_THIS_BUILD.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_payload_read(
    bytes: *const u8,
    bytes_len: usize,
    at: i64,
    kind: *mut u32,
    text: *mut *mut landfall_text,
    error: *mut landfall_error,
) -> u32 {
    let kind = unsafe { Out::new(kind) };
    let out = unsafe { Out::new(text) };
    reporting(error, || {
        out.required()?;
        let bytes = unsafe { input::bytes(bytes.cast::<c_char>(), bytes_len, MAX_PAYLOAD, Part::Payload) }?;
        let on = Time::from_unix(at)?.date();
        kind.put(recognised(bytes));
        out.put(handle::open::<landfall_text>(Text::new(read(bytes, on)?)));
        Ok(())
    })
}

/// Takes the bytes of a barcode into an inspection, up to 64 KiB, recognised by their content: seals are verified, and
/// everything is compared with the zones of the inspection. `kind` becomes a word of the vocabulary of payload kinds; it and
/// `error` may be NULL.
///
/// Gives the statuses of landfall_payload_read, and LANDFALL_STATUS_BUDGET_EXCEEDED for more than 16 payloads.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_inspection_read_payload(
    inspection: *mut landfall_inspection,
    bytes: *const u8,
    bytes_len: usize,
    kind: *mut u32,
    error: *mut landfall_error,
) -> u32 {
    let kind = unsafe { Out::new(kind) };
    reporting(error, || {
        let bytes = unsafe { input::bytes(bytes.cast::<c_char>(), bytes_len, MAX_PAYLOAD, Part::Payload) }?;
        kind.put(handle::with(inspection, |inspection| take(inspection, bytes))?);
        Ok(())
    })
}

#[cfg(feature = "barcode")]
fn recognised(bytes: &[u8]) -> u32 {
    crate::payload::recognise(bytes).map_or(0, crate::payload::Kind::number)
}

#[cfg(feature = "barcode")]
fn read(bytes: &[u8], on: crate::date::Date) -> Result<String> {
    let mut payload = crate::payload::read(bytes)?;
    payload.resolve(on);
    Ok(payload.to_json())
}

#[cfg(feature = "barcode")]
fn take(inspection: &mut Inspection, bytes: &[u8]) -> Result<u32> {
    inspection.read_payload(bytes).map(crate::payload::Kind::number)
}

#[cfg(not(feature = "barcode"))]
const NOT_HERE: crate::error::Error =
    crate::error::Error::new(crate::error::ErrorKind::NotInThisBuild, Part::Payload, 0);

#[cfg(not(feature = "barcode"))]
const fn recognised(_bytes: &[u8]) -> u32 {
    0
}

#[cfg(not(feature = "barcode"))]
fn read(_bytes: &[u8], _on: crate::date::Date) -> Result<String> {
    Err(NOT_HERE)
}

#[cfg(not(feature = "barcode"))]
fn take(_inspection: &mut Inspection, _bytes: &[u8]) -> Result<u32> {
    Err(NOT_HERE)
}

#[cfg(all(test, feature = "barcode"))]
mod tests {
    use super::{PayloadKind, Symbology};
    use crate::payload::Kind;

    #[test]
    fn the_words_of_symbologies_are_those_of_the_room() {
        let own: Vec<_> = Symbology::ALL.iter().map(|kind| (kind.number(), kind.name())).collect();
        let room = crate::barcode::Symbology::ALL.iter().map(|kind| (kind.number(), kind.name()));
        assert_eq!(own, room.collect::<Vec<_>>());
    }

    #[test]
    fn the_words_of_payload_kinds_are_those_of_the_room() {
        let words = |all: Vec<(u32, &'static str)>| all;
        let own = words(PayloadKind::ALL.iter().map(|kind| (kind.number(), kind.name())).collect());
        assert_eq!(own, words(Kind::ALL.iter().map(|kind| (kind.number(), kind.name())).collect()));
    }
}
