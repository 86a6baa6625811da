//! `landfall inspect`: the main job.

use super::args::InspectArgs;
#[cfg(feature = "optical")]
use super::page;
use super::paint::Paint;
#[cfg(feature = "emrtd")]
use super::picture;
use super::policy;
use super::report::Report;
use super::source::{self, Content, Source, Traveller};
use super::trust::open_all;
use super::{Done, Trouble, time};
use landfall::assess::Recommendation;
use landfall::chip::Challenge;
use landfall::engine::{Assessment, Engine, Inspection};
use landfall::error::{Error, ErrorKind, Part};
use landfall::fact::Fact;
use landfall::mrz::{DocumentKind, ReaderMarks};
use serde::Serialize;
use std::io::Write;
use std::process::ExitCode;

/// A file and what became of it.
#[derive(Serialize)]
struct Input<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Error>,
}

/// One line of output: where from, and the assessment or why there is none.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    folder: Option<&'a str>,
    inputs: &'a [Input<'a>],
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Error>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    assessment: Option<&'a Assessment>,
}

pub(super) fn run(args: &InspectArgs) -> Done {
    let marks = marks(args.unread)?;
    let facts = args.facts.iter().map(|text| Fact::from_json(text)).collect::<Result<Vec<_>, _>>();
    let facts = facts.map_err(|error| Trouble::Engine("--fact".to_owned(), error))?;
    let at = time(args.at)?;
    let travellers = source::travellers(&args.paths, &marks)?;
    let engine = engine(args, &travellers)?;
    #[cfg(feature = "emrtd")]
    if travellers.len() > 1 && (args.portrait.is_some() || args.pictures.is_some()) {
        return Err(Trouble::Usage("--portrait and --pictures take one traveller".to_owned()));
    }
    if args.challenge.is_some() && travellers.len() > 1 {
        return Err(Trouble::Usage("a challenge is for one traveller".to_owned()));
    }
    let mut worst = Recommendation::Clear;
    for traveller in &travellers {
        let mut inspection = engine.inspect(at);
        let inputs = feed(&mut inspection, traveller, &facts, args)?;
        let read = inputs.iter().any(|input| matches!(input.kind, Some("mrz" | "picture" | "chip" | "payload")));
        let result = if read { Ok(inspection.assess()) } else { Err(why_nothing(&inputs)) };
        worst = worst.min(result.as_ref().map_or(Recommendation::Refer, |done| done.verdict.recommendation));
        let alone = travellers.len() == 1;
        match (&result, alone) {
            (Err(error), true) => return Err(Trouble::Engine(first_name(traveller), *error)),
            _ => print(args.json, traveller, &inputs, &result)?,
        }
        #[cfg(feature = "emrtd")]
        picture::write(args, &inspection)?;
    }
    Ok(if args.exit_code { ExitCode::from(recommendation_code(worst)) } else { ExitCode::SUCCESS })
}

const fn recommendation_code(recommendation: Recommendation) -> u8 {
    match recommendation {
        Recommendation::Clear => 0,
        Recommendation::Refuse => 11,
        _ => 10,
    }
}

/// The engine with all that the caller trusts, and the revocation lists that lay beside the documents.
fn engine(args: &InspectArgs, travellers: &[Traveller]) -> Result<Engine, Trouble> {
    let mut trust = open_all(&args.trust)?;
    for source in travellers.iter().flat_map(|traveller| &traveller.sources) {
        if let Ok(Content::RevocationList(list)) = &source.content {
            let taken = trust.add_revocation_list(list.as_ref().clone(), "whoever gave the documents");
            taken.map_err(|error| Trouble::Engine(source.name.clone(), error))?;
        }
    }
    let engine = Engine::with_policy(policy::load(&args.policy)?).with_trust(trust);
    for list in engine.trust().revocation_lists().waiting() {
        let country = list.list.country().map_or_else(|| "an unknown country".to_owned(), |code| code.to_string());
        eprintln!("landfall: a revocation list of {country} does not count: no anchor verifies it");
    }
    #[cfg(feature = "alert")]
    let engine = engine
        .with_alert_lists(super::alert::open_all(&args.alerts, args.nicknames.as_deref())?)
        .with_clearances(super::alert::clearances(&args.cleared)?);
    Ok(match args.not_before {
        Some(time) => engine.not_before(time),
        None => engine,
    })
}

/// How the reader marks what it could not read.
pub(super) fn marks(unread: Option<char>) -> Result<ReaderMarks, Trouble> {
    let marks = ReaderMarks::default();
    match unread {
        Some(mark) => marks.unread(mark).map_err(|error| Trouble::Engine("--unread".to_owned(), error)),
        None => Ok(marks),
    }
}

