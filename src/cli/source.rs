//! Files and folders: what the command reads, recognised by content and bounded in size.

use super::Trouble;
#[cfg(feature = "optical")]
use super::page::Pictured;
use data_encoding::HEXLOWER;
use landfall::chip::Challenge;
use landfall::deviation::Deviations;
use landfall::error::{Error, ErrorKind, Part};
use landfall::fact::Fact;
use landfall::lds;
use landfall::mrz::{self, Mrz, ReaderMarks};
use landfall::pki::RevocationList;
use landfall::secret::Secret;
use serde::Deserialize;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The most bytes that are read of one file.
pub(crate) const MAX_FILE: u64 = 64 << 20;
/// The most files that are looked at in one folder.
const MAX_FILES: usize = 4096;

/// What a file turned out to hold.
pub(crate) enum Content {
    /// The text of machine-readable zones.
    Zones(Vec<Mrz>),
    /// A picture of a page.
    #[cfg(feature = "optical")]
    Picture(super::page::Pictured),
    /// Facts, one JSON object a line.
    Facts(Vec<Fact>),
    /// A file of a chip.
    Chip(Vec<u8>),
    /// What a barcode says.
    #[cfg(feature = "barcode")]
    Payload(Vec<u8>),
    /// A challenge and what the chip answered, as a reader recorded it.
    ActiveAuthentication(Exchange),
    /// A revocation list. An anchor has to verify it before it counts.
    RevocationList(Box<RevocationList>),
}

/// A challenge of active authentication and its answer.
pub(crate) struct Exchange {
    pub(crate) challenge: Challenge,
    pub(crate) answer: Secret<Vec<u8>>,
}

impl Content {
    /// The name under which the output lists it.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Content::Zones(_) => "mrz",
            #[cfg(feature = "optical")]
            Content::Picture(_) => "picture",
            Content::Facts(_) => "facts",
            Content::Chip(_) => "chip",
            #[cfg(feature = "barcode")]
            Content::Payload(_) => "payload",
            Content::ActiveAuthentication(_) => "active_authentication",
            Content::RevocationList(_) => "revocation_list",
        }
    }
}

/// A file and what it holds, or why it could not be read.
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) content: Result<Content, Error>,
}

/// Everything that belongs to one traveller.
pub(crate) struct Traveller {
    /// The folder, if the traveller is one.
    pub(crate) folder: Option<String>,
    pub(crate) sources: Vec<Source>,
}

/// Sorts the paths into travellers: each folder is one, all single files together are one.
pub(crate) fn travellers(paths: &[PathBuf], marks: &ReaderMarks) -> Result<Vec<Traveller>, Trouble> {
    let mut travellers = Vec::new();
    let mut single = Traveller { folder: None, sources: Vec::new() };
    for path in paths {
        if path.is_dir() {
            travellers.push(folder(path, marks)?);
        } else {
            single.sources.push(source(path, display(path), marks)?);
        }
    }
    if !single.sources.is_empty() {
        travellers.insert(0, single);
    }
    Ok(travellers)
}

fn folder(path: &Path, marks: &ReaderMarks) -> Result<Traveller, Trouble> {
    let name = display(path);
    let trouble = |error| Trouble::File(name.clone(), error);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(trouble)? {
        files.push(entry.map_err(trouble)?.path());
        if files.len() > MAX_FILES {
            let error = Error::new(ErrorKind::BudgetExceeded, Part::Input, MAX_FILES);
            return Err(Trouble::Engine(name, error));
        }
    }
    files.sort();
    let short = |file: &Path| file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let sources = files.iter().map(|file| source(file, short(file), marks)).collect::<Result<_, _>>()?;
    Ok(Traveller { folder: Some(name), sources })
}

fn source(path: &Path, name: String, marks: &ReaderMarks) -> Result<Source, Trouble> {
    if path.is_dir() {
        let error = Error::new(ErrorKind::UnknownContent, Part::Input, 0);
        return Ok(Source { name, content: Err(error) });
    }
    let content = match bytes(path) {
        Ok(bytes) => recognise(&bytes, path, marks),
        Err(Trouble::Engine(_, error)) => Err(error),
        Err(trouble) => return Err(trouble),
    };
    Ok(Source { name, content })
}

pub(crate) fn display(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Reads a whole file, or standard input for `-`.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Trouble> {
    let name = display(path);
    let trouble = |error| Trouble::File(name.clone(), error);
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin().lock().take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(trouble)?;
    } else {
        std::fs::File::open(path).map_err(trouble)?.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(trouble)?;
    }
    match u64::try_from(bytes.len()) {
        Ok(len) if len <= MAX_FILE => Ok(bytes),
        _ => Err(Trouble::Engine(name, Error::new(ErrorKind::TooLarge, Part::Input, bytes.len()))),
    }
}

