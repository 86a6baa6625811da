//! Writing a result as JSON leaves no copy of it in memory that was given back.
//!
//! The allocator of this test looks into every block before it is freed; it stands in a test binary of its own.

use landfall::date::{Date, Time};
use landfall::engine::Engine;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use zeroize::Zeroize;

const NAME: &str = "QUJZKOVA";
const ZONE: &str = "PRUTOQUJZKOVA<<WYXENTA<ZBIGNEVKA<<<<<<<<<<<<\nQJ7731942<UTO8101017F3107283QZ77120945<<<<<8";

thread_local! {
    /// How many freed blocks held the name.
    static LEFT: Cell<usize> = const { Cell::new(0) };
}

struct Watching;

// Blocks come from the system's allocator, zeroed so that nothing older stands in them. A block that grows is moved
// by the trait's own method, which allocates, copies and frees, and so is looked into as well.
unsafe impl GlobalAlloc for Watching {
    unsafe fn alloc(&self, request: Layout) -> *mut u8 {
        unsafe { System.alloc_zeroed(request) }
    }

    unsafe fn dealloc(&self, block: *mut u8, request: Layout) {
        let bytes = unsafe { std::slice::from_raw_parts(block, request.size()) };
        if bytes.windows(NAME.len()).any(|part| part == NAME.as_bytes()) {
            let _ = LEFT.try_with(|left| left.set(left.get() + 1));
        }
        unsafe { System.dealloc(block, request) }
    }
}

#[global_allocator]
static WATCHING: Watching = Watching;

fn left_behind(work: impl FnOnce()) -> usize {
    let before = LEFT.get();
    work();
    LEFT.get() - before
}

#[test]
fn the_allocator_sees_what_is_left_behind() {
    assert_eq!(left_behind(|| drop(NAME.to_owned())), 1);
    let growing = || {
        let mut text = NAME.to_owned();
        text.reserve(10_000);
        text.zeroize();
    };
    assert_eq!(left_behind(growing), 1, "a block that is outgrown");
}

#[test]
fn an_assessment_as_json_leaves_no_copy_behind() {
    let on = Date::new(2026, 11, 22).unwrap();
    let mut inspection = Engine::new().unwrap().inspect(Time::midnight(on));
    inspection.read_mrz(ZONE).unwrap();
    let assessment = inspection.assess();
    for write in [landfall::engine::Assessment::to_json, landfall::engine::Assessment::to_json_pretty] {
        let left = left_behind(|| {
            let mut json = write(&assessment);
            assert!(json.contains(NAME) && json.len() > 8192, "it has to grow");
            json.zeroize();
        });
        assert_eq!(left, 0);
    }
}

#[test]
#[cfg(feature = "capi")]
fn what_c_hosts_receive_is_gone_when_its_handle_is_freed() {
    use landfall::ffi;
    use std::ptr::null_mut;
    let (mut zone, mut repaired) = (null_mut(), null_mut());
    let (mut text, mut length) = (std::ptr::null(), 0);
    let (start, len) = (ZONE.as_ptr().cast(), ZONE.len());
    let no_error = null_mut();
    // Every pointer is to a variable of this function, or null where the header allows it.
    let opened = unsafe { ffi::landfall_mrz_parse(start, len, c"".as_ptr(), 0, 0, &raw mut zone, no_error) };
    assert_eq!(opened, ffi::LANDFALL_STATUS_OK);
    let left = left_behind(|| unsafe {
        ffi::landfall_mrz_json(zone, &raw mut text, &raw mut length);
        assert!(length > 0);
        ffi::landfall_mrz_free(zone);
    });
    assert_eq!(left, 0, "the zone");
    let left = left_behind(|| unsafe {
        let config = std::ptr::null();
        ffi::landfall_mrz_repair(start, len, config, &raw mut repaired, no_error);
        ffi::landfall_text_view(repaired, &raw mut text, &raw mut length);
        assert!(length > 0);
        ffi::landfall_text_free(repaired);
    });
    assert_eq!(left, 0, "its repair");
}
