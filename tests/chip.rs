//! Answers of the chips of specimens: what is right, what is wrong, and what counts.
#![cfg(feature = "specimen")]

use landfall::asn1::{Oid, Profile, Reader, SubjectPublicKeyInfo, Tag, Writer};
use landfall::check::{Outcome, Reason, Subject};
use landfall::chip::{Answered, Challenge, Encounter, Exchange, MAX_ANSWER, Proof, Vouched, authentic, verify};
use landfall::crypto::HashAlgorithm;
use landfall::date::Time;
use landfall::deviation::{Deviation, Deviations};
use landfall::error::Part;
use landfall::fact::{ChipProtocol, ProtocolResult, Reporter};
use landfall::lds::{Content, ElementaryFile};
use landfall::secret::Secret;
use landfall::specimen::{Answering, ChipKey, Kind, Order, Specimen};

const CHALLENGE: Challenge = [0x5E, 1, 2, 3, 4, 5, 6, 7];
const VOUCHED: Vouched = Vouched { dg14: true, dg15: true, card_security: false };

fn specimen(kind: Kind, chip_key: ChipKey) -> Specimen {
    let at = Time::parse("2026-11-01T12:00:00Z").unwrap();
    let mut order = Order::new(kind, 7, at);
    order.chip_key = chip_key;
    order.issue().unwrap()
}

fn files<'a>(specimen: &'a Specimen, left_out: &[&str]) -> Vec<ElementaryFile<'a>> {
    let chip = specimen.folder.files().iter().filter(|file| file.name.starts_with("EF") || file.name.starts_with("DG"));
    chip.filter(|file| !left_out.contains(&file.name.as_str()))
        .map(|file| ElementaryFile::read(&file.bytes, &mut Deviations::new()).unwrap())
        .collect()
}

/// What an answer is worth with the specimen's own DG14 and DG15, and what was noted.
fn ask(specimen: &Specimen, with_infos: bool, answer: &[u8]) -> (Answered, Vec<Deviation>) {
    let content = |name| {
        let bytes = specimen.folder.file(name).unwrap();
        ElementaryFile::read(bytes, &mut Deviations::new()).unwrap().content(&mut Deviations::new()).unwrap()
    };
    let (Content::Dg15(key), Content::Dg14(infos)) = (content("DG15"), content("DG14")) else {
        panic!("the specimen has other files");
    };
    let mut seen = Deviations::new();
    let answered = verify(&key, with_infos.then_some(&infos), &CHALLENGE, answer, &mut seen);
    (answered, seen.iter().map(|found| found.deviation).collect())
}

#[test]
fn every_trailer_and_both_halves_of_the_modulus_are_right() {
    let chip = specimen(Kind::Genuine, ChipKey::Rsa2048);
    for hash in HashAlgorithm::ALL {
        for (short_trailer, complement) in [(true, false), (true, true), (false, false), (false, true)] {
            let how = Answering { hash, short_trailer, complement, ..Answering::USUAL };
            let answer = chip.chip.answer(&CHALLENGE, how).unwrap();
            let odd = hash == HashAlgorithm::Sha1 && !short_trailer;
            let noted = if odd { vec![Deviation::ChipTrailer] } else { vec![] };
            assert_eq!(ask(&chip, true, &answer), (Answered::Right, noted), "{how:?}");
        }
    }
}

#[test]
fn plain_numbers_are_right_and_a_sequence_or_an_unnamed_hash_is_noted() {
    let chip = specimen(Kind::Genuine, ChipKey::P256);
    let plain = chip.chip.answer(&CHALLENGE, Answering::USUAL).unwrap();
    let der = chip.chip.answer(&CHALLENGE, Answering { der: true, ..Answering::USUAL }).unwrap();
    assert_eq!(ask(&chip, true, &plain), (Answered::Right, vec![]));
    assert_eq!(ask(&chip, true, &der), (Answered::Right, vec![Deviation::ChipSignatureDer]));
    assert_eq!(ask(&chip, false, &plain), (Answered::Right, vec![Deviation::ChipAlgorithmNotNamed]));
}

