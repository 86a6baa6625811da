//! From a policy file to a policy: looks up every name and holds the rules that no policy may break.
//!
//! The rule behind the rules: a check that comes out better must never make the verdict worse. It holds because
//! weights fall from pass over absent to fail with zero between, caps are not negative, thresholds ascend,
//! only a failure refuses, nothing that failed is accepted, and nothing that passed is a ground.
//!
//! Every error points at the value in the file that it is about, in bytes. Nothing of the file is in the error.
//!
//! Hostile input: a policy comes from a ministry and not from a traveller, and is held to the same rules. The file has
//! a greatest length before it is parsed, nesting ends where the TOML parser ends it, and every table that is searched
//! for repetitions is a set, so that work grows with the length of the file.

use super::file::{self, File, Number, Word};
use super::policy::{Identity, Policy, Table};
use super::row::{Acceptance, GeneralActions, GroundRule, Group, Levels, Profile, ReporterCap, Requirement, Weight};
use super::vocabulary::{Action, Actions, Basis, Ground, Kind, Recommendation};
use crate::check::{Axis, CheckId, Outcome, Reason};
use crate::date::Date;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::fact::Reporter;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use toml::Spanned;

/// The longest policy file, in bytes.
const MAX_BYTES: usize = 256 * 1024;
/// The greatest weight, cap or threshold: a likelihood ratio of 10^100, in centibans.
const MAX_CENTIBANS: i64 = 10_000;
/// The longest name that a policy gives, in bytes.
const MAX_NAME: usize = 64;

/// Reads and validates a policy file.
///
/// The order is that of an author's mistakes: first the shape, then who the policy says it is, then the rows. The
/// first trouble ends it; an author corrects one and asks again (`landfall policy check`).
pub(super) fn read(text: &str) -> Result<Policy> {
    if text.len() > MAX_BYTES {
        return Err(Error::new(ErrorKind::TooLarge, Part::Policy, MAX_BYTES));
    }
    let file: File = toml::from_str(text).map_err(|trouble| {
        let offset = trouble.span().map_or(0, |span| span.start);
        Error::new(ErrorKind::PolicySyntax, Part::Policy, offset)
    })?;
    let identity = identity(&file, text)?;
    let weights = weights(&file)?;
    let groups = groups(&file, &weights)?;
    let grounds = grounds(&file)?;
    Ok(Policy {
        lifts: lifts(&file, &identity)?,
        explained: all(&file.explained_by_deviation_lists, CheckId::from_name)?,
        clear_threshold: threshold(&file.clear_threshold)?,
        levels: levels(&file.levels)?,
        reporter_caps: reporter_caps(&file)?,
        actions: GeneralActions {
            check_failed: actions(&file.actions.check_failed)?,
            incomplete: actions(&file.actions.incomplete)?,
        },
        profiles: profiles(&file)?,
        table: Table::new(&groups, &weights, &grounds),
        identity,
        groups,
        weights,
        grounds,
    })
}

/// An error of `kind`, pointing at a value of the file.
fn wrong<T>(kind: ErrorKind, at: &Spanned<T>) -> Error {
    Error::new(kind, Part::Policy, at.span().start)
}

/// A word of a vocabulary. Words are compared byte by byte: no case folding, no trimming, no nearest match.
fn known<T>(word: &Word, from_name: fn(&str) -> Option<T>) -> Result<T> {
    from_name(word.get_ref()).ok_or_else(|| wrong(ErrorKind::PolicyUnknownName, word))
}

/// Words of a vocabulary, each at most once: a repetition is more likely a slip for another word than an emphasis.
fn all<T: Ord + Copy>(words: &[Word], from_name: fn(&str) -> Option<T>) -> Result<Vec<T>> {
    let mut seen = BTreeSet::new();
    let once = |word: &Word| {
        let found = known(word, from_name)?;
        if seen.insert(found) { Ok(found) } else { Err(wrong(ErrorKind::PolicyIncomplete, word)) }
    };
    words.iter().map(once).collect()
}

/// The same, and at least one: an empty list of checks or actions would make its row say nothing.
fn some<T: Ord + Copy>(words: &Spanned<Vec<Word>>, from_name: fn(&str) -> Option<T>) -> Result<Vec<T>> {
    if words.get_ref().is_empty() {
        return Err(wrong(ErrorKind::PolicyIncomplete, words));
    }
    all(words.get_ref(), from_name)
}

/// Actions, at least one. Their order in the file does not matter; a result lists them in the order of doing.
fn actions(words: &Spanned<Vec<Word>>) -> Result<Actions> {
    Ok(some(words, Action::from_name)?.into_iter().collect())
}

