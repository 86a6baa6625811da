//! Repair against listing: with few positions in doubt, every reading is put before the independent rules.

use super::rules::{ALL, ALPHABET, Checker};
use super::{joined, layout_of};
use landfall::mrz::{self, FieldId, Layout, Likelihoods, Reader, Repair};
use proptest::prelude::*;
use proptest::sample::Index;
use std::ops::Range;

/// A cost that no sum of the costs in doubt comes near.
const EXCLUDED: u16 = 60_000;

/// Zones that the rules treat specially, beside the specimens: by layout, lines joined.
const SPECIAL: &[(&str, &str)] = &[
    ("td1", "I<UTOD23145890<7349<<<<<<<<<<<3407127M9507122UTO<<<<<<<<<<<2STEVENSON<<PETER<JOHN<<<<<<<<<"),
    ("td1", "I<UTOD23145890<AB0<<<<<<<<<<<<3407127M9507122UTO<<<<<<<<<<<2STEVENSON<<PETER<JOHN<<<<<<<<<"),
    ("td2", "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<D23145890<UTO3407127M95071227349<<<8"),
    ("td3", "PPYTOSMITH<<JOHN<<<<<<<<<<<<<<<<<<<<<<<<<<<<HA672242<6YTO5802254M9601086<<<<<<<<<<<<<<08"),
    ("td3", "PPYTOSMITH<<JOHN<<<<<<<<<<<<<<<<<<<<<<<<<<<<HA672242<6YTO<<<<<<0M9601086<<<<<<<<<<<<<<<8"),
    ("mrv_b", "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<L898902C<3UTO69<<<<2F9406236ZE184226"),
    ("french_identity_card", "IDFRATEST<NAME<<<<<<<<<<<<<<<<0CHE021710GVA123451ROBERTA<<<<<<<9112311F2"),
];

/// Specimens and special zones; digits that a special zone leaves wrong are set by filling them in.
fn bases() -> Vec<(Checker, Vec<u8>)> {
    let special = SPECIAL.iter().map(|(name, text)| {
        let rules = ALL.iter().find(|rules| rules.name == *name).unwrap();
        (Checker::new(rules), text.as_bytes().to_vec())
    });
    let specimens = ALL.iter().map(Checker::new).map(|checker| {
        let text = checker.text.clone();
        (checker, text)
    });
    let all = special.chain(specimens);
    all.map(|(checker, text)| {
        let text = with_digits(&checker, text);
        assert!(checker.fits(&text, &text), "{}", checker.rules.name);
        (checker, text)
    })
    .collect()
}

/// Sets every check digit that does not hold, the composite one last.
fn with_digits(checker: &Checker, mut text: Vec<u8>) -> Vec<u8> {
    for digit in &checker.digits {
        if !digit.holds(&text) && text[digit.at] != b'<' {
            text[digit.at] = b'0' + u8::try_from(digit.sum(&text)).unwrap();
        }
    }
    text
}

/// A position, and characters with their costs.
type Doubt = (usize, Vec<(u8, u16)>);

/// What a reader says who is sure of everything but these positions.
fn likelihoods(text: &[u8], doubts: &[Doubt]) -> Likelihoods {
    let mut all = Likelihoods::unread();
    let row = |costs: &[(u8, u16)]| {
        let cost = |character: &u8| costs.iter().find(|(c, _)| c == character).map_or(EXCLUDED, |(_, cost)| *cost);
        ALPHABET.each_ref().map(cost)
    };
    for (at, character) in text.iter().enumerate() {
        all.set(at, &row(&[(*character, 0)])).unwrap();
    }
    for (at, costs) in doubts {
        all.set(*at, &row(costs)).unwrap();
    }
    all
}

/// All readings of the doubts that satisfy the rules, with their costs.
fn list(checker: &Checker, text: &[u8], doubts: &[Doubt], printed: &[u8]) -> Vec<(u32, Vec<u8>)> {
    let mut readings = vec![(0_u32, text.to_vec())];
    for (at, costs) in doubts {
        let with = |(before, text): &(u32, Vec<u8>)| {
            let (before, text) = (*before, text.clone());
            costs.iter().map(move |(character, cost)| {
                let mut text = text.clone();
                text[*at] = *character;
                (before + u32::from(*cost), text)
            })
        };
        readings = readings.iter().flat_map(with).collect();
    }
    readings.retain(|(_, text)| checker.fits(text, printed));
    readings.sort();
    readings
}

/// The fields that repair weighs together: a field with its digit, and what a layout opens with.
fn group(layout: Layout, field: FieldId) -> &'static str {
    let opens = matches!(field, FieldId::DocumentCode | FieldId::Configuration | FieldId::Issuer);
    match (layout, field) {
        (Layout::FrenchDrivingLicence, _) if opens => "document_number",
        (Layout::Td2 | Layout::DrivingLicence | Layout::SwissDrivingLicence | Layout::SwissDrivingLicenceBelow, _)
            if opens =>
        {
            "opening"
        }
        (_, FieldId::CompositeDigit) => "composite_digit",
        _ => field.name().trim_end_matches("_digit"),
    }
}

