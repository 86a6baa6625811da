//! Reading a zone and making its checks allocates nothing, whatever the layout and however broken the zone.
//!
//! The allocator of this test counts; it stands in a test binary of its own so that nothing else is counted.

use landfall::check::Subject;
use landfall::date::Date;
use landfall::mrz::{self, Layout};
use std::alloc::{GlobalAlloc, Layout as Request, System};
use std::cell::Cell;
use std::hint::black_box;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

// Every call goes to the system's allocator unchanged; counting touches a thread's own cell only.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, request: Request) -> *mut u8 {
        let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
        unsafe { System.alloc(request) }
    }

    unsafe fn dealloc(&self, block: *mut u8, request: Request) {
        unsafe { System.dealloc(block, request) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

fn allocations(work: impl FnOnce()) -> usize {
    let before = ALLOCATIONS.get();
    work();
    ALLOCATIONS.get() - before
}

const ZONES: [&str; 10] = [
    "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\nD23145890<UTO3407127M95071227349<<<8",
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C<3UTO6908061F9406236ZE184226B<<<<<<<",
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL898902C<3UTO6908061F9406236ZE184226",
    "IDFRABERTHIER<<<<<<<<<<<<<<<<<923255\n8806923102858CORINNE<<<<<<<6512068F2",
    "D1NLD15094962111659VW87Z78NB84",
    "D1FRA13AA000026181231MARTIN<<9",
    "AAA001D<<\nFACHE305142128097<<800126<<<<<\nMARCHAND<<FABIENNE<<<<<<<<<<<<",
    "FACHE305142128097<<800126<<<<<\nMARCHAND<<FABIENNE<<<<<<<<<<<<",
];

/// Reads a text and makes its checks; gives the layout, if it is a zone.
fn read(text: &str) -> Option<Layout> {
    let on = Date::new(2026, 11, 22)?;
    let zone = mrz::parse(black_box(text)).ok()?;
    for check in zone.checks(Subject::Document(1), on) {
        black_box(check);
    }
    for field in zone.fields() {
        black_box(field);
    }
    let name = zone.name();
    name.primary().chain(name.secondary()).for_each(|part| {
        black_box(part);
    });
    black_box((zone.born(on), zone.expires(on)));
    Some(zone.layout())
}

#[test]
fn the_allocator_counts() {
    let made = allocations(|| drop(black_box(vec![1_u8])));
    assert_eq!(made, 1);
}

#[test]
fn reading_and_checking_a_zone_of_any_layout_allocates_nothing() {
    for (text, layout) in ZONES.iter().zip(Layout::ALL) {
        let mut found = None;
        assert_eq!(allocations(|| found = read(text)), 0, "{layout}");
        assert_eq!(found, Some(*layout));
    }
}

#[test]
fn reading_a_broken_zone_allocates_nothing_either() {
    for text in ZONES {
        for position in 0..text.len() {
            for wrong in ["?", "#", "o", "", "\u{FFFD}", "\u{D6}", "\u{1D}AB\u{1D}", "\n"] {
                let mut broken = text.to_owned();
                broken.replace_range(position..=position, wrong);
                let made = allocations(|| {
                    black_box(read(&broken));
                });
                assert_eq!(made, 0, "{position}");
            }
        }
    }
    let long = "P<".repeat(3000);
    let made = allocations(|| {
        black_box(read(&long));
    });
    assert_eq!(made, 0);
}