/// Who a file may speak for. A chip decides what its files hold, but not what a reader calls them: what the host says
/// of itself, and what an authority publishes, is taken from files with such names only.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Speaker {
    /// `*.json`, `*.jsonl`, standard input.
    Host,
    /// `*.crl`.
    Authority,
    /// `EF.SOD`, `DG1`, `dg1.bin` …: files of a chip and nothing else, lest a chip bring the page it is compared with.
    Chip,
    /// Anything else.
    Page,
}

impl Speaker {
    fn of(path: &Path) -> Self {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("json" | "jsonl") => Speaker::Host,
            None if path.as_os_str() == "-" => Speaker::Host,
            Some("crl") => Speaker::Authority,
            _ if is_chip_file(path) => Speaker::Chip,
            _ => Speaker::Page,
        }
    }
}

/// Whether a file is named like one of a chip.
fn is_chip_file(path: &Path) -> bool {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().to_ascii_uppercase());
    let group = name.strip_prefix("DG").and_then(|rest| rest.chars().next());
    name.starts_with("EF.") || name.starts_with("EF_") || group.is_some_and(|digit| digit.is_ascii_digit())
}

/// Says by content what a file holds.
fn recognise(bytes: &[u8], path: &Path, marks: &ReaderMarks) -> Result<Content, Error> {
    let speaker = Speaker::of(path);
    let unknown = Error::new(ErrorKind::UnknownContent, Part::Input, 0);
    if speaker == Speaker::Authority {
        let list = RevocationList::parse(bytes, &mut Deviations::new())?;
        return Ok(Content::RevocationList(Box::new(list)));
    }
    if lds::recognise(bytes) != lds::Kind::Unknown {
        return Ok(Content::Chip(bytes.to_vec()));
    }
    if speaker == Speaker::Chip {
        return Err(unknown);
    }
    #[cfg(feature = "barcode")]
    if landfall::payload::recognise(bytes).is_some() {
        return Ok(Content::Payload(bytes.to_vec()));
    }
    if speaker == Speaker::Host && bytes.trim_ascii_start().starts_with(b"{") {
        let text = core::str::from_utf8(bytes).map_err(|_| unknown)?;
        if text.trim_start_matches(['{', ' ', '\n', '\r', '\t']).starts_with("\"active_authentication\"") {
            return exchange(text).map(Content::ActiveAuthentication);
        }
        return facts(text).map(Content::Facts);
    }
    #[cfg(feature = "optical")]
    if Pictured::is_one(bytes) {
        return Ok(Content::Picture(Pictured::new(path, bytes.to_vec())));
    }
    zones(bytes, marks).map(Content::Zones).map_err(|error| if looks_like_a_zone(bytes) { error } else { unknown })
}

/// Reads `{"active_authentication":{"challenge":"…","answer":"…"}}`, lowercase hexadecimal.
fn exchange(text: &str) -> Result<Exchange, Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Record {
        active_authentication: Recorded,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Recorded {
        challenge: String,
        answer: Secret<String>,
    }
    let bad = |column| Error::new(ErrorKind::BadJson, Part::Input, column);
    let Record { active_authentication: recorded } = serde_json::from_str(text).map_err(|error| bad(error.column()))?;
    let answer = HEXLOWER.decode(recorded.answer.reveal().as_bytes()).map_err(|_| bad(0))?;
    let challenge = challenge(&recorded.challenge).ok_or(bad(0))?;
    Ok(Exchange { challenge, answer: Secret::new(answer) })
}

/// Eight bytes in lowercase hexadecimal.
pub(crate) fn challenge(text: &str) -> Option<Challenge> {
    HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()
}

fn facts(text: &str) -> Result<Vec<Fact>, Error> {
    let mut base = 0;
    let mut facts = Vec::new();
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            facts.push(Fact::from_json(line).map_err(|error| error.nested(Part::Fact, base))?);
        }
        base += line.len();
    }
    Ok(facts)
}

/// One zone, or several with empty lines between them.
fn zones(bytes: &[u8], marks: &ReaderMarks) -> Result<Vec<Mrz>, Error> {
    let whole = match mrz::parse_marked(bytes, marks) {
        Ok(zone) => return Ok(vec![zone]),
        Err(error) => error,
    };
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let blocks: Vec<_> = text.split("\n\n").filter(|block| !block.trim().is_empty()).collect();
    if blocks.len() < 2 {
        return Err(whole);
    }
    blocks.into_iter().map(|block| mrz::parse_marked(block, marks)).collect()
}

/// Most of its bytes are of the zone's alphabet, and a filler is among them.
fn looks_like_a_zone(bytes: &[u8]) -> bool {
    let own = bytes.iter().filter(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'<')).count();
    bytes.contains(&b'<') && own * 10 > bytes.len() * 7
}
