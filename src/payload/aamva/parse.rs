//! The reader of cards: subfiles found by what they hold, elements one by one.

use super::element::{self, Element, NEWEST};
use super::header::{self, Read};
use super::{Card, MAX_ELEMENTS, holder};
use crate::deviation::Deviation;
use crate::error::Result;
use crate::payload::Problems;
use crate::payload::text::{Text, number, string, trimmed};

/// The number that two digits make.
pub(super) fn digits(characters: &[char]) -> Option<u8> {
    number(characters).and_then(|number| u8::try_from(number).ok())
}

/// Characters between U+0080 and U+009F, which some readers put between the others.
const fn is_inserted(character: char) -> bool {
    matches!(character, '\u{80}'..='\u{9F}' | '\0')
}

/// Whether this looks like a card: its file type stands near the beginning, with an issuer behind it.
pub(in crate::payload) fn is_card(bytes: &[u8]) -> bool {
    let mut text = Text::of(bytes.get(..256).unwrap_or(bytes));
    text.remove(is_inserted);
    header::file_type(text.characters()).is_some()
}

/// Reads a card.
///
/// # Errors
/// `PayloadHeader` if there is no file type with an issuer number and a version behind it.
pub fn read(bytes: &[u8]) -> Result<Card> {
    let mut problems = Problems::default();
    let mut text = Text::of(bytes);
    if text.remove(is_inserted) {
        problems.note(Deviation::CharactersInserted, "card", 0);
    }
    let characters = text.characters();
    let read = header::read(characters, &mut problems)?;
    let spans = spans(characters, &read, &mut problems);
    let mut reader = Elements {
        version: read.header.version.clamp(1, NEWEST),
        elements: Vec::new(),
        repeated: Vec::new(),
        problems,
    };
    for span in &spans {
        reader.subfile(characters, span, read.lettered);
    }
    let Elements { elements, repeated, problems, .. } = reader;
    let mut card = Card { header: read.header, elements, repeated, problems, ..Card::default() };
    holder::fill(&mut card);
    Ok(card)
}

/// Where a subfile stands.
struct Span {
    kind: [u8; 2],
    /// The first character behind the type.
    from: usize,
    to: usize,
    /// How long the header says that it is, from the type on.
    declared: Option<usize>,
}

/// Finds every subfile, by its place or else by its type and first element, in the order of the text.
fn spans(characters: &[char], read: &Read, problems: &mut Problems) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for subfile in &read.header.subfiles {
        let mut letters = subfile.kind.chars();
        let (Some(first), Some(second)) = (letters.next(), letters.next()) else {
            continue;
        };
        let taken = |at: &usize| found.iter().any(|span| span.from == *at + 2);
        let place = subfile.offset.and_then(|offset| usize::try_from(offset).ok()).map(|offset| read.begin + offset);
        let exact = place.filter(|at| begins(characters, *at, [first, second]) && *at >= read.end && !taken(at));
        let at = exact.or_else(|| {
            problems.note(Deviation::SubfileOffset, "subfiles", read.end);
            near(characters, place, read.end, [first, second]).filter(|at| !taken(at))
        });
        let declared = subfile.length.and_then(|length| usize::try_from(length).ok());
        let kind = [u8::try_from(first).unwrap_or(b'?'), u8::try_from(second).unwrap_or(b'?')];
        match at {
            Some(at) => found.push(Span { kind, from: at + 2, to: characters.len(), declared }),
            None if found.is_empty() && first != 'Z' => {
                // The type itself is missing: elements follow the header at once.
                problems.note(Deviation::SubfileMissing, "subfiles", read.end);
                found.push(Span { kind, from: read.end, to: characters.len(), declared: None });
            }
            None => problems.note(Deviation::SubfileMissing, "subfiles", read.end),
        }
    }
    if found.is_empty() {
        problems.note(Deviation::SubfileMissing, "subfiles", read.end);
        found.push(Span { kind: *b"DL", from: read.end, to: characters.len(), declared: None });
    }
    found.sort_by_key(|span| span.from);
    let begins: Vec<usize> = found.iter().skip(1).map(|span| span.from - 2).collect();
    for (span, next) in found.iter_mut().zip(begins) {
        span.to = next;
    }
    found
}

/// Whether a subfile of this type begins at `at`: the type, and then an element that it may have.
fn begins(characters: &[char], at: usize, kind: [char; 2]) -> bool {
    let Some([first, second, rest @ ..]) = characters.get(at..) else {
        return false;
    };
    let rest = match rest {
        ['\r', '\n', rest @ ..] | ['\n' | '\r', rest @ ..] => rest,
        _ => rest,
    };
    let [a, b, c, ..] = rest else {
        return false;
    };
    let own =
        if kind[0] == 'Z' { *a == 'Z' && *b == kind[1] } else { matches!(a, 'D' | 'P') && b.is_ascii_uppercase() };
    [*first, *second] == kind && own && c.is_ascii_uppercase()
}

