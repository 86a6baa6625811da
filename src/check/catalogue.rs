//! The catalogue of checks: one row each, from which `docs/checks.md` is generated.
//!
//! Names and numbers are contract and never reused. A row says which question the check speaks to, the clause it
//! stands on, whether a host may report it instead of the engine, what it asks, and what would help when it was
//! not made.

use super::Axis;
use crate::numbered::numbered;

/// What the catalogue says of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Which of the three questions it speaks to.
    pub axis: Axis,
    /// The clause of the standard that asks for it.
    pub clause: &'static str,
    /// Whether a host may report its outcome as a fact.
    pub reportable: bool,
    /// What it asks.
    pub title: &'static str,
    /// What would help when it was not made or could not tell.
    pub remedy: &'static str,
}

macro_rules! catalogue {
    ($( $variant:ident = $number:literal, $name:literal, $axis:ident, $clause:literal, $who:ident, $title:literal, $remedy:literal; )*) => {
        numbered! {
            /// A check of the catalogue: its stable name and number.
            pub enum CheckId { $( #[doc = $title] $variant = $number, $name; )* }
        }

        impl CheckId {
            /// The catalogue's row for this check.
            #[must_use]
            pub const fn entry(self) -> &'static Entry {
                match self {
                    $( CheckId::$variant => &Entry {
                        axis: Axis::$axis, clause: $clause, reportable: catalogue!(@$who), title: $title, remedy: $remedy,
                    }, )*
                }
            }
        }
    };
    (@engine) => { false };
    (@host) => { true };
}

catalogue! {
    EngineClock = 1, "engine.clock", Document, "docs/architecture.md", engine,
        "The given time is not earlier than anything already signed or seen.", "Set the clock of the counter, or give the right time.";
    EngineInput = 2, "engine.input", Document, "docs/architecture.md", engine,
        "Everything that was given could be read.", "Look at what could not be read, and read it again.";

    MrzCheckDigitDocumentNumber = 101, "mrz.check_digit.document_number", Document, "Doc 9303-3 §4.9", engine,
        "The check digit of the document number is right.", "Read the zone again; compare with the visual zone.";
    MrzCheckDigitBirthDate = 102, "mrz.check_digit.birth_date", Document, "Doc 9303-3 §4.9", engine,
        "The check digit of the birth date is right.", "Read the zone again; compare with the visual zone.";
    MrzCheckDigitExpiryDate = 103, "mrz.check_digit.expiry_date", Document, "Doc 9303-3 §4.9", engine,
        "The check digit of the expiry date is right.", "Read the zone again; compare with the visual zone.";
    MrzCheckDigitOptionalData = 104, "mrz.check_digit.optional_data", Document, "Doc 9303-4 §4.2.2", engine,
        "The check digit of the optional data is right.", "Read the zone again; compare with the visual zone.";
    MrzCheckDigitComposite = 105, "mrz.check_digit.composite", Document, "Doc 9303-3 §4.9", engine,
        "The composite check digit is right.", "Read the zone again.";
    MrzCalendar = 110, "mrz.calendar", Document, "Doc 9303-3 §4.8", engine,
        "Every date of the zone exists in the calendar and is possible at the time of inspection.", "Read the zone again; compare with the visual zone.";
    MrzCodes = 111, "mrz.codes", Document, "Doc 9303-3 §5", engine,
        "Issuer and nationality are codes of the standard.", "Compare the codes with the visual zone.";
    MrzDocumentCode = 112, "mrz.document_code", Document, "Doc 9303-3 §4.4", engine,
        "The document code is one that this layout may have.", "Compare with the kind of document at hand.";
    MrzCharacters = 113, "mrz.characters", Document, "Doc 9303-3 §4.3", engine,
        "Every field holds characters of its own kind only.", "Read the zone again.";
    MrzName = 114, "mrz.name", Document, "Doc 9303-3 §4.6", engine,
        "The name is built as the standard says.", "Compare with the visual zone.";
    MrzSex = 115, "mrz.sex", Document, "Doc 9303-3 §4.8", engine,
        "The sex is M, F or unspecified.", "Compare with the visual zone.";

    DocumentExpiry = 201, "document.expiry", Document, "Doc 9303-3 §4.8", engine,
        "The document is valid on the day of inspection.", "Look for an extension, or for another valid document.";
    DocumentSpecimen = 202, "document.specimen", Document, "Doc 9303-3 §5 part G", engine,
        "The document is not a specimen.", "Specimens identify nobody.";

    SodSignature = 301, "sod.signature", Document, "Doc 9303-11 §5.1.1", engine,
        "The signature of the chip's security object is right.", "Read the chip.";
    SodPath = 302, "sod.path", Document, "Doc 9303-11 §5.1.1", engine,
        "The signer leads to a trusted anchor of its country.", "Read the chip; import the country's anchor.";
    SodDataGroupHash = 303, "sod.data_group_hash", Document, "Doc 9303-11 §5.1.1", engine,
        "Every file read from the chip is the one that was signed.", "Read the chip.";
    SodValiditySignerAtIssue = 304, "sod.validity.signer_at_issue", Document, "Doc 9303-12 §4.1.3", engine,
        "The signer signed within the validity of its certificate.", "Nothing at the counter: the issuer left the time out, or the signer is unknown.";
    SodValiditySignerNow = 305, "sod.validity.signer_now", Document, "Doc 9303-12 §4.1.3", engine,
        "The certificate of the signer is valid at the time of inspection.", "Read the chip.";
    SodValidityAnchor = 306, "sod.validity.anchor", Document, "Doc 9303-12 §4.1.3", engine,
        "The anchor was valid when it issued the signer.", "Import the country's anchor.";
    SodRevocation = 307, "sod.revocation", Document, "Doc 9303-12 §5", engine,
        "The signer is not revoked.", "Load the current revocation list of the signer's country, or state that it publishes none.";
    SodCountry = 308, "sod.country", Document, "Doc 9303-12 §7.1.1.1", engine,
        "Signer, anchor and document are of the same country.", "Read the chip; compare the issuer with the visual zone.";
    SodProfile = 309, "sod.profile", Document, "Doc 9303-12 §7.1", engine,
        "Security object and signer are written as the standard says.", "Compare with other documents of this issuer: deviations are mostly the issuer's.";
    SodDocumentType = 310, "sod.document_type", Document, "Doc 9303-12 §7.1.1.6", engine,
        "The signer may sign for documents of this kind.", "Read the chip; compare with the kind of document at hand.";
    ChipExpected = 321, "chip.expected", Document, "Doc 9303-10 §4.5", engine,
        "A document that should hold a chip was read by its chip.", "Read the chip, or state that the document shows no chip symbol.";
    ChipAuthentic = 322, "chip.authentic", Document, "Doc 9303-11 §6", engine,
        "The chip is the one that was issued, not a copy.", "Read the chip with active or chip authentication.";
    ChipAccess = 323, "chip.access", Document, "Doc 9303-11 §4.2", engine,
        "The chip was opened in the best way that it offers.", "Report how the chip was opened; open it with PACE where it offers that.";
    ChipCardAccess = 324, "chip.card_access", Document, "Doc 9303-11 §9.2", engine,
        "What the chip says of its protocols before anything is verified is what its issuer signed.", "Read DG14 beside EF.CardAccess.";
    ChipFileRead = 325, "chip.file_read", Document, "Doc 9303-10 §4.6", engine,
        "The reader got the file from the chip.", "Read the chip again.";
    CrossDg1Mrz = 341, "cross.dg1_mrz", Document, "Doc 9303-10 §4.7.1", engine,
        "The zone on the chip is the zone on the page.", "Read the page and the chip.";
    CrossComSod = 342, "cross.com_sod", Document, "Doc 9303-10 §4.6", engine,
        "The chip lists the files that its issuer signed.", "Read EF.COM and EF.SOD.";
    CrossDg11Dg1 = 343, "cross.dg11_dg1", Document, "Doc 9303-10 §4.7.11", engine,
        "Name and birth date in the additional details are those of the zone.", "Compare the name with the visual zone.";
    CrossDg12Signer = 344, "cross.dg12_signer", Document, "Doc 9303-11 §5.1.1", engine,
        "The document was issued while the key of its signer was in use.", "Compare the date of issue with the visual zone.";
    SodValidityDocument = 345, "sod.validity.document", Document, "Doc 9303-12 §4.1.3", engine,
        "The document does not outlive the certificate of its signer.", "Nothing at the counter: it is the issuer's planning.";

    CrossSealVisa = 351, "cross.seal_visa", Document, "Doc 9303-7 §9.4", engine,
        "The zone in the seal of a visa is the zone that is printed on it.", "Read the zone of the visa.";
    CrossSealPassport = 352, "cross.seal_passport", Document, "Doc 9303-7 §9.4", engine,
        "The seal was issued for this passport: its number, and its issuer or holder.", "Read the zone of the passport.";
    CrossSealDocument = 353, "cross.seal_document", Document, "Doc 9303-8 App. A", engine,
        "Zone or number in the seal are those of the document that it is on.", "Read the zone of the document.";
    CrossLicencePassport = 354, "cross.licence_passport", Document, "docs/payload.md", engine,
        "Name, birth date and sex of the licence are those of the passport.", "Read the zone of the passport; compare the names.";
    CrossPassName = 355, "cross.pass_name", Document, "IATA resolution 792", engine,
        "The name on the boarding pass is that of the passport, as far as it is printed.", "Read the zone of the passport; compare the names.";
    CrossVisaPassport = 356, "cross.visa_passport", Document, "Doc 9303-7 §4", engine,
        "Name, birth date, sex and nationality of the visa are those of the passport.", "Compare visa and passport by eye.";
    CrossPayloadDates = 357, "cross.payload_dates", Document, "docs/payload.md", engine,
        "The days of a licence, seal, authorisation or boarding pass fit the day of inspection.", "Look at the days that are printed.";

    OpticalMrzInfrared = 401, "optical.mrz_infrared", Document, "Doc 9303-2 App. C (IR,AB,MR)", host,
        "The zone can be read in near infrared light.", "Take an infrared image of the page.";
    OpticalUltraviolet = 402, "optical.ultraviolet", Document, "Doc 9303-2 App. C (UV,BR,FU)", host,
        "The substrate does not glow in ultraviolet light.", "Take an ultraviolet image of the page.";
    OpticalAuthenticity = 403, "optical.authenticity", Document, "Doc 9303-2 App. C", host,
        "The printed security features are those of this document type.", "Let the reader's software or an examiner look at the page.";

    OpticalMrzReading = 404, "optical.mrz_reading", Document, "Doc 9303-3 §4.3", engine,
        "Every character of the zone was read from its picture as surely as is promised.", "Take the picture again; compare what was read with the page.";
    OpticalMrzGeometry = 405, "optical.mrz_geometry", Document, "Doc 9303-3 §4.5", engine,
        "Pitch, distance of lines and place of the zone are those of its layout.", "Measure the zone on the page; compare with a genuine document of this type.";

    SealSignature = 501, "seal.signature", Document, "Doc 9303-13 App. D", engine,
        "The signature of the seal is right.", "Import the certificate of the signer; read the barcode again.";
    SealPath = 502, "seal.path", Document, "Doc 9303-13 App. D", engine,
        "The signer of the seal leads to a trusted anchor of its country and may sign seals.", "Import the country's anchor and the certificate of the signer.";
    SealValidity = 503, "seal.validity", Document, "Doc 9303-13 App. D", engine,
        "The signer's certificate was valid when the seal was signed.", "Import the certificate of the signer.";
    SealRevocation = 504, "seal.revocation", Document, "Doc 9303-13 App. D", engine,
        "The signer of the seal is not revoked.", "Load the revocation list of the signer's country.";
    SealCountry = 505, "seal.country", Document, "Doc 9303-12 §7.1.1.1", engine,
        "Seal, signer and anchor are of the same country.", "Compare the issuer with the visual zone.";
    SealDocumentType = 506, "seal.document_type", Document, "Doc 9303-12 §7.1.1.6", engine,
        "The signer may sign for documents of this kind.", "Compare with the kind of document at hand.";
    SealFormat = 507, "seal.format", Document, "Doc 9303-13 §2", engine,
        "The seal is written as the standard says.", "Read the barcode again; deviations are mostly the issuer's.";

    AlertPerson = 601, "alert.person", Admissibility, "docs/architecture.md", host,
        "The person is on no alert list.", "Load the national alert list.";
    AlertDocument = 602, "alert.document", Admissibility, "docs/architecture.md", host,
        "The document is on no alert list.", "Load the national alert list.";
    RuleEntry = 701, "rule.entry", Admissibility, "docs/architecture.md", host,
        "The country's entry rules are met.", "Load the country's rule pack.";

    HolderComparison = 801, "holder.comparison", Holder, "Doc 9303-2 App. C", engine,
        "The officer finds holder and portrait to be the same person.", "Compare the holder with the portrait and report the result.";
    HolderFace = 802, "holder.face", Holder, "Doc 9303-9 §3", engine,
        "An automatic comparison accepts holder and portrait.", "Compare the holder's face with the portrait automatically.";
}
