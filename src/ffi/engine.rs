//! The engine as a handle: built once, shared between threads.

use super::failure::landfall_error;
use super::guard::{guard, reporting};
use super::handle::{self, Handle};
use super::input;
use super::output::Out;
use crate::assess::Policy;
use crate::date::Time;
use crate::engine::Engine;
use crate::error::{Error, ErrorKind, Part, Result};
use core::ffi::c_char;
use core::ptr;

/// The policy that is compiled in for counters: it never refuses, and specimens never clear.
pub const LANDFALL_POLICY_DEFAULT: u32 = 0;
/// The policy that is compiled in for tests and trainees: it lets specimens clear, and every result says so.
pub const LANDFALL_POLICY_TRAINING: u32 = 1;

/// The longest policy file that is looked at.
const MAX_POLICY: usize = 256 * 1024;
/// What an engine is built from. Set everything to 0 first, then `struct_size`, then what is wanted.
#[repr(C)]
#[derive(Clone, Copy)]
#[allow(non_camel_case_types, reason = "the name is C's")]
pub struct landfall_engine_config {
    /// `sizeof(landfall_engine_config)`.
    pub struct_size: u32,
    /// LANDFALL_POLICY_DEFAULT or LANDFALL_POLICY_TRAINING; LANDFALL_POLICY_DEFAULT if `policy` is given.
    pub policy_kind: u32,
    /// A policy file, UTF-8, up to 256 KiB, or NULL.
    pub policy: *const c_char,
    /// Its length in bytes; SIZE_MAX if it ends with a NUL.
    pub policy_len: usize,
    /// The latest time that the host has seen, in seconds after 1970-01-01T00:00:00Z, so that a clock that was turned
    /// back is noticed; 0 or less for none.
    pub not_before: i64,
}

/// An engine: policy, lists and trust with which inspections are made. Immutable, and shared between threads.
#[allow(non_camel_case_types, reason = "the name is C's")]
pub struct landfall_engine {
    _opaque: [u8; 0],
}

impl Handle for landfall_engine {
    type Value = Engine;
}

// SAFETY: two numbers, a pointer, and two numbers that are as wide as their places; the first is the size.
unsafe impl input::Structure for landfall_engine_config {
    const DEFAULTS: Self = Self {
        struct_size: 0,
        policy_kind: LANDFALL_POLICY_DEFAULT,
        policy: ptr::null(),
        policy_len: 0,
        not_before: 0,
    };
    const LEAST: usize = size_of::<Self>();
}

/// The policy whose file is given, or the compiled-in one of this kind if none is.
///
/// # Safety
/// The policy's pointer and length are as the header asks.
pub(super) unsafe fn named_policy(kind: Option<u32>, policy: *const c_char, policy_len: usize) -> Result<Policy> {
    let given = !policy.is_null() || policy_len != 0;
    match (given, kind) {
        (false, Some(LANDFALL_POLICY_DEFAULT)) => Policy::default_policy(),
        (false, Some(LANDFALL_POLICY_TRAINING)) => Policy::training(),
        (true, None | Some(LANDFALL_POLICY_DEFAULT)) => {
            // SAFETY: the caller vouches for it.
            let text = unsafe { input::text(policy, policy_len, MAX_POLICY, Part::Policy) };
            Policy::from_toml(text?)
        }
        _ => Err(Error::new(ErrorKind::BadArgument, Part::Call, 0)),
    }
}

/// Builds an engine. `config` may be NULL: the default policy and nothing else. `error` may be NULL.
///
/// Gives LANDFALL_STATUS_BAD_LENGTH for a `struct_size` that is too small, LANDFALL_STATUS_ABI_MISMATCH if members
/// are set that the library does not know, and the statuses from 800 for a policy that cannot be used.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_engine_new(
    config: *const landfall_engine_config,
    engine: *mut *mut landfall_engine,
    error: *mut landfall_error,
) -> u32 {
    let out = unsafe { Out::new(engine) };
    reporting(error, || {
        out.required()?;
        let config = unsafe { input::structure(config) }?;
        let policy = unsafe { named_policy(Some(config.policy_kind), config.policy, config.policy_len) };
        let mut engine = Engine::with_policy(policy?);
        if config.not_before > 0 {
            engine = engine.not_before(Time::from_unix(config.not_before)?);
        }
        out.put(handle::open::<landfall_engine>(engine));
        Ok(())
    })
}

/// Frees an engine. NULL is fine. Inspections that were opened with it keep what they need.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_engine_free(engine: *mut landfall_engine) -> u32 {
    guard(|| handle::close(engine))
}
