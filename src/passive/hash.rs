//! Whether each file is the one that was signed (Doc 9303-10 §4.6.2.3, Doc 9303-11 §5.1.1 step 4).
//!
//! A hash covers a file exactly: tag, length and value. DG3 and DG4 are protected by extended access control; that
//! they are listed and were not read is as it should be.

use super::signer::weak;
use super::{Verdict, Verification};
use crate::check::{Check, CheckId, Outcome, Reason};
use crate::crypto::HashAlgorithm;
use crate::date::Time;
use crate::error::Part;
use crate::lds::{DataGroup, ElementaryFile, Kind};

/// One check for each data group that was read or listed; `made_at` is when the list was signed.
pub(super) fn checks(context: &Verification<'_, '_>, made_at: Option<Time>) -> Vec<Check> {
    let mut checks: Vec<_> = (1..=16)
        .filter_map(DataGroup::new)
        .filter_map(|group| Some((group, verdict(context, group, made_at)?)))
        .map(|(group, (outcome, reason))| {
            let id = CheckId::SodDataGroupHash;
            Check::new(id, context.subject, outcome, reason).in_file(Part::Dg(group.number()))
        })
        .collect();
    if checks.is_empty() {
        let unread = (Outcome::NotPerformed, Reason::FileNotRead);
        checks.push(context.check(CheckId::SodDataGroupHash, unread));
    }
    checks
}

/// The answer for one data group; `None` if there is nothing to ask.
fn verdict(context: &Verification<'_, '_>, group: DataGroup, made_at: Option<Time>) -> Option<Verdict> {
    let is_it = |file: &&ElementaryFile<'_>| file.kind() == Kind::DataGroup(group);
    let mut copies = context.files.iter().filter(is_it);
    let listed = context.object.object.hash(group);
    Some(match (copies.next(), listed) {
        (None, None) => return None,
        (None, Some(_)) if matches!(group.number(), 3 | 4) => return None,
        (None, Some(_)) => (Outcome::NotPerformed, Reason::FileNotRead),
        (Some(file), _) if copies.any(|other| other.bytes() != file.bytes()) => {
            (Outcome::Failed, Reason::FilesContradict)
        }
        (Some(_), None) => (Outcome::Failed, Reason::NotListed),
        (Some(file), Some(hash)) => compare(context, file, hash, made_at),
    })
}

/// Whether `file` has the hash that was signed.
fn compare(context: &Verification<'_, '_>, file: &ElementaryFile<'_>, hash: &[u8], made_at: Option<Time>) -> Verdict {
    let algorithm = context.object.object.hash_algorithm();
    let Some(algorithm) = algorithm.and_then(HashAlgorithm::from_oid) else {
        return (Outcome::NotSupported, Reason::AlgorithmNotSupported);
    };
    if algorithm.digest(file.bytes()).as_bytes() != hash {
        return (Outcome::Failed, Reason::HashDiffers);
    }
    match (algorithm, made_at) {
        (HashAlgorithm::Sha1, None) => (Outcome::Undetermined, Reason::WeakAlgorithm),
        (HashAlgorithm::Sha1, Some(made_at)) => weak(context.terms, made_at),
        _ => (Outcome::Passed, Reason::Confirmed),
    }
}
