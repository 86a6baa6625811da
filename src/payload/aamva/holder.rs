//! From elements to typed values: name, dates, sex, address.

use super::element::{self, NEWEST};
use super::measure::{Height, Weight};
use super::{Card, Item, Truncation};
use crate::date::Date;
use crate::deviation::Deviation;
use crate::person::Sex;
use crate::secret::Secret;

/// In which order a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// `CCYYMMDD`
    YearFirst,
    /// `MMDDCCYY`
    MonthFirst,
}

/// Fills every typed field of the card from its elements.
pub(super) fn fill(card: &mut Card) {
    let version = card.header.version.clamp(1, NEWEST);
    missing(card, version);
    card.country = card.text("DCG");
    card.name(version);
    let order = card.order(version);
    card.birth_date = card.date("DBB", order);
    card.expiry_date = card.date("DBA", order);
    card.issue_date = card.date("DBD", order);
    card.revision_date = card.date("DDB", order);
    card.hazmat_expiry_date = card.date("DDC", order);
    card.under_18_until = card.date("DDH", order);
    card.under_19_until = card.date("DDI", order);
    card.under_21_until = card.date("DDJ", order);
    card.description(version);
    card.address();
    card.entitlements(version);
}

/// Notes the elements that this version asks for and the card does not have.
fn missing(card: &mut Card, version: u8) {
    let is_licence = card.header.subfiles.iter().any(|subfile| matches!(subfile.kind.as_str(), "DL" | "EN"))
        || card.header.subfiles.is_empty();
    let has = |id: &str| card.element(id).is_some_and(|value| !value.reveal().is_empty());
    // Names may stand in other elements than the version asks for.
    let instead = |id: &str| match id {
        "DAC" | "DAD" => has("DCT"),
        "DAA" => has("DAB") || has("DCS"),
        _ => false,
    };
    let names: Vec<_> = element::mandatory(version, is_licence)
        .filter(|spec| card.element(spec.id).is_none() && !instead(spec.id))
        .map(|spec| spec.name)
        .collect();
    names.into_iter().for_each(|name| card.problems.note(Deviation::FieldMissing, name, 0));
}

impl Card {
    /// The value of an element, unless it says that there is none.
    fn text(&self, id: &str) -> Item {
        let value = self.element(id)?;
        let none = ["", "NONE", "UNAVL", "UNAVAIL"].iter().any(|word| value.reveal().eq_ignore_ascii_case(word));
        (!none).then(|| value.clone())
    }

    fn first_of(&self, ids: &[&str]) -> Item {
        ids.iter().find_map(|id| self.text(id))
    }

    /// Names: apart from version 4 on, given names together in versions 2 and 3, all together in version 1.
    fn name(&mut self, version: u8) {
        self.family_name = self.first_of(&["DCS", "DAB"]);
        self.first_name = self.text("DAC");
        self.middle_names = self.text("DAD").map(|names| parts(&names, &[','])).unwrap_or_default();
        self.suffix = self.first_of(&["DCU", "DAE"]);
        if let (None, Some(given)) = (&self.first_name, self.text("DCT")) {
            let mut names = parts(&given, &[',']).into_iter();
            self.first_name = names.next();
            self.middle_names = names.collect();
            self.given_names = Some(given);
        }
        if let (None, Some(full)) = (&self.family_name, self.text("DAA")) {
            self.full_name(&full);
        }
        if self.family_name.is_none() && version > 1 {
            self.problems.note(Deviation::FieldMissing, "family_name", 0);
        }
        self.family_name_truncated = self.truncation("DDE", "family_name_truncated");
        self.first_name_truncated = self.truncation("DDF", "first_name_truncated");
        self.middle_names_truncated = self.truncation("DDG", "middle_names_truncated");
    }