#[test]
fn every_flipped_byte_of_an_answer_is_wrong_and_so_is_every_other_length() {
    for key in [ChipKey::Rsa2048, ChipKey::P256] {
        let chip = specimen(Kind::Genuine, key);
        let answer = chip.chip.answer(&CHALLENGE, Answering::USUAL).unwrap();
        let step = if key == ChipKey::P256 { 1 } else { 5 };
        for at in (0..answer.len()).step_by(step) {
            let mut flipped = answer.clone();
            flipped[at] ^= 1;
            assert_eq!(ask(&chip, true, &flipped), (Answered::Wrong, vec![]), "{at}");
        }
        for length in [0, 1, answer.len() - 1] {
            assert_eq!(ask(&chip, true, &answer[..length]).0, Answered::Wrong);
        }
        let longer = [answer.as_slice(), &[0]].concat();
        assert_eq!(ask(&chip, true, &longer).0, Answered::Wrong);
        assert_eq!(ask(&chip, true, &vec![0x41; MAX_ANSWER + 1]).0, Answered::Wrong);
    }
}

#[test]
fn a_key_with_which_anybody_can_answer_proves_nothing() {
    let mut writer = Writer::new();
    // n = 2^1024 - 1, e = 1: the "signature" is the message itself.
    writer.constructed(Tag::SEQUENCE, |info| {
        info.constructed(Tag::SEQUENCE, |algorithm| {
            algorithm.oid(Oid::from_content(b"\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01").unwrap()).null();
        });
        let mut key = Writer::new();
        key.constructed(Tag::SEQUENCE, |key| {
            key.unsigned(&[0xFF; 128]).unsigned(&[1]);
        });
        info.bit_string(&key.into_bytes());
    });
    let bytes = writer.into_bytes();
    let mut reader = Reader::new(&bytes, Part::Dg(15), Profile::Ber);
    let key = SubjectPublicKeyInfo::read(&mut reader, &mut Deviations::new()).unwrap();
    let message = [0x11; 106];
    let digest = HashAlgorithm::Sha1.digest_parts(&[&message, &CHALLENGE]);
    let forged = [&[0x6A], message.as_slice(), digest.as_bytes(), &[0xBC]].concat();
    assert_eq!(verify(&key, None, &CHALLENGE, &forged, &mut Deviations::new()), Answered::KeyUnfit);
}

fn exchange(specimen: &Specimen, challenge: Challenge, fresh: bool) -> Exchange {
    let answer = specimen.chip.active_authentication(&CHALLENGE).unwrap();
    Exchange { challenge: Secret::new(challenge), answer: Secret::new(answer), fresh }
}

