//! What no specimen shows: signing times that are missing or claimed, and weak algorithms.

use super::signer::weak;
use super::*;
use crate::pki::Certificate;
use Outcome::{Failed, Passed, Undetermined};

/// The certificate of Utopia's authority; any certificate would do.
const UTOPIA: &[u8] = include_bytes!("../../../fixtures/specimens/utopia-trust/csca-uto.der");

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

fn at() -> Time {
    time("2026-11-01T12:00:00Z")
}

#[test]
fn a_signing_time_is_held_against_the_validity_of_the_signer() {
    let certificate = Certificate::parse(UTOPIA, &mut Deviations::new()).unwrap();
    let signer = |signed_at| Signer {
        certificate: Some(&certificate),
        signed_at,
        signature: (Passed, Reason::Confirmed),
        road: None,
    };
    let judged = |signed_at| path::signer_at_issue(&signer(signed_at), at());
    let outside = (Failed, Reason::SignedOutsideValidity);
    assert_eq!(judged(None), (Undetermined, Reason::NoSigningTime));
    assert_eq!(judged(Some(time("1999-01-01"))), outside);
    assert_eq!(judged(Some(time("2099-01-01"))), outside);
    let began = certificate.not_before();
    assert_eq!(judged(Some(began)), (Passed, Reason::Confirmed));
    let claimed = signer(Some(time("1999-01-01"))).made_at();
    assert_eq!(claimed, Some(began), "no claim makes a document older than its signer");
}

#[test]
fn a_weak_algorithm_passes_only_before_the_day_that_is_stated() {
    let terms = Terms { at: at(), weak_until: Date::new(2018, 1, 1).unwrap() };
    let judged = |made_at| weak(&terms, time(made_at));
    assert_eq!(judged("2017-12-31T23:59:59Z"), (Passed, Reason::WeakAlgorithm));
    assert_eq!(judged("2018-01-01"), (Undetermined, Reason::WeakAlgorithm));
}

#[test]
fn a_document_that_outlives_its_signer_is_told_and_not_accused() {
    let certificate = Certificate::parse(UTOPIA, &mut Deviations::new()).unwrap();
    let signer =
        Signer { certificate: Some(&certificate), signed_at: None, signature: (Passed, Reason::Confirmed), road: None };
    let zone = |expiry: &str| {
        let line = format!("L898902C36UTO7408122F{expiry}ZE184226B<<<<<10");
        crate::mrz::parse(format!("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n{line}")).unwrap()
    };
    let judged = |expiry: &str| path::document(&signer, Some(&zone(expiry)), at());
    let last = certificate.not_after().date();
    assert!(last.year() > 2030 && last.year() < 2074, "{last}");
    assert_eq!(judged("3001014"), (Passed, Reason::Confirmed));
    assert_eq!(judged("7501014"), (Undetermined, Reason::DocumentOutlivesSigner));
    assert_eq!(judged("7513014"), (Undetermined, Reason::ExpiryNotADate));
    assert_eq!(judged("<<<<<<<"), (Outcome::NotPresent, Reason::NoExpiryDate));
    let unread = path::document(&signer, None, at());
    assert_eq!(unread, (Outcome::NotPerformed, Reason::Dg1NotRead));
}