    /// `last,first,middle,suffix`; some issuers write `@` or `$`, some only blanks.
    fn full_name(&mut self, full: &Secret<String>) {
        let separator = [',', '@', '$'].into_iter().find(|separator| full.reveal().contains(*separator));
        let pieces: Vec<Item> = full
            .reveal()
            .split(separator.unwrap_or(' '))
            .map(|piece| Some(piece.trim()).filter(|piece| !piece.is_empty()).map(Secret::from))
            .collect();
        if separator.is_none() {
            self.problems.note(Deviation::SeparatorOther, "full_name", 0);
        }
        let piece = |index: usize| pieces.get(index).cloned().flatten();
        self.family_name = piece(0);
        self.first_name = self.first_name.take().or(piece(1));
        if self.middle_names.is_empty() {
            self.middle_names = piece(2).into_iter().collect();
        }
        self.suffix = self.suffix.take().or(piece(3));
    }

    fn truncation(&mut self, id: &str, name: &'static str) -> Option<Truncation> {
        let value = self.text(id)?;
        match value.reveal().as_str() {
            "T" => Some(Truncation::Truncated),
            "N" => Some(Truncation::NotTruncated),
            "U" => Some(Truncation::Unknown),
            _ => {
                self.problems.note(Deviation::CodeUnknown, name, 0);
                None
            }
        }
    }

    /// The order in which this card should write its dates: by its country, else by its issuer's.
    fn order(&self, version: u8) -> Order {
        let written = self.country.as_ref().map(|country| country.reveal().to_ascii_uppercase());
        let country = match written.as_deref() {
            Some("CAN" | "CDN") => "CAN",
            Some("MEX") => "MEX",
            Some("USA") => "USA",
            _ => self.header.issuer.map_or("USA", |issuer| issuer.country),
        };
        match (version, country) {
            (0..=1, _) | (3.., "CAN" | "MEX") => Order::YearFirst,
            _ => Order::MonthFirst,
        }
    }

    /// A day in the expected order, or in the other one, which is a problem.
    fn date(&mut self, id: &'static str, order: Order) -> Option<Date> {
        let value = self.text(id)?;
        let name = element::spec(id).map_or("elements", |spec| spec.name);
        let digits: String = value.reveal().chars().filter(char::is_ascii_digit).collect();
        let punctuated = digits.len() != value.reveal().len();
        if digits.len() != 8 {
            self.problems.note(Deviation::FieldMalformed, name, 0);
            return None;
        }
        if punctuated {
            self.problems.note(Deviation::FieldMalformed, name, 0);
        }
        let other = if order == Order::YearFirst { Order::MonthFirst } else { Order::YearFirst };
        let read = day(&digits, order);
        if read.is_none() {
            let turned = day(&digits, other);
            let deviation = if turned.is_some() { Deviation::DateOrder } else { Deviation::DateImpossible };
            self.problems.note(deviation, name, 0);
            return turned;
        }
        read
    }

    /// Sex, eyes, hair, height and weight.
    fn description(&mut self, version: u8) {
        self.sex = self.text("DBC").and_then(|value| {
            let sex = match value.reveal().as_str() {
                "1" | "M" => Some(Sex::Male),
                "2" | "F" => Some(Sex::Female),
                "9" | "X" => Some(Sex::Unspecified),
                _ => None,
            };
            let usual = matches!(value.reveal().as_str(), "1" | "2" | "9") || version == 1 && sex.is_some();
            if !usual {
                self.problems.note(Deviation::CodeUnknown, "sex", 0);
            }
            sex
        });
        self.eye_colour = self.text("DAY");
        self.hair_colour = self.text("DAZ");
        self.colour("DAY", "eye_colour", EYES, false);
        self.colour("DAZ", "hair_colour", HAIR, true);
        let metric = if version == 1 { self.text("DAV") } else { None };
        self.height = match (metric, self.text("DAU")) {
            (Some(centimetres), _) => Some(Height::read(&centimetres, true)),
            (None, text) => text.map(|text| Height::read(&text, false)),
        };
        if self.height.as_ref().is_some_and(|height| height.centimetres.is_none()) {
            self.problems.note(Deviation::FieldMalformed, "height", 0);
        }
        let [pounds, kilograms, range] = ["DAW", "DAX", "DCE"].map(|id| self.text(id));
        self.weight = Weight::read(pounds.as_ref(), kilograms.as_ref(), range.as_ref());
        if self.weight.as_ref().is_some_and(|weight| weight.least_kilograms.is_none()) {
            self.problems.note(Deviation::FieldMalformed, "weight", 0);
        }
    }

