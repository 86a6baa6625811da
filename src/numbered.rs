//! One macro for every numbered vocabulary of the house: error kinds, checks, reasons, actions.
//!
//! What comes in: rows of *variant = number, "name"*. What goes out: a flat `Copy` enum whose number and name
//! are contract (C shares the numbers, JSON the names). What must never happen here: a number that is reused
//! or counted by the compiler; every number is written by hand.

/// Declares a flat enum with a hand-written number and a stable text for every variant.
///
/// The enum gets `ALL`, `number()`, `name()`, `meaning()`, `from_number()` and `from_name()`; serde writes the name.
macro_rules! numbered {
    (
        $(#[$meta:meta])*
        pub enum $enum:ident {
            $( $(#[doc = $doc:literal])* $variant:ident = $number:literal, $name:literal; )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        #[repr(u32)]
        pub enum $enum { $( $(#[doc = $doc])* $variant = $number, )* }

        impl $enum {
            /// Every word of this vocabulary, in the order of its declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable number, shared with C.
            #[must_use]
            pub const fn number(self) -> u32 { self as u32 }

            /// The stable name, shared with JSON.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What the word means, in a sentence: the text of its documentation.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),*).trim_ascii_start(),)* }
            }

            /// Name and meaning as C reads them, each ended by NUL.
            #[cfg(feature = "capi")]
            #[allow(dead_code, reason = "C shares most vocabularies, not all")]
            pub(crate) const fn c_texts(self) -> (&'static core::ffi::CStr, &'static core::ffi::CStr) {
                use $crate::numbered::c_text;
                match self {
                    $(Self::$variant => (
                        c_text(concat!($name, "\0")),
                        c_text(concat!($($doc,)* "\0").trim_ascii_start()),
                    ),)*
                }
            }

            /// The word with this number, if there is one.
            #[must_use]
            pub const fn from_number(number: u32) -> Option<Self> {
                match number { $($number => Some(Self::$variant),)* _ => None }
            }

            /// The word with this name, if there is one.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }

        impl core::fmt::Display for $enum {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result { f.write_str(self.name()) }
        }

        impl serde::Serialize for $enum {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $enum {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> core::result::Result<Self, D::Error> {
                let name = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::from_name(&name).ok_or_else(|| serde::de::Error::custom(concat!("unknown ", stringify!($enum))))
            }
        }
    };
}
pub(crate) use numbered;

/// A constant text with its NUL at the end, as C reads it; empty if it has another NUL or none.
#[cfg(feature = "capi")]
pub(crate) const fn c_text(text: &'static str) -> &'static core::ffi::CStr {
    match core::ffi::CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => c"",
    }
}
