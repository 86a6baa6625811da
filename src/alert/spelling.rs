//! What it costs to take one spelling for another: the noisy channel between a listed token and a token as read.
//!
//! The cost is `-100 × log10` of the probability that somebody whose name is listed as the one comes with the
//! other: by another romanisation ([`PAIRS`]), by a misread character ([`LOOKS`]), or by a slip of the hand. The
//! cheapest way is found by dynamic programming over the letters.
//!
//! # Hostile input
//! Tokens are at most [`super::normal::LETTERS`] letters; the work is the product of two lengths.

use super::normal::LETTERS;

/// No two tokens are taken for each other at this cost.
pub(super) const NEVER: i32 = 10_000;

/// Another letter, one too many, one too few, two swapped.
const OTHER: i32 = 330;
const MORE: i32 = 320;
const FEWER: i32 = 260;
const SWAPPED: i32 = 260;
/// A vowel too many or too few, another vowel.
const VOWEL_MORE: i32 = 160;
const OTHER_VOWEL: i32 = 120;
/// A letter doubled or not.
const DOUBLED: i32 = 45;
/// An `H` too many or too few, behind a consonant or at the end, and elsewhere.
const H_BEHIND: i32 = 60;
const H_ELSEWHERE: i32 = 130;
/// The first letter is rarely mistaken by a hand.
const AT_FIRST: i32 = 40;

/// Groups of letters that romanisations exchange, in either direction.
const PAIRS: &[(&str, &str, i32)] = &[
    ("KH", "H", 60),
    ("KH", "K", 70),
    ("KH", "X", 90),
    ("KH", "G", 110),
    ("KH", "CH", 70),
    ("Q", "K", 40),
    ("C", "K", 50),
    ("CK", "K", 30),
    ("QU", "K", 60),
    ("G", "Q", 70),
    ("GH", "Q", 70),
    ("GH", "H", 90),
    ("GH", "K", 90),
    ("G", "K", 90),
    ("G", "H", 100),
    ("J", "DJ", 30),
    ("J", "G", 80),
    ("J", "DZH", 40),
    ("J", "ZH", 60),
    ("J", "Y", 90),
    ("J", "DZ", 80),
    ("J", "CH", 80),
    ("J", "Z", 110),
    ("J", "I", 120),
    ("J", "H", 130),
    ("J", "X", 90),
    ("J", "DH", 100),
    ("J", "C", 90),
    ("SH", "CH", 60),
    ("SH", "SCH", 30),
    ("SH", "S", 80),
    ("SH", "X", 90),
    ("CH", "TCH", 30),
    ("CH", "TSCH", 40),
    ("CH", "C", 70),
    ("CH", "K", 90),
    ("CH", "TS", 90),
    ("SHCH", "SCH", 50),
    ("SHCH", "SH", 60),
    ("SZ", "S", 60),
    ("SZ", "SH", 60),
    ("CZ", "CH", 50),
    ("F", "PH", 30),
    ("F", "V", 100),
    ("F", "P", 120),
    ("V", "W", 50),
    ("W", "U", 60),
    ("W", "OU", 60),
    ("W", "O", 90),
    ("V", "B", 100),
    ("V", "FF", 60),
    ("V", "U", 100),
    ("Y", "I", 35),
    ("IY", "Y", 40),
    ("IY", "I", 40),
    ("IY", "II", 40),
    ("II", "Y", 40),
    ("IJ", "Y", 40),
    ("IJ", "I", 50),
    ("EY", "I", 80),
    ("EY", "Y", 70),
    ("YE", "E", 50),
    ("IE", "E", 60),
    ("IE", "I", 60),
    ("IE", "Y", 60),
    ("YO", "E", 70),
    ("IO", "E", 90),
    ("YU", "IU", 30),
    ("YA", "IA", 30),
    ("YA", "A", 90),
    ("AI", "E", 80),
    ("AY", "E", 80),
    ("AI", "EI", 50),
    ("AY", "EI", 60),
    ("AI", "EY", 60),
    ("AY", "EY", 60),
    ("AI", "A", 100),
    ("AY", "I", 110),
    ("EI", "E", 70),
    ("EI", "I", 80),
    ("EA", "IA", 60),
    ("AE", "A", 40),
    ("OE", "O", 40),
    ("UE", "U", 40),
    ("AA", "A", 40),
    ("OO", "U", 45),
    ("EE", "I", 45),
    ("OU", "U", 40),
    ("OU", "O", 60),
    ("AU", "O", 70),
    ("AW", "O", 80),
    ("AW", "AU", 40),
    ("EU", "EV", 60),
    ("AU", "AV", 60),
    ("EU", "U", 60),
    ("EO", "O", 60),
    ("EO", "U", 70),
    ("WOO", "U", 50),
    ("WU", "U", 60),
    ("YI", "I", 50),
    ("Z", "S", 90),
    ("Z", "DH", 60),
    ("Z", "D", 110),
    ("Z", "TH", 100),
    ("TH", "S", 90),
    ("TZ", "TS", 30),
    ("TS", "C", 50),
    ("TS", "Z", 70),
    ("TZ", "Z", 60),
    ("ZH", "Z", 60),
    ("ZH", "CH", 60),
    ("X", "KS", 30),
    ("X", "S", 90),
    ("X", "HS", 50),
    ("HS", "SH", 80),
    ("HS", "S", 80),
    ("B", "P", 90),
    ("D", "T", 90),
    ("L", "R", 120),
    ("CH", "Q", 80),
    ("LD", "DD", 60),
    ("LN", "NN", 60),
    ("LR", "RR", 60),
    ("LS", "SS", 60),
    ("LT", "TT", 60),
    ("LZ", "ZZ", 60),
    ("LSH", "SSH", 60),
    ("LSH", "SHSH", 60),
    ("IEN", "IAN", 40),
    ("UNG", "ONG", 60),
    ("EH", "E", 50),
    ("NH", "N", 60),
    ("GU", "G", 70),
    ("GU", "W", 80),
    ("GU", "HU", 80),
    ("ARK", "AK", 40),
    ("CIA", "TIA", 60),
    ("KX", "X", 50),
    ("ICH", "IC", 60),
    ("EFF", "EV", 40),
    ("OFF", "OV", 40),
    ("SKY", "SKI", 20),
    ("SKIY", "SKY", 30),
    ("ER", "R", 90),
    ("DIN", "DDIN", 40),
];

