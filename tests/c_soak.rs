//! Arbitrary bytes through every C function that takes bytes, called as C would: a known status, never a panic, nothing
//! left in an output of a call that failed.
//!
//! A hundred thousand inputs for each function in release mode (`cargo test --release --all-features --test c_soak`), fewer
//! in a plain test run.
#![cfg(feature = "capi")]

use landfall::ErrorKind;
use landfall::ffi::*;
use std::ffi::c_char;
use std::ptr::{null, null_mut};

const ROUNDS: usize = if cfg!(debug_assertions) { 2_000 } else { 100_000 };

/// The door that every counter uses takes a million.
const ZONES: usize = if cfg!(debug_assertions) { 2_000 } else { 1_000_000 };

const PASSPORT: &[u8] = b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
const FACT: &[u8] = br#"{"reporter":"system","claim":"check_result","check":"alert.person","outcome":"passed"}"#;
const CONTENT: &[u8] = br#"{"layout":"td3","document_code":"P","issuer":"UTO","primary":"Eriksson","secondary":"Anna Maria","document_number":"L898902C3","nationality":"UTO","birth_date":"1974-08-12","sex":"female","expiry_date":"2012-04-15"}"#;
const POLICY: &[u8] = include_bytes!("../policies/default.toml");

/// Xorshift: the same inputs in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).unwrap()
    }

    /// Arbitrary bytes, lines of the zone's alphabet, or the specimen with a few bytes replaced, left out or doubled.
    fn input(&mut self, specimen: &[u8]) -> Vec<u8> {
        match self.below(4) {
            0 => (0..self.below(200)).map(|_| self.byte()).collect(),
            1 => {
                let glyphs = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<<<<<<?*\n \x1d";
                (0..self.below(100)).map(|_| glyphs[self.below(glyphs.len())]).collect()
            }
            _ => self.mutated(specimen),
        }
    }

    fn mutated(&mut self, specimen: &[u8]) -> Vec<u8> {
        let mut bytes = specimen.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            match self.below(3) {
                0 if at < bytes.len() => bytes[at] = self.byte(),
                1 if at < bytes.len() => drop(bytes.remove(at)),
                _ => bytes.insert(at, self.byte()),
            }
        }
        bytes
    }
}

/// Calls a function with inputs made from a specimen, each with its own length or, where no NUL is within, with one behind.
fn soak(rounds: usize, specimen: &[u8], call: impl Fn(*const c_char, usize) -> u32) {
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let mut succeeded = 0;
    for round in 0..rounds {
        let mut input = dice.input(specimen);
        let len = if round % 2 == 0 { input.len() } else { usize::MAX };
        input.push(0);
        let status = call(input.as_ptr().cast(), len);
        let kind = ErrorKind::from_number(status);
        assert!(status == LANDFALL_STATUS_OK || kind.is_some(), "{status}: {input:?}");
        assert_ne!(kind, Some(ErrorKind::Panic), "{input:?}");
        succeeded += usize::from(status == LANDFALL_STATUS_OK);
    }
    assert!(succeeded > 0 && succeeded < rounds, "{succeeded}: the inputs are all of one kind");
}

/// A new handle for errors, freed with the test's process.
fn report() -> *mut landfall_error {
    let mut error = null_mut();
    assert_eq!(unsafe { landfall_error_new(&raw mut error) }, LANDFALL_STATUS_OK);
    error
}

fn engine() -> *mut landfall_engine {
    let mut engine = null_mut();
    assert_eq!(unsafe { landfall_engine_new(null(), &raw mut engine, null_mut()) }, LANDFALL_STATUS_OK);
    engine
}

#[test]
fn zones_are_read_from_any_bytes() {
    let error = report();
    soak(ZONES, PASSPORT, |text, len| unsafe {
        let mut mrz = null_mut();
        let status = landfall_mrz_parse(text, len, null(), 0, 0, &raw mut mrz, error);
        assert_eq!(mrz.is_null(), status != LANDFALL_STATUS_OK);
        let (mut json, mut json_len) = (null(), 0);
        if status == LANDFALL_STATUS_OK {
            assert_eq!(landfall_mrz_json(mrz, &raw mut json, &raw mut json_len), LANDFALL_STATUS_OK);
            assert!(json_len > 2);
        }
        assert_eq!(landfall_mrz_free(mrz), LANDFALL_STATUS_OK);
        status
    });
}

