//! Driving licences and identity cards of North America: the text of their PDF417 symbol (AAMVA, versions 1 to 11).
//!
//! ```text
//! @ LF RS CR | "ANSI " | issuer 6 | version 2 | jurisdiction version 2 (from version 2 on) | count 2 |
//! per subfile: type 2, offset 4, length 4 | subfiles: type, elements (three letters and a value) separated by LF, CR
//! ```
//!
//! Headers are written wrongly by many issuers and damaged by many readers: offsets and lengths are tried and never
//! trusted, a subfile is found by its type and its first element, and every repair is a problem. Elements are kept as they
//! stand, and typed beside that. Social security numbers, which version 1 has, are dropped.
//!
//! The data are unsigned: anybody can print them. They can be consistent with another document, and never genuine.
//!
//! Not done: elements of a jurisdiction's own subfiles, which are kept as text.
//!
//! Hostile input: at most [`MAX_ELEMENTS`] elements, and no position that the header names is followed beyond the text.

mod element;
mod header;
mod holder;
mod issuer;
mod measure;
mod parse;
mod write;

pub use element::{Element, ElementSpec, spec};
pub use header::{Header, Subfile};
pub use issuer::{ISSUERS, Issuer, issuer};
pub use measure::{Height, Weight};
pub(super) use parse::is_card;
pub use parse::read;
pub use write::write;

use super::Problems;
use crate::date::Date;
use crate::numbered::numbered;
use crate::person::Sex;
use crate::secret::Secret;
use serde::Serialize;

/// The most elements that are kept of one card.
pub const MAX_ELEMENTS: usize = 256;

numbered! {
    /// Whether a name was cut to fit its field.
    pub enum Truncation {
        /// `T`: it was.
        Truncated = 1, "truncated";
        /// `N`: it was not.
        NotTruncated = 2, "not_truncated";
        /// `U`: unknown.
        Unknown = 3, "unknown";
    }
}

/// Text of one element; absent if it is blank or says that there is none.
pub type Item = Option<Secret<String>>;

/// A card that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Issuer, version and subfiles.
    #[serde(flatten)]
    pub header: Header,
    /// The number of the licence or card.
    pub document_number: Item,
    /// The family name.
    pub family_name: Item,
    /// The first given name.
    pub first_name: Item,
    /// The other given names.
    pub middle_names: Vec<Secret<String>>,
    /// Given names where the version does not tell first from others.
    pub given_names: Item,
    /// What stands behind the name, for example `JR`.
    pub suffix: Item,
    /// Whether the family name was cut.
    pub family_name_truncated: Option<Truncation>,
    /// Whether the first name was cut.
    pub first_name_truncated: Option<Truncation>,
    /// Whether the other names were cut.
    pub middle_names_truncated: Option<Truncation>,
    /// The day of birth.
    pub birth_date: Option<Date>,
    /// The last day of validity.
    pub expiry_date: Option<Date>,
    /// The day of issue.
    pub issue_date: Option<Date>,
    /// The sex.
    pub sex: Option<Sex>,
    /// The colour of the eyes, by its code.
    pub eye_colour: Item,
    /// The colour of the hair, by its code.
    pub hair_colour: Item,
    /// The height.
    pub height: Option<Height>,
    /// The weight.
    pub weight: Option<Weight>,
    /// The first line of the address.
    pub street: Item,
    /// The second line of the address.
    pub street_2: Item,
    /// The city.
    pub city: Item,
    /// The jurisdiction of the address.
    pub jurisdiction: Item,
    /// The postal code.
    pub postal_code: Item,
    /// The country, by its code.
    pub country: Item,
    /// What tells this card from others of the same number.
    pub document_discriminator: Item,
    /// The classes of vehicles.
    pub vehicle_class: Item,
    /// The restrictions.
    pub restrictions: Item,
    /// The endorsements.
    pub endorsements: Item,
    /// `F` if the card is fully compliant with the federal act, `N` if not.
    pub compliance: Item,
    /// The day of the revision of the card.
    pub revision_date: Option<Date>,
    /// When the endorsement for hazardous material ends.
    pub hazmat_expiry_date: Option<Date>,
    /// Until when the holder is under 18.
    pub under_18_until: Option<Date>,
    /// Until when the holder is under 19.
    pub under_19_until: Option<Date>,
    /// Until when the holder is under 21.
    pub under_21_until: Option<Date>,
    /// Whether the card is limited to the stay of its holder.
    pub limited_duration: bool,
    /// Whether the holder donates organs.
    pub organ_donor: bool,
    /// Whether the holder is a veteran.
    pub veteran: bool,
    /// Whether the card is a commercial licence (version 11).
    pub commercial: bool,
    /// Whether the commercial licence is non-domiciled (version 11).
    pub non_domiciled: bool,
    /// Whether the credential is enhanced (version 11, or a subfile `EN`).
    pub enhanced: bool,
    /// Whether the card is a learner's permit (version 11).
    pub permit: bool,
    /// Every element as it stands, of all subfiles, each once: the first of its name.
    pub elements: Vec<Element>,
    /// The elements of a name that stood before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub repeated: Vec<Element>,
    /// What is not as the standard asks.
    pub problems: Problems,
}

impl Card {
    /// The value of an element, as it stands.
    #[must_use]
    pub fn element(&self, id: &str) -> Option<&Secret<String>> {
        let found = self.elements.iter().find(|element| element.id() == id);
        found.map(|element| &element.value)
    }
}

#[cfg(test)]
mod tests;