/// Single characters that look alike to a reader of images.
const LOOKS: &[(u8, u8, i32)] = &[
    (b'0', b'O', 60),
    (b'1', b'I', 60),
    (b'1', b'L', 100),
    (b'5', b'S', 60),
    (b'8', b'B', 60),
    (b'4', b'A', 60),
    (b'2', b'Z', 60),
    (b'6', b'G', 60),
    (b'0', b'D', 110),
    (b'0', b'Q', 90),
    (b'7', b'T', 100),
    (b'3', b'E', 110),
    (b'3', b'B', 120),
    (b'9', b'G', 120),
    (b'M', b'N', 170),
    (b'U', b'V', 130),
    (b'C', b'G', 180),
    (b'E', b'F', 180),
    (b'I', b'L', 170),
    (b'O', b'Q', 170),
    (b'D', b'O', 200),
    (b'B', b'R', 210),
    (b'H', b'N', 210),
    (b'P', b'R', 220),
    (b'A', b'R', 220),
    (b'I', b'T', 230),
    (b'K', b'X', 230),
    (b'V', b'Y', 220),
    (b'C', b'O', 220),
    (b'T', b'Y', 240),
    (b'E', b'B', 240),
    (b'W', b'M', 220),
    (b'F', b'P', 220),
];

/// The most letters of a group.
const GROUP: usize = 4;
/// The rows of the table that are looked back at, and the one that is filled.
const ROWS: usize = GROUP + 1;
/// The cells of a row.
const WIDTH: usize = LETTERS + 1;

/// A group of letters, the last one lowest, as it is compared with the end of a text.
#[derive(Clone, Copy)]
struct Group {
    letters: u32,
    mask: u32,
    length: usize,
}

impl Group {
    fn new(letters: &str) -> Self {
        let length = letters.len();
        let mask = u32::MAX.checked_shr(32 - 8 * length as u32).unwrap_or(0);
        Self { letters: letters.bytes().fold(0, |all, letter| all << 8 | u32::from(letter)), mask, length }
    }

    const fn ends(self, text: u32) -> bool {
        text & self.mask == self.letters
    }
}

/// For every place in a text the four letters before it.
fn ends(text: &[u8]) -> [u32; WIDTH] {
    let mut ends = [0; WIDTH];
    let mut last = 0;
    for (end, letter) in ends.iter_mut().skip(1).zip(text) {
        last = last << 8 | u32::from(*letter);
        *end = last;
    }
    ends
}

/// Two groups of letters that part at nothing but romanisation.
#[derive(Clone, Copy)]
struct Pair {
    one: Group,
    other: Group,
    cost: i32,
}

impl Pair {
    /// The place of its last letters.
    const fn meeting(&self) -> usize {
        meeting(self.one.letters as u8, self.other.letters as u8)
    }
}

/// The last rows of the table.
type Rows = [[i32; WIDTH]; ROWS];

/// What one last letter against another can mean: an exchange of the two, or the ends of pairs.
#[derive(Clone, Copy)]
struct Meeting {
    exchange: i32,
    /// Which of the pairs end so: from, to.
    pairs: (usize, usize),
}

