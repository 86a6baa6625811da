//! Names: from the spelling of the visual zone to the letters and fillers of a zone (Doc 9303-3 §4.6, §6).
//!
//! [`transliterate`] knows letters and punctuation; here its components are laid out. Outside Doc 9303, where each
//! identifier has a field of its own, a name that is too long is simply cut at the end of its field.

use super::field::at_field;
use super::{Content, truncate};
use crate::error::{ErrorKind, Result};
use crate::mrz::{FieldId, FieldSpec, Mrz};
use crate::secret::Secret;
use crate::translit::{Obstacle, Rendering, transliterate};
use zeroize::Zeroizing;

/// The letters of an identifier with one filler between its components; `before` columns stand before them.
fn letters(content: &Content, text: &str, spec: &FieldSpec, before: usize) -> Result<Rendering> {
    transliterate(text, content.spelling).map_err(|obstacle| match obstacle {
        Obstacle::NoRule { at, .. } => {
            let column = before + text.char_indices().take_while(|(byte, _)| *byte < at).count();
            at_field(ErrorKind::MrzCharacter, spec.place, column.min(spec.len()))
        }
        _ => at_field(ErrorKind::MrzFieldLength, spec.place, spec.len()),
    })
}

/// The primary identifier, which nobody is without.
fn primary(content: &Content, spec: &FieldSpec) -> Result<Rendering> {
    let primary = letters(content, content.primary.reveal(), spec, 0)?;
    if primary.as_str().is_empty() {
        return Err(at_field(ErrorKind::MrzField, spec.place, 0));
    }
    Ok(primary)
}

/// Both identifiers in one field, cut by the rules of Doc 9303-4 §4.2.3 if they do not fit.
pub(super) fn fill_both(content: &Content, spec: &FieldSpec, slot: &mut [u8]) -> Result<()> {
    let primary = primary(content, spec)?;
    let before = primary.as_str().len() + 2;
    let secondary = letters(content, content.secondary.reveal(), spec, before)?;
    let primary: Vec<&str> = primary.components().collect();
    let secondary: Vec<&str> = secondary.components().collect();
    match truncate::compose(&primary, &secondary, content.truncation, slot) {
        Some(()) => Ok(()),
        None => Err(at_field(ErrorKind::MrzFieldLength, spec.place, spec.len())),
    }
}

/// The primary identifier alone.
pub(super) fn fill_primary(content: &Content, spec: &FieldSpec, slot: &mut [u8]) -> Result<()> {
    cut_at_the_end(primary(content, spec)?.as_str(), slot);
    Ok(())
}

/// The secondary identifier alone: given names two fillers apart, the parts of one name one filler apart.
pub(super) fn fill_secondary(content: &Content, spec: &FieldSpec, slot: &mut [u8]) -> Result<()> {
    let text = content.secondary.reveal();
    let mut given_names = Zeroizing::new(String::with_capacity(text.len() * 6));
    for word in text.split([' ', ',']) {
        let name = letters(content, word, spec, given_names.len())?;
        if !given_names.is_empty() && !name.as_str().is_empty() {
            given_names.push_str("<<");
        }
        given_names.push_str(name.as_str());
    }
    cut_at_the_end(&given_names, slot);
    Ok(())
}

fn cut_at_the_end(text: &str, slot: &mut [u8]) {
    for (slot, letter) in slot.iter_mut().zip(text.bytes()) {
        *slot = letter;
    }
}

/// The identifiers of a zone as [`Content`] takes them.
pub(super) fn as_content(zone: &Mrz) -> (Secret<String>, Secret<String>) {
    let name = zone.name();
    let join = |parts: &mut dyn Iterator<Item = &str>| Secret::new(parts.collect::<Vec<_>>().join(" "));
    let primary = join(&mut name.primary());
    let secondary = match zone.field(FieldId::SecondaryIdentifier) {
        None => join(&mut name.secondary()),
        Some(field) => {
            let hyphened = Zeroizing::new(field.raw.trim_matches('<').replace("<<", " "));
            Secret::new(hyphened.replace('<', "-"))
        }
    };
    (primary, secondary)
}
