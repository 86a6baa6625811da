//! The person as read: what one or more documents say of their holder.
//!
//! Everything here is document data: text forms are redacted. Names and nationality are zeroed when dropped; birth date
//! and sex are plain values, which are copied freely and not zeroed. Which source says what, and
//! whether the sources agree, is for the cross-checks; this is only the shape.

use crate::date::PartialDate;
use crate::numbered::numbered;
use crate::secret::Secret;
use serde::Serialize;

numbered! {
    /// The sex as printed (Doc 9303-3 §4.8).
    pub enum Sex {
        /// `F`.
        Female = 1, "female";
        /// `M`.
        Male = 2, "male";
        /// `<` in the machine-readable zone, `X` in the visual zone.
        Unspecified = 3, "unspecified";
    }
}

/// A person as read from one source.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
pub struct Person {
    /// The primary identifier: usually the surname, or the whole name of who has only one.
    pub primary: Secret<String>,
    /// The secondary identifier: usually the given names; empty for single names.
    pub secondary: Secret<String>,
    /// Whether the name fills its field and may be cut short.
    pub name_may_be_truncated: bool,
    /// The birth date, as far as it is known; absent if it could not be read.
    pub birth_date: Option<PartialDate>,
    /// The sex, if it could be read.
    pub sex: Option<Sex>,
    /// The nationality as printed, without fillers; empty if there is none.
    pub nationality: Secret<String>,
}

impl core::fmt::Debug for Person {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Person([redacted])")
    }
}
