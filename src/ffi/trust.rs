//! Trust stores as handles: what a post believes, brought in, written and opened.

use super::engine::landfall_engine;
use super::failure::landfall_error;
use super::guard::{guard, reporting};
use super::handle::{self, Handle};
use super::input;
use super::output::Out;
use super::text::{Text, landfall_text};
use crate::date::Time;
use crate::engine::Engine;
use crate::error::{Error, ErrorKind, Part};
use crate::pki::{MAX_STORE, TrustStore, Voucher, country_code};
use core::ffi::c_char;
use core::ptr;

/// The largest file of trust material that is taken at once.
const MAX_MATERIAL: usize = 1 << 28;
/// The longest name of whoever vouches.
const MAX_NAME: usize = 1024;

/// A trust store: anchors, document signers, revocation lists. For one thread at a time; an engine that was given
/// one keeps a copy.
#[allow(non_camel_case_types, reason = "the name is C's")]
pub struct landfall_trust {
    _opaque: [u8; 0],
}

impl Handle for landfall_trust {
    type Value = TrustStore;
}

/// Opens an empty trust store.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_trust_new(trust: *mut *mut landfall_trust) -> u32 {
    let out = unsafe { Out::new(trust) };
    guard(|| {
        out.required()?;
        out.put(handle::open::<landfall_trust>(TrustStore::new()));
        Ok(())
    })
}

/// Opens a trust store from the bytes that landfall_trust_write or `landfall trust import` wrote. `error` may be NULL.
///
/// Gives LANDFALL_STATUS_TRUST_STORE_DAMAGED if they are not what was written, LANDFALL_STATUS_TRUST_STORE_VERSION if a later
/// version wrote them, LANDFALL_STATUS_UNKNOWN_CONTENT if they are something else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_trust_open(
    bytes: *const u8,
    len: usize,
    trust: *mut *mut landfall_trust,
    error: *mut landfall_error,
) -> u32 {
    let out = unsafe { Out::new(trust) };
    reporting(error, || {
        out.required()?;
        let bytes = unsafe { input::bytes(bytes.cast(), len, MAX_STORE, Part::TrustStore) }?;
        out.put(handle::open::<landfall_trust>(TrustStore::open(bytes.to_vec())?));
        Ok(())
    })
}

/// Frees a trust store. NULL is fine. Engines that were given it keep what they need.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_trust_free(trust: *mut landfall_trust) -> u32 {
    guard(|| handle::close(trust))
}

/// Brings in trust material of any kind, recognised by its content: certificates in DER or text armour, master lists,
/// revocation lists, directory files (LDIF). `vouched_by` names whoever vouches for it, UTF-8. `added` becomes how many anchors
/// are new, `left_out` how many entries were left out; both and `error` may be NULL.
///
/// A revocation list counts once an anchor of its country verifies it, whichever came first. Gives the statuses from 300
/// and from 600 for what cannot be read or is refused; then nothing was brought in.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_trust_import(
    trust: *mut landfall_trust,
    bytes: *const u8,
    len: usize,
    vouched_by: *const c_char,
    vouched_by_len: usize,
    added: *mut usize,
    left_out: *mut usize,
    error: *mut landfall_error,
) -> u32 {
    let (added, left_out) = unsafe { (Out::new(added), Out::new(left_out)) };
    reporting(error, || {
        let bytes = unsafe { input::bytes(bytes.cast(), len, MAX_MATERIAL, Part::Input) }?;
        let name = unsafe { input::text(vouched_by, vouched_by_len, MAX_NAME, Part::Call) }?;
        handle::with(trust, |store| {
            let imported = store.import(bytes, &Voucher::new(name))?;
            added.put(imported.added);
            left_out.put(imported.refused.len());
            Ok(())
        })
    })
}