fn assert_optimal(checker: &Checker, doubts: &[Doubt], text: &[u8]) {
    let layout = layout_of(checker);
    let repair = likelihoods(text, doubts).repair(layout);
    let printed: Vec<u8> = repair.printed().collect::<String>().into_bytes();
    let listed = list(checker, text, doubts, &printed);
    let (lowest, _) = listed[0];
    let as_printed: u32 = doubts.iter().map(|(_, costs)| u32::from(costs.iter().map(|c| c.1).min().unwrap())).sum();
    assert_eq!(repair.gap(), lowest - as_printed);
    let best: Vec<_> = listed.iter().take_while(|(cost, _)| *cost == lowest).collect();
    assert_eq!(repair.readings() as usize, best.len());
    assert!(best.iter().any(|(_, text)| *text == joined(&repair)));
    match listed.get(1) {
        Some((second, _)) => assert_eq!(repair.margin(), Some(second - lowest)),
        None => assert!(repair.margin().is_some_and(|margin| margin > 50_000)),
    }
    assert_eq!(repair.unique(), repair.margin().unwrap() > mrz::UNIQUE_MARGIN);
    assert_margins(layout, &repair, &listed);
}

/// Groups that are one where a number runs on from the one into the other.
const NUMBER: [&str; 2] = ["document_number", "optional_data"];

fn number_ranges(layout: Layout) -> Vec<Range<usize>> {
    let number = |field: &&mrz::FieldSpec| NUMBER.contains(&group(layout, field.id));
    layout.fields().iter().filter(number).map(mrz::FieldSpec::range).collect()
}

fn is_long(layout: Layout, text: &[u8]) -> bool {
    let digit = layout.field(FieldId::DocumentNumberDigit);
    layout.has_long_numbers() && digit.is_some_and(|digit| text[digit.range()] == *b"<")
}

fn assert_margins(layout: Layout, repair: &Repair, listed: &[(u32, Vec<u8>)]) {
    let chosen = joined(repair);
    for field in layout.fields() {
        let own = group(layout, field.id);
        let same_group = || layout.fields().iter().filter(|other| group(layout, other.id) == own);
        let differs = |text: &[u8]| {
            let ranges = same_group().map(|other| other.range());
            let joined = is_long(layout, &chosen) || is_long(layout, text);
            let number = NUMBER.contains(&own).then(|| number_ranges(layout)).filter(|_| joined);
            ranges.chain(number.into_iter().flatten()).any(|range| text[range.clone()] != chosen[range])
        };
        let margin = repair.margin_of(field.id).unwrap();
        match listed.iter().find(|(_, text)| differs(text)) {
            Some((cost, _)) => assert_eq!(margin, cost - listed[0].0, "{layout} {}", field.id),
            None => assert!(margin > 50_000, "{layout} {}", field.id),
        }
    }
}

/// A position, whether it may stand anywhere, and characters with their costs.
type Pick = (Index, bool, Vec<(Index, u16)>);

/// Up to three positions of a base, often ones where the rules have exceptions, with costs for some characters.
fn doubts(checker: &Checker, text: &[u8], picks: &[Pick]) -> Vec<Doubt> {
    let mut special: Vec<usize> =
        checker.digits.iter().flat_map(|digit| [digit.at - 1, digit.at, digit.at + 1]).collect();
    special.extend(checker.checked().iter().take(24));
    special.retain(|at| *at < text.len());
    let mut doubts: Vec<Doubt> = Vec::new();
    for (at, anywhere, characters) in picks {
        let at = if *anywhere || special.is_empty() { at.index(text.len()) } else { special[at.index(special.len())] };
        let mut costs = vec![(text[at], characters.first().map_or(0, |(_, cost)| cost / 2))];
        for (character, cost) in characters {
            let character = ALPHABET[character.index(ALPHABET.len())];
            if costs.iter().all(|(known, _)| *known != character) {
                costs.push((character, *cost));
            }
        }
        if doubts.iter().all(|(known, _)| *known != at) {
            doubts.push((at, costs));
        }
    }
    doubts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cost_margins_and_number_of_readings_are_those_of_listing_all_of_them(
        picks in prop::collection::vec(
            (any::<Index>(), any::<bool>(), prop::collection::vec((any::<Index>(), 0_u16..400), 1..9)),
            1..4,
        )
    ) {
        for (checker, text) in bases() {
            assert_optimal(&checker, &doubts(&checker, &text, &picks), &text);
        }
    }

    #[test]
    fn two_erasures_have_as_many_readings_as_listing_finds(first in any::<Index>(), second in any::<Index>()) {
        for (checker, text) in bases() {
            let checked = checker.checked();
            let at = [checked[first.index(checked.len())], checked[second.index(checked.len())]];
            let mut printed = text.clone();
            at.iter().for_each(|at| printed[*at] = mrz::UNREAD);
            let Some(zone) = mrz::parse(&printed).ok().filter(|zone| zone.layout() == layout_of(&checker)) else {
                continue;
            };
            let mut free: Vec<Doubt> = at.map(|at| (at, ALPHABET.map(|c| (c, 0)).to_vec())).to_vec();
            free.dedup_by_key(|(at, _)| *at);
            let listed = list(&checker, &text, &free, &printed);
            let repair = mrz::repair(&zone, Reader::UNIFORM);
            prop_assert_eq!(repair.readings() as usize, listed.len());
            prop_assert_eq!(repair.gap(), 0);
            prop_assert!(listed.iter().any(|(_, text)| *text == joined(&repair)));
            prop_assert_eq!(repair.unique(), listed.len() == 1);
        }
    }
}
