//! The arguments of every verb.

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use landfall::chip::Challenge;
use landfall::date::Time;
use std::path::PathBuf;

/// Reads, verifies and judges travel documents, offline.
#[derive(Parser)]
#[command(version, about, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Inspect one traveller: a folder, or files, holding what was read from the documents
    Inspect(InspectArgs),
    /// Work on the text of machine-readable zones
    Mrz(MrzArgs),
    /// Read what barcodes and magnetic stripes say
    #[cfg(feature = "barcode")]
    Payload(PayloadArgs),
    /// Read what stands on pictures of documents: machine-readable zones with their places
    #[cfg(feature = "optical")]
    Read(ReadArgs),
    /// Look at trust material
    Trust(TrustArgs),
    /// Build, check and search alert lists
    #[cfg(feature = "alert")]
    Alerts(super::alert::AlertsArgs),
    /// Hold a policy to the rules, lay it open, compare it with another
    Policy(PolicyArgs),
    /// Issue a specimen passport of Utopia into a folder
    #[cfg(feature = "specimen")]
    Specimen(SpecimenArgs),
    /// Measure every stage on this hardware against what nobody can leave out
    #[cfg(feature = "specimen")]
    Bench(BenchArgs),
    /// Print a completion script for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

/// Each folder is one traveller; all files named singly are one traveller together. Files are recognised by their
/// content: the text of machine-readable zones, and facts as JSON lines.
#[derive(ClapArgs)]
pub(crate) struct InspectArgs {
    /// Folders or files; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Print JSON, one line for each traveller
    #[arg(long)]
    pub(crate) json: bool,
    /// The time of the inspection, RFC 3339 or a date [default: the system's time]
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    pub(crate) at: Option<Time>,
    /// No inspection may be earlier than this: the latest time that this counter has seen
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    pub(crate) not_before: Option<Time>,
    /// `default`, `training`, or a policy file
    #[arg(long, value_name = "NAME|FILE", default_value = "default")]
    pub(crate) policy: String,
    /// Trust material: a store, a directory file, a master list, certificates or revocation lists; the caller vouches; repeats
    #[arg(long, value_name = "FILE")]
    pub(crate) trust: Vec<PathBuf>,
    /// An alert list: a package, or a list in any form that `alerts build` reads; repeats
    #[cfg(feature = "alert")]
    #[arg(long, value_name = "FILE")]
    pub(crate) alerts: Vec<PathBuf>,
    /// Short forms of given names for the alert lists, a row for each name: `robert,bob,rob`
    #[cfg(feature = "alert")]
    #[arg(long, value_name = "FILE")]
    pub(crate) nicknames: Option<PathBuf>,
    /// Cleared false matches as comma-separated values; repeats
    #[cfg(feature = "alert")]
    #[arg(long, value_name = "FILE")]
    pub(crate) cleared: Vec<PathBuf>,
    /// A fact as a JSON object; repeats
    #[arg(long = "fact", value_name = "JSON")]
    pub(crate) facts: Vec<String>,
    /// A challenge that was drawn for this inspection, 16 lowercase hexadecimal digits: an answer to it counts as fresh
    #[arg(long, value_name = "HEX", value_parser = challenge)]
    pub(crate) challenge: Option<Challenge>,
    /// One more character by which the reader says "unreadable"
    #[arg(long, value_name = "CHARACTER")]
    pub(crate) unread: Option<char>,
    /// Pixels an inch of pictures of pages: their zones are measured, too
    #[cfg(feature = "optical")]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(25..=4800))]
    pub(crate) ppi: Option<u32>,
    /// Pictures end where the page ends, so that the place of the zone can be measured
    #[cfg(feature = "optical")]
    #[arg(long, requires = "ppi")]
    pub(crate) whole_page: bool,
    /// Write the portrait of the chip into this file, as PNG; of one traveller
    #[cfg(feature = "emrtd")]
    #[arg(long, value_name = "FILE")]
    pub(crate) portrait: Option<PathBuf>,
    /// Write every picture of the chip into this folder, as it is and as PNG; of one traveller
    #[cfg(feature = "emrtd")]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) pictures: Option<PathBuf>,
    /// Exit with 0 for clear, 10 for refer, 11 for refuse
    #[arg(long)]
    pub(crate) exit_code: bool,
}

