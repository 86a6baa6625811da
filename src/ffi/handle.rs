//! Handles: what a host holds of an engine, an inspection or a result.
//!
//! A handle has the type of a pointer and is none: it is the number of an entry in the list of handles that are
//! alive. A number that was never given out, was freed already or belongs to another type of handle is found not to
//! stand in the list, so that no misuse of a handle can touch memory. Numbers are not given out twice (on 32-bit
//! systems: not before 2^28 others were), so that a stale handle never speaks for a later one.
//!
//! The list is the one thing that the library keeps beside its handles. It decides nothing: no result depends on it.
//!
//! Each value stands behind a lock of its own. A panic while a value is locked poisons it: from then on the handle
//! can only be freed.

use crate::error::{Error, ErrorKind, Part, Result};
use core::ptr;
use std::any::Any;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Numbers of handles are multiples of this, as addresses of C objects are.
const STEP: usize = 16;

/// A C type that stands for a value of this library.
pub(super) trait Handle: 'static {
    /// What the handle holds.
    type Value: Send;
}

/// A value under the type of its handle, so that two handle types with the same value are told apart.
struct Slot<C: Handle>(Mutex<C::Value>);

struct Registry {
    alive: BTreeMap<usize, Arc<dyn Any + Send + Sync>>,
    last: usize,
}

static REGISTRY: RwLock<Registry> = RwLock::new(Registry { alive: BTreeMap::new(), last: 0 });

impl Registry {
    fn read() -> RwLockReadGuard<'static, Self> {
        REGISTRY.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write() -> RwLockWriteGuard<'static, Self> {
        REGISTRY.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// A number that no living handle has. It begins at an address of this copy of the library, so that the
    /// handles of two copies in one process are not confused.
    fn next(&mut self) -> usize {
        if self.last == 0 {
            self.last = (&raw const REGISTRY).addr() / STEP * STEP;
        }
        loop {
            self.last = self.last.wrapping_add(STEP);
            if self.last != 0 && !self.alive.contains_key(&self.last) {
                return self.last;
            }
        }
    }
}

fn error(kind: ErrorKind) -> Error {
    Error::new(kind, Part::Call, 0)
}

/// Gives out a handle to `value`.
pub(super) fn open<C: Handle>(value: C::Value) -> *mut C {
    let slot = Arc::new(Slot::<C>(Mutex::new(value)));
    let mut registry = Registry::write();
    let number = registry.next();
    registry.alive.insert(number, slot);
    ptr::without_provenance_mut(number)
}

/// Lets `work` use the value of a handle, alone.
///
/// # Errors
/// `NullPointer`, `BadHandle`, `Poisoned`, or what `work` gives.
pub(super) fn with<C: Handle, R>(handle: *const C, work: impl FnOnce(&mut C::Value) -> Result<R>) -> Result<R> {
    if handle.is_null() {
        return Err(error(ErrorKind::NullPointer));
    }
    let slot = Registry::read().alive.get(&handle.addr()).map(Arc::clone);
    let slot = slot.and_then(|slot| slot.downcast::<Slot<C>>().ok());
    let slot = slot.ok_or(error(ErrorKind::BadHandle))?;
    let mut value = slot.0.lock().map_err(|_| error(ErrorKind::Poisoned))?;
    work(&mut value)
}

/// Frees a handle; null is no handle and is fine.
///
/// # Errors
/// `BadHandle`.
pub(super) fn close<C: Handle>(handle: *const C) -> Result<()> {
    if handle.is_null() {
        return Ok(());
    }
    let freed = {
        let mut registry = Registry::write();
        let of_this_type = |slot: &Arc<dyn Any + Send + Sync>| slot.is::<Slot<C>>();
        if !registry.alive.get(&handle.addr()).is_some_and(of_this_type) {
            return Err(error(ErrorKind::BadHandle));
        }
        let freed = registry.alive.remove(&handle.addr());
        if registry.alive.is_empty() {
            // Gives the memory of the list back, so that a host's leak checker finds nothing left.
            registry.alive = BTreeMap::new();
        }
        freed
    };
    // The list is unlocked again: values may be large, and dropping them takes time.
    drop(freed);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Apple;
    struct Pear;
    impl Handle for Apple {
        type Value = u32;
    }
    impl Handle for Pear {
        type Value = u32;
    }

    fn kind<R>(result: Result<R>) -> Option<ErrorKind> {
        result.err().map(|error| error.kind)
    }

    #[test]
    fn a_handle_is_good_until_it_is_freed_and_only_for_its_own_type() {
        let apple = open::<Apple>(7);
        assert_eq!(with(apple, |value| Ok(*value)), Ok(7));
        let as_pear = apple.cast::<Pear>();
        assert_eq!(kind(with(as_pear, |_| Ok(()))), Some(ErrorKind::BadHandle));
        assert_eq!(kind(close(as_pear)), Some(ErrorKind::BadHandle));
        assert_eq!(close(apple), Ok(()));
        assert_eq!(kind(with(apple, |_| Ok(()))), Some(ErrorKind::BadHandle));
        assert_eq!(kind(close(apple)), Some(ErrorKind::BadHandle));
    }

    #[test]
    fn numbers_that_were_never_given_out_are_refused() {
        for number in [1, STEP, usize::MAX, usize::MAX / STEP * STEP] {
            let handle: *mut Apple = ptr::without_provenance_mut(number);
            assert_eq!(kind(with(handle, |_| Ok(()))), Some(ErrorKind::BadHandle));
        }
        assert_eq!(kind(with(ptr::null::<Apple>(), |_| Ok(()))), Some(ErrorKind::NullPointer));
        assert_eq!(close(ptr::null::<Apple>()), Ok(()));
    }

    #[test]
    fn a_freed_number_is_not_given_out_again() {
        let first = open::<Apple>(1);
        assert_eq!(close(first), Ok(()));
        let second = open::<Apple>(2);
        assert_ne!(first, second);
        assert_eq!(close(second), Ok(()));
    }
}
