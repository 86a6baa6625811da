//! What the host tells of a chip, with files that are made for the moment.

use crate::asn1::{Tag, Writer, oid};
use crate::check::{CheckId, Outcome, Reason, Subject};
use crate::chip::{Encounter, Proof, Vouched};
use crate::chip::{access, authentic, card_access, files};
use crate::deviation::Deviations;
use crate::fact::{AccessProtocol, ChipFile, ChipProtocol, ProtocolResult, Reporter, Unread};
use crate::lds::ElementaryFile;

const SUBJECT: Subject = Subject::Document(1);

/// id-PACE-ECDH-GM-AES-CBC-CMAC-128, version 2, brainpoolP256r1.
fn pace(writer: &mut Writer, parameter: u64) {
    writer.constructed(Tag::SEQUENCE, |info| {
        info.oid(oid!(0, 4, 0, 127, 0, 7, 2, 2, 4, 2, 2)).integer(2).integer(parameter);
    });
}

fn card_access_file(parameter: u64) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.constructed(Tag::SET, |set| pace(set, parameter));
    writer.into_bytes()
}

fn dg14_file(parameter: u64) -> Vec<u8> {
    let set = card_access_file(parameter);
    [&[0x6E, u8::try_from(set.len()).unwrap()], set.as_slice()].concat()
}

fn read(bytes: &[u8]) -> ElementaryFile<'_> {
    ElementaryFile::read(bytes, &mut Deviations::new()).unwrap()
}

#[test]
fn a_fall_back_from_pace_shows_and_an_open_chip_does_too() {
    use AccessProtocol::{Bac, None as Open, Pace};
    let offer = card_access_file(13);
    let of = |offers: bool, protocols: &[AccessProtocol]| {
        let reports: Vec<_> = protocols.iter().map(|protocol| (Reporter::Reader, *protocol)).collect();
        let own = [read(&offer)];
        let check = access(if offers { &own } else { &[] }, &reports, SUBJECT);
        (check.outcome, check.reason)
    };
    assert_eq!(of(true, &[]), (Outcome::NotPerformed, Reason::NothingGiven));
    assert_eq!(of(true, &[Pace]), (Outcome::Passed, Reason::Confirmed));
    assert_eq!(of(true, &[Bac]), (Outcome::Undetermined, Reason::WeakerAccess));
    assert_eq!(of(true, &[Pace, Bac]), (Outcome::Undetermined, Reason::WeakerAccess), "the weakest counts");
    assert_eq!(of(false, &[Bac]), (Outcome::Passed, Reason::Confirmed));
    assert_eq!(of(false, &[Open]), (Outcome::Undetermined, Reason::NoAccessControl));
}

#[test]
fn what_the_chip_claims_before_anything_is_verified_is_held_against_what_is_signed() {
    let (claimed, signed, other) = (card_access_file(13), dg14_file(13), dg14_file(12));
    let of = |files: &[&Vec<u8>]| {
        let files: Vec<_> = files.iter().map(|bytes| read(bytes)).collect();
        card_access(&files, SUBJECT).map(|check| (check.outcome, check.reason))
    };
    assert_eq!(of(&[&signed]), None);
    assert_eq!(of(&[&claimed, &signed]), Some((Outcome::Passed, Reason::Confirmed)));
    assert_eq!(of(&[&claimed, &other]), Some((Outcome::Failed, Reason::AccessInfoNotSigned)));
    assert_eq!(of(&[&claimed]), Some((Outcome::NotPerformed, Reason::FileNotRead)));
}

#[test]
fn a_file_that_was_not_read_says_why_and_fingers_may_stay_closed() {
    let signed = dg14_file(13);
    let reports = [
        (Reporter::Reader, ChipFile::Dg3, Unread::AccessDenied),
        (Reporter::Reader, ChipFile::Dg2, Unread::CutShort),
        (Reporter::Reader, ChipFile::Dg2, Unread::NotTried),
        (Reporter::Reader, ChipFile::Dg14, Unread::NotOnChip),
        (Reporter::Reader, ChipFile::Dg15, Unread::NotOnChip),
        (Reporter::Reader, ChipFile::Com, Unread::NotTried),
    ];
    let checks = files(&[read(&signed)], &reports, SUBJECT);
    let said: Vec<_> = checks.iter().map(|check| (check.evidence.part.unwrap(), check.outcome, check.reason)).collect();
    let expected = [
        (ChipFile::Dg2, Outcome::Aborted, Reason::FileCutShort),
        (ChipFile::Dg3, Outcome::NotPresent, Reason::FileProtected),
        (ChipFile::Dg15, Outcome::Undetermined, Reason::FileNotOnChip),
        (ChipFile::Com, Outcome::NotPerformed, Reason::FileNotTried),
    ];
    assert_eq!(said, expected.map(|(file, outcome, reason)| (file.part(), outcome, reason)), "DG14 was read after all");
    assert!(checks.iter().all(|check| check.id == CheckId::ChipFileRead && check.outcome != Outcome::Passed));
}

#[test]
fn a_word_of_the_reader_needs_a_key_that_the_issuer_signed() {
    use ChipProtocol::{ActiveAuthentication, ChipAuthentication, PaceCam};
    let vouched = Vouched { dg14: true, dg15: true, card_security: true };
    let of = |vouched, proofs: &[(ChipProtocol, ProtocolResult)]| {
        let reported: Vec<_> = (proofs.iter())
            .map(|(protocol, result)| Proof { reporter: Reporter::Reader, protocol: *protocol, result: *result })
            .collect();
        let tried = Encounter { exchanges: &[], unanswered: false, reported: &reported };
        let check = authentic(&[], vouched, &tried, SUBJECT);
        assert!(check.outcome != Outcome::Passed || check.evidence.reporter.is_some());
        (check.outcome, check.reason)
    };
    // Neither DG14 nor DG15 is here, so that no key of theirs can have been used; EF.SOD is missing as well.
    for protocol in [ActiveAuthentication, ChipAuthentication] {
        let said = of(vouched, &[(protocol, ProtocolResult::Succeeded)]);
        assert_eq!(said, (Outcome::Undetermined, Reason::ChipKeyNotVouchedFor));
    }
    assert_eq!(of(vouched, &[(PaceCam, ProtocolResult::Succeeded)]), (Outcome::Undetermined, Reason::SodMissing));
    assert_eq!(of(Vouched::default(), &[(PaceCam, ProtocolResult::Failed)]).0, Outcome::Undetermined);
    assert_eq!(of(vouched, &[(PaceCam, ProtocolResult::Failed)]), (Outcome::Failed, Reason::PaceCamAsserted));
}

#[test]
fn without_a_security_object_nothing_can_be_said_of_the_chip() {
    let tried = Encounter { exchanges: &[], unanswered: false, reported: &[] };
    let check = authentic(&[], Vouched::default(), &tried, SUBJECT);
    assert_eq!((check.outcome, check.reason), (Outcome::Undetermined, Reason::SodMissing));
}