/// A name that the policy gives: lower-case letters, digits, `_` and `-`, beginning with a letter.
fn name(word: &Word) -> Result<String> {
    let text = word.get_ref();
    let begins = text.starts_with(|c: char| c.is_ascii_lowercase());
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    if begins && text.len() <= MAX_NAME && text.chars().all(plain) {
        Ok(text.clone())
    } else {
        Err(wrong(ErrorKind::PolicyOutOfRange, word))
    }
}

/// A text that must say something; blanks are not a reason. Surrounding blanks are cut off.
fn sentence(word: &Word, kind: ErrorKind) -> Result<String> {
    match word.get_ref().trim() {
        "" => Err(wrong(kind, word)),
        text => Ok(text.to_owned()),
    }
}

/// Why a number or profile is as it is. Whoever is judged by it may ask.
fn rationale(word: &Word) -> Result<String> {
    sentence(word, ErrorKind::PolicyIncomplete)
}

/// A number of centibans within what a likelihood ratio can sensibly be, so that no sum can come near overflow.
fn centibans(number: &Number) -> Result<i32> {
    i32::try_from(*number.get_ref())
        .ok()
        .filter(|value| i64::from(value.unsigned_abs()) <= MAX_CENTIBANS)
        .ok_or_else(|| wrong(ErrorKind::PolicyOutOfRange, number))
}

/// A cap: were it negative, the credit that it bounds would count against the document.
fn cap(number: &Number) -> Result<i32> {
    match centibans(number)? {
        ..0 => Err(wrong(ErrorKind::PolicyFailureHelps, number)),
        cap => Ok(cap),
    }
}

/// A threshold: were it zero, no evidence at all would reach it.
fn threshold(number: &Number) -> Result<i32> {
    match centibans(number)? {
        ..=0 => Err(wrong(ErrorKind::PolicyOutOfRange, number)),
        threshold => Ok(threshold),
    }
}

/// Who the policy says it is, and the hash of what it says.
///
/// The name is bound to the kind, because people read names: no operational policy may be called a training policy,
/// nor the other way round.
fn identity(file: &File, text: &str) -> Result<Identity> {
    let name = name(&file.name)?;
    let kind = known(&file.kind, Kind::from_name)?;
    if (kind == Kind::Training) != name.starts_with("training") {
        return Err(wrong(ErrorKind::PolicyLift, &file.name));
    }
    let digest = Sha256::digest(text.as_bytes());
    Ok(Identity {
        name,
        version: u32::try_from(*file.version.get_ref())
            .map_err(|_| wrong(ErrorKind::PolicyOutOfRange, &file.version))?,
        issued: day(&file.issued)?,
        weak_until: day(&file.weak_algorithms_until)?,
        kind,
        sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        signed: false,
    })
}

/// A day written YYYY-MM-DD.
fn day(word: &Word) -> Result<Date> {
    word.get_ref().parse().map_err(|_| wrong(ErrorKind::PolicySyntax, word))
}

/// Only a training policy lifts, and only the ground `specimen`: it alone is about documents that nobody travels on.
fn lifts(file: &File, identity: &Identity) -> Result<Vec<Ground>> {
    let lifts = all(&file.lifts, Ground::from_name)?;
    let may_lift = |ground: &Ground| identity.kind == Kind::Training && *ground == Ground::Specimen;
    let mut rows = lifts.iter().zip(&file.lifts);
    match rows.find(|(ground, _)| !may_lift(ground)) {
        Some((_, word)) => Err(wrong(ErrorKind::PolicyLift, word)),
        None => Ok(lifts),
    }
}

/// The thresholds, each above the one before: else more evidence could give a lower level.
fn levels(file: &file::Levels) -> Result<Levels> {
    let steps = [&file.low, &file.medium, &file.high, &file.very_high];
    for (lower, upper) in steps.iter().zip(steps.iter().skip(1)) {
        if lower.get_ref() >= upper.get_ref() {
            return Err(wrong(ErrorKind::PolicyFailureHelps, upper));
        }
    }
    Ok(Levels {
        low: threshold(&file.low)?,
        medium: threshold(&file.medium)?,
        high: threshold(&file.high)?,
        very_high: threshold(&file.very_high)?,
    })
}

/// A cap for every kind of reporter, none left out: what is not capped would count in full.
///
/// They come out in the order of [`Reporter::ALL`], by which the sums are kept.
fn reporter_caps(file: &File) -> Result<Vec<ReporterCap>> {
    let caps = file.reporter_caps.get_ref();
    for word in caps.keys() {
        known(word, Reporter::from_name)?;
    }
    let of = |reporter: &Reporter| {
        let mut rows = caps.iter();
        let row = rows.find(|(word, _)| word.get_ref() == reporter.name());
        let left_out = || wrong(ErrorKind::PolicyIncomplete, &file.reporter_caps);
        let (_, number) = row.ok_or_else(left_out)?;
        Ok(ReporterCap { reporter: *reporter, cap: cap(number)? })
    };
    Reporter::ALL.iter().map(of).collect()
}

