//! Reading a native name: letters with their renderings, component boundaries, and what has no rule.
//!
//! Composed and decomposed input (NFC, NFD) read alike: a base and its combining marks are taken
//! together, and put together where the tables hold the result. Small letters read as capitals.
//!
//! Punctuation follows Doc 9303-3 §4.6: apostrophes and other punctuation vanish, hyphens and commas
//! separate components, as do spaces and the fillers that DG11 puts between names.
//!
//! ```text
//! O'Neil-Šárka  ─►  letter O, letter N, … letter L, boundary, letter S, letter A, …
//!                   └ the apostrophe is gone      └ the hyphen
//! ```
//!
//! What a letter is worth can depend on its neighbours: Ukrainian letters on being the first of a
//! component, teh marbuta on being the last, a shadda on the letter below it.
//!
//! # Hostile input
//! Every character is visited at most twice (once more when looking for the end of a component), and
//! no more than [`MARKS`] combining marks are kept for a base.

use super::arabic::{self, Context, SHADDA};
use super::cyrillic::{self, Place};
use super::{Language, latin};

/// Legal MRZ spellings of one letter, the preferred one first. Nothing is spelled "".
pub(super) type Renderings = &'static [&'static str];

/// More combining marks than this on one base have no rule. Arabic needs three.
const MARKS: usize = 4;

/// The table that a letter came from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// §6 A, and `A` to `Z` themselves.
    Latin,
    /// §6 B.
    Cyrillic,
    /// §6 C.
    Arabic,
}

/// A letter of the name and its legal spellings.
#[derive(Clone, Copy)]
pub(super) struct Letter {
    /// Where its rule stands.
    pub(super) script: Script,
    /// What the table allows for it at its place.
    pub(super) renderings: Renderings,
    /// A shadda stands on it.
    doubled: bool,
}

/// A spelling in two pieces, the second one empty unless the letter is doubled.
pub(super) type Spelling = (&'static str, &'static str);

impl Letter {
    /// A letter that nothing doubles.
    const fn plain(script: Script, renderings: Renderings) -> Self {
        Self { script, renderings, doubled: false }
    }

    /// Whether the MRZ shows nothing of it, like the soft sign. A component of such letters is none.
    pub(super) fn is_unwritten(self) -> bool {
        self.renderings.iter().all(|text| text.is_empty())
    }

    /// This letter in one of its renderings. Doubling repeats what stands behind the escape `X`.
    pub(super) fn spelled(self, rendering: &'static str) -> Spelling {
        if self.doubled { (rendering, rendering.trim_start_matches('X')) } else { (rendering, "") }
    }

    /// Every legal spelling, the preferred one first.
    pub(super) fn spellings(self) -> impl Iterator<Item = Spelling> {
        self.renderings.iter().flat_map(move |&text| {
            let escaped = self.doubled && text.starts_with('X');
            let whole_twice = escaped.then_some((text, text));
            let once = self.doubled.then_some((text, ""));
            [Some(self.spelled(text)), whole_twice, once].into_iter().flatten()
        })
    }
}

/// What a reader of the name meets next.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    /// The end of a component; several may follow each other, and one may stand at either end.
    Boundary,
    /// A letter with a rule.
    Letter(Letter),
    /// A character without a rule, alone or with its combining marks; its byte offset.
    NoRule(usize),
}

/// The units of a native name, in order.
pub(super) struct Units<'a> {
    /// What has not been read.
    rest: core::str::CharIndices<'a>,
    /// Decides between the exceptions for Cyrillic letters.
    language: Language,
    /// The last two letters of the component being read, nearest last; none at its beginning.
    before: [Option<char>; 2],
}

impl<'a> Units<'a> {
    /// Reads a name in a language; the language matters for Cyrillic letters alone.
    pub(super) fn new(native: &'a str, language: Language) -> Self {
        Self { rest: native.char_indices(), language, before: [None; 2] }
    }

    /// Takes the marks that follow a base; `None` if there are too many.
    fn marks(&mut self) -> Option<Marks> {
        let mut marks = Marks([None; MARKS]);
        let mut fits = true;
        loop {
            let ahead = self.rest.clone().next().map(|(_, c)| (c, Class::of(c)));
            match ahead {
                Some((mark, Class::Mark)) => fits &= marks.push(mark),
                Some((_, Class::Invisible)) => {}
                _ => return fits.then_some(marks),
            }
            self.rest.next();
        }
    }

    /// Whether no further letter follows in this component.
    fn component_ends(&self) -> bool {
        self.rest
            .clone()
            .map(|(_, c)| Class::of(c))
            .find(|class| !matches!(class, Class::Punctuation | Class::Invisible))
            .is_none_or(|class| matches!(class, Class::Boundary))
    }

