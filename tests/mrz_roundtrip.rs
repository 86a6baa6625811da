//! Properties of writer and reader together, over arbitrary legal contents of every layout.

use landfall::check::{CheckId, Outcome, Subject};
use landfall::date::Date;
use landfall::mrz::{self, Content, EmptyDigit, FieldId, Layout, Mrz, Truncation};
use landfall::person::Sex;
use proptest::prelude::*;

/// The day of reckoning; births and expiries are made to fall into the century that it gives them.
fn on() -> Date {
    Date::new(2026, 11, 22).expect("a day")
}

/// Everything that any layout could need; [`Raw::content`] takes what its layout has.
#[derive(Debug, Clone)]
struct Raw {
    layout: Layout,
    second_letter: char,
    codes: (&'static str, &'static str),
    primary: Vec<String>,
    secondary: Vec<String>,
    number: String,
    optional: (String, String),
    birth: String,
    expiry: String,
    sex: Sex,
    truncation: Truncation,
    empty_digit: EmptyDigit,
}

fn layout() -> impl Strategy<Value = Layout> {
    prop::sample::select(Layout::ALL)
}

fn issuer() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&["UTO", "D", "NZL", "TUV", "RKS", "GBN", "UNO", "EUE"][..])
}

fn nationality() -> impl Strategy<Value = &'static str> {
    // What a holder is, not of which State, stands in this field alone.
    prop_oneof![4 => issuer(), 1 => Just("XXA"), 1 => Just("XXB")]
}

fn components(most: usize) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[A-Z]{1,12}", 0..most)
}

fn birth() -> impl Strategy<Value = String> {
    let year = prop_oneof![4 => (1927_u16..=2025).prop_map(|y| y.to_string()), 1 => Just("XXXX".to_owned())];
    let part =
        |most: u8| prop_oneof![4 => (1..=most).prop_map(|part| format!("{part:02}")), 1 => Just("XX".to_owned())];
    (year, part(12), part(28)).prop_map(|(year, month, day)| format!("{year}-{month}-{day}"))
}

fn expiry() -> impl Strategy<Value = String> {
    (1978_u16..=2075, 1_u8..=12, 1_u8..=28).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}"))
}

fn truncation() -> impl Strategy<Value = Truncation> {
    prop_oneof![Just(Truncation::Initials), Just(Truncation::Even), (0_u8..40).prop_map(Truncation::Letters),]
}

prop_compose! {
    fn raw()(
        (layout, second_letter, codes) in (layout(), prop::char::range('A', 'Z'), (issuer(), nationality())),
        (primary, secondary) in (components(6), components(8)),
        (number, optional) in ("[A-Z0-9]{22}", ("[A-Z0-9<]{0,16}", "[A-Z0-9<]{0,11}")),
        (birth, expiry) in (birth(), expiry()),
        sex in prop::sample::select(Sex::ALL),
        truncation in truncation(),
        zero in any::<bool>(),
        short in 1_usize..=22,
    ) -> Raw {
        let number = number[..short].to_owned();
        let empty_digit = if zero { EmptyDigit::Zero } else { EmptyDigit::Filler };
        Raw {
            layout, second_letter, codes, primary, secondary, number, optional, birth, expiry, sex, truncation,
            empty_digit,
        }
    }
}

/// The first `most` characters without fillers at the end.
fn cut(text: &str, most: usize) -> String {
    let kept = text.get(..most).unwrap_or(text);
    kept.trim_end_matches('<').to_owned()
}

impl Raw {
    fn has(&self, id: FieldId) -> bool {
        self.layout.field(id).is_some()
    }

    /// The last day of validity; nobody is born after it.
    fn expiry_date(&self) -> Date {
        let year = |date: &str| date.split('-').next().and_then(|year| year.parse::<u16>().ok());
        let expiry: Date = self.expiry.parse().expect("a date");
        match year(&self.birth) {
            Some(born) if expiry.year() <= born => Date::new(born + 1, expiry.month(), expiry.day()).expect("a date"),
            _ => expiry,
        }
    }

    fn len(&self, id: FieldId) -> usize {
        self.layout.field(id).map_or(0, |field| field.len())
    }