    fn colour(&mut self, id: &str, name: &'static str, codes: &[&str], words: bool) {
        let Some(value) = self.text(id) else { return };
        let known = codes.contains(&value.reveal().as_str());
        let is_word = words && value.reveal().len() > 3;
        if !known && !is_word {
            self.problems.note(Deviation::CodeUnknown, name, 0);
        }
    }

    fn address(&mut self) {
        self.document_number = self.text("DAQ");
        self.street = self.first_of(&["DAG", "DAL"]);
        self.street_2 = self.first_of(&["DAH", "DAM"]);
        self.city = self.first_of(&["DAI", "DAN"]);
        self.jurisdiction = self.first_of(&["DAJ", "DAO"]);
        self.postal_code = self.first_of(&["DAK", "DAP"]);
        let country = self.country.as_ref().map(|country| country.reveal().to_ascii_uppercase());
        if country.as_deref().is_some_and(|country| !matches!(country, "USA" | "CAN" | "MEX")) {
            self.problems.note(Deviation::CodeUnknown, "country", 0);
        }
    }

    fn entitlements(&mut self, version: u8) {
        self.document_discriminator = self.text("DCF");
        self.vehicle_class = self.first_of(&["DCA", "DAR"]);
        self.restrictions = self.first_of(&["DCB", "DAS"]);
        self.endorsements = self.first_of(&["DCD", "DAT"]);
        self.compliance = self.text("DDA");
        let flag = |id: &str| self.text(id).is_some_and(|value| value.reveal() == "1");
        let (limited, donor, veteran) = (flag("DDD"), flag("DDK"), flag("DDL"));
        let newer = version >= 11;
        let [commercial, non_domiciled, enhanced, permit] = ["DDM", "DDN", "DDO", "DDP"].map(|id| newer && flag(id));
        // Each is 1 or left out.
        let written = |id: &&str| newer && self.element(id).is_some_and(|value| value.reveal() != "1");
        let wrong: Vec<_> = ["DDM", "DDN", "DDO", "DDP"].into_iter().filter(written).collect();
        self.limited_duration = limited;
        self.organ_donor = donor;
        self.veteran = veteran;
        self.commercial = commercial;
        self.non_domiciled = non_domiciled && commercial;
        self.enhanced = enhanced || self.header.subfiles.iter().any(|subfile| subfile.kind == "EN");
        self.permit = permit;
        for id in wrong {
            self.problems.note(Deviation::CodeUnknown, element::spec(id).map_or("elements", |spec| spec.name), 0);
        }
        if non_domiciled && !commercial {
            self.problems.note(Deviation::FieldMissing, "commercial", 0);
        }
    }
}

const EYES: &[&str] = &["BLK", "BLU", "BRO", "GRY", "GRN", "HAZ", "MAR", "PNK", "DIC", "UNK"];
const HAIR: &[&str] = &["BAL", "BLK", "BLN", "BRO", "GRY", "RED", "SDY", "WHI", "UNK"];

/// The parts of a text between separators, blank ones left out.
fn parts(text: &Secret<String>, separators: &[char]) -> Vec<Secret<String>> {
    let pieces = text.reveal().split(separators).map(str::trim);
    pieces.filter(|piece| !piece.is_empty() && !piece.eq_ignore_ascii_case("none")).map(Secret::from).collect()
}

/// Eight digits as a day of this and the neighbouring centuries. The two orders cannot be taken for each other: no month
/// is 18 to 21.
fn day(digits: &str, order: Order) -> Option<Date> {
    let part = |range: core::ops::Range<usize>| digits.get(range)?.parse::<u16>().ok();
    let (year, month, day) = match order {
        Order::YearFirst => (part(0..4)?, part(4..6)?, part(6..8)?),
        Order::MonthFirst => (part(4..8)?, part(0..2)?, part(2..4)?),
    };
    let small = |value: u16| u8::try_from(value).ok();
    Date::new(year, small(month)?, small(day)?).filter(|date| (1800..=2199).contains(&date.year()))
}