/// The channel: both directions of every pair, by the last letters of their groups, and what stands where two letters meet.
pub(super) struct Channel {
    pairs: Vec<Pair>,
    meetings: Vec<Meeting>,
}

/// How many letters have a place of their own.
const LINE: usize = 64;

/// The place of a letter; 0 is that of none, and of those outside of ASCII.
const fn slot(letter: u8) -> usize {
    if letter.is_ascii() { (letter & 63) as usize } else { 0 }
}

/// The place of two letters that meet.
const fn meeting(one: u8, other: u8) -> usize {
    slot(one) * LINE + slot(other)
}

impl Channel {
    /// Lays the tables out for look-up.
    pub(super) fn new() -> Self {
        let both = PAIRS.iter().flat_map(|(one, other, cost)| [(one, other, *cost), (other, one, *cost)]);
        let mut pairs: Vec<Pair> =
            both.map(|(one, other, cost)| Pair { one: Group::new(one), other: Group::new(other), cost }).collect();
        pairs.sort_by_key(Pair::meeting);
        let mut meetings = vec![Meeting { exchange: OTHER, pairs: (0, 0) }; LINE * LINE];
        for (number, meeting) in meetings.iter_mut().enumerate() {
            let from = pairs.partition_point(|pair| pair.meeting() < number);
            meeting.pairs = (from, pairs.partition_point(|pair| pair.meeting() <= number));
        }
        let vowels = VOWELS.iter().flat_map(|one| VOWELS.iter().map(move |other| (*one, *other, OTHER_VOWEL)));
        for (one, other, cost) in LOOKS.iter().copied().chain(vowels) {
            for place in [meeting(one, other), meeting(other, one)] {
                if let Some(meeting) = meetings.get_mut(place) {
                    meeting.exchange = cost;
                }
            }
        }
        Self { pairs, meetings }
    }

    /// The cost of reading `read` where `listed` is meant; [`NEVER`] beyond `limit`.
    pub(super) fn cost(&self, listed: &str, read: &str, limit: i32) -> i32 {
        if listed == read {
            return 0;
        }
        let (listed, read) = (listed.as_bytes(), read.as_bytes());
        if listed.len().abs_diff(read.len()) > 5 || listed.len().max(read.len()) > LETTERS {
            return NEVER;
        }
        let cost = self.walk(listed, read, limit);
        if cost > limit { NEVER } else { cost }
    }

    /// Fills the table row by row, in each no further than what is within the limit reaches; ends when four rows have nothing within it.
    fn walk(&self, listed: &[u8], read: &[u8], limit: i32) -> i32 {
        let mut rows: Rows = [[NEVER; WIDTH]; ROWS];
        let (listed_ends, read_ends) = (ends(listed), ends(read));
        let (fewer, more) = (gaps(listed, FEWER), gaps(read, MORE));
        // The places between which the last rows are within the limit.
        let mut within = [(0, 0); ROWS];
        for at in 0..=listed.len() {
            let (start, reach) = (1..ROWS.min(at + 1))
                .filter_map(|up| within.get((at - up) % ROWS))
                .fold((if at == 0 { 0 } else { WIDTH }, 0), |(start, reach), row: &(usize, usize)| {
                    (start.min(row.0), reach.max(row.1))
                });
            if start > read.len() {
                return NEVER;
            }
            let end = listed_ends.get(at).copied().unwrap_or(0);
            let above: [Option<&[i32; WIDTH]>; ROWS] =
                core::array::from_fn(|up| at.checked_sub(up).and_then(|at| rows.get(at % ROWS)));
            let line = self.meetings.get(meeting(end as u8, 0)..).unwrap_or_default();
            let without = fewer.get(at).copied().unwrap_or(NEVER);
            let (mut row, mut own, mut left) = ([NEVER; WIDTH], (WIDTH, 0), NEVER);
            for (place, (read_end, beyond)) in read_ends.iter().zip(&more).enumerate().take(read.len() + 1).skip(start)
            {
                if place > reach + GROUP && left > limit {
                    break;
                }
                let first = if at <= 1 && place <= 1 { AT_FIRST } else { 0 };
                let mut best = (before(&above, place, (1, 0)) + without).min(left + beyond) + first;
                if let Some(meeting) = line.get(slot(*read_end as u8)) {
                    let exchange = if end as u8 == *read_end as u8 { 0 } else { meeting.exchange + first };
                    best = best.min(before(&above, place, (1, 1)) + exchange);
                    for pair in self.pairs.get(meeting.pairs.0..meeting.pairs.1).into_iter().flatten() {
                        if pair.one.ends(end) && pair.other.ends(*read_end) {
                            best = best.min(before(&above, place, (pair.one.length, pair.other.length)) + pair.cost);
                        }
                    }
                }
                if at > 1 && place > 1 && is_swapped(end, *read_end) {
                    best = best.min(before(&above, place, (2, 2)) + SWAPPED);
                }
                let cost = if at == 0 && place == 0 { 0 } else { best.min(NEVER) };
                if let Some(cell) = row.get_mut(place) {
                    *cell = cost;
                }
                if cost <= limit {
                    own = (own.0.min(place), place);
                }
                left = cost;
            }
            if let Some((slot, places)) = rows.get_mut(at % ROWS).zip(within.get_mut(at % ROWS)) {
                (*slot, *places) = (row, own);
            }
        }
        rows.get(listed.len() % ROWS).and_then(|row| row.get(read.len())).copied().unwrap_or(NEVER)
    }
}