/// The weights, each check at most once: of two rows for one check nobody could say which is meant.
fn weights(file: &File) -> Result<Vec<Weight>> {
    let mut seen = BTreeSet::new();
    let once = |row: &file::Weight| {
        let weight = weight(row)?;
        if seen.insert(weight.check) { Ok(weight) } else { Err(wrong(ErrorKind::PolicyIncomplete, &row.check)) }
    };
    file.weight.iter().map(once).collect()
}

/// One weight, falling from pass over absent to fail with zero between.
///
/// This is the rule by which evidence cannot mislead: whatever happens to a check, doing better never weighs less.
fn weight(row: &file::Weight) -> Result<Weight> {
    let check = known(&row.check, CheckId::from_name)?;
    // Alert lists and entry rules say nothing about who somebody is.
    if check.entry().axis == Axis::Admissibility {
        return Err(wrong(ErrorKind::PolicyOutOfRange, &row.check));
    }
    let (pass, absent, fail) = (centibans(&row.pass)?, centibans(&row.absent)?, centibans(&row.fail)?);
    let helps = |number| Err(wrong(ErrorKind::PolicyFailureHelps, number));
    match () {
        () if pass < 0 => return helps(&row.pass),
        () if absent > 0 => return helps(&row.absent),
        () if fail > absent => return helps(&row.fail),
        () => {}
    }
    Ok(Weight {
        check,
        group: name(&row.group)?,
        pass,
        absent,
        fail,
        basis: known(&row.basis, Basis::from_name)?,
        rationale: rationale(&row.rationale)?,
    })
}

/// The groups, each with checks of one axis; every weight's group must exist.
///
/// A group over two axes would let a failure about the holder void what is known of the document. A group without
/// checks is a name misspelt somewhere.
fn groups(file: &File, weights: &[Weight]) -> Result<Vec<Group>> {
    let mut names = BTreeSet::new();
    let mut groups = Vec::with_capacity(file.group.len());
    for row in &file.group {
        let name = name(&row.name)?;
        let members = weights.iter().filter(|weight| weight.group == name);
        let mut axes = members.map(|weight| weight.check.entry().axis);
        let empty = || wrong(ErrorKind::PolicyIncomplete, &row.name);
        let axis = axes.next().ok_or_else(empty)?;
        if axes.any(|other| other != axis) {
            return Err(wrong(ErrorKind::PolicyOutOfRange, &row.name));
        }
        if !names.insert(row.name.get_ref().as_str()) {
            return Err(wrong(ErrorKind::PolicyIncomplete, &row.name));
        }
        let (cap, rationale) = (cap(&row.cap)?, rationale(&row.rationale)?);
        groups.push(Group { name, axis, cap, rationale });
    }
    let astray = |row: &&file::Weight| !names.contains(row.group.get_ref().as_str());
    match file.weight.iter().find(astray) {
        Some(row) => Err(wrong(ErrorKind::PolicyUnknownName, &row.group)),
        None => Ok(groups),
    }
}

/// The rules that make grounds, no two for the same check, outcome and reason.
fn grounds(file: &File) -> Result<Vec<GroundRule>> {
    let mut seen = BTreeSet::new();
    let mut rules = Vec::new();
    for row in &file.ground {
        for rule in ground(row)? {
            if !seen.insert((rule.check, rule.outcome, rule.reason)) {
                return Err(wrong(ErrorKind::PolicyIncomplete, &row.checks));
            }
            rules.push(rule);
        }
    }
    Ok(rules)
}

/// One rule for each check and reason that the row names.
///
/// Rows in a file are written by ground, because that is how one thinks of them; judging asks by check.
fn ground(row: &file::Ground) -> Result<Vec<GroundRule>> {
    let reasons = all(&row.reasons, Reason::from_name)?;
    let reasons = if reasons.is_empty() { vec![None] } else { reasons.into_iter().map(Some).collect() };
    let outcome = ground_outcome(row)?;
    let recommend = recommendation(row, outcome)?;
    let law = row.law.as_ref().map(|law| sentence(law, ErrorKind::PolicyRefusalWithoutLaw)).transpose()?;
    let template = GroundRule {
        check: CheckId::EngineClock,
        outcome,
        reason: None,
        ground: known(&row.ground, Ground::from_name)?,
        actions: actions(&row.actions)?,
        recommend,
        law,
    };
    let checks = some(&row.checks, CheckId::from_name)?;
    let rule = |check, reason| GroundRule { check, reason, ..template.clone() };
    Ok(checks.iter().flat_map(|check| reasons.iter().map(|reason| rule(*check, *reason))).collect())
}