#[cfg(feature = "optical")]
#[derive(ClapArgs)]
pub(crate) struct ReadArgs {
    /// Pictures: JPEG, PNG, BMP, TIFF, WebP or JPEG 2000; `-` is standard input
    #[arg(required = true, value_name = "IMAGE")]
    pub(crate) images: Vec<PathBuf>,
    /// Print JSON, one line for each picture
    #[arg(long)]
    pub(crate) json: bool,
    /// The pictures are frames of one page: one line for all, named by the first; barcodes are read from the first
    #[arg(long)]
    pub(crate) frames: bool,
    /// Kinds of barcodes to look for, with commas between them [default: all]
    #[cfg(feature = "barcode")]
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = super::read::symbology)]
    pub(crate) symbologies: Vec<landfall::barcode::Symbology>,
    /// The time by which seals are judged and the years of boarding passes are reckoned [default: the system's]
    #[cfg(feature = "barcode")]
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    pub(crate) at: Option<Time>,
    /// Trust material by which seals are verified; the caller vouches; repeats
    #[cfg(feature = "barcode")]
    #[arg(long, value_name = "FILE")]
    pub(crate) trust: Vec<PathBuf>,
}

#[derive(ClapArgs)]
pub(crate) struct MrzArgs {
    #[command(subcommand)]
    pub(crate) verb: MrzVerb,
}

#[derive(Subcommand)]
pub(crate) enum MrzVerb {
    /// Read the text of zones: every field with its place, every check
    Parse(MrzParseArgs),
    /// Write the lines of a zone from its values, given as JSON
    Make(MrzMakeArgs),
    /// Propose the most likely reading that satisfies alphabet, dates and check digits
    Repair(MrzRepairArgs),
}

#[derive(ClapArgs)]
pub(crate) struct MrzInput {
    /// Files with the text of one zone each; `-` is standard input
    #[arg(value_name = "FILE", required_unless_present = "lines")]
    pub(crate) files: Vec<PathBuf>,
    /// A line of the zone, given here; repeats
    #[arg(long = "line", value_name = "TEXT", conflicts_with = "files", allow_hyphen_values = true)]
    pub(crate) lines: Vec<String>,
    /// One more character by which the reader says "unreadable"
    #[arg(long, value_name = "CHARACTER")]
    pub(crate) unread: Option<char>,
    /// Print JSON, one line for each zone
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct MrzParseArgs {
    #[command(flatten)]
    pub(crate) input: MrzInput,
    /// The day from which centuries and validity are reckoned [default: the system's]
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    pub(crate) at: Option<Time>,
}

#[derive(ClapArgs)]
pub(crate) struct MrzMakeArgs {
    /// Files with the values of one zone each, as a JSON object; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Print JSON, one line for each zone
    #[arg(long)]
    pub(crate) json: bool,
}

/// What is known of the reader that delivered the text.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReaderModel {
    /// Every character is as likely to be misread as any other, as any other
    Uniform,
    /// Characters are misread for those that look like them in OCR-B
    OcrB,
}

#[derive(ClapArgs)]
pub(crate) struct MrzRepairArgs {
    #[command(flatten)]
    pub(crate) input: MrzInput,
    /// How the reader errs
    #[arg(long, value_enum, default_value = "ocr-b")]
    pub(crate) reader: ReaderModel,
}

/// Licences, boarding passes and digital seals are recognised by their content.
#[cfg(feature = "barcode")]
#[derive(ClapArgs)]
pub(crate) struct PayloadArgs {
    /// Files with the bytes of one barcode each; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Print JSON, one line for each file
    #[arg(long)]
    pub(crate) json: bool,
    /// The day from which the years of boarding passes are reckoned [default: the system's]
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    pub(crate) at: Option<Time>,
}

