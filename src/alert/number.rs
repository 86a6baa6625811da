//! Document numbers: one, a range of them, or a series; and what a reader makes of them.
//!
//! A number is filed under its characters, those that readers confuse being one. A range is filed under the beginnings
//! that cover it (`AB1000` to `AB1299` under `AB10`, `AB11` and `AB12`, of six characters), a series under its beginning:
//! so a number that was read is looked up as often as it has characters, however many ranges there are.

use crate::list::{ListedDocument, Nation};

/// The most characters of a number that are looked at.
const LENGTH: usize = 32;
/// The most beginnings under which one range is filed: a range of 10^18 numbers takes fewer.
const BEGINNINGS: usize = 400;

/// The characters of a number that count.
pub(super) fn bare(number: &str) -> String {
    let characters = number.chars().filter(char::is_ascii_alphanumeric).take(LENGTH);
    characters.map(|character| character.to_ascii_uppercase()).collect()
}

/// One of the characters that a reader confuses with this one.
const fn alike(byte: u8) -> u8 {
    match byte {
        b'O' | b'Q' | b'D' => b'0',
        b'I' | b'L' => b'1',
        b'Z' => b'2',
        b'S' => b'5',
        b'G' => b'6',
        b'B' => b'8',
        other => other,
    }
}

fn folded(bare: &str) -> Vec<u8> {
    bare.bytes().map(alike).collect()
}

/// The key of some characters that are a whole number (`=`), begin one of so many characters, or begin one of any length.
fn key(kind: u8, length: usize, characters: &[u8]) -> u32 {
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    [kind, length as u8].into_iter().chain(characters.iter().copied()).fold(0x811C_9DC5, step)
}

/// The keys under which a document is filed.
pub(super) fn filed_under(document: &ListedDocument) -> Vec<u32> {
    let first = bare(document.number.reveal());
    let series = document.last.reveal() == "*";
    let last = bare(document.last.reveal());
    if first.is_empty() {
        return Vec::new();
    }
    if series {
        return vec![key(b'*', 0, &folded(&first))];
    }
    match beginnings(&first, &last) {
        Some(all) => all.iter().map(|beginning| key(b'#', first.len(), &folded(beginning))).collect(),
        None => vec![key(b'=', 0, &folded(&first))],
    }
}

/// The keys under which a number that was read may be filed.
pub(super) fn looked_up_under(number: &str) -> Vec<u32> {
    let read = bare(number);
    let characters = folded(&read);
    if characters.is_empty() {
        return Vec::new();
    }
    let mut keys = vec![key(b'=', 0, &characters)];
    for length in 1..=characters.len() {
        let beginning = characters.get(..length).unwrap_or_default();
        keys.push(key(b'#', characters.len(), beginning));
        keys.push(key(b'*', 0, beginning));
    }
    keys
}

/// Letters, and the digits behind them: a range counts in its digits.
fn parted(number: &str) -> Option<(&str, u64)> {
    let at = number.trim_end_matches(|character: char| character.is_ascii_digit()).len();
    let (letters, digits) = number.split_at(at);
    Some((letters, digits.parse().ok()?))
}

/// How many numbers a range holds; nothing if it is none: the same letters before as many digits, the first not behind
/// the last.
pub(super) fn width(first: &str, last: &str) -> Option<u64> {
    let ((letters, from), (others, to)) = (parted(first)?, parted(last)?);
    (letters == others && first.len() == last.len() && from <= to).then(|| (to - from).saturating_add(1))
}

/// The beginnings that cover a range, and no number outside.
fn beginnings(first: &str, last: &str) -> Option<Vec<String>> {
    width(first, last)?;
    let ((letters, from), (_, to)) = (parted(first)?, parted(last)?);
    let width = first.len() - letters.len();
    let (mut all, mut at) = (Vec::new(), from);
    while at <= to && all.len() < BEGINNINGS {
        let mut zeros = 0;
        let mut step = 1_u64;
        while zeros < width
            && let Some(wider) = step.checked_mul(10)
            && at % wider == 0
            && to - at >= wider - 1
        {
            step = wider;
            zeros += 1;
        }
        let digits = format!("{at:0width$}");
        all.push(format!("{letters}{}", digits.get(..width - zeros).unwrap_or_default()));
        let Some(next) = at.checked_add(step) else { break };
        at = next;
    }
    Some(all)
}

