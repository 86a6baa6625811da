//! The messages that are known, and what German documents must have of them.
//!
//! Source: the definitions of one open implementation; the technical report is a draft.

use crate::payload::vds::Coding;
use crate::payload::vds::{MRV_A, MRV_B, TD2};

/// How a message is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MessageCoding {
    /// Like a feature of a seal.
    Like(Coding),
    /// A mask byte and a day.
    Masked,
    /// Six bytes: `MMDDCCYYhhmmss` as a number.
    Moment,
    /// Messages of their own.
    Nested(&'static [MessageSpec]),
}

/// One row of the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MessageSpec {
    pub(super) tag: u8,
    pub(super) name: &'static str,
    pub(super) coding: MessageCoding,
    pub(super) least: usize,
    pub(super) most: usize,
    pub(super) required: bool,
}

const fn row(tag: u8, name: &'static str, coding: Coding, least: usize, most: usize) -> MessageSpec {
    MessageSpec { tag, name, coding: MessageCoding::Like(coding), least, most, required: true }
}

const fn of(tag: u8, name: &'static str, coding: MessageCoding) -> MessageSpec {
    MessageSpec { tag, name, coding, least: 0, most: usize::MAX, required: true }
}

const fn may(spec: MessageSpec) -> MessageSpec {
    MessageSpec { required: false, ..spec }
}

const C40: Coding = Coding::C40;
const MASKED: MessageCoding = MessageCoding::Masked;
const MOMENT: MessageCoding = MessageCoding::Moment;
const ANY: usize = 4096;

/// The zone of TD1.
const TD1: Coding = Coding::Zone(&[30, 30, 30]);
/// The zone of TD3.
const TD3: Coding = Coding::Zone(&[44, 44]);

const VISA: &[MessageSpec] = &[
    may(row(1, "mrz_mrv_a", MRV_A, 48, 48)),
    may(row(2, "mrz_mrv_b", MRV_B, 44, 44)),
    row(3, "number_of_entries", Coding::Byte, 1, 1),
    row(4, "duration_of_stay", Coding::Stay, 3, 3),
    row(5, "passport_number", C40, 6, 6),
    may(row(6, "visa_type", Coding::Bytes, 1, 4)),
    may(row(7, "additional_features", Coding::Bytes, 0, 254)),
];

const TEST: &[MessageSpec] = &[
    may(row(1, "test_certificate_identifier", C40, 2, 12)),
    row(2, "name", C40, 2, 26),
    of(3, "birth_date", MASKED),
    row(4, "document_type", C40, 2, 2),
    row(5, "document_number", C40, 2, 16),
    row(6, "facility", C40, 2, 14),
    row(7, "facility_country", C40, 2, 2),
    row(8, "telephone", C40, 2, 12),
    row(9, "mail", Coding::Utf8, 1, ANY),
    row(0x0A, "address", Coding::Utf8, 1, ANY),
    of(0x0B, "sample_taken", MOMENT),
    of(0x0C, "report_issued", MOMENT),
    row(0x0D, "test_type", C40, 2, ANY),
    row(0x0E, "result", C40, 2, ANY),
    may(row(0x0F, "method", Coding::Byte, 1, 1)),
    may(row(0x10, "free_text", C40, 0, ANY)),
];

const DOSE: &[MessageSpec] = &[
    of(0x33, "dose_date", MASKED),
    row(0x34, "dose_number", Coding::Byte, 1, 1),
    may(row(0x35, "dose_total", Coding::Byte, 1, 1)),
    row(0x36, "dose_country", C40, 2, 2),
    row(0x37, "centre", C40, 2, ANY),
    row(0x38, "batch", C40, 2, ANY),
    may(of(0x39, "next_dose", MASKED)),
];

const EVENT: &[MessageSpec] = &[
    row(0x1F, "vaccine", C40, 6, 6),
    row(0x20, "brand", C40, 2, ANY),
    may(row(0x21, "maker", C40, 2, ANY)),
    may(row(0x22, "authorisation_holder", C40, 2, ANY)),
    row(0x23, "disease", C40, 6, 6),
    of(0x24, "dose", MessageCoding::Nested(DOSE)),
];

const VACCINATION: &[MessageSpec] = &[
    row(1, "vaccination_certificate_identifier", C40, 2, 12),
    may(of(2, "valid_from", MASKED)),
    may(of(3, "valid_to", MASKED)),
    row(4, "name", C40, 2, 26),
    may(of(5, "birth_date", MASKED)),
    row(6, "sex", Coding::Utf8, 1, 1),
    may(row(7, "document_number", C40, 2, 8)),
    may(row(8, "further_identifier", C40, 2, 16)),
    of(9, "event", MessageCoding::Nested(EVENT)),
    may(row(0x0A, "free_text", C40, 0, ANY)),
];

