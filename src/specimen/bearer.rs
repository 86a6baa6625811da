//! The invented bearers of specimens: citizens of Utopia who were never born.
//!
//! Names are chosen so that the machine-readable zone has to transliterate: Latin letters with diacritics, letters that
//! become two, and Cyrillic (Doc 9303-3 §6). The writer of the zone does that; DG11 keeps the name in its own script, so the
//! two can be held against each other. Numbers and dates are drawn from the seed.

use super::seed::Seed;
use crate::date::{Date, PartialDate};
use crate::error::Result;
use crate::mrz::{Content, Layout, write};
use crate::person::Sex;

/// One invented name: primary and secondary identifier in its own script, sex, place of birth, profession.
///
/// The places are those of Thomas More's book.
const NAMES: [(&str, &str, Sex, &str, &str); 6] = [
    ("Hythloðay-Ångström", "Zoë Mårika", Sex::Female, "AMAUROT", "CARTOGRAPHER"),
    ("Гитлодей", "Рафаил Юрьевич", Sex::Male, "AMAUROT", "FERRYMAN"),
    ("Šyfogrant", "Jürgen Éloi", Sex::Male, "ANYDER", "BEEKEEPER"),
    ("Щедрина", "Ульяна", Sex::Female, "ANYDER", "GLASSMAKER"),
    ("Traniborø Østlund", "Ægir", Sex::Unspecified, "NOLANDIA", "GARDENER"),
    ("Ademusová", "Ľubica Thórdís", Sex::Female, "NOLANDIA", "BELL FOUNDER"),
];

/// Whose passport it is, and what it says about them.
pub(super) struct Bearer {
    primary: &'static str,
    secondary: &'static str,
    sex: Sex,
    /// Where they were born.
    pub(super) birth_place: &'static str,
    /// What they do.
    pub(super) profession: &'static str,
    birth: Option<PartialDate>,
    /// Nine characters.
    pub(super) document_number: String,
    /// Ten digits.
    pub(super) personal_number: String,
}

impl Bearer {
    /// The bearer of the specimen `number`.
    pub(super) fn of(number: u64) -> Self {
        let draw = |what: &str, bound: u64| Seed::of(what, number).below(bound);
        let index = usize::try_from(number.wrapping_sub(1) % NAMES.len() as u64).unwrap_or(0);
        let (primary, secondary, sex, birth_place, profession) = NAMES.get(index).copied().unwrap_or(NAMES[0]);
        let small = |value: u64| u8::try_from(value).ok();
        let year = u16::try_from(1950 + draw("birth year", 55)).ok();
        let month = small(1 + draw("birth month", 12));
        let day = small(1 + draw("birth day", 28));
        Self {
            primary,
            secondary,
            sex,
            birth_place,
            profession,
            birth: PartialDate::new(year, month, day),
            document_number: format!("U{:08}", draw("document number", 100_000_000)),
            personal_number: format!("{:010}", draw("personal number", 10_000_000_000)),
        }
    }

    /// The birth date as DG11 writes it: `CCYYMMDD`.
    pub(super) fn birth_digits(&self) -> String {
        self.birth.map_or_else(String::new, |date| date.to_string().replace('-', ""))
    }

    /// The name as DG11 writes it: identifiers in their own script, `<` for blanks, `<<` between the two.
    pub(super) fn native_name(&self) -> String {
        let filled = |text: &str| text.replace(' ', "<");
        format!("{}<<{}", filled(self.primary), filled(self.secondary))
    }

    /// The two lines of a visa of Utopia (MRV-A): its own number, and the bearer as in the passport.
    ///
    /// # Errors
    /// Those of [`write()`].
    #[cfg(feature = "barcode")]
    pub(super) fn visa(&self, until: Date) -> Result<Vec<String>> {
        let number = format!("V{}", self.document_number.get(1..).unwrap_or("00000000"));
        let zone = write(&Content {
            document_code: "V".into(),
            issuer: "UTO".into(),
            primary: self.primary.into(),
            secondary: self.secondary.into(),
            document_number: number.as_str().into(),
            nationality: "UTO".into(),
            birth_date: self.birth,
            sex: Some(self.sex),
            expiry_date: Some(until),
            ..Content::new(Layout::MrvA)
        })?;
        Ok(zone.lines().map(str::to_owned).collect())
    }

    /// The two lines of an emergency travel document of Utopia (Doc 9303-8 §4.4).
    ///
    /// # Errors
    /// Those of [`write()`].
    #[cfg(feature = "barcode")]
    pub(super) fn emergency_zone(&self, until: Date) -> Result<Vec<String>> {
        let number = format!("E{}", self.document_number.get(1..).unwrap_or("00000000"));
        let zone = write(&Content {
            document_code: "PU".into(),
            issuer: "UTO".into(),
            primary: self.primary.into(),
            secondary: self.secondary.into(),
            document_number: number.as_str().into(),
            nationality: "UTO".into(),
            birth_date: self.birth,
            sex: Some(self.sex),
            expiry_date: Some(until),
            ..Content::new(Layout::Td2)
        })?;
        Ok(zone.lines().map(str::to_owned).collect())
    }

    /// The two lines of the passport's machine-readable zone.
    ///
    /// # Errors
    /// Those of [`write()`].
    pub(super) fn zone(&self, expiry: Date) -> Result<Vec<String>> {
        let zone = write(&Content {
            document_code: "PP".into(),
            issuer: "UTO".into(),
            primary: self.primary.into(),
            secondary: self.secondary.into(),
            document_number: self.document_number.as_str().into(),
            nationality: "UTO".into(),
            birth_date: self.birth,
            sex: Some(self.sex),
            expiry_date: Some(expiry),
            optional_data: self.personal_number.as_str().into(),
            ..Content::new(Layout::Td3)
        })?;
        Ok(zone.lines().map(str::to_owned).collect())
    }
}
