//! Issuer identification numbers: who issued a card.
//!
//! Four open sources agree on every row. A number that is not here is unknown, and no sign of forgery.

use serde::Serialize;

/// An issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Issuer {
    /// The issuer identification number.
    #[serde(skip)]
    pub number: u32,
    /// The jurisdiction, by its usual abbreviation.
    #[serde(rename = "issuing_jurisdiction")]
    pub jurisdiction: &'static str,
    /// The country, by its three-letter code.
    #[serde(rename = "issuing_country")]
    pub country: &'static str,
}

const fn of(number: u32, jurisdiction: &'static str, country: &'static str) -> Issuer {
    Issuer { number, jurisdiction, country }
}

const fn us(number: u32, jurisdiction: &'static str) -> Issuer {
    of(number, jurisdiction, "USA")
}

const fn ca(number: u32, jurisdiction: &'static str) -> Issuer {
    of(number, jurisdiction, "CAN")
}

/// Every issuer that is known, by its number.
#[rustfmt::skip]
pub const ISSUERS: &[Issuer] = &[
    ca(604_426, "PE"), us(604_427, "AS"), ca(604_428, "QC"), ca(604_429, "YT"), us(604_430, "MP"), us(604_431, "PR"),
    ca(604_432, "AB"), ca(604_433, "NU"), ca(604_434, "NT"),
    us(636_000, "VA"), us(636_001, "NY"), us(636_002, "MA"), us(636_003, "MD"), us(636_004, "NC"), us(636_005, "SC"),
    us(636_006, "CT"), us(636_007, "LA"), us(636_008, "MT"), us(636_009, "NM"), us(636_010, "FL"), us(636_011, "DE"),
    ca(636_012, "ON"), ca(636_013, "NS"), us(636_014, "CA"), us(636_015, "TX"), ca(636_016, "NL"), ca(636_017, "NB"),
    us(636_018, "IA"), us(636_019, "GU"), us(636_020, "CO"), us(636_021, "AR"), us(636_022, "KS"), us(636_023, "OH"),
    us(636_024, "VT"), us(636_025, "PA"), us(636_026, "AZ"), us(636_027, "US"), ca(636_028, "BC"), us(636_029, "OR"),
    us(636_030, "MO"), us(636_031, "WI"), us(636_032, "MI"), us(636_033, "AL"), us(636_034, "ND"), us(636_035, "IL"),
    us(636_036, "NJ"), us(636_037, "IN"), us(636_038, "MN"), us(636_039, "NH"), us(636_040, "UT"), us(636_041, "ME"),
    us(636_042, "SD"), us(636_043, "DC"), ca(636_044, "SK"), us(636_045, "WA"), us(636_046, "KY"), us(636_047, "HI"),
    ca(636_048, "MB"), us(636_049, "NV"), us(636_050, "ID"), us(636_051, "MS"), us(636_052, "RI"), us(636_053, "TN"),
    us(636_054, "NE"), us(636_055, "GA"), of(636_056, "CU", "MEX"), of(636_057, "HL", "MEX"), us(636_058, "OK"),
    us(636_059, "AK"), us(636_060, "WY"), us(636_061, "WV"), us(636_062, "VI"), ca(990_876, "AB"),
];

/// The issuer with this number.
#[must_use]
pub fn issuer(number: u32) -> Option<&'static Issuer> {
    ISSUERS.binary_search_by_key(&number, |issuer| issuer.number).ok().and_then(|index| ISSUERS.get(index))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuers_are_found_by_their_number_and_nobody_else_is() {
        assert!(ISSUERS.is_sorted_by_key(|issuer| issuer.number));
        assert_eq!(issuer(636_019).map(|found| found.jurisdiction), Some("GU"));
        assert_eq!(issuer(604_427).map(|found| (found.jurisdiction, found.country)), Some(("AS", "USA")));
        assert_eq!(issuer(604_425), None);
    }
}
