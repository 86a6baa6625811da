//! The guard around every exported function: what went wrong inside becomes a status, and a panic does not leave.
//!
//! A panic is a defect of this library. The guard catches it, gives the status `PANIC`, and the handle that was in
//! use is poisoned by its lock. Nothing is printed: the process-wide hook that the guard installs at the first
//! call is silent for panics under the guard and hands every other panic to the hook that was there before, so that
//! a Rust host with hooks of its own keeps them.

use super::failure::{self, landfall_error};
use crate::error::{Error, ErrorKind, Part, Result};
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Once, OnceLock};

/// The status of a call that did what it was asked.
pub const LANDFALL_STATUS_OK: u32 = 0;

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>;

static INSTALLED: Once = Once::new();
static EARLIER: OnceLock<Hook> = OnceLock::new();

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Installs the hook, unless this thread is unwinding: hooks cannot be changed then, and a later call will do it.
fn install_hook() {
    if std::thread::panicking() {
        return;
    }
    INSTALLED.call_once(|| {
        let _ = EARLIER.set(panic::take_hook());
        panic::set_hook(Box::new(|info| {
            let guarded = GUARDED.try_with(Cell::get).unwrap_or(false);
            if let Some(earlier) = EARLIER.get().filter(|_| !guarded) {
                earlier(info);
            }
        }));
    });
}

/// Runs the body of an exported function; a panic inside becomes an error.
fn caught(body: impl FnOnce() -> Result<()>) -> Result<()> {
    let outer = GUARDED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(|| {
        install_hook();
        body()
    }));
    GUARDED.set(outer);
    result.unwrap_or(Err(Error::new(ErrorKind::Panic, Part::Call, 0)))
}

const fn status(result: &Result<()>) -> u32 {
    match result {
        Ok(()) => LANDFALL_STATUS_OK,
        Err(error) => error.kind.number(),
    }
}

/// Runs the body of an exported function and gives its status.
pub(super) fn guard(body: impl FnOnce() -> Result<()>) -> u32 {
    status(&caught(body))
}

/// The same for functions that also say where it went wrong, in a handle that the caller may leave out.
///
/// A handle that cannot be used is refused before the body runs. What becomes of it later does not change the status:
/// the body has filled the outputs, or has not, and the caller must be told which.
pub(super) fn reporting(report: *mut landfall_error, body: impl FnOnce() -> Result<()>) -> u32 {
    guard(|| {
        failure::record(report, &Ok(()))?;
        let result = caught(body);
        let _ = failure::record(report, &result);
        result
    })
}

#[cfg(test)]
#[expect(clippy::panic, reason = "the guard is shown a panic")]
mod tests {
    use super::*;
    use crate::ffi::handle;

    struct Thing;
    impl handle::Handle for Thing {
        type Value = u32;
    }

    #[test]
    fn a_panic_becomes_a_status_and_poisons_the_handle_in_use() {
        let thing = handle::open::<Thing>(1);
        let broken = guard(|| handle::with(thing, |_| panic!("a defect")));
        assert_eq!(broken, ErrorKind::Panic.number());
        assert_eq!(guard(|| handle::with(thing, |_| Ok(()))), ErrorKind::Poisoned.number());
        assert_eq!(guard(|| handle::close(thing)), LANDFALL_STATUS_OK, "it can still be freed");
    }

    const MARK: &str = "LANDFALL_TEST_PANIC";

    /// Runs one test in a process of its own, because hooks belong to the whole process and to its standard error.
    fn child(test: &str, mark: &str) -> (bool, String) {
        let name = format!("ffi::guard::tests::{test}");
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        let output = child.args([name.as_str(), "--exact", "--nocapture"]).env(MARK, mark).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    #[test]
    fn a_first_call_from_a_thread_that_is_unwinding_does_its_work() {
        struct Caller;
        impl Drop for Caller {
            fn drop(&mut self) {
                assert_eq!(guard(|| Ok(())), LANDFALL_STATUS_OK);
            }
        }
        if std::env::var_os(MARK).is_some() {
            let unwound = panic::catch_unwind(|| {
                let _caller = Caller;
                panic!("a defect of the host");
            });
            assert!(unwound.is_err());
            assert_eq!(guard(|| panic!("a defect")), ErrorKind::Panic.number());
            return;
        }
        let (fine, printed) = child("a_first_call_from_a_thread_that_is_unwinding_does_its_work", "unwinding");
        assert!(fine, "{printed}");
        assert_eq!(printed.matches("panicked").count(), 1, "the hook is installed by the call after it: {printed}");
    }

    #[test]
    fn a_call_that_has_done_its_work_says_so_although_the_handle_for_errors_is_gone() {
        let closing = |result: Result<()>| {
            let report = handle::open::<landfall_error>(None);
            reporting(report, || handle::close(report).and(result))
        };
        assert_eq!(closing(Ok(())), LANDFALL_STATUS_OK);
        let error = Error::new(ErrorKind::BadJson, Part::Fact, 3);
        assert_eq!(closing(Err(error)), ErrorKind::BadJson.number());
        let gone = handle::open::<landfall_error>(None);
        assert_eq!(guard(|| handle::close(gone)), LANDFALL_STATUS_OK);
        assert_eq!(reporting(gone, || panic!("the body must not run")), ErrorKind::BadHandle.number());
    }

    #[test]
    fn a_panic_under_the_guard_is_silent_and_one_outside_reaches_the_earlier_hook() {
        match std::env::var(MARK).as_deref() {
            Ok("guarded") => {
                assert_eq!(guard(|| panic!("a defect")), ErrorKind::Panic.number());
                return;
            }
            Ok(_) => {
                assert_eq!(guard(|| Ok(())), LANDFALL_STATUS_OK);
                panic!("a defect of the host");
            }
            Err(_) => {}
        }
        let run =
            |mark: &str| child("a_panic_under_the_guard_is_silent_and_one_outside_reaches_the_earlier_hook", mark);
        let (fine, printed) = run("guarded");
        assert!(fine && !printed.contains("panicked"), "{printed}");
        let (fine, printed) = run("outside");
        assert!(!fine && printed.contains("a defect of the host"), "{printed}");
    }

    #[test]
    fn the_status_of_an_error_is_its_number() {
        let error = Error::new(ErrorKind::BadJson, Part::Fact, 3);
        assert_eq!(guard(|| Err(error)), ErrorKind::BadJson.number());
    }
}
