//! Nationalities as lists write them: codes of two or three letters, or names of countries in English.
//!
//! What no table knows keeps a number of its own, so that two lists that spell it alike still agree.

use crate::country;

/// A country, in 16 bits: the three-letter code, five bits a letter, or a hash of a name that no table knows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nation(u16);

/// Names that differ from the display names of the code table by more than case and punctuation.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("bolivia", "BOL"),
    ("bosniaherzegovina", "BIH"),
    ("burma", "MMR"),
    ("capeverde", "CPV"),
    ("caboverde", "CPV"),
    ("congodemocraticrepublicofthe", "COD"),
    ("congorepublicofthe", "COG"),
    ("congothedemocraticrepublicofthe", "COD"),
    ("cotedivoire", "CIV"),
    ("czechrepublic", "CZE"),
    ("czechia", "CZE"),
    ("democraticpeoplesrepublicofkorea", "PRK"),
    ("democraticrepublicofthecongo", "COD"),
    ("easttimor", "TLS"),
    ("eswatini", "SWZ"),
    ("gambiathe", "GMB"),
    ("ivorycoast", "CIV"),
    ("iranislamicrepublicof", "IRN"),
    ("islamicrepublicofiran", "IRN"),
    ("koreademocraticpeoplesrepublicof", "PRK"),
    ("koreanorth", "PRK"),
    ("koreasouth", "KOR"),
    ("korearepublicof", "KOR"),
    ("kosovo", "RKS"),
    ("laos", "LAO"),
    ("laopeoplesdemocraticrepublic", "LAO"),
    ("libyanarabjamahiriya", "LBY"),
    ("macedonia", "MKD"),
    ("micronesia", "FSM"),
    ("moldovarepublicof", "MDA"),
    ("northkorea", "PRK"),
    ("northmacedonia", "MKD"),
    ("palestinian", "PSE"),
    ("palestine", "PSE"),
    ("republicofkorea", "KOR"),
    ("republicofmoldova", "MDA"),
    ("republicofthecongo", "COG"),
    ("russia", "RUS"),
    ("russianfederation", "RUS"),
    ("southkorea", "KOR"),
    ("stateofpalestine", "PSE"),
    ("swaziland", "SWZ"),
    ("syria", "SYR"),
    ("syrianarabrepublic", "SYR"),
    ("taiwan", "TWN"),
    ("tanzaniaunitedrepublicof", "TZA"),
    ("thegambia", "GMB"),
    ("turkey", "TUR"),
    ("turkiye", "TUR"),
    ("unitedkingdom", "GBR"),
    ("unitedkingdomofgreatbritainandnorthernireland", "GBR"),
    ("unitedrepublicoftanzania", "TZA"),
    ("unitedstates", "USA"),
    ("unitedstatesofamerica", "USA"),
    ("venezuela", "VEN"),
    ("venezuelabolivarianrepublicof", "VEN"),
    ("vietnam", "VNM"),
    ("westbank", "PSE"),
];

impl Nation {
    /// Reads a code or a name; nothing from an empty text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let folded: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        if folded.is_empty() {
            return None;
        }
        let capitals = folded.to_ascii_uppercase();
        if let Some(entry) = country::by_alpha2(&capitals) {
            return Some(Self::of_letters(&country_letters(entry)));
        }
        if capitals.len() <= 3
            && capitals.is_ascii()
            && let Some(entry) = country::all().find(|entry| entry.letters == capitals)
        {
            return Some(Self::of_letters(&country_letters(entry)));
        }
        let known = OTHER_NAMES.iter().find(|(name, _)| *name == folded).map(|(_, code)| Self::of_letters(code));
        known.or_else(|| Self::by_display_name(&folded)).or(Some(Self::hashed(&folded)))
    }

    /// The number, for a package.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }

    /// The country of a number.
    #[must_use]
    pub const fn from_number(number: u16) -> Self {
        Self(number)
    }

    /// The three-letter code, or `???` for a name that no table knows.
    #[must_use]
    pub fn letters(self) -> String {
        if self.0 & 0x8000 != 0 {
            return "???".to_owned();
        }
        let letter = |shift: u16| char::from(b'@' + u8::try_from(self.0 >> shift & 31).unwrap_or(0));
        [10, 5, 0].into_iter().map(letter).filter(char::is_ascii_uppercase).collect()
    }

    fn by_display_name(folded: &str) -> Option<Self> {
        let fold = |name: &str| -> String {
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let entry = country::all().find(|entry| fold(entry.name) == folded)?;
        Some(Self::of_letters(&country_letters(entry)))
    }

    fn of_letters(letters: &str) -> Self {
        let value = |byte: u8| u16::from(byte & 31);
        let mut number = 0;
        for at in 0..3 {
            number = number << 5 | letters.as_bytes().get(at).map_or(0, |byte| value(*byte));
        }
        Self(number)
    }

    fn hashed(folded: &str) -> Self {
        let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        let hash = folded.bytes().fold(0x811C_9DC5, step);
        Self(0x8000 | u16::try_from((hash ^ hash >> 15) & 0x7FFF).unwrap_or(0))
    }
}

/// The letters by which a State is compared: German documents say `D`, lists say `DEU`.
fn country_letters(entry: &country::Entry) -> String {
    if entry.letters == "D" { "DEU".to_owned() } else { entry.letters.to_owned() }
}

impl core::fmt::Debug for Nation {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Nation([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_of_one_country_are_one_nation() {
        for (one, other) in [
            ("Korea, North", "Democratic People's Republic of Korea"),
            ("PRK", "north korea"),
            ("Russian Federation", "RU"),
            ("Germany", "D"),
            ("DEU", "D"),
            ("Atlantis", "ATLANTIS"),
        ] {
            assert_eq!(Nation::parse(one), Nation::parse(other), "{one} {other}");
        }
        assert_ne!(Nation::parse("Korea, North"), Nation::parse("Korea, South"));
        assert_eq!(Nation::parse("France").map(Nation::letters).as_deref(), Some("FRA"));
        assert_eq!(Nation::parse(" , "), None);
    }
}
