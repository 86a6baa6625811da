//! Zones read from drawn pages, as a host does it: from files, from borrowed buffers, from hostile ones.
#![cfg(all(feature = "optical", feature = "specimen"))]

use landfall::error::ErrorKind;
use landfall::image::{MAX_PIXELS, Picture, PixelFormat, View};
use landfall::optical::{Reader, Zone};
use landfall::specimen::page::frame::{Encoding, Frame};
use landfall::specimen::page::typeface::Typeface;
use landfall::specimen::page::{Class, Page};

fn page(class: Class, number: u64) -> Page {
    let face = Typeface::strokes();
    Page::draw(class, number, &face, &face).unwrap()
}

fn read_frame(reader: &mut Reader, frame: &Frame) -> Vec<Zone> {
    let octets = frame.octets();
    let format = if frame.is_grey() { PixelFormat::Grey8 } else { PixelFormat::Rgb8 };
    reader.read(&View::new(&octets, format, frame.width, frame.height, 0).unwrap())
}

fn is_right(zones: &[Zone], page: &Page) -> bool {
    matches!(zones, [zone, ..] if zone.lines().eq(page.truth.lines.iter().map(String::as_str)))
}

/// How many of the first pages of a class are read exactly; fewer are drawn without optimisation.
fn exact(class: Class, count: u64) -> (u64, u64) {
    let count = if cfg!(debug_assertions) { count.div_ceil(5) } else { count };
    let mut reader = Reader::new();
    let right = (100..100 + count).filter(|number| {
        let page = page(class, *number);
        let zones = read_frame(&mut reader, &page.shot.frame);
        is_right(&zones, &page)
    });
    (right.count() as u64, count)
}

#[test]
fn scanned_pages_of_every_layout_are_read_exactly() {
    let (right, count) = exact(Class::Scanner150, 20);
    // Three of the four that are drawn without optimisation.
    assert!(right * 4 >= count * 3, "{right} of {count}");
}

#[test]
fn pages_askew_and_turned_by_the_draw_are_read() {
    let (right, count) = exact(Class::Rotated, 20);
    assert!(right + 1 >= count, "{right} of {count}");
}

/// Pages that are turned; drawing and reading take long without optimisation.
const PAGES: u64 = if cfg!(debug_assertions) { 2 } else { 4 };

#[test]
fn pages_are_read_in_all_four_directions_and_their_places_turn_with_them() {
    let mut reader = Reader::new();
    let mut read = [0; 4];
    for number in 0..PAGES {
        let mut page = page(Class::Scanner150, number);
        for (turn, read) in read.iter_mut().enumerate() {
            let zones = read_frame(&mut reader, &page.shot.frame);
            if is_right(&zones, &page) {
                *read += 1;
                let (width, height) = (page.shot.frame.width as f32, page.shot.frame.height as f32);
                assert!(upper_left(turn, zones[0].quad()[0], width, height), "turned {turn} times");
            }
            page.shot.frame.turn(1);
        }
    }
    assert_eq!(read, [PAGES; 4], "read by turn");
}

/// Whether the corner of a zone at the lower edge of an upright page is where it comes to lie after quarter turns.
fn upper_left(turns: usize, (x, y): (f32, f32), width: f32, height: f32) -> bool {
    let (left, upper) = (x < width / 2.0, y < height / 2.0);
    (left, upper) == [(true, false), (true, true), (false, true), (false, false)][turns]
}

/// A picture of the same page with noise of its own, as a small sensor in poor light gives it.
fn noisy(octets: &[u8], seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        i32::try_from(state >> 33 & 0xFF).unwrap() - 128
    };
    octets.iter().map(|octet| u8::try_from((i32::from(*octet) + next() + next()).clamp(0, 255)).unwrap()).collect()
}

#[test]
fn frames_of_one_page_are_read_together_and_better_than_any_of_them() {
    let mut reader = Reader::new();
    let (mut alone, mut together) = (0, 0);
    for number in 0..PAGES {
        let page = page(Class::Scanner150, number);
        let frame = &page.shot.frame;
        let format = if frame.is_grey() { PixelFormat::Grey8 } else { PixelFormat::Rgb8 };
        let shots: Vec<_> = (1..=4).map(|shot| noisy(&frame.octets(), number * 10 + shot)).collect();
        let views: Vec<_> =
            shots.iter().map(|octets| View::new(octets, format, frame.width, frame.height, 0).unwrap()).collect();
        alone += views.iter().filter(|view| is_right(&reader.read(view), &page)).count();
        let zones = reader.read_frames(&views);
        assert!(zones.len() <= 1, "one print, one reading");
        together += usize::from(is_right(&zones, &page)) * views.len();
    }
    assert!(together > alone, "{together} of {alone}");
}

#[test]
fn two_persons_zones_are_not_taken_for_one_print() {
    let mut reader = Reader::new();
    let one = page(Class::Scanner150, 0);
    let mut others = (1..).map(|number| page(Class::Scanner150, number));
    let other = others.find(|other| other.truth.layout == one.truth.layout).unwrap();
    let pages = [one, other];
    let zones: Vec<_> = pages.iter().flat_map(|page| read_frame(&mut reader, &page.shot.frame)).collect();
    assert!(!zones[0].is_same_print(&zones[1]) && zones[0].is_same_print(&zones[0]));
    let octets = pages.each_ref().map(|page| page.shot.frame.octets());
    let frames = [0, 1].map(|at| &pages[at].shot.frame);
    let format = |frame: &Frame| if frame.is_grey() { PixelFormat::Grey8 } else { PixelFormat::Rgb8 };
    let view = |at: usize| View::new(&octets[at], format(frames[at]), frames[at].width, frames[at].height, 0).unwrap();
    let read = reader.read_frames(&[view(0), view(1), view(0)]);
    assert!(is_right(&read, &pages[0]), "of two prints that no picture shows together the one that more show stays");
}