#[test]
fn inspections_take_any_bytes_and_are_judged() {
    let (engine, error) = (engine(), report());
    soak(ROUNDS, PASSPORT, |text, len| unsafe {
        let (mut inspection, mut assessment) = (null_mut(), null_mut());
        let mut document = 7;
        assert_eq!(landfall_inspection_new(engine, 0, &raw mut inspection), LANDFALL_STATUS_OK);
        let status = landfall_inspection_read_mrz(inspection, text, len, null(), 0, &raw mut document, error);
        assert_eq!(document, u32::from(status == LANDFALL_STATUS_OK));
        assert_eq!(landfall_inspection_assess(inspection, &raw mut assessment), LANDFALL_STATUS_OK);
        let mut recommendation = 0;
        assert_eq!(landfall_assessment_recommendation(assessment, &raw mut recommendation), LANDFALL_STATUS_OK);
        assert_eq!(recommendation, 2, "nothing clears or refuses on a zone alone");
        assert_eq!(landfall_assessment_free(assessment), LANDFALL_STATUS_OK);
        assert_eq!(landfall_inspection_free(inspection), LANDFALL_STATUS_OK);
        status
    });
}

#[test]
fn facts_are_read_from_any_bytes() {
    let (engine, error) = (engine(), report());
    soak(ROUNDS, FACT, |json, len| unsafe {
        let mut inspection = null_mut();
        assert_eq!(landfall_inspection_new(engine, 0, &raw mut inspection), LANDFALL_STATUS_OK);
        let status = landfall_inspection_add_fact(inspection, json, len, error);
        assert_eq!(landfall_inspection_free(inspection), LANDFALL_STATUS_OK);
        status
    });
}

#[test]
fn zones_are_made_from_any_bytes() {
    let error = report();
    soak(ROUNDS, CONTENT, |json, len| unsafe {
        let mut text = null_mut();
        let status = landfall_mrz_make(json, len, &raw mut text, error);
        assert_eq!(text.is_null(), status != LANDFALL_STATUS_OK);
        assert_eq!(landfall_text_free(text), LANDFALL_STATUS_OK);
        status
    });
}

#[test]
fn zones_are_repaired_from_any_bytes() {
    let error = report();
    soak(ZONES, PASSPORT, |text, len| unsafe {
        let mut repaired = null_mut();
        let status = landfall_mrz_repair(text, len, null(), &raw mut repaired, error);
        assert_eq!(repaired.is_null(), status != LANDFALL_STATUS_OK);
        assert_eq!(landfall_text_free(repaired), LANDFALL_STATUS_OK);
        status
    });
}

#[test]
fn policies_are_read_from_any_bytes() {
    let error = report();
    soak(ROUNDS, POLICY, |policy, policy_len| unsafe {
        let config = landfall_engine_config {
            struct_size: u32::try_from(size_of::<landfall_engine_config>()).unwrap(),
            policy_kind: LANDFALL_POLICY_DEFAULT,
            policy,
            policy_len,
            not_before: 0,
        };
        let mut engine = null_mut();
        let status = landfall_engine_new(&raw const config, &raw mut engine, error);
        assert_eq!(engine.is_null(), status != LANDFALL_STATUS_OK);
        assert_eq!(landfall_engine_free(engine), LANDFALL_STATUS_OK);
        status
    });
}

#[test]
fn words_are_sought_by_any_bytes() {
    soak(ROUNDS, b"not_present", |name, len| unsafe {
        let mut number = 7;
        let vocabulary = Vocabulary::Outcome.number();
        let status = landfall_word_number(vocabulary, name, len, &raw mut number);
        assert_eq!(number == 0, status != LANDFALL_STATUS_OK);
        status
    });
}

#[test]
fn handles_of_any_value_are_refused() {
    let mut dice = Dice(88_172_645_463_325_252);
    let engine = engine();
    for round in 0..ROUNDS {
        // Numbers are given out upwards: below the first one are none that another test may have been given.
        let below = engine.addr().wrapping_sub(16 * ((1 << 24) + dice.below(1 << 20)));
        let number = if round % 2 == 0 { below } else { dice.below(usize::MAX) };
        let handle: *mut landfall_mrz = std::ptr::without_provenance_mut(number.max(1));
        let mut layout = 7;
        let status = unsafe { landfall_mrz_layout(handle, &raw mut layout) };
        assert_eq!((status, layout), (ErrorKind::BadHandle.number(), 0));
        assert_eq!(unsafe { landfall_mrz_free(handle) }, ErrorKind::BadHandle.number());
    }
}