/// The outcome that is the ground: any but `passed`, or passing would hurt.
fn ground_outcome(row: &file::Ground) -> Result<Outcome> {
    let Some(word) = &row.outcome else {
        return Ok(Outcome::Failed);
    };
    match known(word, Outcome::from_name)? {
        Outcome::Passed => Err(wrong(ErrorKind::PolicyFailureHelps, word)),
        outcome => Ok(outcome),
    }
}

/// Only a failure refuses, or not knowing would be worse than failing; and only by law.
fn recommendation(row: &file::Ground, outcome: Outcome) -> Result<Recommendation> {
    let Some(word) = &row.recommend else {
        return Ok(Recommendation::Refer);
    };
    match known(word, Recommendation::from_name)? {
        Recommendation::Refer => Ok(Recommendation::Refer),
        Recommendation::Refuse if outcome == Outcome::Failed => match row.law {
            Some(_) => Ok(Recommendation::Refuse),
            None => Err(wrong(ErrorKind::PolicyRefusalWithoutLaw, word)),
        },
        Recommendation::Refuse | Recommendation::Clear => Err(wrong(ErrorKind::PolicyFailureHelps, word)),
    }
}

/// The profiles in the order of the file, each name at most once.
fn profiles(file: &File) -> Result<Vec<Profile>> {
    let mut names = BTreeSet::new();
    let once = |row: &file::Profile| {
        if names.insert(row.name.get_ref().clone()) {
            profile(row)
        } else {
            Err(wrong(ErrorKind::PolicyIncomplete, &row.name))
        }
    };
    file.profile.iter().map(once).collect()
}

/// A profile must ask something of the document, of its holder and of their admissibility.
///
/// One that leaves a question out would clear people whom nobody compared or screened. A policy that cannot answer a
/// question may accept that as a named risk, which every result then lists.
fn profile(row: &file::Profile) -> Result<Profile> {
    let profile = Profile {
        name: name(&row.name)?,
        rationale: rationale(&row.rationale)?,
        requirements: requirements(row)?,
        accepts: row.accept.iter().map(acceptance).collect::<Result<_>>()?,
    };
    let asks = |axis: &Axis| {
        let of_axis = |r: &Requirement| r.passed.iter().all(|check| check.entry().axis == *axis);
        profile.requirements.iter().any(of_axis)
    };
    if Axis::ALL.iter().all(asks) { Ok(profile) } else { Err(wrong(ErrorKind::PolicyIncomplete, &row.name)) }
}

/// The three lists of a profile as one: each entry says which checks will do.
fn requirements(row: &file::Profile) -> Result<Vec<Requirement>> {
    let single = |not_present_allowed| move |check| Requirement { passed: vec![check], not_present_allowed };
    let always = all(&row.require, CheckId::from_name)?;
    let if_present = all(&row.require_if_present, CheckId::from_name)?;
    let mut requirements: Vec<_> = always.into_iter().map(single(false)).collect();
    requirements.extend(if_present.into_iter().map(single(true)));
    for ways in &row.require_one_of {
        requirements.push(Requirement { passed: some(ways, CheckId::from_name)?, not_present_allowed: false });
    }
    Ok(requirements)
}

/// A tolerated gap. A failure is never tolerated, and a pass is no gap.
fn acceptance(row: &file::Acceptance) -> Result<Acceptance> {
    let outcomes = some(&row.outcomes, Outcome::from_name)?;
    if outcomes.contains(&Outcome::Failed) {
        return Err(wrong(ErrorKind::PolicyFailureHelps, &row.outcomes));
    }
    if outcomes.contains(&Outcome::Passed) {
        return Err(wrong(ErrorKind::PolicyOutOfRange, &row.outcomes));
    }
    let age = |number: &Number| {
        let days = i32::try_from(*number.get_ref()).ok();
        let days = days.filter(|days| *days >= 0);
        days.ok_or_else(|| wrong(ErrorKind::PolicyOutOfRange, number))
    };
    Ok(Acceptance {
        risk: name(&row.risk)?,
        checks: some(&row.checks, CheckId::from_name)?,
        outcomes,
        reasons: all(&row.reasons, Reason::from_name)?,
        max_age_days: row.max_age_days.as_ref().map(age).transpose()?,
        max_overdue_days: row.max_overdue_days.as_ref().map(age).transpose()?,
        rationale: rationale(&row.rationale)?,
    })
}
