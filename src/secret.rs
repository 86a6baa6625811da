//! Values that must not leak: document data, keys, challenges.
//!
//! [`Secret`] shows `[redacted]` to `Debug` and `Display`, so that no log line, error text or panic can carry
//! what it holds, and overwrites itself with zeros when dropped. What must never happen here: an implementation
//! that shows the value without the word [`Secret::reveal`] at the place where it happens.
//!
//! `json` and `json_pretty` write results: a text that grows leaves no earlier, shorter copy of itself in freed
//! memory. What they give is the caller's to wipe.

use core::fmt;
use std::io;
use zeroize::{Zeroize, Zeroizing};

/// A value that redacts its text forms and zeroes itself when dropped.
///
/// ```
/// use landfall::secret::Secret;
/// let number = Secret::new(String::from("L898902C3"));
/// assert_eq!(format!("{number:?} {number}"), "[redacted] [redacted]");
/// assert_eq!(number.reveal(), "L898902C3");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Takes the value into custody.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Whoever calls this answers for where it goes.
    pub const fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T: Zeroize> fmt::Display for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T: Zeroize> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// What a host hands in goes into custody as it is read.
impl<'de, T: Zeroize + serde::Deserialize<'de>> serde::Deserialize<'de> for Secret<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

/// A result leaves the engine by being written: this is the one door through which a secret is shown.
impl<T: Zeroize + serde::Serialize> serde::Serialize for Secret<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// A buffer that zeroes the memory that it grows out of, and itself when dropped.
#[derive(Default)]
struct Zeroed(Zeroizing<Vec<u8>>);

impl Zeroed {
    /// The smallest room that is taken: most results fit after a few doublings.
    const LEAST: usize = 4096;

    fn make_room(&mut self, more: usize) {
        let needed = self.0.len().saturating_add(more);
        if needed > self.0.capacity() {
            let doubled = self.0.capacity().saturating_mul(2);
            let room = needed.max(doubled).max(Self::LEAST);
            let mut larger = Zeroizing::new(Vec::with_capacity(room));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
    }

    /// The text; empty if it is not UTF-8, which JSON always is.
    fn into_text(mut self) -> String {
        String::from_utf8(core::mem::take(&mut *self.0)).unwrap_or_else(|error| {
            drop(Zeroizing::new(error.into_bytes()));
            String::new()
        })
    }
}

impl io::Write for Zeroed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.make_room(bytes.len());
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A result as one line of JSON; empty if it cannot be written, which no type of this library brings about.
pub(crate) fn json(result: &impl serde::Serialize) -> String {
    let mut out = Zeroed::default();
    let written = serde_json::to_writer(&mut out, result);
    written.map(|()| out.into_text()).unwrap_or_default()
}

/// The same, indented.
pub(crate) fn json_pretty(result: &impl serde::Serialize) -> String {
    let mut out = Zeroed::default();
    let written = serde_json::to_writer_pretty(&mut out, result);
    written.map(|()| out.into_text()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::rc::Rc;

    struct Witness(Rc<Cell<bool>>);
    impl Zeroize for Witness {
        fn zeroize(&mut self) {
            self.0.set(true);
        }
    }

    #[test]
    fn a_secret_is_zeroed_when_it_is_dropped() {
        let zeroed = Rc::new(Cell::new(false));
        drop(Secret::new(Witness(Rc::clone(&zeroed))));
        assert!(zeroed.get());
    }

    #[test]
    fn json_is_that_of_serde_however_often_the_buffer_grows() {
        for count in [0, 1, 300, 30_000] {
            let result: Vec<_> = (0..count).map(|n| Secret::new(format!("é{n}"))).collect();
            assert_eq!(json(&result), serde_json::to_string(&result).unwrap());
            assert_eq!(json_pretty(&result), serde_json::to_string_pretty(&result).unwrap());
        }
    }

    #[test]
    fn no_text_form_shows_the_value() {
        let secret = Secret::new(String::from("ERIKSSON"));
        assert!(!format!("{secret:?}{secret}{:#?}", Some(&secret)).contains("ERIKSSON"));
    }
}