    fn document_code(&self) -> String {
        let letter = self.second_letter;
        match self.layout {
            Layout::Td3 => format!("P{letter}"),
            Layout::MrvA | Layout::MrvB => format!("V{letter}"),
            // V, and after A also C and I, are reserved.
            Layout::Td1 | Layout::Td2 if letter == 'V' => "C".to_owned(),
            Layout::Td1 | Layout::Td2 => format!("I{letter}"),
            Layout::FrenchIdentityCard => "ID".to_owned(),
            Layout::SwissDrivingLicence | Layout::SwissDrivingLicenceBelow => "FA".to_owned(),
            _ => "D1".to_owned(),
        }
    }

    fn issuer(&self) -> &'static str {
        match self.layout {
            Layout::FrenchIdentityCard | Layout::FrenchDrivingLicence => "FRA",
            Layout::SwissDrivingLicence | Layout::SwissDrivingLicenceBelow => "CHE",
            _ => self.codes.0,
        }
    }

    /// As many characters as the layout can print, a long number included.
    fn document_number(&self) -> String {
        match self.layout {
            Layout::Td1 => self.number.clone(),
            Layout::Td2 => cut(&self.number, 14),
            Layout::SwissDrivingLicence | Layout::SwissDrivingLicenceBelow => {
                let digits = self.number.bytes().map(|c| char::from(b'0' + c % 10));
                digits.cycle().take(12).collect()
            }
            _ => cut(&self.number, self.len(FieldId::DocumentNumber)),
        }
    }

    /// Optional data that still have room behind a long number, its digit and a filler.
    fn optional_data(&self) -> String {
        let tail = self.document_number().len().saturating_sub(9);
        let taken = match self.layout {
            Layout::Td1 | Layout::Td2 if tail > 0 => tail + 2,
            _ => 0,
        };
        cut(&self.optional.0, self.len(FieldId::OptionalData).saturating_sub(taken))
    }

    fn names(&self) -> (String, String) {
        let mut primary = self.primary.clone();
        if primary.is_empty() {
            primary.push("ARKFREITH".to_owned());
        }
        let apart = if self.layout == Layout::FrenchIdentityCard { "-" } else { " " };
        let secondary = match self.layout {
            Layout::DrivingLicence | Layout::FrenchDrivingLicence => String::new(),
            _ => self.secondary.join(apart),
        };
        match self.layout {
            Layout::DrivingLicence => (String::new(), secondary),
            _ => (primary.join(" "), secondary),
        }
    }

    fn content(&self) -> Content {
        let only = |id, text: &str| match self.has(id) {
            true => text.into(),
            false => "".into(),
        };
        let (primary, secondary) = self.names();
        let optional_data = self.optional_data();
        Content {
            document_code: self.document_code().into(),
            issuer: self.issuer().into(),
            primary: primary.into(),
            secondary: secondary.into(),
            document_number: self.document_number().into(),
            nationality: only(FieldId::Nationality, self.codes.1),
            birth_date: self.has(FieldId::BirthDate).then(|| self.birth.parse().expect("a date")),
            sex: self.has(FieldId::Sex).then_some(self.sex),
            expiry_date: self.has(FieldId::ExpiryDate).then(|| self.expiry_date()),
            optional_data: optional_data.as_str().into(),
            optional_data_2: only(FieldId::OptionalData2, &cut(&self.optional.1, 11)),
            issuing_department: only(FieldId::IssuingDepartment, &cut(&self.optional.1, 3)),
            issuing_office: only(FieldId::IssuingOffice, &cut(&self.optional.0, 3)),
            number_version: only(FieldId::NumberVersion, "1"),
            random_data: only(FieldId::RandomData, &cut(&self.optional.0, 13)),
            blank_number: only(FieldId::BlankNumber, "AAA001"),
            language: only(FieldId::Language, "D"),
            truncation: self.truncation,
            empty_optional_digit: match optional_data.is_empty() && self.layout == Layout::Td3 {
                true => self.empty_digit,
                false => EmptyDigit::Zero,
            },
            ..Content::new(self.layout)
        }
    }
}

fn written(content: &Content) -> Mrz {
    mrz::write(content).expect("legal content")
}

