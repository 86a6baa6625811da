//! The numbered words that C and Rust share: statuses, checks, outcomes, reasons, fields and the rest.
//!
//! Each vocabulary is declared once, in the room that it belongs to. Here they get a number of their own, so that a
//! host can ask for the name and meaning of any word; the header has all of them as macros,
//! `LANDFALL_` + vocabulary + `_` + word.

use super::guard::{LANDFALL_STATUS_OK, guard};
use super::input;
use super::output::{Out, TextOut};
use super::payload::{PayloadKind, Symbology};
use crate::assess::{Action, Basis, Ground, Level, Recommendation};
use crate::check::{Axis, CheckId, Outcome, Reason};
use crate::error::{Error, ErrorKind, Part, Result};
use crate::fact::ChipFile;
use crate::image::{Light, PixelFormat};
use crate::mrz::{DocumentKind, FieldId, Layout};
use crate::numbered::numbered;
use core::ffi::{CStr, c_char};

/// The longest name of a word that is looked up.
const MAX_NAME: usize = 256;

numbered! {
    /// What an assessment says of a document and of its holder, one text each.
    pub enum Field {
        /// Usually the surname; the whole name of who has only one.
        PrimaryIdentifier = 1, "primary_identifier";
        /// Usually the given names; empty for single names.
        SecondaryIdentifier = 2, "secondary_identifier";
        /// YYYY-MM-DD, with XX or XXXX for what is unknown.
        BirthDate = 3, "birth_date";
        /// female, male or unspecified.
        Sex = 4, "sex";
        /// The nationality as printed, without fillers.
        Nationality = 5, "nationality";
        /// What the code of the nationality stands for.
        NationalityName = 6, "nationality_name";
        /// A word of the vocabulary of document kinds.
        DocumentKind = 10, "document_kind";
        /// A word of the vocabulary of layouts.
        Layout = 11, "layout";
        /// The document code as printed, without fillers.
        DocumentCode = 12, "document_code";
        /// What the second letter of a passport code stands for.
        PassportType = 13, "passport_type";
        /// The complete document number.
        DocumentNumber = 14, "document_number";
        /// The issuer's code as printed, without fillers.
        Issuer = 15, "issuer";
        /// What the code of the issuer stands for.
        IssuerName = 16, "issuer_name";
        /// YYYY-MM-DD, with XX for what is unknown.
        ExpiryDate = 17, "expiry_date";
        /// The optional data, without fillers at the ends.
        OptionalData = 18, "optional_data";
        /// The second field of optional data, of cards only.
        OptionalData2 = 19, "optional_data_2";
    }
}

/// A word as C sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Its number, never 0.
    pub number: u32,
    /// Its name, as JSON has it.
    pub name: &'static CStr,
    /// What it means.
    pub meaning: &'static CStr,
}