/// States that a country publishes no revocation list, so that a policy may accept that. `country` is a code of the zone or of a
/// certificate, `vouched_by` whoever states it.
///
/// Gives LANDFALL_STATUS_BAD_ARGUMENT for what is no code.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_trust_state_never_published(
    trust: *mut landfall_trust,
    country: *const c_char,
    country_len: usize,
    vouched_by: *const c_char,
    vouched_by_len: usize,
) -> u32 {
    guard(|| {
        let country = unsafe { input::text(country, country_len, 16, Part::Call) }?;
        let name = unsafe { input::text(vouched_by, vouched_by_len, MAX_NAME, Part::Call) }?;
        let code = country_code(country).ok_or(Error::new(ErrorKind::BadArgument, Part::Call, 0))?;
        handle::with(trust, |store| {
            store.state_never_published(code, name);
            Ok(())
        })
    })
}

/// How many anchors, document signers, revocation lists that count, and revocation lists that no anchor verifies a store
/// holds. Each output may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_trust_count(
    trust: *const landfall_trust,
    anchors: *mut usize,
    signers: *mut usize,
    revocation_lists: *mut usize,
    unverified_lists: *mut usize,
) -> u32 {
    let [anchors, signers] = unsafe { [Out::new(anchors), Out::new(signers)] };
    let [kept, waiting] = unsafe { [Out::new(revocation_lists), Out::new(unverified_lists)] };
    guard(|| {
        handle::with(trust, |store| {
            anchors.put(store.len());
            signers.put(store.signers().len());
            kept.put(store.revocation_lists().kept().len());
            waiting.put(store.revocation_lists().waiting().len());
            Ok(())
        })
    })
}

/// Writes a store to bytes, one revision later, at the time `at`, in seconds after 1970-01-01T00:00:00Z. `len` becomes how
/// many bytes it takes; they are copied to `buffer` if `capacity` is enough. Call it with NULL and 0 to learn the length; the same
/// `at` gives the same bytes. The host writes them to a file, best to a new one that it then renames.
///
/// Gives LANDFALL_STATUS_BAD_LENGTH if `capacity` is too small and `buffer` is not NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_trust_write(
    trust: *const landfall_trust,
    at: i64,
    buffer: *mut u8,
    capacity: usize,
    len: *mut usize,
) -> u32 {
    let out = unsafe { Out::new(len) };
    guard(|| {
        out.required()?;
        let at = Time::from_unix(at)?;
        let bytes = handle::with(trust, |store| store.to_bytes(at))?;
        out.put(bytes.len());
        if buffer.is_null() {
            return Ok(());
        }
        if capacity < bytes.len() {
            return Err(Error::new(ErrorKind::BadLength, Part::Call, bytes.len()));
        }
        // SAFETY: the caller vouches for `capacity` bytes, and these are no more.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), buffer, bytes.len()) }
        Ok(())
    })
}

/// What a store is good for at the time `at`, as JSON: which issuers it can verify, which anchors and lists are missing or
/// old. See docs/pki.md.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_trust_readiness(
    trust: *const landfall_trust,
    at: i64,
    json: *mut *mut landfall_text,
) -> u32 {
    let out = unsafe { Out::new(json) };
    guard(|| {
        out.required()?;
        let at = Time::from_unix(at)?;
        let readiness = handle::with(trust, |store| Ok(store.readiness(at)))?;
        let text = serde_json::to_string(&readiness).map_err(|_| Error::new(ErrorKind::BadJson, Part::Call, 0))?;
        out.put(handle::open::<landfall_text>(Text::new(text)));
        Ok(())
    })
}

/// Makes another engine: the same as `engine`, with this trust store in place of its own. Both handles are freed as usual.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_engine_with_trust(
    engine: *const landfall_engine,
    trust: *const landfall_trust,
    with_trust: *mut *mut landfall_engine,
) -> u32 {
    let out = unsafe { Out::new(with_trust) };
    guard(|| {
        out.required()?;
        let store = handle::with(trust, |store| Ok(store.clone()))?;
        let engine = handle::with(engine, |engine| Ok(Engine::clone(engine)))?;
        out.put(handle::open::<landfall_engine>(engine.with_trust(store)));
        Ok(())
    })
}

#[cfg(all(test, feature = "specimen"))]
mod tests {
    use super::*;
    use crate::ffi::{LANDFALL_STATUS_OK, landfall_engine_free, landfall_engine_new, landfall_text_free};
    use crate::specimen;