const RECOVERY: &[MessageSpec] = &[
    row(1, "recovery_certificate_identifier", C40, 2, 12),
    may(of(2, "valid_from", MASKED)),
    may(of(3, "valid_to", MASKED)),
    row(4, "name", C40, 2, 26),
    of(5, "birth_date", MASKED),
    row(6, "document_type", C40, 2, 2),
    row(7, "document_number", C40, 2, 16),
    row(8, "country", C40, 2, 2),
    of(9, "first_positive", MASKED),
    may(row(0x0A, "free_text", C40, 0, ANY)),
];

const TRAVEL_AUTHORISATION: &[MessageSpec] = &[
    row(1, "authorisation_number", C40, 2, 10),
    row(2, "name", C40, 2, 26),
    row(3, "passport_number", C40, 2, 8),
    of(4, "birth_date", MASKED),
    row(5, "nationality", C40, 2, 2),
    row(6, "sex", Coding::Utf8, 1, 1),
    row(7, "place_of_issue", C40, 2, 10),
    of(8, "valid_from", MASKED),
    of(9, "valid_to", MASKED),
    row(0x0A, "duration_of_stay", C40, 2, 2),
    row(0x0B, "number_of_entries", Coding::Byte, 1, 1),
    row(0x0C, "category", C40, 2, 32),
    may(row(0x0D, "additional_features", C40, 2, 67)),
];

/// Every message of a group.
pub(super) const MESSAGES: &[MessageSpec] = &[
    may(of(1, "visa", MessageCoding::Nested(VISA))),
    may(of(2, "emergency_travel_document", MessageCoding::Nested(&[row(2, "mrz", TD2, 48, 48)]))),
    may(of(3, "proof_of_testing", MessageCoding::Nested(TEST))),
    may(of(4, "proof_of_vaccination", MessageCoding::Nested(VACCINATION))),
    may(of(5, "proof_of_recovery", MessageCoding::Nested(RECOVERY))),
    may(of(6, "digital_travel_authorisation", MessageCoding::Nested(TRAVEL_AUTHORISATION))),
    may(row(7, "mrz_td1", TD1, 60, 60)),
    may(row(8, "mrz_td3", TD3, 60, 60)),
    may(row(9, "can", C40, 4, 4)),
    may(row(0x0A, "ef_card_access", Coding::Bytes, 0, 1024)),
    may(row(0x80, "face_image", Coding::Bytes, 1, 1024)),
    may(row(0x81, "mrz_td2", TD2, 48, 48)),
    may(row(0x82, "document_reference", C40, 6, 6)),
    may(row(0x83, "azr_number", C40, 8, 8)),
    may(of(0x84, "expiry_date", MASKED)),
    may(row(0x85, "document_number", C40, 6, 6)),
    may(row(NATIONAL_DOCUMENT, "national_document", Coding::Byte, 1, 1)),
];

/// The message that says which national document it is.
pub(super) const NATIONAL_DOCUMENT: u8 = 0x86;

/// German documents by their number, and the messages that each must have.
pub(super) const GERMAN_DOCUMENTS: &[(u8, &[u8])] = &[
    (0x01, &[0x80, 0x81, 0x84]),
    (0x02, &[0x02, 0x80, 0x84]),
    (0x03, &[0x02, 0x80, 0x84]),
    (0x04, &[0x02, 0x80, 0x84]),
    (0x05, &[0x08, 0x80, 0x84]),
    (0x06, &[0x08, 0x80, 0x84]),
    (0x07, &[0x08, 0x80, 0x84]),
    (0x08, &[0x08, 0x80, 0x84]),
    (0x09, &[0x08, 0x80, 0x84]),
    (0x0A, &[0x08, 0x80, 0x84]),
    (0x0B, &[0x80, 0x81, 0x83]),
    (0x0C, &[0x80, 0x81, 0x83]),
    (0x0D, &[0x80, 0x81, 0x83]),
    (0x0E, &[0x81, 0x82, 0x83]),
    (0x0F, &[0x80, 0x81, 0x84]),
    (0x10, &[0x82, 0x85]),
    (0x11, &[0x80, 0x81, 0x82]),
    (0x12, &[0x07, 0x82, 0x85]),
];

/// The row for a tag.
pub(super) fn message(specs: &'static [MessageSpec], tag: u8) -> Option<&'static MessageSpec> {
    specs.iter().find(|spec| spec.tag == tag)
}
