//! Policies before an engine is built from them: held to the rules, and laid open.

use super::engine::named_policy;
use super::failure::landfall_error;
use super::guard::reporting;
use super::handle;
use super::output::Out;
use super::text::{Text, landfall_text};
use core::ffi::c_char;

/// Whether a policy may be used: the text of a policy file, UTF-8, up to 256 KiB. `error` may be NULL; its offset is
/// the byte of the value that is wrong.
///
/// Gives the statuses from 800 for a policy that cannot be used, and LANDFALL_STATUS_BAD_ARGUMENT if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_policy_check(
    policy: *const c_char,
    policy_len: usize,
    error: *mut landfall_error,
) -> u32 {
    reporting(error, || unsafe { named_policy(None, policy, policy_len) }.map(drop))
}

/// Everything that a policy says, as JSON: its identity, grounds, profiles, groups, and every weight with its label and
/// rationale. `policy_kind` is LANDFALL_POLICY_DEFAULT or LANDFALL_POLICY_TRAINING, for the one that is compiled in if
/// `policy` is NULL, and LANDFALL_POLICY_DEFAULT if the text of a policy file is given. `error` may be NULL.
///
/// Gives the statuses from 800 for a policy that cannot be used.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_policy_explain(
    policy_kind: u32,
    policy: *const c_char,
    policy_len: usize,
    json: *mut *mut landfall_text,
    error: *mut landfall_error,
) -> u32 {
    let out = unsafe { Out::new(json) };
    reporting(error, || {
        out.required()?;
        let policy = unsafe { named_policy(Some(policy_kind), policy, policy_len) }?;
        let text = crate::secret::json(&policy.explain());
        out.put(handle::open::<landfall_text>(Text::new(text)));
        Ok(())
    })
}
