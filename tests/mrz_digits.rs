//! What the check digits of each layout see, what they cannot see, and that repair claims no more than they allow.
//!
//! For a specimen of every layout: each substitution, each transposition of neighbours and each erasure in every
//! checked position. What goes unseen is proved to leave all weighted sums as they were. Repair is held against
//! listing: `mrz_digits/rules.rs` judges one text at a time, and every text within reach is put before it.
//! `mrz_digits/optimum.rs` does the same for random costs, `mrz_digits/reading.rs` shows what repair is for.

#[path = "mrz_digits/optimum.rs"]
mod optimum;
#[path = "mrz_digits/reading.rs"]
mod reading;
#[path = "mrz_digits/rules.rs"]
mod rules;

use landfall::check::{CheckId, Outcome, Reason, Subject};
use landfall::date::Date;
use landfall::mrz::{self, Layout, Reader, Repair};
use rules::{ALL, ALPHABET, Checker, value};

const WRONG: u16 = 456;

fn on() -> Date {
    Date::new(2011, 6, 1).unwrap()
}

/// The checks that a text fails or leaves open: digits, calendar, characters. `None` if it is another layout.
fn misses(text: &[u8], layout: Layout) -> Option<Vec<(CheckId, Outcome, Reason)>> {
    let zone = mrz::parse(text).ok().filter(|zone| zone.layout() == layout)?;
    let of_text = |id: CheckId| {
        id.name().starts_with("mrz.check_digit.") || matches!(id, CheckId::MrzCalendar | CheckId::MrzCharacters)
    };
    let checks = zone.checks(Subject::Document(1), on());
    let missed =
        checks.filter(|check| of_text(check.id) && !matches!(check.outcome, Outcome::Passed | Outcome::NotPresent));
    Some(missed.map(|check| (check.id, check.outcome, check.reason)).collect())
}

/// What became of the errors of one kind.
#[derive(Default, Debug, PartialEq, Eq)]
struct Tally {
    cases: usize,
    seen: usize,
    unseen: usize,
    /// Of those seen: how many repair gives one reading for, and how many of these are the specimen.
    unique: usize,
    right: usize,
}

impl Tally {
    fn add(&mut self, checker: &Checker, layout: Layout, text: &[u8]) {
        self.cases += 1;
        match misses(text, layout) {
            Some(missed) if missed.is_empty() => {
                self.unseen += 1;
                prove_unseen(checker, text);
            }
            Some(_) => {
                self.seen += 1;
                self.repair(checker, text);
            }
            None => self.seen += 1,
        }
    }

    fn repair(&mut self, checker: &Checker, text: &[u8]) {
        let zone = mrz::parse(text).unwrap();
        let repair = mrz::repair(&zone, Reader::Uniform { wrong: WRONG });
        let listed = within_one(checker, text);
        if listed.is_empty() {
            assert!(repair.gap() >= 2 * u32::from(WRONG), "nothing is nearer");
        } else {
            assert_eq!(repair.readings() as usize, listed.len());
            assert!(listed.contains(&joined(&repair)));
        }
        assert!(checker.fits(&joined(&repair), text));
        assert!(!repair.supported());
        assert!(!repair.unique() || repair.readings() == 1);
        self.unique += usize::from(repair.unique());
        self.right += usize::from(repair.unique() && joined(&repair) == checker.text);
    }
}

/// An unseen error leaves every weighted sum and every digit as it is, up to fillers that stand for 0.
fn prove_unseen(checker: &Checker, text: &[u8]) {
    assert!(checker.fits(text, text));
    for digit in &checker.digits {
        let same = |at: usize| text[at] == checker.text[at];
        let both_hold = digit.holds(text) && digit.holds(&checker.text);
        assert!(both_hold && (digit.sum(text) == digit.sum(&checker.text) || !same(digit.at)));
    }
}

fn joined(repair: &Repair) -> Vec<u8> {
    repair.repaired().collect::<String>().into_bytes()
}

/// Every text that satisfies the rules and differs from this one in one character; an erasure must be filled.
fn within_one(checker: &Checker, text: &[u8]) -> Vec<Vec<u8>> {
    let erased = text.iter().position(|c| *c == mrz::UNREAD);
    let sum = |weights: &Vec<i32>| text.iter().zip(weights).map(|(c, w)| value(*c) * w).sum::<i32>();
    let strict: Vec<(i32, Vec<i32>)> = checker.strict().into_iter().map(|w| (sum(&w), w)).collect();
    let mut other = text.to_vec();
    let mut found = Vec::new();
    for at in (0..text.len()).filter(|at| erased.is_none_or(|erased| erased == *at)) {
        for character in ALPHABET.iter().filter(|c| **c != text[at]) {
            let change = value(*character) - value(text[at]);
            other[at] = *character;
            if strict.iter().all(|(sum, weights)| (sum + weights[at] * change) % 10 == 0) && checker.fits(&other, text)
            {
                found.push(other.clone());
            }
        }
        other[at] = text[at];
    }
    found
}

fn layout_of(checker: &Checker) -> Layout {
    Layout::from_name(checker.rules.name).unwrap()
}

