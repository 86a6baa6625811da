//! How the chip let the reader in, and what it kept back (Doc 9303-11 §4.2, §9.2; Doc 9303-10 §4.6).
//!
//! A reader that falls back from PACE to basic access control without a word is a complaint of the field, and a chip that
//! claims less before authentication than its issuer signed is how an attacker makes it fall back. What the chip offers
//! is in EF.CardAccess, which nobody signed, and again in DG14, which is. What a file may be kept back for is told by
//! the host, because only it sees the chip's status words.

use crate::check::{Check, CheckId, Outcome, Reason, Subject};
use crate::deviation::Deviations;
use crate::error::Part;
use crate::fact::{AccessProtocol, ChipFile, Reporter, Unread};
use crate::lds::{Content, ElementaryFile, SecurityInfo, SecurityInfos};

/// `chip.access`: whether the chip was opened in the best way that it offers. Of several reports the weakest counts.
#[must_use]
pub fn access(files: &[ElementaryFile<'_>], reports: &[(Reporter, AccessProtocol)], subject: Subject) -> Check {
    let id = CheckId::ChipAccess;
    let Some((reporter, protocol)) = reports.iter().min_by_key(|(reporter, protocol)| (*protocol, *reporter)) else {
        return Check::new(id, subject, Outcome::NotPerformed, Reason::NothingGiven);
    };
    let (outcome, reason) = match protocol {
        AccessProtocol::Pace => (Outcome::Passed, Reason::Confirmed),
        _ if offers_pace(files) => (Outcome::Undetermined, Reason::WeakerAccess),
        AccessProtocol::Bac => (Outcome::Passed, Reason::Confirmed),
        AccessProtocol::None => (Outcome::Undetermined, Reason::NoAccessControl),
    };
    Check::new(id, subject, outcome, reason).reported_by(*reporter)
}

/// Whether the chip says anywhere that it supports PACE.
fn offers_pace(files: &[ElementaryFile<'_>]) -> bool {
    let is_pace = |infos: &SecurityInfos<'_>| {
        let mut all = infos.entries.iter();
        all.any(|entry| matches!(entry.info, SecurityInfo::Pace { .. }))
    };
    files.iter().any(|file| match file.content(&mut Deviations::new()) {
        Ok(Content::CardAccess(infos) | Content::Dg14(infos)) => is_pace(&infos),
        _ => false,
    })
}

/// `chip.card_access`: whether what EF.CardAccess says stands in DG14 as well; `None` if it was not read.
///
/// Passive authentication says by itself whether DG14 is the one that was signed.
#[must_use]
pub fn card_access(files: &[ElementaryFile<'_>], subject: Subject) -> Option<Check> {
    let content = |part: Part| {
        let file = files.iter().find(|file| file.kind().part() == part)?;
        Some(file.content(&mut Deviations::new()))
    };
    let (outcome, reason) = match (content(Part::CardAccess)?, content(Part::Dg(14))) {
        (Ok(Content::CardAccess(unsigned)), Some(Ok(Content::Dg14(signed)))) => {
            let is_signed = |raw: &[u8]| signed.entries.iter().any(|entry| entry.tlv.raw == raw);
            match unsigned.entries.iter().all(|entry| is_signed(entry.tlv.raw)) {
                true => (Outcome::Passed, Reason::Confirmed),
                false => (Outcome::Failed, Reason::AccessInfoNotSigned),
            }
        }
        (Ok(_), None) => (Outcome::NotPerformed, Reason::FileNotRead),
        _ => (Outcome::Undetermined, Reason::Unreadable),
    };
    Some(Check::new(CheckId::ChipCardAccess, subject, outcome, reason).in_file(Part::CardAccess))
}

/// `chip.file_read`, once for each file that the host says it could not get and that is not among `files`.
///
/// DG3 and DG4 are closed to readers without a right to them; that is as it should be.
#[must_use]
pub fn files(files: &[ElementaryFile<'_>], reports: &[(Reporter, ChipFile, Unread)], subject: Subject) -> Vec<Check> {
    let mut reports: Vec<_> = reports.to_vec();
    reports.sort_unstable_by_key(|(reporter, file, why)| (*file, *why, *reporter));
    reports.dedup_by_key(|(_, file, _)| *file);
    let is_missing = |file: &ChipFile| !files.iter().any(|read| read.kind().part() == file.part());
    let missing = reports.iter().filter(|(_, file, _)| is_missing(file));
    let check = |(reporter, file, why): &(Reporter, ChipFile, Unread)| {
        let (outcome, reason) = unread(*file, *why);
        Check::new(CheckId::ChipFileRead, subject, outcome, reason).in_file(file.part()).reported_by(*reporter)
    };
    missing.map(check).collect()
}

/// What it means that a file was not read.
const fn unread(file: ChipFile, why: Unread) -> (Outcome, Reason) {
    match (why, file) {
        (Unread::AccessDenied, ChipFile::Dg3 | ChipFile::Dg4) => (Outcome::NotPresent, Reason::FileProtected),
        (Unread::AccessDenied, _) => (Outcome::Undetermined, Reason::FileProtected),
        (Unread::NotOnChip, _) => (Outcome::Undetermined, Reason::FileNotOnChip),
        (Unread::CutShort, _) => (Outcome::Aborted, Reason::FileCutShort),
        (Unread::NotTried, _) => (Outcome::NotPerformed, Reason::FileNotTried),
    }
}
