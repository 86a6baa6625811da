//! Symbols as another writer makes them, on pages of our own: turned, mirrored, light on dark, and pages without any.

use super::geometry::{Bow, at};
use super::grey::{Grey, GreyImage};
use super::{Options, Symbology, read_grey as read};
use rxing::common::BitMatrix;
use rxing::{BarcodeFormat, MultiFormatWriter, Writer};

/// A symbol as rxing writes it, one pixel for a module.
fn written(format: BarcodeFormat, text: &str, side: i32) -> BitMatrix {
    MultiFormatWriter.encode(text, &format, side, side).unwrap()
}

/// The same on paper: turned, `module` pixels for a module, each pixel the mean of nine looks.
fn page(matrix: &BitMatrix, module: f32, degrees: f32, mirrored: bool) -> GreyImage {
    bent_page(matrix, module, degrees, mirrored, Bow::default())
}

/// The same on paper that is not flat.
fn bent_page(matrix: &BitMatrix, module: f32, degrees: f32, mirrored: bool, bow: Bow) -> GreyImage {
    let (width, height) = (matrix.getWidth() as f32, matrix.getHeight() as f32);
    let side = ((width.hypot(height) + 12.0) * module) as usize;
    let (sine, cosine) = degrees.to_radians().sin_cos();
    let middle = side as f32 * 0.5;
    let dark = |x: f32, y: f32| {
        let (x, y) = (x - middle, y - middle);
        let u = (x * cosine + y * sine) / module + width * 0.5;
        let v = (y * cosine - x * sine) / module + height * 0.5;
        let u = if mirrored { width - u } else { u };
        // The bow says where a module comes to lie; which one has come to lie here is found step by step.
        let flat = at(u, v);
        let place = (0..8).fold(flat, |place, _| place.plus(flat.minus(bow.flat(place, width, height))));
        let (u, v) = (place.x, place.y);
        u >= 0.0 && v >= 0.0 && u < width && v < height && matrix.get(u as u32, v as u32)
    };
    let mut pixels = Vec::with_capacity(side * side);
    for y in 0..side {
        for x in 0..side {
            let looks = (0..9u8).filter(|look| {
                let (i, j) = (f32::from(look % 3), f32::from(look / 3));
                dark(x as f32 + (i + 0.5) / 3.0, y as f32 + (j + 0.5) / 3.0)
            });
            pixels.push(235 - looks.count() as u8 * 22);
        }
    }
    GreyImage::new(pixels, side, side).unwrap()
}

const TEXT: &str = "M1ERIKSSON/ANNA MARIA E123456 UTOYTOUT 0834 226F001A0025 100";

/// Each symbology with the side that makes rxing write a pixel for a module.
const KINDS: [(Symbology, BarcodeFormat, i32); 4] = [
    (Symbology::Qr, BarcodeFormat::QR_CODE, 1),
    (Symbology::Aztec, BarcodeFormat::AZTEC, 1),
    (Symbology::DataMatrix, BarcodeFormat::DATA_MATRIX, 1),
    (Symbology::Pdf417, BarcodeFormat::PDF_417, 1),
];

#[test]
fn every_symbology_is_read_at_every_turn_and_nothing_else_is() {
    for (symbology, format, side) in KINDS {
        let matrix = written(format, TEXT, side);
        for (module, degrees) in [(4.0, 0.0), (3.1, 17.0), (5.0, 90.0), (3.6, 203.0), (4.4, 318.0)] {
            let image = page(&matrix, module, degrees, false);
            let symbols = read(image.view(), &Options::default());
            let found: Vec<_> = symbols.iter().map(|symbol| (symbol.symbology(), symbol.bytes())).collect();
            assert_eq!(found, [(symbology, TEXT.as_bytes())], "{symbology}, {module} pixels, {degrees} degrees");
            let others = Symbology::ALL.into_iter().filter(|kind| *kind != symbology).collect();
            assert!(read(image.view(), &Options { symbologies: others, ..Options::default() }).is_empty());
        }
    }
}

/// Linear symbols, and what they say.
const LINEAR: [(Symbology, BarcodeFormat, &str); 6] = [
    (Symbology::Code128, BarcodeFormat::CODE_128, "Utopia 7408122/zE"),
    (Symbology::Code128, BarcodeFormat::CODE_128, "00340434161094042557"),
    (Symbology::Code128, BarcodeFormat::CODE_128, "L898902C3\u{9}UTO"),
    (Symbology::Code39, BarcodeFormat::CODE_39, "L898902C3-UTO $/+%."),
    (Symbology::Code39, BarcodeFormat::CODE_39, "QWERTYUIPASDFGHJKZXVBNM4567"),
    (Symbology::Itf, BarcodeFormat::ITF, "0123456789314159265358"),
];

/// A linear symbol as rxing writes it, thirty modules high, between quiet paper.
fn bars(format: BarcodeFormat, text: &str) -> BitMatrix {
    let line = MultiFormatWriter.encode(text, &format, 1, 1).unwrap();
    let (width, height) = (line.getWidth(), 30);
    let mut matrix = BitMatrix::new(width + 24, height).unwrap();
    for x in (0..width).filter(|x| line.get(*x, 0)) {
        (0..height).for_each(|y| matrix.set(x + 12, y));
    }
    matrix
}

