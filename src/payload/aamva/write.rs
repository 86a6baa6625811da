//! The writer of cards.

use super::element::Element;
use super::{Card, spec};
use crate::error::{Error, ErrorKind, Part, Result};
use crate::secret::Secret;

/// Writes the card: its header, with places and lengths made new, and its elements in their order.
///
/// Elements of one subfile have to stand together; each type makes one subfile. Typed fields are not looked at: the
/// elements are the card.
///
/// # Errors
/// `PayloadField` for a header or value that the format cannot hold.
pub fn write(card: &Card) -> Result<Secret<String>> {
    let wrong = Error::new(ErrorKind::PayloadField, Part::Payload, 0);
    let header = &card.header;
    if header.issuer_number.len() != 6 || !header.issuer_number.bytes().all(|b| b.is_ascii_digit()) {
        return Err(wrong);
    }
    let mut bodies: Vec<(&str, String)> = Vec::new();
    for element in &card.elements {
        match bodies.last_mut().filter(|(kind, _)| *kind == element.subfile()) {
            Some((_, body)) => {
                body.push('\n');
                push(body, element)?;
            }
            None => {
                if bodies.iter().any(|(kind, _)| *kind == element.subfile()) {
                    return Err(wrong);
                }
                let mut body = String::with_capacity(4096);
                body.push_str(element.subfile());
                push(&mut body, element)?;
                bodies.push((element.subfile(), body));
            }
        }
    }
    bodies.iter_mut().for_each(|(_, body)| body.push('\r'));
    let versions = match (header.version, header.jurisdiction_version) {
        (version @ 0..=1, None) => format!("{version:02}"),
        (version @ 2..=99, Some(own @ 0..=99)) => format!("{version:02}{own:02}"),
        _ => return Err(wrong),
    };
    let count = bodies.len();
    let mut head = format!("@\n\x1E\rANSI {}{versions}{count:02}", header.issuer_number);
    let mut offset = head.len() + 10 * count;
    for (kind, body) in &bodies {
        let length = body.chars().count();
        if count > 16 || offset > 9999 || length > 9999 {
            return Err(wrong);
        }
        head.push_str(&format!("{kind}{offset:04}{length:04}"));
        offset += length;
    }
    let total = head.len() + bodies.iter().map(|(_, body)| body.len()).sum::<usize>();
    let mut text = String::with_capacity(total);
    text.push_str(&head);
    for (_, body) in bodies {
        text.push_str(&body);
        drop(Secret::new(body));
    }
    Ok(Secret::new(text))
}

/// One element, if its value has no separator in it and fits.
fn push(body: &mut String, element: &Element) -> Result<()> {
    let value = element.value.reveal();
    let most = spec(element.id()).map_or(1000, |spec| spec.most);
    if value.chars().any(char::is_control) || value.chars().count() > most {
        return Err(Error::new(ErrorKind::PayloadField, Part::Payload, body.len()));
    }
    body.push_str(element.id());
    body.push_str(value);
    Ok(())
}
