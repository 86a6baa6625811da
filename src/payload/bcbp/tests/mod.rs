//! Boarding passes: the two worked specimens, every oddity that is met, and the years that they do not print.

use super::*;
use crate::payload::bcbp::{read, write};
use proptest::prelude::*;

/// One leg with every item, version 5: the sizes are those of the resolution.
const ONE: &str = "M1ERIKSSON/ANNA       EAB12C3 UTOYTOUT 0834 326J003A0027 167>5321WW1325BUT 0014123456002001412346700100141234\
                   789012A0141234567890 1UT UT 1234567890123    4PCYLX58Z^108ABCDEFGH";
/// Two legs, version 6.
const TWO: &str = "M2ERIKSSON/ANNA       EABC123 UTOYTOUT 0834 226F001A0025 14D>6181WW6225BUT 00141234560032A0141234567890 1UT UT \
                   1234567890123    20KYLX58ZDEF456 YTOUTAYT 3664 227C012C0002 12E2A0140987654321 1UT UT 1234567890123    2PCNWQ";
const BARE: &str = "M1ERIKSSON/ANNA       EABC123 UTOYTOUT 0834 226F001A0025 100";

fn of(text: &str) -> Pass {
    read(text.as_bytes()).unwrap()
}

fn shown(item: &Item) -> &str {
    item.as_ref().map_or("", |text| text.reveal())
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn a_pass_with_every_item_is_read_to_its_last_character() {
    let mut pass = of(ONE);
    assert!(pass.problems.is_empty(), "{:?}", pass.problems);
    let issue = pass.issue.clone().unwrap();
    assert_eq!((issue.version, issue.size, issue.bag_tags.len()), (Some('5'), 0x32, 3));
    assert_eq!(issue.passenger_description.unwrap().meaning, Some("male"));
    let leg = &pass.legs[0];
    let conditional = leg.conditional.clone().unwrap();
    assert_eq!((shown(&leg.from), shown(&leg.to), leg.day_of_year), ("UTO", "YTO", Some(326)));
    assert_eq!((shown(&conditional.baggage_allowance), conditional.fast_track), ("4PC", Some(true)));
    assert_eq!(shown(&leg.airline_data), "LX58Z");
    assert_eq!(pass.security.clone().unwrap().data.reveal(), "ABCDEFGH");
    pass.resolve(date("2021-11-22"));
    assert_eq!((pass.issue_date, pass.legs[0].date), (Some(date("2021-11-21")), Some(date("2021-11-22"))));
    assert_eq!(write(&pass).unwrap().reveal(), ONE);
}

#[test]
fn the_second_leg_has_no_unique_items() {
    let pass = of(TWO);
    assert!(pass.problems.is_empty(), "{:?}", pass.problems);
    let [first, second] = [0, 1].map(|leg: usize| pass.legs[leg].clone());
    assert_eq!((shown(&first.airline_data), shown(&second.airline_data)), ("LX58Z", "WQ"));
    assert_eq!(shown(&second.conditional.unwrap().document_serial), "0987654321");
    assert_eq!((shown(&second.booking_reference), shown(&second.flight_number)), ("DEF456", "3664"));
    assert_eq!(write(&pass).unwrap().reveal(), TWO);
}

/// Each oddity of the field, the problem by which it is reported, and the text.
#[test]
fn each_oddity_is_read_and_said() {
    use Deviation as D;
    let easy = "M1ERIKSSON/ANNA       EABC123 UTOYTOUT 0834 26  12A 25   010FREE TEXT OF IT";
    let rows: [(&str, String, D, &str); 14] = [
        ("days that are not filled", easy.into(), D::NumberNotFilled, "day_of_year"),
        ("airline text instead of items", easy.into(), D::MarkOther, "version"),
        ("cut behind the compartment", BARE[..48].into(), D::CutShort, "legs"),
        ("cut behind the date", BARE[..47].into(), D::CutShort, "legs"),
        ("a line end", format!("{BARE}\n"), D::TrailingText, "pass"),
        ("a size that leads beyond the end", TWO.replace("14D>", "1FF>"), D::SizeWrong, "variable_size"),
        ("a size of zero before items", ONE.replace("167>", "100>"), D::SizeWrong, "variable_size"),
        ("another mark of the version", ONE.replace("67>5", "67+5"), D::MarkOther, "version"),
        ("another mark of security", ONE.replace('^', "+"), D::MarkOther, "security"),
        ("a letter that is not ASCII", BARE.replace("ANNA ", "ANNÉ "), D::CharacterForeign, "name"),
        ("more legs than there are", BARE.replacen("M1", "M2", 1), D::LegsMissing, "legs"),
        (
            "an airline of two characters without blank",
            ONE.replace("UT UT 1234567890123 ", "UT UT1234567890123  "),
            D::FieldShifted,
            "frequent_flyer_number",
        ),
        ("a day that no year has", BARE.replace("226F", "367F"), D::DateImpossible, "day_of_year"),
        ("security data that are cut", ONE.replace("^108", "^109"), D::SizeWrong, "security"),
    ];
    for (what, text, deviation, field) in rows {
        let pass = of(&text);
        assert!(pass.problems.contains_in(deviation, field), "{what}: {:?}", pass.problems);
        assert_eq!(shown(&pass.surname), "ERIKSSON", "{what}");
        assert_eq!(shown(&pass.legs[0].to), "YTO", "{what}");
    }
    let blank_issue_date = of(&ONE.replace("WW1325B", "WW    B"));
    assert!(blank_issue_date.problems.is_empty() && blank_issue_date.issue.unwrap().issue_day.is_none());
    let resynchronised = of(&TWO.replace("14D>", "1FF>"));
    assert_eq!(shown(&resynchronised.legs[1].to), "UTA", "the second leg is found by its shape");
    let shifted = of(&ONE.replace("UT UT 1234567890123 ", "UT UT1234567890123  ")).legs[0].conditional.clone().unwrap();
    assert_eq!(
        (shown(&shifted.frequent_flyer_airline), shown(&shifted.frequent_flyer_number)),
        ("UT", "1234567890123")
    );
}

#[test]
fn what_follows_a_shifted_number_moves_along_if_nothing_was_filled_up() {
    let moved =
        ONE.replace("UT UT 1234567890123 ", "UT UT1234567890123 ").replace("2A014", "29014").replace("167>", "166>");
    let leg = of(&moved).legs[0].conditional.clone().unwrap();
    assert_eq!((shown(&leg.frequent_flyer_airline), shown(&leg.frequent_flyer_number)), ("UT", "1234567890123"));
    assert_eq!((shown(&leg.baggage_allowance), leg.fast_track), ("4PC", Some(true)));
    // Without a fast track the same length ends with the allowance.
    let shorter = ONE.replace("UT UT 1234567890123 ", "UT UT1234567890123  ").replace("4PCY", "4PC");
    let shorter = shorter.replace("2A014", "29014").replace("167>", "166>");
    let leg = of(&shorter).legs[0].conditional.clone().unwrap();
    assert_eq!((shown(&leg.baggage_allowance), leg.fast_track), ("4PC", None));
}

#[test]
fn what_is_no_pass_is_an_error_and_not_a_pass_with_problems() {
    for (text, kind) in [(&BARE[..46], ErrorKind::Truncated), ("", ErrorKind::Truncated)] {
        assert_eq!(read(text.as_bytes()).map_err(|error| error.kind), Err(kind));
    }
    let other = BARE.replacen('M', "X", 1);
    assert_eq!(read(other.as_bytes()).map_err(|error| error.kind), Err(ErrorKind::PayloadHeader));
}

use crate::error::ErrorKind;

#[test]
fn years_are_derived_from_the_digit_of_issue_and_from_nothing_nearer() {
    let rows = [
        // digit, day, looked at, issued
        (1, 325, "2021-11-22", Some("2021-11-21")),
        (1, 325, "2026-11-25", Some("2021-11-21")),
        (6, 1, "2025-12-31", Some("2026-01-01")),
        (6, 1, "2025-12-25", Some("2016-01-01")),
        (5, 365, "2026-01-01", Some("2025-12-31")),
        (4, 366, "2025-01-01", Some("2024-12-31")),
        (5, 366, "2026-01-02", None),
        (4, 60, "2024-03-01", Some("2024-02-29")),
    ];
    for (digit, day, reference, issued) in rows {
        assert_eq!(issue_date(digit, day, date(reference)), issued.map(date), "{digit} {day} {reference}");
    }
    assert_eq!(flight_date(1, date("2025-12-31")), Some(date("2026-01-01")));
    assert_eq!(flight_date(366, date("2024-12-30")), Some(date("2024-12-31")));
    assert_eq!(flight_date(366, date("2025-12-30")), None, "2025 has no such day");
    assert_eq!(nearest(1, date("2025-12-31")), Some(date("2026-01-01")));
    assert_eq!(nearest(365, date("2026-01-01")), Some(date("2025-12-31")));
    assert_eq!(nearest(366, date("2026-06-01")), None, "no such day is near");
}

/// Any item that a field of `width` can hold and that survives trimming.
fn item(width: usize) -> impl Strategy<Value = Item> {
    let text = proptest::string::string_regex(&format!("[A-Z0-9]{{1,{width}}}")).unwrap();
    proptest::option::of(text.prop_map(Secret::new))
}

fn code(codes: &'static str, table: fn(char) -> Option<&'static str>) -> impl Strategy<Value = Option<Coded>> {
    let codes: Vec<char> = codes.chars().collect();
    proptest::option::of(proptest::sample::select(codes).prop_map(move |code| Coded::of(code, table)))
}

prop_compose! {
    fn conditional()(
        airline_number in item(3), document_serial in item(10), selectee in code("013", code::selectee),
        document_verification in code("012", code::verification), marketing_carrier in item(3),
        frequent_flyer_airline in proptest::option::of("[A-Z]{2,3}".prop_map(Secret::new)),
        frequent_flyer_number in item(16), discount in code("0123456789ABCDEF", code::discount),
        baggage_allowance in item(3), fast_track in any::<Option<bool>>(),
    ) -> Conditional {
        Conditional {
            size: 0x2A, airline_number, document_serial, selectee, document_verification, marketing_carrier,
            frequent_flyer_airline, frequent_flyer_number, discount, baggage_allowance, fast_track, further_items: None,
        }
    }
}

prop_compose! {
    fn leg()(
        booking_reference in item(7), from in "[A-Z]{3}", to in "[A-Z]{3}", carrier in "[A-Z0-9]{2,3}",
        flight_number in "[0-9]{4}[A-Z]?", day in 1_u16..=366, compartment in code("FJWY", code::compartment),
        seat in item(4), sequence_number in item(5), passenger_status in code("0123456789A", code::status),
        conditional in conditional(), airline_data in item(20),
    ) -> Leg {
        let some = |text: String| Some(Secret::new(text));
        Leg {
            booking_reference, from: some(from), to: some(to), carrier: some(carrier), flight_number: some(flight_number),
            day_of_year: Some(day), date: None, compartment, seat, sequence_number, passenger_status,
            conditional: Some(conditional), airline_data,
        }
    }
}

prop_compose! {
    fn pass()(
        surname in "[A-Z]{1,9}", given in "[A-Z]{1,9}", electronic_ticket in any::<bool>(),
        version in proptest::sample::select(vec!['5', '6']), description in code("01234567XU", code::description),
        check_in_source in code("WKRMOTV", code::check_in), issuance_source in code("WKRMOTVX", code::issuance),
        issue_day in proptest::option::of((0_u16..10, 1_u16..=366)), document_type in code("BI", code::document),
        issuing_airline in item(3), tags in proptest::collection::vec("[0-9]{13}", 0..=3),
        legs in proptest::collection::vec(leg(), 1..=4), security in item(30),
    ) -> Pass {
        Pass {
            name: Some(Secret::new(format!("{surname}/{given}"))),
            surname: Some(Secret::new(surname)), given_names: Some(Secret::new(given)),
            electronic_ticket, legs_declared: u8::try_from(legs.len()).unwrap(),
            issue: Some(Issue {
                version: Some(version), size: 0x32, passenger_description: description, check_in_source, issuance_source,
                issue_day: issue_day.map(|(digit, day)| Secret::new(format!("{digit}{day:03}"))), document_type,
                issuing_airline, bag_tags: tags.into_iter().map(Secret::new).collect(), further_items: None,
            }),
            legs, security: security.map(|data| Security { kind: '1', data }), ..Pass::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 128 } else { 4096 }))]

    #[test]
    fn what_is_written_is_what_is_read(pass in pass()) {
        let written = write(&pass).unwrap();
        prop_assert!(is_pass(written.reveal().as_bytes()));
        let read = read(written.reveal().as_bytes()).unwrap();
        prop_assert_eq!(write(&read).unwrap(), written);
        prop_assert_eq!(read, pass);
    }

    /// From any day of issue within the last nine years and any flight from two days before it to a year after, the two days come back.
    #[test]
    fn the_years_of_issue_and_flight_are_found_again(reference in 0_i32..40_000, age in -2_i32..3280, ahead in -2_i32..362) {
        let reference = date("1990-01-01").plus_days(reference).unwrap();
        let issued = reference.plus_days(-age).unwrap();
        let flight = issued.plus_days(ahead).unwrap();
        let found = issue_date(issued.year() % 10, issued.ordinal(), reference);
        prop_assert_eq!(found, Some(issued));
        prop_assert_eq!(flight_date(flight.ordinal(), issued), Some(flight));
    }

    #[test]
    fn without_a_day_of_issue_the_nearest_year_is_taken(reference in 0_i32..40_000, away in -181_i32..=181) {
        let reference = date("1990-01-01").plus_days(reference).unwrap();
        let flight = reference.plus_days(away).unwrap();
        prop_assert_eq!(nearest(flight.ordinal(), reference), Some(flight));
    }
}
