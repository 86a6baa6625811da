//! Finding the issuer of a certificate among many: by key identifier, then by name, then by trial.
//!
//! Neither identifiers nor names are reliable in the field: authorities keep their name through many keys, some give
//! two keys one identifier, some write no identifier at all. So candidates are *tried*, the likeliest first, and the
//! signature alone decides. The answer says which way led there; when none did, the most telling failure is kept.
//!
//! Hostile input could name an authority with very many keys: the number of trials has a ceiling, a key that has
//! failed is not tried again, and nothing outside the given scope is looked at.

use super::certificate::Certificate;
use super::name::FoldedName;
use crate::country::Code;
use crate::crypto::VerifyFailure;
use std::collections::HashMap;

/// How many signatures one search verifies, at most.
pub const MAX_TRIALS: usize = 64;

/// Which way led to an issuer, the most reliable first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FoundBy {
    /// The authority key identifier is the issuer's subject key identifier.
    KeyIdentifier,
    /// The issuer's name is the name that the certificate gives, case and spacing aside.
    Name,
    /// Neither; another key of the same country verified it.
    Country,
    /// Nothing pointed there at all.
    Trial,
}

impl FoundBy {
    /// The stable name, as JSON writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::KeyIdentifier => "key_identifier",
            Self::Name => "name",
            Self::Country => "country",
            Self::Trial => "trial",
        }
    }
}

/// Where in a pool the certificates with an identifier, a name or a country stand.
#[derive(Debug, Clone, Default)]
pub struct Index {
    by_key_identifier: HashMap<Box<[u8]>, Vec<usize>>,
    by_name: HashMap<FoldedName, Vec<usize>>,
    by_country: HashMap<Code, Vec<usize>>,
}

impl Index {
    /// Adds the certificate that stands at `position` of the pool and speaks for `countries`.
    pub fn add(&mut self, position: usize, certificate: &Certificate, countries: &[Code]) {
        if let Some(identifier) = certificate.subject_key_identifier() {
            let positions = self.by_key_identifier.entry(identifier.into());
            positions.or_default().push(position);
        }
        let name = certificate.subject().folded();
        self.by_name.entry(name).or_default().push(position);
        for country in countries {
            self.by_country.entry(*country).or_default().push(position);
        }
    }

    /// Every position that speaks for `country`, in the order of adding.
    #[must_use]
    pub fn of_country(&self, country: Code) -> &[usize] {
        self.by_country.get(&country).map_or(&[], Vec::as_slice)
    }

    fn of_key_identifier(&self, certificate: &Certificate) -> &[usize] {
        certificate
            .authority_key_identifier()
            .and_then(|identifier| self.by_key_identifier.get(identifier))
            .map_or(&[], Vec::as_slice)
    }

    fn of_name(&self, certificate: &Certificate) -> &[usize] {
        self.by_name.get(&certificate.issuer().folded()).map_or(&[], Vec::as_slice)
    }
}

/// Where to look for an issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Among those that speak for this country, and nowhere else.
    Country(Code),
    /// Everywhere; those of this country before the rest.
    Everywhere(Option<Code>),
}

/// An issuer that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Issuer {
    /// Where it stands in the pool.
    pub position: usize,
    /// Which way led there.
    pub found_by: FoundBy,
}

/// Why no issuer was found: the most telling of all failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFound<R> {
    /// There was nothing to try.
    NoCandidate,
    /// The candidate found this way was tried and failed.
    Failed(FoundBy, VerifyFailure),
    /// The signature is right, and the issuer was refused.
    Refused(R),
    /// More candidates than [`MAX_TRIALS`].
    Budget,
}

impl<R> NotFound<R> {
    /// Refusals tell the most, then what the identifier pointed to. Of the rest, what could not be tried tells more
    /// than what was wrong, since it may have been the one.
    fn rank(&self) -> (u8, u8) {
        match self {
            Self::Refused(_) => (4, 0),
            Self::Failed(FoundBy::KeyIdentifier, failure) => (3, u8::from(failure.is_open())),
            Self::Failed(FoundBy::Name, failure) => (1 + u8::from(failure.is_open()), 2),
            Self::Failed(_, failure) => (1 + u8::from(failure.is_open()), 0),
            Self::Budget => (2, 3),
            Self::NoCandidate => (0, 0),
        }
    }
}