#[test]
fn nothing_is_read_where_there_is_no_zone() {
    let mut reader = Reader::new();
    for number in 0..if cfg!(debug_assertions) { 2 } else { 12 } {
        let page = page(Class::NoMrz, number);
        let zones = read_frame(&mut reader, &page.shot.frame);
        assert!(zones.iter().all(|zone| !zone.accepted()), "page {number}");
    }
    let blank = vec![255_u8; 640 * 480];
    assert!(reader.read(&View::new(&blank, PixelFormat::Grey8, 640, 480, 0).unwrap()).is_empty());
}

#[test]
fn a_misprint_is_never_accepted_as_what_would_have_been_right() {
    let mut reader = Reader::new();
    for number in 0..if cfg!(debug_assertions) { 2 } else { 10 } {
        let page = page(Class::Misprint, number);
        for zone in read_frame(&mut reader, &page.shot.frame) {
            let right = zone.lines().eq(page.truth.lines.iter().map(String::as_str));
            assert!(!zone.accepted() || right, "page {number}");
        }
    }
}

#[test]
fn every_pixel_format_and_stride_gives_the_same_text() {
    let page = page(Class::Scanner150, 2);
    let mut frame = page.shot.frame.clone();
    frame.pixels.iter_mut().for_each(|pixel| pixel[0] = pixel[1].max(pixel[2]) - 1.0);
    let rgb = frame.octets();
    let (width, height) = (frame.width, frame.height);
    let mut reader = Reader::new();
    let lines = |zones: Vec<Zone>| {
        zones.iter().flat_map(|zone| zone.lines().map(str::to_owned).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let whole = lines(reader.read(&View::new(&rgb, PixelFormat::Rgb8, width, height, 0).unwrap()));
    assert!(!whole.is_empty());
    let bgr: Vec<u8> = rgb.chunks(3).flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]).collect();
    assert_eq!(lines(reader.read(&View::new(&bgr, PixelFormat::Bgr8, width, height, 0).unwrap())), whole);
    let rgba: Vec<u8> = rgb.chunks(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 7]).collect();
    assert_eq!(lines(reader.read(&View::new(&rgba, PixelFormat::Rgba8, width, height, 0).unwrap())), whole);
    let padded: Vec<u8> = rgb.chunks(width * 3).flat_map(|row| row.iter().copied().chain([9; 5])).collect();
    assert_eq!(
        lines(reader.read(&View::new(&padded, PixelFormat::Rgb8, width, height, width * 3 + 5).unwrap())),
        whole
    );
}

#[test]
fn a_buffer_that_is_too_short_or_too_large_is_refused() {
    let pixels = [0_u8; 300];
    let kind =
        |format, width, height, stride| View::new(&pixels, format, width, height, stride).err().map(|error| error.kind);
    assert_eq!(kind(PixelFormat::Rgb8, 10, 10, 0), None);
    assert_eq!(kind(PixelFormat::Rgb8, 10, 11, 0), Some(ErrorKind::BadArgument));
    assert_eq!(kind(PixelFormat::Rgb8, 10, 10, 29), Some(ErrorKind::BadArgument));
    assert_eq!(kind(PixelFormat::Grey8, 0, 10, 0), Some(ErrorKind::BadArgument));
    assert_eq!(kind(PixelFormat::Grey8, 10, 0, 0), Some(ErrorKind::BadArgument));
    assert_eq!(kind(PixelFormat::Grey8, usize::MAX, 2, 0), Some(ErrorKind::BadArgument));
    assert_eq!(kind(PixelFormat::Grey8, MAX_PIXELS, 2, 0), Some(ErrorKind::TooLarge));
}

#[test]
fn a_file_that_is_cut_short_or_no_picture_is_an_error() {
    let page = page(Class::Scanner150, 1);
    for encoding in [Encoding::Png, Encoding::Jpeg(80)] {
        let file = page.shot.frame.encode(encoding).unwrap();
        assert!(Picture::read(&file).is_ok());
        // The last twelve octets of a PNG are a chunk without pixels.
        let last = if encoding == Encoding::Png { file.len() - 13 } else { file.len() - 1 };
        for end in [0, 1, 2, 7, 20, file.len() / 3, file.len() / 2, last - 1, last] {
            let kind = Picture::read(&file[..end]).err().map(|error| error.kind);
            assert_eq!(kind, Some(ErrorKind::ImageUnreadable), "{encoding:?} cut at {end}");
        }
    }
    for garbage in [&b"P<UTO"[..], b"\x00\x00\x00\x0CjP  \r\n\x87\n", b"\xFF\x4F\xFF\x51\x00", b"GIF89a"] {
        assert_eq!(Picture::read(garbage).err().map(|error| error.kind), Some(ErrorKind::ImageUnreadable));
    }
}

#[test]
fn nothing_of_what_was_read_is_shown() {
    let page = page(Class::Scanner150, 0);
    let zones = read_frame(&mut Reader::new(), &page.shot.frame);
    let shown = format!("{zones:?}");
    assert!(page.truth.lines.iter().all(|line| !shown.contains(&line[..9])));
}