/// Gives everything that was read to the inspection and says what became of each file.
///
/// Zones and pages come first, so that the files of a chip find the document whose chip it is; facts come last.
///
/// The challenge that the caller drew for this inspection is issued before any answer is looked at.
fn feed<'a>(
    inspection: &mut Inspection,
    traveller: &'a Traveller,
    facts: &[Fact],
    args: &InspectArgs,
) -> Result<Vec<Input<'a>>, Trouble> {
    let mut challenge = args.challenge;
    let order = |source: &&Source| match source.content {
        Ok(Content::Zones(_)) => 0,
        Ok(Content::Chip(_)) => 1,
        _ => 2,
    };
    let mut sources: Vec<_> = traveller.sources.iter().enumerate().collect();
    sources.sort_by_key(|(_, source)| order(source));
    let mut holder_of_chip = None;
    let mut inputs = Vec::new();
    #[cfg(feature = "optical")]
    let (pages, mut holder_of_page) = pages(inspection, traveller, args);
    for (position, source) in sources {
        #[cfg(feature = "optical")]
        if order(&source) > 0 && holder_of_chip.is_none() {
            holder_of_chip = holder_of_page.take();
        }
        if order(&source) > 1 {
            issue(inspection, challenge.take(), holder_of_chip)?;
        }
        let result = match &source.content {
            #[cfg(feature = "optical")]
            Ok(content @ Content::Picture(_)) => {
                let page = pages.iter().find(|(at, _)| *at == position).map_or(Ok(()), |(_, result)| *result);
                page.map(|()| content.kind())
            }
            Ok(content) => give(inspection, content, &mut holder_of_chip).map(|()| content.kind()),
            Err(error) => Err(*error),
        };
        if result.is_err() {
            inspection.could_not_read();
        }
        inputs.push((position, Input { file: &source.name, kind: result.ok(), error: result.err() }));
    }
    issue(inspection, challenge, holder_of_chip)?;
    let added = facts.iter().try_for_each(|fact| inspection.add_fact(*fact));
    added.map_err(|error| Trouble::Engine("--fact".to_owned(), error))?;
    inputs.sort_by_key(|(position, _)| *position);
    Ok(inputs.into_iter().map(|(_, input)| input).collect())
}

/// Reads the pictures of pages.
#[cfg(feature = "optical")]
fn pages(inspection: &mut Inspection, traveller: &Traveller, args: &InspectArgs) -> page::Pages {
    let pictures = traveller.sources.iter().enumerate().filter_map(|(position, source)| match &source.content {
        Ok(Content::Picture(picture)) => Some((position, picture)),
        _ => None,
    });
    page::read_all(inspection, &pictures.collect::<Vec<_>>(), args)
}

/// Issues the caller's challenge, if there is one, for the document whose chip was read.
fn issue(inspection: &mut Inspection, challenge: Option<Challenge>, holder_of_chip: Option<u8>) -> Result<(), Trouble> {
    let Some(challenge) = challenge else {
        return Ok(());
    };
    let issued = inspection.challenge(holder_of_chip.unwrap_or(1), challenge);
    issued.map(drop).map_err(|error| Trouble::Engine("--challenge".to_owned(), error))
}

/// Gives one file. `holder_of_chip` is the number of the document whose chip the files are from, once it is known.
fn give(inspection: &mut Inspection, content: &Content, holder_of_chip: &mut Option<u8>) -> Result<(), Error> {
    match content {
        Content::Zones(zones) => zones.iter().try_for_each(|zone| {
            let number = inspection.add_mrz(zone.clone())?;
            if holder_of_chip.is_none() && may_hold_a_chip(zone.kind()) {
                *holder_of_chip = Some(number);
            }
            Ok(())
        }),
        Content::Chip(bytes) => {
            let next = u8::try_from(inspection.document_count() + 1).unwrap_or(u8::MAX);
            let number = *holder_of_chip.get_or_insert(next);
            inspection.read_chip_file(number, bytes).map(drop)
        }
        Content::Facts(facts) => facts.iter().try_for_each(|fact| inspection.add_fact(*fact)),
        Content::ActiveAuthentication(exchange) => {
            inspection.chip_answer(holder_of_chip.unwrap_or(1), exchange.challenge, exchange.answer.reveal())
        }
        // Pages are read as a whole.
        #[cfg(feature = "optical")]
        Content::Picture(_) => Ok(()),
        // The engine has it already.
        Content::RevocationList(_) => Ok(()),
        #[cfg(feature = "barcode")]
        Content::Payload(bytes) => inspection.read_payload(bytes).map(drop),
    }
}

pub(super) const fn may_hold_a_chip(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::Passport | DocumentKind::IdentityCard | DocumentKind::Other)
}

/// The most telling reason why nothing was read: a broken zone before content that nobody knows.
fn why_nothing(inputs: &[Input<'_>]) -> Error {
    let errors = inputs.iter().filter_map(|input| input.error);
    errors.min_by_key(|error| error.kind == ErrorKind::UnknownContent).unwrap_or(Error::new(
        ErrorKind::UnknownContent,
        Part::Input,
        0,
    ))
}

fn first_name(traveller: &Traveller) -> String {
    let first = traveller.sources.first().map(|source| source.name.clone());
    traveller.folder.clone().or(first).unwrap_or_else(|| "input".to_owned())
}

fn print(
    json: bool,
    traveller: &Traveller,
    inputs: &[Input<'_>],
    result: &Result<Assessment, Error>,
) -> Result<(), Trouble> {
    let mut out = std::io::stdout().lock();
    let folder = traveller.folder.as_deref();
    if json {
        let line = Line { folder, inputs, error: result.as_ref().err().copied(), assessment: result.as_ref().ok() };
        serde_json::to_writer(&mut out, &line).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(());
    }
    if let Some(folder) = folder {
        writeln!(out, "{folder}")?;
    }
    for input in inputs {
        if let Some(error) = input.error {
            writeln!(out, "  not read: {}: {error}", input.file)?;
        }
    }
    match result {
        Ok(assessment) => write!(out, "{}", Report { assessment, paint: Paint::for_output() })?,
        Err(error) => writeln!(out, "  {error}")?,
    }
    Ok(())
}
