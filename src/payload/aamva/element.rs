//! The data elements, by version.

use crate::secret::Secret;
use serde::Serialize;
use serde::ser::SerializeStruct;

/// One element as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its three letters.
    pub(super) id: [u8; 3],
    /// The type of the subfile that it stands in.
    pub(super) subfile: [u8; 2],
    /// What stands behind the letters, without blanks behind it.
    pub value: Secret<String>,
}

impl Element {
    /// An element of a subfile; `None` if its letters are not three capital letters or digits, or the type is not two.
    #[must_use]
    pub fn new(subfile: &str, id: &str, value: &str) -> Option<Self> {
        let sound = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        let [id_bytes, subfile_bytes] = [id.as_bytes(), subfile.as_bytes()];
        let element =
            Self { id: id_bytes.try_into().ok()?, subfile: subfile_bytes.try_into().ok()?, value: Secret::from(value) };
        (sound(id) && sound(subfile)).then_some(element)
    }

    /// Its three letters.
    #[must_use]
    pub fn id(&self) -> &str {
        core::str::from_utf8(&self.id).unwrap_or("")
    }

    /// The type of the subfile that it stands in.
    #[must_use]
    pub fn subfile(&self) -> &str {
        core::str::from_utf8(&self.subfile).unwrap_or("")
    }
}

impl Serialize for Element {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Element", 3)?;
        out.serialize_field("id", self.id())?;
        out.serialize_field("subfile", self.subfile())?;
        out.serialize_field("value", &self.value)?;
        out.end()
    }
}

/// What the standard says of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ElementSpec {
    /// Its three letters.
    pub id: &'static str,
    /// The name under which a card shows it, or a short one.
    pub name: &'static str,
    /// The first version that has it.
    pub from: u8,
    /// The last version that has it.
    pub to: u8,
    /// The most characters of its value.
    pub most: usize,
    /// In which versions it must be there, from and to; none if 0.
    pub mandatory: (u8, u8),
    /// Whether it is for licences alone, and not for identity cards.
    pub licence_only: bool,
}

/// The version that is read as the newest.
pub(super) const NEWEST: u8 = 11;

const fn m(id: &'static str, name: &'static str, versions: (u8, u8), most: usize) -> ElementSpec {
    ElementSpec { id, name, from: versions.0, to: versions.1, most, mandatory: versions, licence_only: false }
}

const fn o(id: &'static str, name: &'static str, versions: (u8, u8), most: usize) -> ElementSpec {
    ElementSpec { mandatory: (0, 0), ..m(id, name, versions, most) }
}

const fn dl(spec: ElementSpec) -> ElementSpec {
    ElementSpec { licence_only: true, ..spec }
}

const ALL: (u8, u8) = (1, NEWEST);
const V1: (u8, u8) = (1, 1);
const V2: (u8, u8) = (2, NEWEST);
const V4: (u8, u8) = (4, NEWEST);
const V5: (u8, u8) = (5, NEWEST);
const V11: (u8, u8) = (11, NEWEST);