/// How a number that was read agrees with a listed document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    /// But for characters that readers confuse.
    Confused,
    /// In every character.
    Same,
}

/// Compares a number that was read with a listed document; nothing if they are not the same.
pub(super) fn compare(read: &str, document: &ListedDocument) -> Option<Agreement> {
    let (read, first, last) = (bare(read), bare(document.number.reveal()), bare(document.last.reveal()));
    if document.last.reveal() == "*" {
        let beginning = read.get(..first.len()).filter(|_| !first.is_empty())?;
        return agreement(beginning, &first);
    }
    if last.is_empty() || beginnings(&first, &last).is_none() {
        return agreement(&read, &first);
    }
    let inside = |number: &str| {
        let ((letters, at), (listed, from), (_, to)) = (parted(number)?, parted(&first)?, parted(&last)?);
        (number.len() == first.len() && letters == listed && (from..=to).contains(&at)).then_some(())
    };
    if inside(&read).is_some() {
        return Some(Agreement::Same);
    }
    // What stands where the range has a digit is read as one.
    let letters = parted(&first)?.0.len();
    let (head, tail) = read.split_at_checked(letters)?;
    agreement(head, first.get(..letters)?)?;
    let digits: String = tail.bytes().map(|byte| char::from(alike(byte))).collect();
    inside(&format!("{}{digits}", first.get(..letters)?)).map(|()| Agreement::Confused)
}

fn agreement(read: &str, listed: &str) -> Option<Agreement> {
    if read == listed && !read.is_empty() {
        return Some(Agreement::Same);
    }
    (!read.is_empty() && folded(read) == folded(listed)).then_some(Agreement::Confused)
}

/// Whether two issuers can be the same: a list that names none says nothing.
pub(super) fn issuers_agree(read: Option<Nation>, listed: Option<Nation>) -> bool {
    read.zip(listed).is_none_or(|(read, listed)| read == listed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::DocumentStatus;
    use crate::secret::Secret;

    fn document(number: &str, last: &str) -> ListedDocument {
        ListedDocument {
            issuer: None,
            kind: String::new(),
            number: Secret::from(number),
            last: Secret::from(last),
            status: DocumentStatus::Stolen,
        }
    }

    #[test]
    fn a_range_is_covered_by_beginnings_and_by_nothing_else() {
        assert_eq!(beginnings("AB1000", "AB1299").unwrap(), ["AB10", "AB11", "AB12"]);
        assert_eq!(beginnings("AB0998", "AB1001").unwrap(), ["AB0998", "AB0999", "AB1000", "AB1001"]);
        assert_eq!(beginnings("000", "999").unwrap(), [""]);
        assert_eq!(width("AB1000", "AB1299"), Some(300));
        for (first, last) in [("AB1", "AC2"), ("AB12", "AB9"), ("AB9", "AB1"), ("AB", "AC")] {
            assert_eq!((width(first, last), beginnings(first, last)), (None, None));
        }
    }

    #[test]
    fn every_number_of_a_range_and_none_beside_it_is_found_by_key_and_by_comparison() {
        let range = document("UT 0975", "UT1203");
        let keys = filed_under(&range);
        for at in 900..1300 {
            let number = format!("UT{at:04}");
            let filed = looked_up_under(&number).iter().any(|key| keys.contains(key));
            let inside = (975..=1203).contains(&at);
            assert_eq!((filed, compare(&number, &range).is_some()), (inside, inside), "{number}");
        }
        assert!(looked_up_under("UTO98O").iter().any(|key| keys.contains(key)), "the letter for the digit");
        assert_eq!(compare("UTO98O", &range), Some(Agreement::Confused));
        assert_eq!(compare("UT00980", &range), None);
    }

    #[test]
    fn a_series_is_every_number_that_begins_so() {
        let series = document("XK7", "*");
        let keys = filed_under(&series);
        for (number, agreement) in
            [("XK7123456", Some(Agreement::Same)), ("XK7", Some(Agreement::Same)), ("XK8123", None), ("XK", None)]
        {
            assert_eq!(compare(number, &series), agreement);
            assert_eq!(looked_up_under(number).iter().any(|key| keys.contains(key)), agreement.is_some(), "{number}");
        }
    }
}