/// One search for the issuer of one certificate.
pub struct Search<'a, P> {
    /// Whose issuer.
    pub certificate: &'a Certificate,
    /// The pool's index.
    pub index: &'a Index,
    /// The certificate at a position of the pool, which has `size` of them.
    pub pool: P,
    /// How many certificates the pool has.
    pub size: usize,
    /// Where to look.
    pub scope: Scope,
    /// How many signatures may be verified.
    pub budget: usize,
}

impl<'p, P: Fn(usize) -> Option<&'p Certificate>> Search<'_, P> {
    /// Tries candidate after candidate. `accept` is asked about an issuer whose signature is right.
    ///
    /// # Errors
    /// The most telling failure.
    pub fn run<R>(&self, accept: impl Fn(usize) -> Result<(), R>) -> Result<Issuer, NotFound<R>> {
        let mut trials = Trials::new(self.budget);
        for (found_by, position) in self.candidates() {
            let Some(candidate) = (self.pool)(position) else {
                continue;
            };
            match trials.try_one(self.certificate, position, candidate, found_by) {
                Step::Right => match accept(position) {
                    Ok(()) => return Ok(Issuer { position, found_by }),
                    Err(refusal) => trials.keep(NotFound::Refused(refusal)),
                },
                Step::Wrong => {}
                Step::Exhausted => {
                    trials.keep(NotFound::Budget);
                    break;
                }
            }
        }
        Err(trials.best)
    }

    /// The candidates inside the scope, the likeliest first; some of them more than once.
    fn candidates(&self) -> impl Iterator<Item = (FoundBy, usize)> {
        let (country, everywhere) = match self.scope {
            Scope::Country(country) => (self.index.of_country(country), false),
            Scope::Everywhere(Some(country)) => (self.index.of_country(country), true),
            Scope::Everywhere(None) => (&[][..], true),
        };
        let of_key_identifier = self.index.of_key_identifier(self.certificate);
        // A name is folded only once no identifier led anywhere.
        let of_name = core::iter::once_with(|| self.index.of_name(self.certificate)).flatten();
        let rest = if everywhere { 0..self.size } else { 0..0 };
        let by = |way| move |position: &usize| (way, *position);
        of_key_identifier
            .iter()
            .map(by(FoundBy::KeyIdentifier))
            .chain(of_name.map(by(FoundBy::Name)))
            .filter(move |(_, position)| everywhere || country.contains(position))
            .chain(country.iter().map(by(FoundBy::Country)))
            .chain(rest.map(|position| (FoundBy::Trial, position)))
    }
}

enum Step {
    Right,
    Wrong,
    Exhausted,
}

struct Trials<'p, R> {
    /// Positions that were tried.
    tried: Vec<usize>,
    /// Keys that did not verify the certificate.
    failed: Vec<&'p [u8]>,
    best: NotFound<R>,
    left: usize,
}

impl<'p, R> Trials<'p, R> {
    const fn new(budget: usize) -> Self {
        Self { tried: Vec::new(), failed: Vec::new(), best: NotFound::NoCandidate, left: budget }
    }

    fn try_one(
        &mut self,
        certificate: &Certificate,
        position: usize,
        candidate: &'p Certificate,
        found_by: FoundBy,
    ) -> Step {
        let key = candidate.public_key_info();
        if self.tried.contains(&position) || self.failed.contains(&key) {
            return Step::Wrong;
        }
        if self.left == 0 {
            return Step::Exhausted;
        }
        self.left -= 1;
        self.tried.push(position);
        match certificate.verify_issued_by(candidate) {
            Ok(_) => Step::Right,
            Err(failure) => {
                self.failed.push(key);
                self.keep(NotFound::Failed(found_by, failure));
                Step::Wrong
            }
        }
    }

    fn keep(&mut self, failure: NotFound<R>) {
        if failure.rank() > self.best.rank() {
            self.best = failure;
        }
    }
}