#[test]
fn linear_symbols_are_read_at_every_turn_and_upside_down() {
    for (symbology, format, text) in LINEAR {
        let matrix = bars(format, text);
        for (module, degrees) in [(4.0, 0.0), (2.3, 17.0), (3.0, 90.0), (2.6, 203.0), (3.4, 318.0), (2.5, 180.0)] {
            let image = page(&matrix, module, degrees, false);
            let symbols = read(image.view(), &Options::default());
            let found: Vec<_> = symbols.iter().map(|symbol| (symbol.symbology(), symbol.text())).collect();
            assert_eq!(found, [(symbology, text)], "{module} pixels, {degrees} degrees");
            let others = Symbology::ALL.into_iter().filter(|kind| *kind != symbology).collect();
            assert!(read(image.view(), &Options { symbologies: others, ..Options::default() }).is_empty());
            let symbol = symbols.first().unwrap();
            let side = |a: usize, b: usize| {
                let ((ax, ay), (bx, by)) = (symbol.quad()[a], symbol.quad()[b]);
                ((ax - bx) as f32).hypot((ay - by) as f32) / module
            };
            let width = matrix.getWidth() as f32 - 24.0;
            assert!((side(0, 1) - width).abs() < width * 0.1 + 2.0, "{symbology}: {} for {width}", side(0, 1));
            assert!((side(0, 3) - 30.0).abs() < 6.0, "{symbology}: {} high", side(0, 3));
            // Bars of less than three pixels have no width in two colours that could be measured.
            if module < 3.0 {
                continue;
            }
            let (whole, two_colours) = (image.view().width(), |level: &u8| if *level > 140 { 235 } else { 20 });
            let hard = (0..whole).flat_map(|y| image.view().row(y).iter().map(two_colours)).collect();
            let hard = GreyImage::new(hard, whole, whole).unwrap();
            let found = read(hard.view(), &Options::default());
            assert_eq!(
                found.first().map(|symbol| symbol.text()),
                Some(text),
                "{module} pixels, {degrees}, two colours"
            );
        }
    }
}

#[test]
fn light_on_dark_and_mirrored_symbols_are_read() {
    for (symbology, format, side) in KINDS {
        let matrix = written(format, TEXT, side);
        let image = page(&matrix, 4.0, 8.0, true);
        let symbols = read(image.view(), &Options::default());
        assert_eq!(
            symbols.iter().map(|symbol| symbol.bytes()).collect::<Vec<_>>(),
            [TEXT.as_bytes()],
            "{symbology} mirrored"
        );
        let image = page(&matrix, 4.0, 8.0, false);
        let (width, height) = (image.view().width(), image.view().height());
        let pixels = (0..height).flat_map(|y| image.view().row(y).iter().map(|value| 255 - value)).collect();
        let image = GreyImage::new(pixels, width, height).unwrap();
        let symbols = read(image.view(), &Options::default());
        assert_eq!(symbols.iter().map(|symbol| symbol.text()).collect::<Vec<_>>(), [TEXT], "{symbology} light on dark");
    }
}

#[test]
fn datamatrix_on_bent_paper_is_read() {
    let matrix = written(BarcodeFormat::DATA_MATRIX, TEXT, 1);
    for (across, down, degrees) in [(-1.5, 0.0, 3.0), (2.0, 0.0, 20.0), (0.0, 1.8, 200.0), (1.3, -1.2, 95.0)] {
        let image = bent_page(&matrix, 4.0, degrees, false, Bow { across, down });
        let symbols = read(image.view(), &Options::default());
        let found: Vec<_> = symbols.iter().map(|symbol| symbol.text()).collect();
        assert_eq!(found, [TEXT], "{across} modules across, {down} down, {degrees} degrees");
    }
}

#[test]
fn worn_symbols_whose_patterns_are_broken_are_read() {
    for (symbology, format, side) in KINDS {
        let image = page(&written(format, TEXT, side), 5.0, 3.0, false);
        let (width, height) = (image.view().width(), image.view().height());
        let mut pixels: Vec<u8> = (0..height).flat_map(|y| image.view().row(y).to_vec()).collect();
        let mut state = 11u32;
        let mut below = |limit: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % limit
        };
        // Ink broken out in grains of two pixels.
        for _ in 0..width * height / 400 {
            let (x, y) = (below(width - 2), below(height - 2));
            [(0, 0), (1, 0), (0, 1), (1, 1)].iter().for_each(|(i, j)| pixels[(y + j) * width + x + i] = 235);
        }
        let image = GreyImage::new(pixels, width, height).unwrap();
        let symbols = read(image.view(), &Options::default());
        assert_eq!(symbols.iter().map(|symbol| symbol.text()).collect::<Vec<_>>(), [TEXT], "{symbology}");
    }
}