/// Every element of every version. Lengths are the largest that any version allows where they grew.
#[rustfmt::skip]
const ELEMENTS: &[ElementSpec] = &[
    m("DAA", "full_name", V1, 150), o("DAB", "family_name", V1, 150), o("DAF", "prefix", V1, 150),
    o("DAE", "suffix", V1, 150),
    ElementSpec { mandatory: V4, ..m("DAC", "first_name", ALL, 150) },
    ElementSpec { mandatory: V4, ..m("DAD", "middle_names", ALL, 150) },
    m("DCS", "family_name", V2, 40), m("DCT", "given_names", (2, 3), 80),
    ElementSpec { mandatory: (2, 2), ..m("DCU", "suffix", V2, 5) },
    m("DDE", "family_name_truncated", V4, 1), m("DDF", "first_name_truncated", V4, 1),
    m("DDG", "middle_names_truncated", V4, 1),
    m("DAQ", "document_number", ALL, 50), m("DBB", "birth_date", ALL, 8), m("DBA", "expiry_date", ALL, 8),
    m("DBD", "issue_date", ALL, 8), m("DBC", "sex", ALL, 1),
    ElementSpec { mandatory: V2, ..m("DAY", "eye_colour", ALL, 3) },
    ElementSpec { mandatory: V2, ..m("DAU", "height", ALL, 6) },
    o("DAV", "height", V1, 3), m("DAG", "street", ALL, 150), o("DAH", "street_2", ALL, 150),
    m("DAI", "city", ALL, 50), m("DAJ", "jurisdiction", ALL, 5), m("DAK", "postal_code", ALL, 11),
    o("DAL", "residence_street", V1, 150), o("DAM", "residence_street_2", V1, 150),
    o("DAN", "residence_city", V1, 50), o("DAO", "residence_jurisdiction", V1, 5),
    o("DAP", "residence_postal_code", V1, 11),
    dl(m("DAR", "vehicle_class", V1, 4)), dl(m("DAS", "restrictions", V1, 10)), dl(m("DAT", "endorsements", V1, 5)),
    m("DCF", "document_discriminator", V2, 25), m("DCG", "country", V2, 3),
    dl(m("DCA", "vehicle_class", V2, 6)), dl(m("DCB", "restrictions", V2, 12)), dl(m("DCD", "endorsements", V2, 5)),
    dl(m("DCH", "federal_commercial_codes", (2, 3), 4)),
    ElementSpec { mandatory: (2, 2), ..m("DCE", "weight_range", V2, 1) },
    o("DAW", "weight", ALL, 3), o("DAX", "weight", ALL, 3), o("DAZ", "hair_colour", ALL, 12),
    o("DCI", "place_of_birth", V2, 33), o("DCJ", "audit_information", V2, 25), o("DCK", "inventory_number", V2, 25),
    o("DBN", "alias_family_name", (1, 10), 150), o("DBG", "alias_given_name", (3, 10), 150),
    o("DBS", "alias_suffix", (3, 10), 150), o("DBG", "medical_codes", V1, 150),
    o("DBE", "issue_timestamp", V1, 20), o("DBF", "duplicates", V1, 3), o("DBH", "organ_donor", V1, 1),
    o("DBI", "non_resident", V1, 1), o("DBJ", "customer_number", V1, 25), o("DBK", "social_security_number", V1, 9),
    o("DBL", "alias_birth_date", V1, 8), o("DBM", "alias_social_security_number", V1, 9),
    o("DBO", "alias_family_name", V1, 150), o("DBP", "alias_first_name", V1, 150),
    o("DBQ", "alias_middle_name", V1, 150), o("DBR", "alias_suffix", V1, 150),
    o("PAA", "permit_class", V1, 4), o("PAB", "permit_expiry_date", V1, 8), o("PAC", "permit_number", V1, 25),
    o("PAD", "permit_issue_date", V1, 8), o("PAE", "permit_restrictions", V1, 10),
    o("PAF", "permit_endorsements", V1, 5),
    o("DCL", "race", (2, 10), 3), dl(o("DCM", "standard_class", V2, 4)), dl(o("DCN", "standard_endorsements", V2, 5)),
    dl(o("DCO", "standard_restrictions", V2, 12)), dl(o("DCP", "class_description", V2, 50)),
    dl(o("DCQ", "endorsement_description", V2, 50)), dl(o("DCR", "restriction_description", V2, 50)),
    o("DDA", "compliance", V4, 1), o("DDB", "revision_date", V4, 8),
    dl(o("DDC", "hazmat_expiry_date", (4, 10), 8)), o("DDD", "limited_duration", V4, 1),
    o("DDH", "under_18_until", V5, 8), o("DDI", "under_19_until", V5, 8), o("DDJ", "under_21_until", V5, 8),
    o("DDK", "organ_donor", (6, NEWEST), 1), o("DDL", "veteran", (7, NEWEST), 1),
    o("DDM", "commercial", V11, 1), o("DDN", "non_domiciled", V11, 1), o("DDO", "enhanced", V11, 1),
    o("DDP", "permit", V11, 1),
];

/// What the standard says of the element with these letters, in whichever version.
#[must_use]
pub fn spec(id: &str) -> Option<&'static ElementSpec> {
    ELEMENTS.iter().find(|spec| spec.id == id)
}

/// What it says of them in this version, or else in another one: letters have been given twice.
#[must_use]
pub fn spec_in(id: &str, version: u8) -> Option<&'static ElementSpec> {
    let own = ELEMENTS.iter().find(|spec| spec.id == id && spec.is_in(version));
    own.or_else(|| spec(id))
}

impl ElementSpec {
    /// Whether this version has the element.
    #[must_use]
    pub const fn is_in(&self, version: u8) -> bool {
        self.from <= version && version <= self.to
    }
}

/// The elements that a card of this version must have.
pub(super) fn mandatory(version: u8, is_licence: bool) -> impl Iterator<Item = &'static ElementSpec> {
    ELEMENTS.iter().filter(move |spec| {
        let (from, to) = spec.mandatory;
        from <= version && version <= to && (is_licence || !spec.licence_only)
    })
}

/// Social security numbers, which are not kept.
pub(super) fn is_withheld(id: &[u8; 3]) -> bool {
    id == b"DBK" || id == b"DBM"
}
