//! Barcodes of drawn pages: how many are read to the byte, for each symbology, and how long a page takes.

use landfall::barcode::{self, Options, Symbology};
use landfall::image::Picture;
use landfall::specimen::page::symbols::{SymbolClass, SymbolPage};
use landfall::specimen::page::typeface::Typeface;
use std::time::Instant;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Draws pages and reads them; one line for each that is not right, then a summary.
pub fn drawn(name: &str, first: u64, count: u64) -> Result<()> {
    let classes = match name {
        "all" => SymbolClass::ALL.to_vec(),
        _ => vec![SymbolClass::from_name(name).ok_or("no such class")?],
    };
    let face = Typeface::strokes();
    for class in classes {
        let mut right = [0_u64; 8];
        let mut seen = [0_u64; 8];
        let (mut wrong, mut times) = (0, Vec::new());
        for number in first..first + count {
            let page = SymbolPage::draw(class, number, &face)?;
            let file = page.shot.frame.encode(page.shot.encoding)?;
            let picture = Picture::read(&file).map_err(|error| format!("{error:?}"))?;
            let view = picture.view().map_err(|error| format!("{error:?}"))?;
            let before = Instant::now();
            let symbols = barcode::read(&view, &Options::default());
            times.push(before.elapsed().as_secs_f64());
            let kind = page.symbology.number() as usize;
            seen[kind] += 1;
            let found = symbols.iter().any(|symbol| symbol.bytes() == page.bytes);
            let others = symbols.iter().filter(|symbol| symbol.bytes() != page.bytes).count();
            right[kind] += u64::from(found);
            wrong += others;
            if !found || others > 0 {
                let word = if found { "right" } else { "MISSED" };
                println!("{}-{number}: {} {word}, {others} wrong, {} bytes", class.name(), page.symbology, page.bytes.len());
            }
        }
        times.sort_by(f64::total_cmp);
        let of = |kind: Symbology| format!("{kind} {}/{}", right[kind.number() as usize], seen[kind.number() as usize]);
        let kinds = [Symbology::Pdf417, Symbology::Qr, Symbology::Aztec, Symbology::DataMatrix].map(of).join(", ");
        let time = |at: usize| times.get(at).copied().unwrap_or(0.0) * 1e3;
        let (median, most) = (time(times.len() / 2), time(times.len().saturating_sub(1)));
        println!("{}: {kinds}; wrong {wrong}; median {median:.1} ms, most {most:.1} ms", class.name());
    }
    Ok(())
}

/// Writes one page into a file.
pub fn write(class: &str, number: u64, path: &str) -> Result<()> {
    let page = SymbolPage::draw(SymbolClass::from_name(class).ok_or("no such class")?, number, &Typeface::strokes())?;
    println!("{} {:?}", page.symbology, page.quad);
    std::fs::write(path, page.shot.frame.encode(page.shot.encoding)?)?;
    Ok(())
}