macro_rules! vocabularies {
    ($( $(#[doc = $doc:literal])* $variant:ident = $number:literal, $name:literal, $enum:ident; )*) => {
        numbered! {
            /// A set of numbered words.
            pub enum Vocabulary { $( $(#[doc = $doc])* $variant = $number, $name; )* }
        }

        $( impl From<$enum> for Word {
            fn from(word: $enum) -> Self {
                let (name, meaning) = word.c_texts();
                Self { number: word.number(), name, meaning }
            }
        } )*

        impl Vocabulary {
            /// The word with this number.
            #[must_use]
            pub fn word(self, number: u32) -> Option<Word> {
                match self { $( Self::$variant => $enum::from_number(number).map(Word::from), )* }
            }

            /// The word with this name.
            #[must_use]
            pub fn named(self, name: &str) -> Option<Word> {
                match self { $( Self::$variant => $enum::from_name(name).map(Word::from), )* }
            }

            /// The word at this place of the list, from 0.
            #[must_use]
            pub fn at(self, index: usize) -> Option<Word> {
                match self { $( Self::$variant => $enum::ALL.get(index).copied().map(Word::from), )* }
            }
        }
    };
}

vocabularies! {
    /// What functions return. 0 is success and is no word of it.
    Status = 1, "status", ErrorKind;
    /// What came of a check.
    Outcome = 2, "outcome", Outcome;
    /// To which of the three questions a check speaks.
    Axis = 3, "axis", Axis;
    /// The checks.
    Check = 4, "check", CheckId;
    /// Why a check came out as it did.
    Reason = 5, "reason", Reason;
    /// What the engine recommends.
    Recommendation = 6, "recommendation", Recommendation;
    /// The height of the confidence.
    Level = 7, "level", Level;
    /// Where the weights of the confidence come from.
    Basis = 8, "basis", Basis;
    /// What no weight can outweigh.
    Ground = 9, "ground", Ground;
    /// What to do.
    Action = 10, "action", Action;
    /// What an assessment says of a document and of its holder.
    Field = 11, "field", Field;
    /// The kinds of documents.
    DocumentKind = 12, "document_kind", DocumentKind;
    /// The layouts of the machine-readable zone.
    Layout = 13, "layout", Layout;
    /// The fields of the machine-readable zone.
    MrzField = 14, "mrz_field", FieldId;
    /// How the octets of a pixel follow each other.
    PixelFormat = 24, "pixel_format", PixelFormat;
    /// The light in which a picture was taken.
    Light = 25, "light", Light;
    /// These sets themselves.
    Vocabulary = 15, "vocabulary", Vocabulary;
    /// The files of a chip.
    ChipFile = 16, "chip_file", ChipFile;
    /// What the payload of a barcode is.
    PayloadKind = 40, "payload_kind", PayloadKind;
    /// The kinds of barcodes.
    Symbology = 41, "symbology", Symbology;
}

/// The word of a vocabulary that C names by a number.
pub(super) fn known<W>(word: Option<W>) -> Result<W> {
    word.ok_or(Error::new(ErrorKind::BadArgument, Part::Call, 0))
}

fn found(word: Option<Word>) -> Result<Word> {
    word.ok_or(Error::new(ErrorKind::NotFound, Part::Call, 0))
}

/// What a status means, in one English sentence. The view is good for ever.
///
/// Gives LANDFALL_STATUS_NOT_FOUND for a number that is no status.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_status_text(status: u32, text: *mut *const c_char, text_len: *mut usize) -> u32 {
    let out = unsafe { TextOut::new(text, text_len) };
    guard(|| {
        out.required()?;
        out.put_constant(match status {
            LANDFALL_STATUS_OK => c"Done.",
            _ => found(Vocabulary::Status.word(status))?.meaning,
        });
        Ok(())
    })
}

/// The name of a word, as JSON has it. The view is good for ever.
///
/// Gives LANDFALL_STATUS_BAD_ARGUMENT for a number that is no vocabulary, and LANDFALL_STATUS_NOT_FOUND for one that
/// is no word of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_word_name(
    vocabulary: u32,
    number: u32,
    text: *mut *const c_char,
    text_len: *mut usize,
) -> u32 {
    let out = unsafe { TextOut::new(text, text_len) };
    guard(|| {
        out.required()?;
        out.put_constant(found(known(Vocabulary::from_number(vocabulary))?.word(number))?.name);
        Ok(())
    })
}

/// What a word means, in one English sentence. The view is good for ever.
///
/// Gives the same statuses as landfall_word_name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_word_meaning(
    vocabulary: u32,
    number: u32,
    text: *mut *const c_char,
    text_len: *mut usize,
) -> u32 {
    let out = unsafe { TextOut::new(text, text_len) };
    guard(|| {
        out.required()?;
        out.put_constant(found(known(Vocabulary::from_number(vocabulary))?.word(number))?.meaning);
        Ok(())
    })
}

/// The number of the word with this name: up to 256 bytes of UTF-8.
///
/// Gives the same statuses as landfall_word_name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_word_number(
    vocabulary: u32,
    name: *const c_char,
    name_len: usize,
    number: *mut u32,
) -> u32 {
    let out = unsafe { Out::new(number) };
    guard(|| {
        out.required()?;
        let vocabulary = known(Vocabulary::from_number(vocabulary))?;
        let name = unsafe { input::text(name, name_len, MAX_NAME, Part::Call) }?;
        out.put(found(vocabulary.named(name))?.number);
        Ok(())
    })
}

/// The number of the word at `index`, from 0 to the first index that gives LANDFALL_STATUS_NOT_FOUND: so a host
/// lists a vocabulary of a library that is newer than its header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_word_at(vocabulary: u32, index: usize, number: *mut u32) -> u32 {
    let out = unsafe { Out::new(number) };
    guard(|| {
        out.required()?;
        out.put(found(known(Vocabulary::from_number(vocabulary))?.at(index))?.number);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_every_vocabulary_leads_back_and_says_what_it_means() {
        for vocabulary in Vocabulary::ALL {
            let words: Vec<_> = (0..).map_while(|index| vocabulary.at(index)).collect();
            assert!(words.len() > 1, "{vocabulary}");
            for word in words {
                let name = word.name.to_str().unwrap();
                assert!(word.number != 0 && !name.is_empty(), "{vocabulary} {name}");
                assert_eq!(vocabulary.word(word.number), Some(word));
                assert_eq!(vocabulary.named(name), Some(word));
                let meaning = word.meaning.to_str().unwrap();
                assert!(meaning.ends_with(['.', '?']) && !meaning.starts_with(' '), "{name}: {meaning}");
            }
        }
    }
}