    const AT: i64 = 1_793_534_400;

    #[test]
    fn trust_is_brought_in_written_opened_and_given_to_an_engine() {
        let folder = specimen::trust(Time::from_unix(AT).unwrap()).unwrap();
        let mut trust = ptr::null_mut();
        // SAFETY: variables of this function, and handles that it was given.
        unsafe {
            assert_eq!(landfall_trust_new(&raw mut trust), LANDFALL_STATUS_OK);
            let (mut added, mut left_out) = (7, 7);
            for name in ["uto.crl", "uto.ml"] {
                let file = folder.file(name).unwrap();
                let by = c"the ministry";
                let status = landfall_trust_import(
                    trust,
                    file.as_ptr(),
                    file.len(),
                    by.as_ptr(),
                    usize::MAX,
                    &raw mut added,
                    &raw mut left_out,
                    ptr::null_mut(),
                );
                assert_eq!((status, left_out), (LANDFALL_STATUS_OK, 0));
            }
            assert_eq!(added, 2);
            let none = ptr::null();
            let unread = landfall_trust_import(
                trust,
                c"x".as_ptr().cast(),
                1,
                none,
                0,
                &raw mut added,
                ptr::null_mut(),
                ptr::null_mut(),
            );
            assert!(unread != LANDFALL_STATUS_OK && added == 0);
            let state = |code: &core::ffi::CStr| {
                landfall_trust_state_never_published(trust, code.as_ptr(), usize::MAX, c"me".as_ptr(), usize::MAX)
            };
            assert_eq!((state(c"XY"), state(c"7")), (LANDFALL_STATUS_OK, ErrorKind::BadArgument.number()));
            let mut len = 0;
            assert_eq!(landfall_trust_write(trust, AT, ptr::null_mut(), 0, &raw mut len), LANDFALL_STATUS_OK);
            let mut file = vec![0; len];
            let short = landfall_trust_write(trust, AT, file.as_mut_ptr(), len - 1, &raw mut len);
            assert_eq!(short, ErrorKind::BadLength.number());
            assert_eq!(landfall_trust_write(trust, AT, file.as_mut_ptr(), len, &raw mut len), LANDFALL_STATUS_OK);
            let mut opened = ptr::null_mut();
            assert_eq!(landfall_trust_open(file.as_ptr(), len, &raw mut opened, ptr::null_mut()), LANDFALL_STATUS_OK);
            let (mut anchors, mut lists) = (0, 0);
            let counted =
                landfall_trust_count(opened, &raw mut anchors, ptr::null_mut(), &raw mut lists, ptr::null_mut());
            assert_eq!((counted, anchors, lists), (LANDFALL_STATUS_OK, 2, 1));
            let mut json = ptr::null_mut();
            assert_eq!(landfall_trust_readiness(opened, AT, &raw mut json), LANDFALL_STATUS_OK);
            let (mut engine, mut with_trust) = (ptr::null_mut(), ptr::null_mut());
            assert_eq!(landfall_engine_new(ptr::null(), &raw mut engine, ptr::null_mut()), LANDFALL_STATUS_OK);
            assert_eq!(landfall_engine_with_trust(engine, opened, &raw mut with_trust), LANDFALL_STATUS_OK);
            let lists = handle::with(with_trust, |engine| Ok(engine.trust().revocation_lists().kept().len()));
            assert_eq!(lists, Ok(1));
            for engine in [engine, with_trust] {
                assert_eq!(landfall_engine_free(engine), LANDFALL_STATUS_OK);
            }
            assert_eq!(landfall_text_free(json), LANDFALL_STATUS_OK);
            for trust in [trust, opened, ptr::null_mut()] {
                assert_eq!(landfall_trust_free(trust), LANDFALL_STATUS_OK);
            }
            file[90] ^= 1;
            let damaged = landfall_trust_open(file.as_ptr(), len, &raw mut opened, ptr::null_mut());
            assert_eq!((damaged, opened.is_null()), (ErrorKind::TrustStoreDamaged.number(), true));
        }
    }
}