/// Whether two texts end in two letters that are swapped.
const fn is_swapped(one: u32, other: u32) -> bool {
    let (last, before) = (one as u8, (one >> 8) as u8);
    last != before && last == (other >> 8) as u8 && before == other as u8
}

/// For every place in a text what its last letter costs where the other side lacks it.
fn gaps(text: &[u8], otherwise: i32) -> [i32; WIDTH] {
    let mut gaps = [NEVER; WIDTH];
    for (end, slot) in gaps.iter_mut().enumerate().take(text.len() + 1).skip(1) {
        *slot = gap(text, end, otherwise);
    }
    gaps
}

/// The cell so many rows up and columns to the left; [`NEVER`] outside of the table.
fn before(above: &[Option<&[i32; WIDTH]>; ROWS], place: usize, (up, left): (usize, usize)) -> i32 {
    let row = above.get(up).copied().flatten();
    let cell = place.checked_sub(left).and_then(|place| row?.get(place));
    cell.copied().unwrap_or(NEVER)
}

const VOWELS: [u8; 6] = *b"AEIOUY";

const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'A' | b'E' | b'I' | b'O' | b'U' | b'Y')
}

/// A letter that the other side lacks, seen where it stands in its own token.
fn gap(text: &[u8], end: usize, otherwise: i32) -> i32 {
    let letter = |at: Option<usize>| at.and_then(|at| text.get(at)).copied().unwrap_or(0);
    let (here, before) = (letter(end.checked_sub(1)), letter(end.checked_sub(2)));
    match here {
        _ if here == before => DOUBLED,
        b'H' if end == text.len() || (before != 0 && !is_vowel(before)) => H_BEHIND,
        b'H' => H_ELSEWHERE,
        _ if is_vowel(here) => VOWEL_MORE,
        _ => otherwise,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_group_is_longer_than_the_rows_that_are_kept() {
        assert!(PAIRS.iter().all(|(one, other, _)| one.len().max(other.len()) <= GROUP));
    }

    proptest! {
        #[test]
        fn a_limit_changes_no_cost_within_it(one in "[AEIKHSJYZ]{0,12}", other in "[AEIKHSJYZ]{0,12}", limit in 0..900) {
            let channel = Channel::new();
            let (free, limited) = (channel.cost(&one, &other, NEVER - 1), channel.cost(&one, &other, limit));
            prop_assert_eq!(limited, if free <= limit { free } else { NEVER });
        }
    }

    #[test]
    fn the_same_name_romanised_otherwise_is_cheaper_than_a_slip() {
        let channel = Channel::new();
        for (one, other) in [
            ("QADHAFI", "GADDAFI"),
            ("HUSSEIN", "HUSAYN"),
            ("YURY", "IURII"),
            ("KHAMENEI", "HAMENEI"),
            ("XI", "HSI"),
            ("PARK", "PAK"),
            ("MUELLER", "MULLER"),
            ("ZHANG", "CHANG"),
        ] {
            let cost = channel.cost(one, other, NEVER);
            assert!(cost < OTHER, "{one} {other}: {cost}");
            assert_eq!(channel.cost(one, one, NEVER), 0);
        }
        assert!(channel.cost("GARCIA", "WILSON", NEVER) > 900);
        assert_eq!(channel.cost("GARCIA", "WILSON", 300), NEVER);
    }

    #[test]
    fn slips_cost_what_the_table_says() {
        let channel = Channel::new();
        assert_eq!(channel.cost("GARCIA", "GARXIA", NEVER), OTHER);
        assert_eq!(channel.cost("LAVROV", "LAVORV", NEVER), SWAPPED);
        assert_eq!(channel.cost("SAMARRAI", "SAMARR4I", NEVER), 60);
        assert_eq!(channel.cost("KARIMOV", "KARIOV", NEVER), FEWER);
    }
}
