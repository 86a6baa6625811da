//! Damaged and invented files: reading them never panics and never takes more memory than a multiple of their size.

use super::specimen::passport;
use landfall::asn1::{Tag, Writer};
use landfall::deviation::Deviations;
use landfall::lds::{Content, ElementaryFile};
use proptest::prelude::*;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// Counts what each thread asks for, freed or not.
struct Counting;

thread_local! {
    static ASKED: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = ASKED.try_with(|asked| asked.set(asked.get() + layout.size()));
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Bytes asked for per byte of input, and beside that.
const MULTIPLE: usize = 16;
const BESIDE: usize = 32 * 1024;

/// Reads a file whole, everything computed that can be, and holds the bound on memory.
fn read_whole(bytes: &[u8]) {
    let before = ASKED.get();
    let mut seen = Deviations::new();
    if let Ok(file) = ElementaryFile::read(bytes, &mut seen) {
        assert!(bytes.starts_with(file.bytes()));
        let content = file.content(&mut seen);
        match &content {
            Ok(Content::Dg1(dg)) => {
                assert_eq!(dg.lines().map(<[u8]>::len).sum::<usize>(), dg.mrz().len())
            }
            Ok(Content::Dg2(dg)) => dg.portraits().for_each(|portrait| {
                let _ = portrait.image.size();
            }),
            Ok(Content::CardSecurity(card)) => drop(card.security_infos(&mut seen)),
            Ok(Content::Sod(sod)) => {
                for attributes in sod.signed.signers.iter().filter_map(|s| s.attributes.as_ref()) {
                    let _ = (attributes.as_received(), attributes.canonical());
                }
            }
            _ => {}
        }
    }
    let asked = ASKED.get() - before;
    let allowed = bytes.len() * MULTIPLE + BESIDE;
    assert!(asked <= allowed, "{asked} bytes for a file of {}", bytes.len());
}

/// One change to a file.
#[derive(Debug, Clone)]
enum Change {
    Set(prop::sample::Index, u8),
    Flip(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Insert(prop::sample::Index, Vec<u8>),
    Repeat(prop::sample::Index, prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let place = any::<prop::sample::Index>;
    prop_oneof![
        4 => (place(), any::<u8>()).prop_map(|(at, to)| Change::Set(at, to)),
        4 => (place(), 0_u8..8).prop_map(|(at, bit)| Change::Flip(at, bit)),
        1 => place().prop_map(Change::Cut),
        1 => (place(), prop::collection::vec(any::<u8>(), 1..9)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        1 => (place(), place()).prop_map(|(from, to)| Change::Repeat(from, to)),
    ]
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes.iter().filter(|_| !bytes.is_empty()).cloned().collect::<Vec<_>>() {
        let length = bytes.len().max(1);
        match change {
            Change::Set(at, to) => bytes.get_mut(at.index(length)).into_iter().for_each(|byte| *byte = to),
            Change::Flip(at, bit) => {
                bytes.get_mut(at.index(length)).into_iter().for_each(|byte| *byte ^= 1 << bit);
            }
            Change::Cut(at) => bytes.truncate(at.index(length)),
            Change::Insert(at, inserted) => {
                let at = at.index(length).min(bytes.len());
                bytes.splice(at..at, inserted);
            }
            Change::Repeat(from, to) => {
                let (from, to) = (from.index(length).min(bytes.len()), to.index(length).min(bytes.len()));
                bytes.extend_from_within(from.min(to)..from.max(to));
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn damaged_files_never_panic_and_never_take_more_than_a_multiple_of_their_size(
        which in any::<prop::sample::Index>(), changes in prop::collection::vec(change(), 1..6),
    ) {
        let files = passport();
        let (_, bytes) = &files[which.index(files.len())];
        read_whole(&changed(bytes.clone(), &changes));
    }

    #[test]
    fn invented_bytes_below_a_file_tag_never_panic(
        tag in prop::sample::select(vec![0x30_u8, 0x31, 0x60, 0x61, 0x63, 0x65, 0x6B, 0x6E, 0x70, 0x75, 0x77]),
        content in prop::collection::vec(any::<u8>(), 0..400), indefinite in any::<bool>(),
    ) {
        let mut writer = Writer::new();
        if indefinite {
            writer.indefinite(Tag(tag.into()), |w| { w.raw(&content); });
        } else {
            writer.primitive(Tag(tag.into()), &content);
        }
        read_whole(&writer.into_bytes());
    }
}

#[test]
fn files_made_of_the_smallest_elements_stay_within_the_bound_on_memory() {
    let many = |tag: u32, begin: &[u8], element: &[u8]| {
        let content = [begin, &element.repeat(20_000)].concat();
        Writer::new().primitive(Tag(tag), &content).clone().into_bytes()
    };
    let files = [
        many(0x60, &[0x5C, 0x83, 0x01, 0x38, 0x80], &[0x61]),
        many(0x6B, &[], &[0x5F, 0x0F, 0]),
        many(0x6B, &[0x5C, 0x82, 0x9C, 0x40], &[0x5F, 0x0F]),
        many(0x65, &[2, 1, 1], &[0x5F, 0x40, 0]),
        many(0x70, &[2, 1, 1], &[0xA1, 0]),
        many(0x31, &[], &[0x30, 3, 6, 1, 0x2A]),
        many(0x75, &[0x7F, 0x61, 0x82, 0xFF, 0xFF, 2, 1, 1], &[0x7F, 0x60, 0]),
    ];
    files.iter().for_each(|file| read_whole(file));
}
