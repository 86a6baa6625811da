//! Pictures of the chip: original bytes, PNG, and whatever comes instead of a picture.
#![cfg(all(feature = "specimen", feature = "emrtd"))]
#![allow(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use landfall::date::Time;
use landfall::engine::Engine;
use landfall::error::{ErrorKind, Part};
use landfall::lds::{Image, ImageFormat};
use landfall::portrait::png;
use landfall::specimen::{Folder, Kind, issue};

fn at() -> Time {
    Time::parse("2026-11-01T12:00:00Z").unwrap()
}

fn specimen() -> Folder {
    issue(Kind::Genuine, 1, at()).unwrap()
}

/// The picture of the specimen's DG2 as the engine gives it.
fn portrait() -> Vec<u8> {
    let mut inspection = Engine::new().unwrap().inspect(at());
    for name in ["DG1", "DG2", "EF.SOD"] {
        inspection.read_chip_file(1, specimen().file(name).unwrap()).unwrap();
    }
    let pictures = inspection.pictures(1);
    let [picture] = pictures[..] else { panic!("{}", pictures.len()) };
    assert_eq!((picture.file, picture.number), (Part::Dg(2), 1));
    assert!(inspection.pictures(0).is_empty() && inspection.pictures(2).is_empty());
    picture.image.bytes().to_vec()
}

#[test]
fn the_portrait_of_the_specimen_comes_out_as_it_is_and_as_png_of_the_same_size() {
    let bytes = portrait();
    assert!(specimen().file("DG2").unwrap().windows(bytes.len()).any(|part| part == bytes));
    let original = Image::new(&bytes);
    assert_eq!(original.format(), ImageFormat::Jpeg);
    let png = png(&original, Part::Dg(2)).unwrap();
    let written = Image::new(png.reveal());
    assert_eq!((written.format(), written.size()), (ImageFormat::Png, original.size()));
    let chunks: Vec<_> = [&b"tEXt"[..], b"iTXt", b"eXIf", b"iCCP", b"tIME"].into();
    assert!(chunks.iter().all(|chunk| !png.reveal().windows(4).any(|part| part == *chunk)), "pixels and nothing else");
    let again = landfall::portrait::png(&written, Part::Dg(5)).unwrap();
    assert!(again.reveal() == png.reveal(), "PNG is read too, and is the same picture");
}

#[test]
fn what_is_no_picture_or_a_giant_one_is_an_error_with_its_part() {
    let giant = [&b"\xFF\xD8\xFF\xC0\0\x11\x08\xFF\xFF\xFF\xFF\x03\x01\x22\0\x02\x11\x01\x03\x11\x01"[..]].concat();
    for (bytes, kind) in [
        (&b""[..], ErrorKind::PictureFormat),
        (b"GIF89a", ErrorKind::PictureFormat),
        (b"\xFF\xD8\xFF", ErrorKind::PictureUnreadable),
        (b"\x89PNG\r\n\x1A\n", ErrorKind::PictureUnreadable),
        (b"\xFF\x4F\xFF\x51", ErrorKind::PictureUnreadable),
        (b"\0\0\0\x0CjP  \r\n\x87\n", ErrorKind::PictureUnreadable),
        (&giant, ErrorKind::TooLarge),
    ] {
        let error = png(&Image::new(bytes), Part::Dg(7)).err().unwrap();
        assert_eq!((error.part, error.offset), (Part::Dg(7), 0));
        assert!(error.kind == kind || (kind == ErrorKind::TooLarge && error.kind == ErrorKind::PictureUnreadable));
    }
}

/// Pictures of the corpus, in JPEG 2000, which the specimens do not have.
fn of_corpus() -> Vec<Vec<u8>> {
    let Some(corpus) = std::env::var_os("LANDFALL_CORPUS") else {
        println!("not run on JPEG 2000: LANDFALL_CORPUS is not set");
        return Vec::new();
    };
    let folder = std::path::Path::new(&corpus).join("pki/bsi_silver");
    let mut inspection = Engine::new().unwrap().inspect(at());
    for name in ["EF_DG2.bin", "EF_DG5.bin", "EF_DG7.bin"] {
        inspection.read_chip_file(1, &std::fs::read(folder.join(name)).unwrap()).unwrap();
    }
    let pictures: Vec<_> = inspection.pictures(1).iter().map(|picture| picture.image.bytes().to_vec()).collect();
    assert_eq!(pictures.len(), 3);
    for bytes in &pictures {
        let original = Image::new(bytes);
        let png = png(&original, Part::Dg(2)).unwrap();
        assert_eq!((original.format(), Image::new(png.reveal()).size()), (ImageFormat::Jpeg2000, original.size()));
    }
    pictures
}

#[test]
fn a_damaged_picture_is_decoded_or_refused_and_never_crashes() {
    std::panic::set_hook(Box::new(|_| {}));
    let (mut seed, mut read, mut refused) = (1_u64, 0, 0);
    let mut below = |bound: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % bound.max(1)
    };
    for original in std::iter::once(portrait()).chain(of_corpus()) {
        for _ in 0..if cfg!(debug_assertions) { 8 } else { 300 } {
            let mut bytes = original.clone();
            let headers = bytes.len().min(300);
            for _ in 0..=below(4) {
                let most = if below(2) == 0 { headers } else { bytes.len() };
                bytes[below(most)] = below(256) as u8;
            }
            if below(4) == 0 {
                let length = below(bytes.len());
                bytes.truncate(length);
            }
            match png(&Image::new(&bytes), Part::Dg(2)) {
                Ok(_) => read += 1,
                Err(_) => refused += 1,
            }
        }
    }
    println!("{read} decoded, {refused} refused");
    assert!(read > 0 && refused > 0);
}
