//! Judging, held against one verification: a policy must cost next to nothing beside the signatures.

use crate::measure::{Ratio, Stage};
use landfall::assess::{Expected, Policy, judge};
use landfall::check::{Axis, Check, CheckId, Outcome, Reason, Subject};
use ring::signature::{self, KeyPair, UnparsedPublicKey};
use std::hint::black_box;

const CHECKS: usize = 60;

/// As many checks as a whole inspection makes, near a complete set, on one document.
fn checks() -> (Vec<Check>, Vec<Expected>) {
    let place = |id: CheckId| match id.entry().axis {
        Axis::Document => Subject::Document(1),
        _ => Subject::Traveller,
    };
    let made = CheckId::ALL.iter().cycle().take(CHECKS).enumerate().map(|(index, id)| {
        let (outcome, reason) = match index % 10 {
            3 => (Outcome::NotPerformed, Reason::NothingGiven),
            7 => (Outcome::Undetermined, Reason::Unreadable),
            _ => (Outcome::Passed, Reason::Confirmed),
        };
        Check::new(*id, place(*id), outcome, reason)
    });
    let checks: Vec<_> = made.collect();
    let expected = checks.iter().map(|check| Expected { id: check.id, subject: check.subject }).collect();
    (checks, expected)
}

fn one_verification() -> Stage<'static> {
    let random = ring::rand::SystemRandom::new();
    let algorithm = &signature::ECDSA_P256_SHA256_ASN1_SIGNING;
    let pair = signature::EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("a key");
    let pair = signature::EcdsaKeyPair::from_pkcs8(algorithm, pair.as_ref(), &random).expect("a key");
    let message = [7_u8; 128];
    let made = pair.sign(&random, &message).expect("a signature");
    let public = pair.public_key().as_ref().to_vec();
    Stage::new("one P-256 verification", move || {
        let key = UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_ASN1, &public);
        key.verify(black_box(&message), made.as_ref()).expect("a good signature");
    })
}

/// Judging, against one verification.
pub fn ratio() -> Ratio<'static> {
    let policy = Policy::default_policy().expect("the compiled-in policy");
    let (checks, expected) = checks();
    let stage = Stage::new(format!("judgement of {CHECKS} checks"), move || {
        black_box(judge(&policy, black_box(&checks), &expected));
    });
    Ratio { stage, floor: one_verification(), goal: 0.10 }
}