/// Substitutions, transpositions and erasures of a specimen.
fn tallies(name: &str) -> [Tally; 3] {
    let checker = Checker::new(ALL.iter().find(|rules| rules.name == name).unwrap());
    let layout = layout_of(&checker);
    assert_eq!(misses(&checker.text, layout), Some(vec![]), "{name}");
    assert!(checker.fits(&checker.text, &checker.text), "{name}");
    let mut tallies = <[Tally; 3]>::default();
    let checked = checker.checked();
    for at in &checked {
        let with = |character: u8| {
            let mut text = checker.text.clone();
            text[*at] = character;
            text
        };
        for character in ALPHABET.iter().filter(|c| **c != checker.text[*at]) {
            tallies[0].add(&checker, layout, &with(*character));
        }
        tallies[2].add(&checker, layout, &with(mrz::UNREAD));
    }
    for pair in checked.windows(2).filter(|pair| pair[0] + 1 == pair[1]) {
        let mut text = checker.text.clone();
        text.swap(pair[0], pair[1]);
        if text != checker.text {
            tallies[1].add(&checker, layout, &text);
        }
    }
    println!("{name:<28}{:>16}{:>8}{:>8}{:>8}{:>8}", "cases", "seen", "unseen", "unique", "right");
    for (kind, tally) in ["substitutions", "transpositions", "erasures"].iter().zip(&tallies) {
        let Tally { cases, seen, unseen, unique, right } = tally;
        println!("  {kind:<26}{cases:>16}{seen:>8}{unseen:>8}{unique:>8}{right:>8}");
    }
    tallies
}

/// What is expected of one kind of error: cases, seen, unseen; of those seen, unique and right.
const fn tally(counts: [usize; 5]) -> Tally {
    let [cases, seen, unseen, unique, right] = counts;
    Tally { cases, seen, unseen, unique, right }
}

#[test]
fn every_error_in_a_card_in_td1_is_seen_or_provably_invisible_to_its_digits() {
    let expected = [tally([1836, 1706, 130, 474, 474]), tally([23, 23, 0, 2, 1]), tally([51, 51, 0, 16, 16])];
    assert_eq!(tallies("td1"), expected);
}

#[test]
fn every_error_in_a_card_in_td2_is_seen_or_provably_invisible_to_its_digits() {
    let expected = [tally([1152, 1098, 54, 474, 474]), tally([22, 22, 0, 2, 1]), tally([32, 32, 0, 16, 16])];
    assert_eq!(tallies("td2"), expected);
}

#[test]
fn every_error_in_a_passport_is_seen_or_provably_invisible_to_its_digits() {
    let expected = [tally([1440, 1371, 69, 518, 518]), tally([31, 29, 2, 1, 1]), tally([40, 40, 0, 17, 17])];
    assert_eq!(tallies("td3"), expected);
}

#[test]
fn every_error_in_a_large_visa_is_seen_or_provably_invisible_to_its_digits() {
    let expected = [tally([864, 839, 25, 438, 438]), tally([21, 18, 3, 3, 0]), tally([24, 24, 0, 15, 15])];
    assert_eq!(tallies("mrv_a"), expected);
}

#[test]
fn every_error_in_a_small_visa_is_seen_or_provably_invisible_to_its_digits() {
    let expected = [tally([864, 839, 25, 438, 438]), tally([21, 18, 3, 3, 0]), tally([24, 24, 0, 15, 15])];
    assert_eq!(tallies("mrv_b"), expected);
}

#[test]
fn every_error_in_a_french_identity_card_is_seen_or_provably_invisible_to_its_digits() {
    let expected = [tally([2592, 2447, 145, 313, 313]), tally([46, 45, 1, 2, 1]), tally([72, 72, 0, 10, 10])];
    assert_eq!(tallies("french_identity_card"), expected);
}

#[test]
fn every_error_in_a_driving_licence_is_seen_or_provably_invisible_to_its_digits() {
    let expected = [tally([1080, 1008, 72, 27, 27]), tally([27, 22, 5, 0, 0]), tally([30, 30, 0, 1, 1])];
    assert_eq!(tallies("driving_licence"), expected);
}

#[test]
fn every_error_in_a_french_driving_licence_is_seen_or_provably_invisible_to_its_digits() {
    let expected = [tally([1080, 1031, 49, 250, 250]), tally([24, 22, 2, 1, 0]), tally([30, 30, 0, 8, 8])];
    assert_eq!(tallies("french_driving_licence"), expected);
}

#[test]
fn every_error_in_a_swiss_driving_licence_is_seen_or_provably_invisible_to_its_digits() {
    let expected = [tally([216, 178, 38, 0, 0]), tally([4, 1, 3, 0, 0]), tally([6, 6, 0, 0, 0])];
    assert_eq!(tallies("swiss_driving_licence"), expected);
}

#[test]
fn every_error_in_a_swiss_driving_licence_without_its_first_line_is_seen_or_provably_invisible_to_its_digits() {
    let expected = [tally([216, 178, 38, 0, 0]), tally([4, 1, 3, 0, 0]), tally([6, 6, 0, 0, 0])];
    assert_eq!(tallies("swiss_driving_licence_below"), expected);
}
