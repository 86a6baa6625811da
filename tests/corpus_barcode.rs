//! Images of barcodes that cannot be part of the project, in the folder that `LANDFALL_CORPUS` names: how many of each
//! folder are read right. The figures are minimums; what must read nothing reads nothing. Where zxing-cpp's Python wheel is installed, the
//! same images go through it, and files on which both differ are told.
#![cfg(feature = "barcode")]

use landfall::barcode::{Options, read};
use landfall::image::Picture;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Folder, images read right at least, images.
const MINIMUMS: [(&str, usize, usize); 17] = [
    ("aztec-1", 26, 26),
    ("aztec-2", 13, 13),
    ("datamatrix-1", 18, 18),
    ("datamatrix-2", 9, 9),
    ("datamatrix-3", 17, 18),
    ("datamatrix-4", 11, 11),
    ("pdf417-1", 9, 9),
    ("pdf417-2", 15, 15),
    ("pdf417-3", 6, 6),
    ("qrcode-1", 6, 6),
    ("qrcode-2", 35, 37),
    ("qrcode-3", 13, 13),
    ("qrcode-4", 16, 16),
    ("qrcode-5", 8, 8),
    ("qrcode-6", 7, 7),
    ("falsepositives-1", 0, 13),
    ("falsepositives-2", 0, 13),
];

fn images(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let kind = |path: &Path| path.extension().is_some_and(|kind| kind == "png" || kind == "jpg" || kind == "webp");
    let mut images: Vec<_> = entries.filter(|path| kind(path)).collect();
    images.sort();
    images
}

/// What stands beside an image, as bytes or as text.
fn stated(path: &Path) -> (Option<Vec<u8>>, Option<String>) {
    (fs::read(path.with_extension("bin")).ok(), fs::read_to_string(path.with_extension("txt")).ok())
}

/// zxing-cpp's Python wheel with the four matrix symbologies; a line of hexadecimal bytes and text for each image, none if it finds none.
const PEER: &str = r#"
import sys, zxingcpp
from PIL import Image
kinds = zxingcpp.BarcodeFormat
kinds = (kinds.PDF417, kinds.QRCode, kinds.Aztec, kinds.DataMatrix)
for path in sys.stdin.read().splitlines():
    found = zxingcpp.read_barcodes(Image.open(path).convert("L"), formats=kinds)
    print(" ".join(bytes(one.bytes).hex() + "/" + one.text.encode().hex() for one in found))
"#;

/// Whether the peer reads each image right; nothing if it is not installed.
fn peer(images: &[PathBuf]) -> Option<Vec<bool>> {
    let mut python = Command::new("python3")
        .args(["-c", PEER])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let paths: Vec<String> = images.iter().map(|path| path.display().to_string()).collect();
    python.stdin.take()?.write_all(paths.join("\n").as_bytes()).ok()?;
    let said = python.wait_with_output().ok().filter(|output| output.status.success())?;
    let said = String::from_utf8(said.stdout).ok()?;
    let right = |(path, line): (&PathBuf, &str)| {
        let (bytes, text) = stated(path);
        line.split(' ').filter_map(|found| found.split_once('/')).any(|(own, shown)| {
            bytes.as_ref().is_some_and(|bytes| hex(bytes) == own)
                || text.as_ref().is_some_and(|text| [own, shown].contains(&hex(text.trim_end().as_bytes()).as_str()))
        })
    };
    Some(images.iter().zip(said.lines()).map(right).collect())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How many symbols there are, and whether one of them says what stands beside the image.
fn look(path: &Path) -> (usize, bool) {
    let picture = Picture::read(&fs::read(path).unwrap()).unwrap();
    let symbols = read(&picture.view().unwrap(), &Options::default());
    let (bytes, text) = stated(path);
    let right = symbols.iter().any(|symbol| {
        bytes.as_ref().is_some_and(|bytes| bytes == symbol.bytes())
            || text.as_ref().is_some_and(|text| text.trim_end() == symbol.text().trim_end())
    });
    (symbols.len(), right)
}

const fn word(right: bool) -> &'static str {
    if right { "right" } else { "not read" }
}

#[test]
fn images_of_others_are_read_and_those_without_a_barcode_give_none() {
    let Some(corpus) = std::env::var_os("LANDFALL_CORPUS") else {
        println!("not run: LANDFALL_CORPUS names no folder");
        return;
    };
    let root = Path::new(&corpus).join("barcode/images");
    for (folder, least, count) in MINIMUMS {
        let images = images(&root.join(folder));
        assert_eq!(images.len(), count, "{folder}");
        // A debug build looks at every third image and holds a third of the figure.
        let step = if cfg!(debug_assertions) { 3 } else { 1 };
        let images: Vec<PathBuf> = images.into_iter().step_by(step).collect();
        let looked: Vec<_> = images.iter().map(|path| look(path)).collect();
        let right = looked.iter().filter(|(_, right)| *right).count();
        println!("{folder}: {right} of {}", looked.len());
        if let Some(peer) = peer(&images) {
            println!("    zxing-cpp {}", peer.iter().filter(|right| **right).count());
            for ((path, (_, own)), peer) in
                images.iter().zip(&looked).zip(peer).filter(|((_, (_, own)), peer)| own != peer)
            {
                let name = path.file_name().unwrap_or_default().display();
                println!("    {name}: {} here, {} there", word(*own), word(peer));
            }
        }
        let least = if step == 1 { least } else { least / 6 };
        assert!(right >= least, "{folder}: {right} of {}", looked.len());
        if folder.starts_with("falsepositives") {
            assert!(looked.iter().all(|(symbols, _)| *symbols == 0), "{folder}: something was read");
        }
    }
}
