//! Reading a page takes little memory beside the picture: at most three times its grey pixels, and nothing more for the next one.
//!
//! The allocator of this test counts what is held; it stands in a test binary of its own so that nothing else is counted.
#![cfg(all(feature = "optical", feature = "specimen"))]

use landfall::image::{PixelFormat, View};
use landfall::optical::Reader;
use landfall::specimen::page::typeface::Typeface;
use landfall::specimen::page::{Class, Page};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

struct Weighing;

// Every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Weighing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(held, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static WEIGHING: Weighing = Weighing;

/// The most that is held while something is done, beyond what was held before.
fn most(work: impl FnOnce()) -> usize {
    let before = HELD.load(Ordering::Relaxed);
    MOST.store(before, Ordering::Relaxed);
    work();
    MOST.load(Ordering::Relaxed) - before
}

#[test]
fn a_page_takes_at_most_three_times_its_grey_pixels() {
    let face = Typeface::strokes();
    for (class, colour) in [(Class::Scanner300, false), (Class::Scanner300, true), (Class::NoMrz, false)] {
        let mut frame = Page::draw(class, 0, &face, &face).unwrap().shot.frame;
        if !colour {
            frame.bleach();
        } else if frame.is_grey() {
            frame.pixels.iter_mut().for_each(|pixel| pixel[2] = (pixel[2] - 9.0).max(0.0));
        }
        let (octets, width, height) = (frame.octets(), frame.width, frame.height);
        let format = if colour { PixelFormat::Rgb8 } else { PixelFormat::Grey8 };
        let view = View::new(&octets, format, width, height, 0).unwrap();
        let grey = width * height;
        let mut reader = None;
        let first = most(|| {
            let mut made = Reader::new();
            drop(made.read(&view));
            reader = Some(made);
        });
        let second = most(|| drop(reader.as_mut().map(|reader| reader.read(&view))));
        println!(
            "{class}, {format}: {:.2} and {:.2} times the grey pixels",
            first as f64 / grey as f64,
            second as f64 / grey as f64
        );
        assert!(first <= 3 * grey, "{first} for {grey} pixels");
        assert!(second <= first);
    }
}
