//! Images of barcodes that cannot be part of the project, in the folder that `LANDFALL_CORPUS` names: how many of each
//! folder are read right. The figures are minimums; what must read nothing reads nothing.
#![cfg(feature = "barcode")]

use landfall::barcode::{Options, read};
use landfall::image::Picture;
use std::fs;
use std::path::{Path, PathBuf};

/// Folder, images read right at least, images.
const MINIMUMS: [(&str, usize, usize); 17] = [
    ("aztec-1", 16, 26),
    ("aztec-2", 13, 13),
    ("datamatrix-1", 16, 18),
    ("datamatrix-2", 8, 9),
    ("datamatrix-3", 6, 18),
    ("datamatrix-4", 5, 11),
    ("pdf417-1", 7, 9),
    ("pdf417-2", 13, 15),
    ("pdf417-3", 3, 6),
    ("qrcode-1", 6, 6),
    ("qrcode-2", 31, 37),
    ("qrcode-3", 10, 13),
    ("qrcode-4", 15, 16),
    ("qrcode-5", 7, 8),
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

/// How many symbols there are, and whether one of them says what stands beside the image.
fn look(path: &Path) -> (usize, bool) {
    let picture = Picture::read(&fs::read(path).unwrap()).unwrap();
    let symbols = read(&picture.view().unwrap(), &Options::default());
    let bytes = fs::read(path.with_extension("bin")).ok();
    let text = fs::read_to_string(path.with_extension("txt")).ok();
    let right = symbols.iter().any(|symbol| {
        bytes.as_ref().is_some_and(|bytes| bytes == symbol.bytes())
            || text.as_ref().is_some_and(|text| text.trim_end() == symbol.text().trim_end())
    });
    (symbols.len(), right)
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
        let looked: Vec<_> = images.iter().step_by(step).map(|path| look(path)).collect();
        let right = looked.iter().filter(|(_, right)| *right).count();
        println!("{folder}: {right} of {}", looked.len());
        let least = if step == 1 { least } else { least / 6 };
        assert!(right >= least, "{folder}: {right} of {}", looked.len());
        if folder.starts_with("falsepositives") {
            assert!(looked.iter().all(|(symbols, _)| *symbols == 0), "{folder}: something was read");
        }
    }
}
