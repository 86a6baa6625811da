//! The record: everything an authority says of one person or document on its list.
//!
//! Names, numbers and texts redact themselves: an entry is personal data like a document is.

use super::Nation;
use crate::date::{Date, PartialDate};
use crate::numbered::numbered;
use crate::person::Sex;
use crate::secret::Secret;

numbered! {
    /// What kind of name it is.
    pub enum NameKind {
        /// The name under which the person is listed.
        Primary = 1, "primary";
        /// A name the person is known to use.
        Alias = 2, "alias";
        /// A name that alone says little: a nickname, a nom de guerre.
        WeakAlias = 3, "weak_alias";
        /// A name that was borne before.
        Former = 4, "former";
        /// The name in its own script.
        Native = 5, "native";
    }
}

numbered! {
    /// What was reported of a document.
    pub enum DocumentStatus {
        /// It is the listed person's; nothing is said against the document itself.
        Held = 1, "held";
        /// Reported lost.
        Lost = 2, "lost";
        /// Reported stolen.
        Stolen = 3, "stolen";
        /// Revoked by its issuer.
        Revoked = 4, "revoked";
        /// Stolen before it was personalised.
        BlankStolen = 5, "blank_stolen";
        /// Known to be forged or fraudulently obtained.
        Fraudulent = 6, "fraudulent";
    }
}

numbered! {
    /// What the authority asks to be done about a match that was confirmed.
    pub enum Action {
        /// Ask the owner of the entry.
        Refer = 1, "refer";
        /// Refuse entry.
        Refuse = 2, "refuse";
        /// Detain.
        Detain = 3, "detain";
        /// Tell the authority, do nothing else.
        Notify = 4, "notify";
    }
}

numbered! {
    /// Who may see that there is an entry.
    pub enum Handling {
        /// The officer at the counter.
        Open = 1, "open";
        /// A supervisor; the counter sees that there is a match, and no reason.
        Restricted = 2, "restricted";
        /// The authority alone: nothing shows at the counter.
        Covert = 3, "covert";
    }
}

/// A name as the list spells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedName {
    /// The text; `SURNAME, Given` if it holds a comma.
    pub text: Secret<String>,
    /// What kind of name it is.
    pub kind: NameKind,
}

/// When the person was born, as far as the list knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Birth {
    /// The date, or the first of a span.
    pub from: PartialDate,
    /// The last date of a span; equal to `from` where there is none.
    pub to: PartialDate,
    /// The list calls it approximate.
    pub approximate: bool,
}

impl Birth {
    /// A date that is not a span.
    #[must_use]
    pub const fn on(date: PartialDate) -> Self {
        Self { from: date, to: date, approximate: false }
    }

    /// Reads `1960`, `1960-05`, `1960-05-17`, `1960..1963`, `1960-1963`, `c1960` and `~1960`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let bare = text.trim_start_matches(['~', 'c']).trim_start_matches("irca").trim_start_matches('.').trim();
        let approximate = bare.len() < text.len();
        let years = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        let dashed = bare.split_once('-').filter(|(from, to)| years(from) && years(to));
        let (from, to) = bare.split_once("..").or(dashed).unwrap_or((bare, bare));
        let (from, to) = (from.trim(), to.trim());
        Some(Self { from: partial(from)?, to: partial(to)?, approximate })
    }
}

/// `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, with `XX` or `00` for what is unknown.
fn partial(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('-');
    let year = parts.next()?;
    let year = if year.len() == 4 { year.parse::<u16>().ok()? } else { return None };
    let mut rest = [None, None];
    for slot in &mut rest {
        *slot = match parts.next() {
            None | Some("XX" | "00") => None,
            Some(digits) if digits.len() == 2 => Some(digits.parse::<u8>().ok()?),
            Some(_) => return None,
        };
    }
    let [month, day] = rest;
    if parts.next().is_some() {
        return None;
    }
    PartialDate::new(Some(year), month, day)
}

/// A document on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedDocument {
    /// Who issued it, if known.
    pub issuer: Option<Nation>,
    /// What it is, as the list says it: `passport`, `identity card`; may be empty.
    pub kind: String,
    /// The number, or the first of a range.
    pub number: Secret<String>,
    /// The last number of a range; `*` for every number that begins so; empty if it is a single one.
    pub last: Secret<String>,
    /// What was reported.
    pub status: DocumentStatus,
}

/// One entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The entry's own identifier on its list.
    pub id: String,
    /// The list or authority it was taken over from; empty for the package's own.
    pub source: String,
    /// The names; none for an entry that is about documents alone.
    pub names: Vec<ListedName>,
    /// Dates of birth; several if sources differ.
    pub births: Vec<Birth>,
    /// The sex, if known.
    pub sex: Option<Sex>,
    /// Nationalities.
    pub nationalities: Vec<Nation>,
    /// Documents.
    pub documents: Vec<ListedDocument>,
    /// Who owns the entry and answers questions about it.
    pub authority: String,
    /// Why the person or document is listed.
    pub reason: Secret<String>,
    /// The law it rests on.
    pub legal_basis: String,
    /// What the authority asks for.
    pub action: Action,
    /// Who may see it.
    pub handling: Handling,
    /// The first day on which it holds.
    pub valid_from: Option<Date>,
    /// The last day on which it holds.
    pub valid_until: Option<Date>,
    /// The day by which the authority has to look at it again.
    pub review_by: Option<Date>,
}

impl Entry {
    /// An entry that says nothing yet.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            source: String::new(),
            names: Vec::new(),
            births: Vec::new(),
            sex: None,
            nationalities: Vec::new(),
            documents: Vec::new(),
            authority: String::new(),
            reason: Secret::default(),
            legal_basis: String::new(),
            action: Action::Refer,
            handling: Handling::Open,
            valid_from: None,
            valid_until: None,
            review_by: None,
        }
    }

    /// Takes over what another entry of the same person says more.
    pub(super) fn take(&mut self, other: Self) {
        self.names.extend(other.names);
        self.births.extend(other.births);
        self.nationalities.extend(other.nationalities);
        self.documents.extend(other.documents);
        self.sex = self.sex.or(other.sex);
        if self.reason.reveal().is_empty() {
            self.reason = other.reason;
        }
    }

    /// Whether the entry holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_until.is_none_or(|until| day <= until)
    }
}

/// One traveller to be screened. Any part may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// The caller's own name for this query.
    pub id: String,
    /// The surname or primary identifier.
    pub surname: Secret<String>,
    /// The given names or secondary identifier.
    pub given: Secret<String>,
    /// The name field of a machine-readable zone, with its fillers.
    pub mrz_name: Secret<String>,
    /// The date of birth, as far as it is known.
    pub birth: Option<PartialDate>,
    /// The sex.
    pub sex: Option<Sex>,
    /// The nationality.
    pub nationality: Option<Nation>,
    /// Who issued the document.
    pub document_issuer: Option<Nation>,
    /// The number of the document.
    pub document_number: Secret<String>,
}

/// The sex as lists write it.
#[must_use]
pub fn sex_of(text: &str) -> Option<Sex> {
    match text.trim().as_bytes().first() {
        Some(b'F' | b'f') => Some(Sex::Female),
        Some(b'M' | b'm') => Some(Sex::Male),
        Some(b'X' | b'x' | b'<' | b'O' | b'o') => Some(Sex::Unspecified),
        _ => None,
    }
}