#[test]
fn a_symbol_alone_is_read_at_a_pixel_for_a_module_and_its_corners_are_those_of_the_picture() {
    for (symbology, format, side) in KINDS.into_iter().take(3) {
        let matrix = written(format, TEXT, side);
        let dark: Vec<(u32, u32)> = (0..matrix.getHeight())
            .flat_map(|y| (0..matrix.getWidth()).map(move |x| (x, y)))
            .filter(|(x, y)| matrix.get(*x, *y))
            .collect();
        let left = dark.iter().map(|(x, _)| *x).min().unwrap();
        let top = dark.iter().map(|(_, y)| *y).min().unwrap();
        let right = dark.iter().map(|(x, _)| *x).max().unwrap();
        let bottom = dark.iter().map(|(_, y)| *y).max().unwrap();
        let (width, height) = ((right - left + 1) as usize, (bottom - top + 1) as usize);
        let mut pixels = vec![255; width * height];
        dark.iter().for_each(|(x, y)| pixels[(y - top) as usize * width + (x - left) as usize] = 0);
        let symbols = read(Grey::new(&pixels, width, height, width).unwrap(), &Options::default());
        assert_eq!(symbols.iter().map(|symbol| symbol.text()).collect::<Vec<_>>(), [TEXT], "{symbology}");
        let ends = [(0, 0), (width, 0), (width, height), (0, height)].map(|(x, y)| (x as i32, y as i32));
        for (corner, end) in symbols[0].quad().into_iter().zip(ends) {
            assert!((corner.0 - end.0).abs() <= 1 && (corner.1 - end.1).abs() <= 1, "{symbology}: {corner:?}, {end:?}");
        }
    }
}

#[test]
fn paper_noise_and_pages_of_a_few_pixels_hold_nothing() {
    let mut state = 7u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    for (width, height) in [(1, 1), (3, 200), (200, 3), (130, 90)] {
        let pixels: Vec<u8> = (0..width * height).map(|_| noise()).collect();
        let page = Grey::new(&pixels, width, height, width).unwrap();
        assert!(read(page, &Options::default()).is_empty(), "{width} × {height}");
    }
}

#[test]
fn debug_forms_of_symbols_hold_no_content() {
    let image = page(&written(BarcodeFormat::QR_CODE, TEXT, 1), 4.0, 0.0, false);
    let symbols = read(image.view(), &Options::default());
    let shown = format!("{symbols:?} {:?}", symbols[0].summary(None));
    assert!(!shown.contains("ERIKSSON") && shown.contains("qr"), "{shown}");
    let json = serde_json::to_value(symbols[0].summary(None)).unwrap();
    assert_eq!(json["payload"]["kind"], "bcbp");
}

/// PDF417 as rxing writes it, six pixels for a module, with nothing around it; upside down if so asked.
fn flush(text: &str, over: bool) -> (Vec<u8>, usize, usize) {
    let matrix = written(BarcodeFormat::PDF_417, text, 1);
    let dark = |x: u32, y: u32| matrix.get(x, y);
    let columns: Vec<u32> = (0..matrix.getWidth()).filter(|x| (0..matrix.getHeight()).any(|y| dark(*x, y))).collect();
    let rows: Vec<u32> = (0..matrix.getHeight()).filter(|y| columns.iter().any(|x| dark(*x, *y))).collect();
    let (left, top) = (columns[0], rows[0]);
    let (width, height) = (columns[columns.len() - 1] - left + 1, rows[rows.len() - 1] - top + 1);
    let module =
        |x: u32, y: u32| if over { dark(left + width - 1 - x, top + height - 1 - y) } else { dark(left + x, top + y) };
    let pixels = (0..height * 6).flat_map(|y| (0..width * 6).map(move |x| (x / 6, y / 6)));
    let pixels = pixels.map(|(x, y)| if module(x, y) { 0 } else { 235 }).collect();
    (pixels, width as usize * 6, height as usize * 6)
}

#[test]
fn bars_flush_with_the_picture_need_no_quiet_zone() {
    for over in [false, true] {
        let (pixels, width, height) = flush(TEXT, over);
        let symbols = read(GreyImage::new(pixels, width, height).unwrap().view(), &Options::default());
        assert_eq!(symbols.iter().map(|symbol| symbol.text()).collect::<Vec<_>>(), [TEXT], "{over}");
    }
}

#[test]
fn symbols_that_stand_in_a_column_are_not_pieces_of_one() {
    const PAPER: usize = 60;
    let texts: Vec<String> = (0..8).map(|number| format!("UTO SPECIMEN LABEL {number}")).collect();
    let labels: Vec<_> = texts.iter().map(|text| flush(text, false)).collect();
    let width = labels.iter().map(|(_, width, _)| width + 2 * PAPER).max().unwrap();
    let mut page = vec![235; width * PAPER];
    for (pixels, own, _) in &labels {
        for row in pixels.chunks(*own) {
            page.extend([235; PAPER]);
            page.extend_from_slice(row);
            page.resize(page.len() + width - own - PAPER, 235);
        }
        page.resize(page.len() + width * PAPER, 235);
    }
    let height = page.len() / width;
    let symbols = read(GreyImage::new(page, width, height).unwrap().view(), &Options::default());
    assert_eq!(symbols.iter().map(|symbol| symbol.text()).collect::<Vec<_>>(), texts);
}