/// The place of the type within two characters of where it should be, else behind a separator, else anywhere.
fn near(characters: &[char], place: Option<usize>, from: usize, kind: [char; 2]) -> Option<usize> {
    let around = |place: usize| [1, 2].into_iter().flat_map(move |by| [place.checked_sub(by), Some(place + by)]);
    let close = place.into_iter().flat_map(around).flatten().find(|at| *at >= from && begins(characters, *at, kind));
    let separated = |at: &usize| {
        *at == from || at.checked_sub(1).and_then(|before| characters.get(before)).is_some_and(|c| "\n\rM".contains(*c))
    };
    let all = || (from..characters.len()).filter(|at| begins(characters, *at, kind));
    close.or_else(|| all().find(separated)).or_else(|| all().next())
}

struct Elements {
    version: u8,
    elements: Vec<Element>,
    repeated: Vec<Element>,
    problems: Problems,
}

impl Elements {
    fn subfile(&mut self, characters: &[char], span: &Span, lettered: bool) {
        let whole = characters.get(span.from..span.to).unwrap_or(&[]);
        let ends = |c: &char| matches!(c, '\n' | '\r' | '\x1E');
        if whole.windows(2).any(|pair| matches!(pair, ['\r', '\n'])) {
            self.problems.note(Deviation::SeparatorOther, "elements", span.from);
        }
        let length = whole.len() + 2;
        if span.declared.is_some_and(|declared| declared != length) {
            self.problems.note(Deviation::SubfileLength, "subfiles", span.from);
        }
        let body = self.without_letter(whole, span, lettered);
        let mut at = span.from;
        for line in body.split(ends) {
            let place = at;
            at += line.len() + 1;
            if !trimmed(line).is_empty() {
                self.element(line, span.kind, place);
            }
        }
    }

    /// The body without the letter that a reader made of its terminator: `M`, for the key of carriage return.
    fn without_letter<'t>(&mut self, body: &'t [char], span: &Span, lettered: bool) -> &'t [char] {
        let Some((_, rest)) = body.split_last().filter(|(last, _)| **last == 'M') else {
            return body;
        };
        let line = rest.rsplit(|c| matches!(c, '\n' | '\r')).next().unwrap_or(rest);
        let id: String = line.iter().take(3).collect();
        let most = element::spec(&id).map(|spec| spec.most).filter(|most| matches!(most, 1 | 8));
        let overflows = most.is_some_and(|most| line.len() == 3 + most);
        if lettered || overflows || span.declared == Some(body.len() + 2) {
            self.problems.note(Deviation::TerminatorAsLetter, "elements", span.from + rest.len());
            return rest;
        }
        body
    }

    fn element(&mut self, line: &[char], subfile: [u8; 2], at: usize) {
        let (id, value) = line.split_at_checked(3).unwrap_or((line, &[]));
        let mut letters = [0; 3];
        for (slot, character) in letters.iter_mut().zip(id) {
            *slot = u8::try_from(*character).unwrap_or(0);
        }
        if !letters.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) {
            self.problems.note(Deviation::FieldUnknown, "elements", at);
            return;
        }
        if element::is_withheld(&letters) {
            self.problems.note(Deviation::Withheld, "social_security_number", at);
            return;
        }
        if self.elements.len() + self.repeated.len() >= MAX_ELEMENTS {
            self.problems.note(Deviation::FieldLength, "elements", at);
            return;
        }
        let (id, value) = (core::str::from_utf8(&letters).unwrap_or(""), trimmed(value));
        let element = Element { id: letters, subfile, value: string(value) };
        if self.elements.iter().any(|element| element.id == letters) {
            let name = element::spec_in(id, self.version).map_or("elements", |spec| spec.name);
            self.problems.note(Deviation::FieldRepeated, name, at);
            self.repeated.push(element);
            return;
        }
        self.examine(id, value.len(), subfile, at);
        self.elements.push(element);
    }

    /// Whether the standard knows the element in this version, and its length.
    fn examine(&mut self, id: &str, length: usize, subfile: [u8; 2], at: usize) {
        let own = subfile[0] == b'Z';
        match element::spec_in(id, self.version) {
            Some(spec) => {
                if !spec.is_in(self.version) {
                    self.problems.note(Deviation::FieldOfOtherVersion, spec.name, at);
                }
                if length > spec.most {
                    self.problems.note(Deviation::FieldLength, spec.name, at);
                }
            }
            None if !own && !id.starts_with('Z') => self.problems.note(Deviation::FieldUnknown, "elements", at),
            None => {}
        }
    }
}