fn read_back(zone: &Mrz) -> Mrz {
    mrz::parse(zone.lines().collect::<Vec<_>>().join("\n")).expect("a zone")
}

/// The letters of a name without what parts them.
fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_uppercase).collect()
}

/// Whether the components that were kept begin those of the whole name, in its order.
fn is_cut_of(kept: &str, whole: &str) -> bool {
    let parts = |text: &str| -> Vec<String> {
        let parts = text.split([' ', '-']).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    let (kept, whole) = (parts(kept), parts(whole));
    kept.len() <= whole.len() && kept.iter().zip(&whole).all(|(kept, whole)| whole.starts_with(kept))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_written_is_read_back_whole(raw in raw()) {
        let content = raw.content();
        let zone = written(&content);
        prop_assert!(read_back(&zone) == zone);
        prop_assert!(mrz::parse(zone.joined()).expect("a zone") == zone, "from one string");
        let read = Content::of(&zone, on()).expect("readable");
        let (name, printed) = ((&content.primary, &content.secondary), (&read.primary, &read.secondary));
        prop_assert!(is_cut_of(printed.0.reveal(), name.0.reveal()));
        prop_assert!(is_cut_of(printed.1.reveal(), name.1.reveal()));
        let same_name = Content {
            primary: content.primary.clone(),
            secondary: content.secondary.clone(),
            truncation: content.truncation,
            ..read
        };
        prop_assert_eq!(same_name, content);
    }

    #[test]
    fn the_writer_gives_back_what_it_wrote(raw in raw()) {
        let zone = written(&raw.content());
        let again = Content::of(&zone, on()).expect("readable");
        prop_assert!(written(&again) == zone);
    }

    #[test]
    fn what_is_written_passes_every_check_of_form(raw in raw()) {
        let zone = written(&raw.content());
        for check in zone.checks(Subject::Document(1), on()) {
            let may_fail = matches!(check.id, CheckId::DocumentExpiry | CheckId::DocumentSpecimen);
            let outcome = check.outcome;
            prop_assert!(
                may_fail || matches!(outcome, Outcome::Passed | Outcome::NotPresent),
                "{}: {:?} {:?}", check.id, outcome, check.reason
            );
        }
    }

    #[test]
    fn a_name_is_cut_only_where_it_does_not_fit_and_then_ends_in_a_letter(raw in raw()) {
        let content = raw.content();
        let zone = written(&content);
        let Some(field) = zone.field(FieldId::Name) else { return Ok(()) };
        let (primary, secondary) = (content.primary.reveal(), content.secondary.reveal());
        let separator = if secondary.is_empty() { 0 } else { 2 };
        let fits = primary.len() + separator + secondary.len() <= field.raw.len();
        let whole = letters(primary) + &letters(secondary);
        prop_assert_eq!(letters(field.raw) == whole, fits);
        let ends_in_letter = field.raw.ends_with(|last: char| last.is_ascii_uppercase());
        prop_assert!(fits || ends_in_letter);
        prop_assert_eq!(zone.name().may_be_truncated(), ends_in_letter);
        let named = |present: bool, text: &str| present != text.is_empty();
        prop_assert!(named(zone.name().primary().next().is_some(), primary));
        prop_assert!(named(zone.name().secondary().next().is_some(), secondary), "no identifier is dropped whole");
    }

    #[test]
    fn content_survives_its_json(raw in raw()) {
        let content = raw.content();
        let json = serde_json::to_vec(&content).expect("json");
        prop_assert_eq!(Content::from_json(&json), Ok(content));
    }

    #[test]
    fn arbitrary_json_and_arbitrary_names_are_refused_or_written_but_never_crash(
        json in prop::collection::vec(any::<u8>(), 0..200),
        primary in "\\PC{0,60}",
        secondary in "[A-Z '<,.-]{0,90}",
        raw in raw(),
    ) {
        let _ = Content::from_json(&json);
        let content = Content { primary: primary.into(), secondary: secondary.into(), ..raw.content() };
        if let Ok(zone) = mrz::write(&content) {
            prop_assert!(read_back(&zone) == zone);
        }
    }
}