#[derive(ClapArgs)]
pub(crate) struct TrustArgs {
    #[command(subcommand)]
    pub(crate) verb: TrustVerb,
}

#[derive(Subcommand)]
pub(crate) enum TrustVerb {
    /// Bring files into a store on disk: certificates, master lists, revocation lists, directory files, other stores
    Import(TrustImportArgs),
    /// List the anchors that an import of these files makes
    List(TrustFiles),
    /// Show what a store holds: where from, what was removed, what does not go together
    Show(TrustShowArgs),
    /// Say what every certificate is, how it verifies among the others, and in what it deviates
    Audit(TrustFiles),
    /// Compare two stores or lists
    Diff(TrustDiffArgs),
    /// Write the anchors of a store as a bare master list or as text
    Export(TrustExportArgs),
    /// Say which issuers this post can verify, and which anchors and lists are missing or old
    Readiness(TrustReadinessArgs),
}

#[derive(ClapArgs)]
pub(crate) struct TrustImportArgs {
    /// Files to bring in; a directory file is read in pieces
    #[arg(value_name = "FILE", required_unless_present = "never_publishes")]
    pub(crate) files: Vec<PathBuf>,
    /// The store; it is made if it does not exist, and written whole or not at all
    #[arg(long, value_name = "FILE")]
    pub(crate) store: PathBuf,
    /// Who vouches for what is brought in
    #[arg(long, value_name = "NAME", default_value = "the operator of the command")]
    pub(crate) vouched_by: String,
    /// The certificate that must have issued the signer of a master list
    #[arg(long, value_name = "FILE")]
    pub(crate) root: Option<PathBuf>,
    /// The SHA-256 that a single certificate must have
    #[arg(long, value_name = "HEX")]
    pub(crate) pin: Option<String>,
    /// What the anchors vouch for: `document`, `seal`, `master_list`, `deviation_list`; repeats [default: all but `master_list`]
    #[arg(long, value_name = "PURPOSE")]
    pub(crate) purpose: Vec<String>,
    /// The anchors are for tests and training: nothing under them clears
    #[arg(long)]
    pub(crate) test: bool,
    /// Certificates that the anchors issued later are not believed
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    pub(crate) distrust_after: Option<Time>,
    /// State that this country publishes no revocation list; repeats
    #[arg(long, value_name = "CODE")]
    pub(crate) never_publishes: Vec<String>,
    /// The time that the store states it was written at [default: the system's]
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    pub(crate) at: Option<Time>,
    /// Print JSON, one line for each file
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct TrustShowArgs {
    /// The store
    #[arg(value_name = "STORE")]
    pub(crate) store: PathBuf,
    /// Only this country, with every anchor's provenance
    #[arg(long, value_name = "CODE")]
    pub(crate) country: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct TrustDiffArgs {
    /// The earlier store or list
    #[arg(value_name = "BEFORE")]
    pub(crate) before: PathBuf,
    /// The later one
    #[arg(value_name = "AFTER")]
    pub(crate) after: PathBuf,
    /// Print JSON, one line for each difference
    #[arg(long)]
    pub(crate) json: bool,
}

/// In which form anchors are written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TrustForm {
    /// A bare CscaMasterList, DER
    List,
    /// Certificates in text armour
    Pem,
}

#[derive(ClapArgs)]
pub(crate) struct TrustExportArgs {
    /// The store
    #[arg(value_name = "STORE")]
    pub(crate) store: PathBuf,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// In which form
    #[arg(long, value_enum, default_value = "list")]
    pub(crate) form: TrustForm,
    /// Only the anchors of this country; repeats
    #[arg(long, value_name = "CODE")]
    pub(crate) country: Vec<String>,
}

#[derive(ClapArgs)]
pub(crate) struct TrustReadinessArgs {
    /// A store, or files as for `list`
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The time for which it is asked [default: the system's]
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    pub(crate) at: Option<Time>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct TrustFiles {
    /// Stores, directory files, master lists, certificates or revocation lists as DER or PEM
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct PolicyArgs {
    #[command(subcommand)]
    pub(crate) verb: PolicyVerb,
}

#[derive(Subcommand)]
pub(crate) enum PolicyVerb {
    /// Say whether policies may be used, and if not, where and why; exit code 1 if one may not
    Check(PolicyFiles),
    /// Print everything that policies say: grounds, profiles with their risks, weights with label and rationale
    Explain(PolicyFiles),
    /// Print the rows in which two policies differ
    Diff(PolicyDiffArgs),
}

#[derive(ClapArgs)]
pub(crate) struct PolicyFiles {
    /// `default`, `training`, or policy files
    #[arg(value_name = "NAME|FILE", required = true)]
    pub(crate) files: Vec<String>,
    /// Print JSON, one line for each policy
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs)]
pub(crate) struct PolicyDiffArgs {
    /// The first policy: `default`, `training`, or a file
    #[arg(value_name = "NAME|FILE")]
    pub(crate) before: String,
    /// The second policy
    #[arg(value_name = "NAME|FILE")]
    pub(crate) after: String,
    /// Print JSON: a list of changes
    #[arg(long)]
    pub(crate) json: bool,
}

#[cfg(feature = "specimen")]
#[derive(ClapArgs)]
pub(crate) struct BenchArgs {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[cfg(feature = "specimen")]
#[derive(ClapArgs)]
pub(crate) struct SpecimenArgs {
    /// The folder to write; it is made if it does not exist
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    /// What is wrong with it: `genuine`, `altered`, `expired`, `revoked_signer`, `rogue_signer`, `photo_swapped`,
    /// `cloned`, `unknown_anchor`, `unlisted_data_group`, `listed_defect`; papers beside a passport: `visa`, `visa_seal_altered`, `visa_altered`,
    /// `visa_other_passport`, `visa_other_holder`, `visa_rogue_signer`, `visa_other_boarding_pass`, `visa_other_licence`; other sealed papers: `emergency_document`,
    /// `emergency_document_altered`, `proof`, `proof_other_person`, `authorisation`, `authorisation_other_person`; `pages` for the genuine papers as pictures; or `trust` for the trust material of Utopia
    #[arg(long, default_value = "genuine")]
    pub(crate) kind: String,
    /// Which specimen: the same seed and time give the same bytes
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// When it is issued for [default: the system's time]
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    pub(crate) at: Option<Time>,
    /// The challenge that its chip answers, 16 lowercase hexadecimal digits [default: one that follows from the seed]
    #[arg(long, value_name = "HEX", value_parser = challenge)]
    pub(crate) challenge: Option<Challenge>,
    /// The key of its chip: `p256` or `rsa_2048`
    #[arg(long, default_value = "p256")]
    pub(crate) chip_key: String,
    /// How EF.SOD is signed: `rsa_pkcs1`, `rsa_pss`, `ecdsa_p256`, `ecdsa_p384`, `ecdsa_p521`, `ecdsa_brainpool_p256r1`,
    /// `ecdsa_brainpool_p384r1` or `ecdsa_brainpool_p512r1`
    #[arg(long, default_value = "rsa_pkcs1")]
    pub(crate) signature: String,
    /// What pictures went through: `scanner-300`, `worn`, `stamped`, `photograph` …, see docs/specimens.md
    #[arg(long, default_value = "scanner-300")]
    pub(crate) class: String,
    /// How EF.SOD is encoded: `der`, or `ber` with indefinite lengths and strings in pieces
    #[arg(long, default_value = "der")]
    pub(crate) encoding: String,
}

/// Eight bytes in lowercase hexadecimal.
fn challenge(text: &str) -> Result<Challenge, String> {
    super::source::challenge(text).ok_or_else(|| "not 16 lowercase hexadecimal digits".to_owned())
}
