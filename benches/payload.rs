//! How fast payloads are read, as ratios to one pass of UTF-8 validation over the same bytes, measured in the same run.
//!
//! No reader can do less than look at every byte once; that pass goes on behind bytes that are no UTF-8, as seals have
//! them. Over plain text it is vectorised, so that the ratios are large. They are there to be compared with one another and with those of earlier versions.
//!
//! `cargo bench --bench payload` prints them.

use landfall::date::Time;
use landfall::payload;
use landfall::specimen::{self, Sealed};
use std::hint::black_box;
use std::time::{Duration, Instant};

const PASS: &str = "M1ERIKSSON/ANNA       EAB12C3 UTOYTOUT 0834 326J003A0027 167>5321WW1325BUT 0014123456002001412346700100141234\
                    789012A0141234567890 1UT UT 1234567890123    4PCYLX58Z^108ABCDEFGH";
const LICENCE: &str = "@\n\x1e\rANSI 636019090001DL00310222DLDAQ123456789\nDCSERIKSSON\nDDEN\nDACANNA\nDDFN\nDADMARIA\nDDGN\nDCAC\n\
                       DCBNONE\nDCDNONE\nDBD06062024\nDBB08121974\nDBA08122030\nDBC2\nDAU065 in\nDAYBLU\nDAG12 HARBOUR ST\n\
                       DAIPORT UTOPIA\nDAJGU\nDAK969100000  \nDCFUTODISCRIMINATOR\nDCGUSA\r";
const STRIPE: &str = "%UTPORT UTOPIA^ERIKSSON$ANNA$MARIA^12 HARBOUR ST^?\n;636019123456789=291219740812=?";
const SEAL: &str = "DC03D9C5D9CAC8A73A995D913A7D9C575E030230BAB3D2B3C549CD1DA93C5BD458135C6F57FC133C133C133C6B38208A4D0D\
                    4A32B0C11AE6268427153F7C453C133C1345FF4039034E85DA183C1CC0D3AC16732D7EE2C20D7AEF7B381C0AE509F10A97890D511C\
                    3C47B94807A4D0F67CE9083A7F206F04FB35AFDB8AB9658A93327A4E0EE6ED";
const JSON: &str = r#"{"data":{"hdr":{"is":"UTO","t":"icao.test","v":1},"msg":{"pid":{"dob":"1974-08-12","i":"L898902C3","n":"ERIKSSON  ANNA"},"utci":"U32870"}},"sig":{"alg":"ES256","cer":"MIIBeTCCAR2gAwIBAgIBaTAMBggqhkjOPQQDAgUA","sigvl":"WKSB79vkIL2Fm8WZ_aqyI2tFZ6Zd"}}"#;

/// The least time of one call, over several rounds of many calls.
fn least(mut call: impl FnMut()) -> Duration {
    const CALLS: u32 = 20_000;
    let round = |call: &mut dyn FnMut()| {
        let start = Instant::now();
        (0..CALLS).for_each(|_| call());
        start.elapsed()
    };
    (0..7).map(|_| round(&mut call)).min().unwrap_or_default() / CALLS
}

fn main() {
    let seal = data_encoding::HEXUPPER.decode(SEAL.as_bytes()).expect("hexadecimal");
    let at = Time::parse("2026-11-01T12:00:00Z").expect("a time");
    let folder = specimen::sealed(Sealed::Authorisation, 1, at).expect("a specimen");
    let authorisation = folder.file("authorisation.txt").expect("a barcode");
    let rows: [(&str, &[u8]); 6] = [
        ("bcbp", PASS.as_bytes()),
        ("aamva", LICENCE.as_bytes()),
        ("magnetic_stripe", STRIPE.as_bytes()),
        ("vds", &seal),
        ("vds_nc", JSON.as_bytes()),
        ("idb", authorisation),
    ];
    println!("{:<16} {:>6} {:>12} {:>12} {:>8}", "kind", "bytes", "utf-8 ns", "read ns", "ratio");
    for (name, bytes) in rows {
        let kind = payload::read(bytes).map(|payload| payload.kind().name());
        assert_eq!(kind, Ok(name));
        let floor = least(|| {
            let bytes = black_box(bytes);
            black_box(core::str::from_utf8(bytes).map_or_else(|_| bytes.utf8_chunks().count(), str::len));
        });
        let read = least(|| {
            let _ = black_box(payload::read(black_box(bytes)));
        });
        let [floor, read] = [floor, read].map(|time| time.as_nanos().max(1));
        println!("{name:<16} {:>6} {floor:>12} {read:>12} {:>8}", bytes.len(), read / floor);
    }
}
