//! `landfall specimen`: a specimen passport of Utopia, written into a folder.

use super::args::SpecimenArgs;
use super::{Done, Trouble, source, time};
use landfall::date::Time;
use landfall::specimen::{self, ChipKey, DigitalSignature, Encoding, Kind, Order};
use std::io::Write;
use std::process::ExitCode;

pub(super) fn run(args: &SpecimenArgs) -> Done {
    let at = time(args.at)?;
    let issued = match (args.kind.as_str(), Kind::from_name(&args.kind)) {
        ("trust", _) => specimen::trust(at),
        #[cfg(feature = "barcode")]
        ("pages", _) => {
            let class = specimen::page::Class::from_name(&args.class).ok_or_else(|| unknown("class", &args.class))?;
            specimen::pages(specimen::Papers::Genuine, args.seed, at, class)
        }
        (_, Some(kind)) => order(args, kind, at)?.issue().map(|specimen| specimen.folder),
        #[cfg(feature = "barcode")]
        (name, None) if specimen::Papers::from_name(name).is_some() => {
            let kind = specimen::Papers::from_name(name).unwrap_or(specimen::Papers::Genuine);
            specimen::papers(kind, args.seed, at)
        }
        #[cfg(feature = "barcode")]
        (name, None) if specimen::Sealed::from_name(name).is_some() => {
            let kind = specimen::Sealed::from_name(name).unwrap_or(specimen::Sealed::EmergencyDocument);
            specimen::sealed(kind, args.seed, at)
        }
        (other, None) => {
            return Err(Trouble::Usage(format!("there is no specimen `{other}`; see --help")));
        }
    };
    let folder = issued.map_err(|error| Trouble::Engine("specimen".to_owned(), error))?;
    let name = source::display(&args.folder);
    if std::fs::read_dir(&args.folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Trouble::Usage(format!("{name} is not empty; a specimen is written into a folder of its own")));
    }
    std::fs::create_dir_all(&args.folder).map_err(|error| Trouble::File(name.clone(), error))?;
    let mut out = std::io::stdout().lock();
    for file in folder.files() {
        let path = args.folder.join(&file.name);
        std::fs::write(&path, &file.bytes).map_err(|error| Trouble::File(source::display(&path), error))?;
        writeln!(out, "{}", path.display())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What was ordered.
fn order(args: &SpecimenArgs, kind: Kind, at: Time) -> Result<Order, Trouble> {
    let mut order = Order::new(kind, args.seed, at);
    order.chip_key = ChipKey::from_name(&args.chip_key).ok_or_else(|| unknown("chip key", &args.chip_key))?;
    order.signature =
        DigitalSignature::from_name(&args.signature).ok_or_else(|| unknown("signature", &args.signature))?;
    order.encoding = Encoding::from_name(&args.encoding).ok_or_else(|| unknown("encoding", &args.encoding))?;
    order.challenge = args.challenge;
    Ok(order)
}

fn unknown(what: &str, name: &str) -> Trouble {
    Trouble::Usage(format!("there is no {what} `{name}`; see --help"))
}
