//! Under which keys a token is filed, so that its other spellings find it without a walk through the list.
//!
//! - the *skeleton*: consonants in classes that romanisations and readers confuse, vowels and `H` left out;
//! - every skeleton with one class left out, beside the place where it was: two tokens that differ in one consonant share a key, and
//!   one that has a consonant more is found by trying all places;
//! - the classes in order, so that swapped consonants share a key;
//! - for short tokens the letters themselves, and those with one letter left out.
//!
//! The place keeps apart what short skeletons would throw together: of a list of 240,000 tokens some 900 share two classes of three,
//! and a third of them in the same places. A key is a 32-bit hash. Two tokens that share one by chance are told apart by [`super::spelling`].

/// Tokens up to this length are also filed by their letters.
const SHORT: usize = 6;

/// The classes of a token's consonants, those of one class that stand together once.
pub(super) fn skeleton(token: &str) -> Vec<u8> {
    let bytes = token.as_bytes();
    let mut classes = Vec::with_capacity(bytes.len());
    let mut at = 0;
    let mut before: Option<u8> = None;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let (length, found) = class(rest);
        classes.extend(found.filter(|_| before != found));
        before = found;
        at += length;
    }
    classes
}

/// How many letters the next class takes, and what it is.
fn class(rest: &[u8]) -> (usize, Option<u8>) {
    for (letters, class) in GROUPS {
        if rest.starts_with(letters.as_bytes()) {
            return (letters.len(), Some(class));
        }
    }
    let class = match rest.first() {
        Some(b'B' | b'P' | b'F' | b'V' | b'8') => b'B',
        Some(b'C' | b'K' | b'Q' | b'G' | b'6') => b'K',
        Some(b'S' | b'Z' | b'J' | b'X' | b'5' | b'2') => b'S',
        Some(b'D' | b'T') => b'T',
        Some(b'L') => b'L',
        Some(b'R') => b'R',
        Some(b'M') => b'M',
        Some(b'N') => b'N',
        Some(b'A'..=b'Z' | b'0'..=b'9') | None => return (1, None),
        Some(_) => b'?',
    };
    (1, Some(class))
}

/// Groups of letters that stand for one consonant.
const GROUPS: [(&str, u8); 12] = [
    ("SHCH", b'S'),
    ("SCH", b'S'),
    ("TSCH", b'S'),
    ("TCH", b'S'),
    ("DZH", b'S'),
    ("DJ", b'S'),
    ("CH", b'S'),
    ("TS", b'S'),
    ("TZ", b'S'),
    ("PH", b'B'),
    ("DZ", b'S'),
    ("SZ", b'S'),
];

/// The keys under which a listed token is filed, each once.
pub(super) fn filed_under(token: &str) -> Vec<u32> {
    let mut keys = Vec::with_capacity(16);
    for skeleton in skeletons(token) {
        keys.push(among(&skeleton, usize::MAX));
        if skeleton.len() >= 3 {
            keys.extend((0..skeleton.len()).map(|at| left_out(&skeleton, at, at)));
            keys.push(in_order(&skeleton));
        }
    }
    letters(token, &mut keys);
    each_once(keys)
}

/// The keys under which a token that was read is looked up: those of listed tokens that differ from it in one class, or have one more or
/// one less.
pub(super) fn looked_up_under(token: &str) -> Vec<u32> {
    let mut keys = filed_under(token);
    for skeleton in skeletons(token) {
        keys.extend((0..=skeleton.len()).map(|at| left_out(&skeleton, usize::MAX, at)));
        if skeleton.len() >= 3 {
            keys.extend((0..skeleton.len()).map(|at| among(&skeleton, at)));
        }
    }
    each_once(keys)
}

/// The skeletons of a token: `Q` is `K` to Arabic names and `CH` to Chinese ones, so that a token with it has two.
fn skeletons(token: &str) -> impl Iterator<Item = Vec<u8>> {
    let other = token.contains('Q').then(|| skeleton(&token.replace('Q', "CH")));
    [skeleton(token)].into_iter().chain(other)
}

/// What is looked for among whole skeletons: a skeleton, or it without one of its classes.
fn among(skeleton: &[u8], left_out: usize) -> u32 {
    hash([b'=', 0], skeleton, left_out)
}

/// A skeleton without one of its classes, and that what was left out stood at a place.
fn left_out(skeleton: &[u8], at: usize, place: usize) -> u32 {
    hash([b'-', place as u8], skeleton, at)
}

fn in_order(skeleton: &[u8]) -> u32 {
    let mut classes = skeleton.to_vec();
    classes.sort_unstable();
    hash([b'<', 0], &classes, usize::MAX)
}

/// A short token by its letters, and by those but one.
fn letters(token: &str, keys: &mut Vec<u32>) {
    if token.len() <= SHORT {
        let letters = token.as_bytes();
        keys.push(hash([b'~', 0], letters, usize::MAX));
        if letters.len() >= 3 {
            keys.extend((0..letters.len()).map(|left_out| hash([b'~', 0], letters, left_out)));
        }
    }
}

fn each_once(mut keys: Vec<u32>) -> Vec<u32> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The key under which a token's own letters are filed, whatever their number.
pub(super) fn exact(token: &str) -> u32 {
    hash([b'!', 0], token.as_bytes(), usize::MAX)
}

/// FNV-1a of a kind and a row of bytes, one of them left out.
fn hash(kind: [u8; 2], bytes: &[u8], left_out: usize) -> u32 {
    let kept = bytes.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, byte)| *byte);
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let mixed = kind.into_iter().chain(kept).fold(0x811C_9DC5, step);
    // The low bits of FNV mix well, the high ones little; keys are searched by their high bits.
    (mixed ^ mixed >> 16).wrapping_mul(0x9E37_79B1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(one: &str, other: &str) -> bool {
        let others = filed_under(other);
        looked_up_under(one).iter().any(|key| others.contains(key))
    }

    #[test]
    fn spellings_of_one_name_meet() {
        for (one, other) in [
            ("MUHAMMAD", "MOHAMED"),
            ("QADDAFI", "GADHAFI"),
            ("YUSUF", "JOUSSEF"),
            ("ZHIRKOV", "ZIRKOW"),
            ("HUSSEIN", "HUSEYN"),
            ("MALUNGA", "MRLLNGA"),
            ("LEE", "LE"),
            ("I5AZA", "ISAZA"),
            ("LAVROV", "LAVORV"),
            ("MARTINSEN", "MATRINSEN"),
            ("MARTINSEN", "MARINSEN"),
            ("KARIMOVA", "KARITOVA"),
            ("KARIMOVA", "KARTIMOVA"),
        ] {
            assert!(meet(one, other) && meet(other, one), "{one} {other}");
        }
        assert!(!meet("GARCIA", "WILSON"));
    }
}