    /// The letter that a character and its marks make, `None` without a rule.
    fn letter(&mut self, character: char) -> Option<Letter> {
        let mut marks = self.marks()?;
        let base = marks.compose(capital(character));
        let before = self.before;
        self.before = [before[1], Some(base)];
        if let Some(renderings) = latin::renderings(base) {
            return marks.is_empty().then(|| Letter::plain(Script::Latin, renderings));
        }
        let place = if before[1].is_none() { Place::First } else { Place::Inside };
        if let Some(renderings) = cyrillic::renderings(base, self.language, place) {
            return marks.is_empty().then(|| Letter::plain(Script::Cyrillic, renderings));
        }
        let ends_component = self.component_ends();
        let context = Context { before, ends_component };
        let renderings = arabic::renderings(base, &context)?;
        let doubled = marks.take_shadda();
        marks.all_unwritten().then_some(Letter { script: Script::Arabic, renderings, doubled })
    }
}

impl Iterator for Units<'_> {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        loop {
            let (at, character) = self.rest.next()?;
            match Class::of(character) {
                Class::Punctuation | Class::Invisible => {}
                Class::Boundary => {
                    self.before = [None; 2];
                    return Some(Unit::Boundary);
                }
                // A mark here stands on nothing.
                Class::Mark => return Some(Unit::NoRule(at)),
                Class::Other => {
                    return Some(self.letter(character).map_or(Unit::NoRule(at), Unit::Letter));
                }
            }
        }
    }
}

/// The combining marks of one base, in their order.
struct Marks([Option<char>; MARKS]);

impl Marks {
    /// Keeps a mark; false if there is no room for it.
    fn push(&mut self, mark: char) -> bool {
        let free = self.0.iter_mut().find(|slot| slot.is_none());
        free.is_some_and(|slot| {
            *slot = Some(mark);
            true
        })
    }

    /// Joins the base with the first mark that the tables know on it.
    fn compose(&mut self, base: char) -> char {
        for slot in &mut self.0 {
            if let Some(letter) = slot.and_then(|mark| compose(base, mark)) {
                *slot = None;
                return letter;
            }
        }
        base
    }

    /// Removes a shadda, and says whether there was one.
    fn take_shadda(&mut self) -> bool {
        let found = self.0.iter_mut().find(|slot| **slot == Some(SHADDA));
        found.is_some_and(|slot| slot.take().is_some())
    }

    /// Nothing is left: no Latin or Cyrillic letter carries a mark that the tables do not know on it.
    fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// Nothing is left that the MRZ would have to show.
    fn all_unwritten(&self) -> bool {
        self.0.iter().flatten().all(|mark| arabic::is_unwritten_mark(*mark))
    }
}

/// The letter of the tables that a capital base and a combining mark make together.
fn compose(base: char, mark: char) -> Option<char> {
    latin::compose(base, mark).or_else(|| {
        let mut others = cyrillic::COMPOSED.iter().chain(&arabic::COMPOSED);
        let (.., letter) = others.find(|(a, b, _)| (*a, *b) == (base, mark))?;
        Some(*letter)
    })
}

/// The capital of a letter if it is one character; `ß` and `ı` have rows of their own.
fn capital(character: char) -> char {
    if character.is_ascii() || matches!(character, 'ß' | 'ı') {
        return character.to_ascii_uppercase();
    }
    let mut upper = character.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(capital), None) => capital,
        _ => character,
    }
}

/// What a character does in a name.
#[derive(Clone, Copy)]
enum Class {
    /// Separates components.
    Boundary,
    /// Vanishes, and components on both sides of it join.
    Punctuation,
    /// Vanishes without ending the marks of a letter: direction marks, joiners, tatweel.
    Invisible,
    /// Combines with what stands before it.
    Mark,
    /// A letter, if a table has it.
    Other,
}

impl Class {
    /// What Doc 9303-3 §4.6 makes of a character. Symbols and digits are `Other` and find no rule.
    fn of(character: char) -> Self {
        match character {
            'A'..='Z' | 'a'..='z' => Self::Other,
            '<' | ',' | '-' | '\u{060C}' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Self::Boundary,
            _ if character.is_whitespace() => Self::Boundary,
            '!' | '"' | '#' | '%' | '&' | '\'' | '(' | ')' | '*' | '.' | '/' | ':' | ';' | '?' | '@' | '[' | '\\'
            | ']' | '_' | '`' | '{' | '}' => Self::Punctuation,
            // Acute accent and middle dot standing alone, guillemets, inverted marks.
            '\u{00A1}' | '\u{00A7}' | '\u{00AB}' | '\u{00B4}' | '\u{00B6}' | '\u{00B7}' | '\u{00BB}' | '\u{00BF}' => {
                Self::Punctuation
            }
            // Modifier apostrophes, among them the okina of Polynesian names.
            '\u{02B9}'..='\u{02BF}' | '\u{02C8}' | '\u{02CA}' | '\u{02CB}' => Self::Punctuation,
            '\u{061B}' | '\u{061F}' | '\u{066A}'..='\u{066D}' | '\u{06D4}' => Self::Punctuation,
            '\u{2016}'..='\u{2027}' | '\u{2030}'..='\u{205E}' => Self::Punctuation,
            '\u{00AD}' | '\u{061C}' | '\u{0640}' | '\u{FEFF}' => Self::Invisible,
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' => Self::Invisible,
            '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0487}' | '\u{064B}'..='\u{065F}' => Self::Mark,
            '\u{0670}' => Self::Mark,
            _ => Self::Other,
        }
    }
}