fn judged(files: &[ElementaryFile<'_>], vouched: Vouched, tried: &Encounter<'_>) -> (Outcome, Reason) {
    let check = authentic(files, vouched, tried, Subject::Document(1));
    (check.outcome, check.reason)
}

#[test]
fn only_an_answer_to_a_challenge_of_this_inspection_with_a_key_that_is_vouched_for_passes() {
    let chip = specimen(Kind::Genuine, ChipKey::P256);
    let files = files(&chip, &[]);
    let one = |exchange: Exchange, vouched| {
        let tried = Encounter { exchanges: &[exchange], unanswered: false, reported: &[] };
        judged(&files, vouched, &tried)
    };
    let other = [9, 8, 7, 6, 5, 4, 3, 2];
    assert_eq!(one(exchange(&chip, CHALLENGE, true), VOUCHED), (Outcome::Passed, Reason::ChipAnswered));
    assert_eq!(one(exchange(&chip, CHALLENGE, false), VOUCHED), (Outcome::Undetermined, Reason::ForeignChallenge));
    assert_eq!(one(exchange(&chip, other, true), VOUCHED), (Outcome::Failed, Reason::ChipAnswerWrong));
    assert_eq!(one(exchange(&chip, other, false), VOUCHED), (Outcome::Failed, Reason::ChipAnswerWrong));
    let unknown = (Outcome::Undetermined, Reason::ChipKeyNotVouchedFor);
    for challenge in [CHALLENGE, other] {
        assert_eq!(one(exchange(&chip, challenge, true), Vouched { dg14: true, ..Vouched::default() }), unknown);
    }
}

#[test]
fn one_wrong_answer_among_many_fails_and_a_challenge_without_an_answer_is_cut_short() {
    let chip = specimen(Kind::Genuine, ChipKey::P256);
    let files = files(&chip, &[]);
    let (right, wrong) = (exchange(&chip, CHALLENGE, true), exchange(&chip, [1; 8], true));
    let judge = |exchanges: &[Exchange], unanswered| {
        judged(&files, VOUCHED, &Encounter { exchanges, unanswered, reported: &[] }).0
    };
    assert_eq!(judge(&[right.clone(), wrong.clone()], false), Outcome::Failed);
    assert_eq!(judge(&[wrong, right.clone()], true), Outcome::Failed);
    assert_eq!(judge(&[], true), Outcome::Aborted);
    assert_eq!(judge(&[exchange(&chip, CHALLENGE, false)], true), Outcome::Aborted);
    assert_eq!(judge(&[right], true), Outcome::Passed, "asked twice, and answered once");
    assert_eq!(judge(&[], false), Outcome::NotPerformed);
}

#[test]
fn the_chip_of_a_clone_answers_with_another_key() {
    for key in [ChipKey::Rsa2048, ChipKey::P256] {
        let clone = specimen(Kind::Cloned, key);
        let exchanges = [exchange(&clone, CHALLENGE, true)];
        let tried = Encounter { exchanges: &exchanges, unanswered: false, reported: &[] };
        assert_eq!(judged(&files(&clone, &[]), VOUCHED, &tried), (Outcome::Failed, Reason::ChipAnswerWrong));
    }
}

#[test]
fn the_key_that_is_listed_and_missing_is_a_gap_and_hiding_it_gains_nothing() {
    let chip = specimen(Kind::Genuine, ChipKey::P256);
    let nothing = Encounter { exchanges: &[], unanswered: false, reported: &[] };
    let without = |names: &[&str]| judged(&files(&chip, names), Vouched::default(), &nothing);
    assert_eq!(without(&["DG15"]), (Outcome::NotPerformed, Reason::FileNotRead));
    assert_eq!(without(&["DG14", "DG15", "EF.COM"]), (Outcome::NotPerformed, Reason::FileNotRead));
    assert_eq!(without(&["EF.SOD"]), (Outcome::Undetermined, Reason::SodMissing));
    let answer = Encounter { exchanges: &[exchange(&chip, CHALLENGE, true)], ..nothing };
    assert_eq!(judged(&files(&chip, &["DG15"]), VOUCHED, &answer), (Outcome::Undetermined, Reason::FileNotRead));
}

#[test]
fn what_the_reader_says_counts_where_nothing_was_seen_and_mends_nothing_that_was() {
    let chip = specimen(Kind::Genuine, ChipKey::P256);
    let files = files(&chip, &[]);
    let says = |result| [Proof { reporter: Reporter::Reader, protocol: ChipProtocol::ChipAuthentication, result }];
    let (succeeded, failed) = (says(ProtocolResult::Succeeded), says(ProtocolResult::Failed));
    let judge = |exchanges: &[Exchange], reported: &[Proof], vouched| {
        judged(&files, vouched, &Encounter { exchanges, unanswered: false, reported })
    };
    let asserted = Reason::ChipAuthenticationAsserted;
    assert_eq!(judge(&[], &succeeded, VOUCHED), (Outcome::Passed, asserted));
    assert_eq!(judge(&[], &failed, VOUCHED), (Outcome::Failed, asserted));
    assert_eq!(judge(&[], &[succeeded[0], failed[0]], VOUCHED), (Outcome::Failed, Reason::ReportersDisagree));
    let unknown = (Outcome::Undetermined, Reason::ChipKeyNotVouchedFor);
    assert_eq!(judge(&[], &succeeded, Vouched { dg15: true, ..Vouched::default() }), unknown);
    assert_eq!(judge(&[], &says(ProtocolResult::NotAnswered), VOUCHED).0, Outcome::Aborted);
    assert_eq!(judge(&[], &says(ProtocolResult::NotSupported), VOUCHED).0, Outcome::NotSupported);
    let (fresh, old) = (exchange(&chip, CHALLENGE, true), exchange(&chip, CHALLENGE, false));
    let wrong = exchange(&chip, [1; 8], true);
    assert_eq!(judge(std::slice::from_ref(&fresh), &succeeded, VOUCHED), (Outcome::Passed, Reason::ChipAnswered));
    assert_eq!(judge(&[fresh], &failed, VOUCHED), (Outcome::Failed, Reason::ReportersDisagree));
    assert_eq!(judge(&[old], &succeeded, VOUCHED), (Outcome::Undetermined, Reason::ForeignChallenge));
    assert_eq!(judge(&[wrong], &succeeded, VOUCHED), (Outcome::Failed, Reason::ChipAnswerWrong));
}
