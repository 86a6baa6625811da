//! The document types that are known, and the features of each.
//!
//! Sources: Doc 9303-7 §9.1 (visa), Doc 9303-8 §6.1 (emergency travel document), and the definitions that two open
//! implementations of the German seals agree on. Where these say that the number of entries of a visa is required, the
//! standard says that it is optional, and so does this table.

/// How a feature is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Coding {
    /// C40.
    C40,
    /// A machine-readable zone in C40, with so many characters of each line.
    Zone(&'static [usize]),
    /// UTF-8.
    Utf8,
    /// One byte, a number.
    Byte,
    /// Three bytes: days, months and years, or one of three marks.
    Stay,
    /// Eight digits: year, month, day.
    Day,
    /// Two such days with NUL between them.
    Period,
    /// Bytes.
    Bytes,
}

/// One row of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeatureSpec {
    /// The tag.
    pub tag: u8,
    /// The name, as JSON shows it.
    pub name: &'static str,
    /// How it is written.
    pub coding: Coding,
    /// The fewest bytes that it takes.
    pub least: usize,
    /// The most bytes that it takes.
    pub most: usize,
    /// Whether it must be there.
    pub required: bool,
}

/// A document type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    /// Definition reference.
    pub reference: u8,
    /// Category.
    pub category: u8,
    /// The features that it knows.
    pub features: &'static [FeatureSpec],
    /// Tags of which one must be there.
    pub one_of: &'static [u8],
    /// Whether further features depend on a sub-profile that is not public.
    pub open: bool,
}

const fn row(tag: u8, name: &'static str, coding: Coding, least: usize, most: usize) -> FeatureSpec {
    FeatureSpec { tag, name, coding, least, most, required: true }
}

const fn optional(tag: u8, name: &'static str, coding: Coding, least: usize, most: usize) -> FeatureSpec {
    FeatureSpec { tag, name, coding, least, most, required: false }
}

/// The zone of TD2: two lines of 36.
pub(in crate::payload) const TD2: Coding = Coding::Zone(&[36, 36]);
/// The zone of an MRV-A visa: its second line without optional data.
pub(in crate::payload) const MRV_A: Coding = Coding::Zone(&[44, 28]);
/// The zone of an MRV-B visa.
pub(in crate::payload) const MRV_B: Coding = Coding::Zone(&[36, 28]);

const DE_ADDRESS: &[FeatureSpec] = &[
    row(1, "document_number", Coding::C40, 6, 6),
    row(2, "municipality_key", Coding::C40, 6, 6),
    row(3, "address", Coding::C40, 6, 18),
];

const fn closed(reference: u8, category: u8, features: &'static [FeatureSpec]) -> Profile {
    Profile { reference, category, features, one_of: &[], open: false }
}

/// The features of a visa, which the ICAO data structure for barcodes has too.
pub(in crate::payload) const VISA: &[FeatureSpec] = &[
    optional(1, "mrz_mrv_a", MRV_A, 48, 48),
    optional(2, "mrz_mrv_b", MRV_B, 44, 44),
    optional(3, "number_of_entries", Coding::Byte, 1, 1),
    row(4, "duration_of_stay", Coding::Stay, 3, 3),
    row(5, "passport_number", Coding::C40, 6, 6),
    optional(6, "visa_type", Coding::Bytes, 1, 4),
    optional(7, "additional_features", Coding::Bytes, 0, 254),
];

const PROFILES: &[Profile] = &[
    Profile { one_of: &[1, 2], ..closed(0x5D, 0x01, VISA) },
    closed(0x5E, 0x03, &[row(2, "mrz", TD2, 48, 48)]),
    closed(0xFB, 0x06, &[row(2, "mrz", TD2, 48, 48), row(3, "passport_number", Coding::C40, 6, 6)]),
    closed(0xFD, 0x02, &[row(2, "mrz", TD2, 48, 48), row(3, "azr_number", Coding::C40, 8, 8)]),
    closed(
        0xFC,
        0x04,
        &[
            row(1, "social_insurance_number", Coding::C40, 8, 8),
            row(2, "surname", Coding::Utf8, 1, 90),
            row(3, "first_name", Coding::Utf8, 1, 90),
            optional(4, "birth_name", Coding::Utf8, 1, 90),
        ],
    ),
    closed(0xFA, 0x06, &[row(4, "mrz", TD2, 48, 48), row(5, "sheet_number", Coding::C40, 6, 6)]),
    closed(0xF9, 0x08, DE_ADDRESS),
    closed(0xF9, 0x0C, DE_ADDRESS),
    closed(
        0xF8,
        0x0A,
        &[
            row(1, "document_number", Coding::C40, 6, 6),
            row(2, "municipality_key", Coding::C40, 6, 6),
            row(3, "postal_code", Coding::C40, 4, 4),
        ],
    ),
    Profile {
        open: true,
        ..closed(
            0x01,
            0xC8,
            &[row(0, "profile_id", Coding::Bytes, 16, 16), optional(1, "validity", Coding::Period, 1, 17)],
        )
    },
    Profile {
        open: true,
        ..closed(
            0x01,
            0xC9,
            &[
                row(0, "profile_id", Coding::Bytes, 16, 16),
                optional(1, "valid_from", Coding::Day, 8, 8),
                optional(2, "valid_to", Coding::Day, 8, 8),
                row(3, "profile_uri", Coding::Utf8, 1, 255),
                row(4, "certificate_uri", Coding::Utf8, 1, 255),
                optional(5, "status_uri", Coding::Utf8, 1, 255),
                optional(6, "status_list_index", Coding::Bytes, 1, 4),
            ],
        )
    },
];

/// The registration certificate of BSI TR-03171: the one public profile of administrative documents.
pub(in crate::payload) const REGISTRATION_ID: [u8; 16] =
    [0x9A, 0x42, 0x23, 0x40, 0x6D, 0x37, 0x4E, 0xF9, 0x9E, 0x2C, 0xF9, 0x5E, 0x31, 0xA2, 0x38, 0x46];

const REGISTRATION: &[FeatureSpec] = &[
    row(0, "profile_id", Coding::Bytes, 16, 16),
    optional(1, "validity", Coding::Period, 1, 17),
    row(4, "surname", Coding::Utf8, 1, 255),
    optional(5, "degree", Coding::Utf8, 1, 255),
    row(6, "first_names", Coding::Utf8, 1, 255),
    optional(7, "used_first_name", Coding::Utf8, 1, 255),
    optional(8, "birth_date", Coding::Day, 8, 8),
    row(9, "street", Coding::Utf8, 1, 255),
    row(0x0A, "house_number", Coding::Utf8, 1, 10),
    row(0x0B, "postal_code", Coding::Utf8, 5, 5),
    row(0x0C, "city", Coding::Utf8, 1, 255),
    row(0x0D, "move_date", Coding::Day, 8, 8),
    row(0x0E, "housing_status", Coding::Byte, 1, 1),
    row(0x0F, "notification_date", Coding::Day, 8, 8),
];

/// The administrative document whose profile is [`REGISTRATION_ID`].
pub(super) const REGISTRATION_PROFILE: Profile = closed(0x01, 0xC8, REGISTRATION);

/// What is known of a definition reference and category.
#[must_use]
pub fn profile(reference: u8, category: u8) -> Option<&'static Profile> {
    PROFILES.iter().find(|profile| (profile.reference, profile.category) == (reference, category))
}

impl Profile {
    /// The row for a tag.
    pub(super) fn feature(&self, tag: u8) -> Option<&'static FeatureSpec> {
        self.features.iter().find(|spec| spec.tag == tag)
    }
}
