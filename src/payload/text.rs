//! Text as readers hand it over: UTF-8, or else each byte a character of ISO 8859-1.
//!
//! Positions in the formats count characters of the card, so that a letter of two bytes must count once. Nothing that is
//! taken out of a text leaves a copy that is not wiped.

use crate::secret::Secret;
use zeroize::Zeroizing;

/// The characters of a payload.
pub(super) struct Text(Zeroizing<Vec<char>>);

impl Text {
    /// The characters of `bytes`.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut characters = Zeroizing::new(Vec::with_capacity(bytes.len()));
        match core::str::from_utf8(bytes) {
            Ok(text) => characters.extend(text.chars()),
            Err(_) => characters.extend(bytes.iter().copied().map(char::from)),
        }
        Self(characters)
    }

    pub(super) fn characters(&self) -> &[char] {
        &self.0
    }

    /// Takes out every character that `unwanted` names, and says whether there was one.
    pub(super) fn remove(&mut self, unwanted: impl Fn(char) -> bool) -> bool {
        let before = self.0.len();
        self.0.retain(|character| !unwanted(*character));
        self.0.len() != before
    }

    /// Takes off what follows the last character that is none of `ends`, and says whether there was anything.
    pub(super) fn trim_end(&mut self, ends: &[char]) -> bool {
        let before = self.0.len();
        while self.0.last().is_some_and(|last| ends.contains(last)) {
            self.0.pop();
        }
        self.0.len() != before
    }
}

/// The characters as a string, which never grows out of a smaller one.
pub(super) fn string(characters: &[char]) -> Secret<String> {
    let length = characters.iter().map(|character| character.len_utf8()).sum();
    let mut text = String::with_capacity(length);
    text.extend(characters.iter());
    Secret::new(text)
}

/// The characters without blanks around them.
pub(super) fn trimmed(characters: &[char]) -> &[char] {
    let is_blank = |character: &char| character.is_whitespace() || *character == '\0';
    let first = characters.iter().position(|c| !is_blank(c)).unwrap_or(characters.len());
    let last = characters.iter().rposition(|c| !is_blank(c)).map_or(first, |last| last + 1);
    characters.get(first..last).unwrap_or(&[])
}

/// The trimmed text, or nothing if it is blank.
pub(super) fn filled(characters: &[char]) -> Option<Secret<String>> {
    let text = trimmed(characters);
    (!text.is_empty()).then(|| string(text))
}

/// The number that decimal digits alone make.
pub(super) fn number(characters: &[char]) -> Option<u32> {
    let digits = characters.iter().map(|character| character.to_digit(10));
    let bounded = (1..=9).contains(&characters.len());
    digits.into_iter().try_fold(0_u32, |sum, digit| Some(sum * 10 + digit?)).filter(|_| bounded)
}

/// The number that two hexadecimal digits make.
pub(super) fn hexadecimal(characters: &[char]) -> Option<usize> {
    let [high, low] = *characters else {
        return None;
    };
    let number = high.to_digit(16)? * 16 + low.to_digit(16)?;
    usize::try_from(number).ok()
}
