//! `landfall trust show`, `list` and `readiness`: what a store holds, and what it is good for.

use super::{hex, open, open_all};
use crate::cli::args::{TrustFiles, TrustReadinessArgs, TrustShowArgs};
use crate::cli::{Done, Trouble, time};
use landfall::pki::{Anchor, Conflict, Event, KeptDeviationList, ListState, Source, TrustStore, country_code};
use serde::Serialize;
use serde_json::{Value, json};
use std::io::Write;
use std::process::ExitCode;

/// An anchor as one line of JSON.
#[derive(Serialize)]
struct Line {
    sha256: String,
    countries: Vec<String>,
    purposes: Vec<&'static str>,
    not_before: String,
    not_after: String,
    sources: usize,
    test: bool,
}

impl Line {
    fn of(anchor: &Anchor) -> Self {
        Self {
            sha256: hex(&anchor.fingerprint),
            countries: anchor.countries.iter().map(ToString::to_string).collect(),
            purposes: anchor.purposes.names().collect(),
            not_before: anchor.certificate.not_before().to_string(),
            not_after: anchor.certificate.not_after().to_string(),
            sources: anchor.sources.len(),
            test: anchor.test,
        }
    }
}

pub(super) fn list(args: &TrustFiles) -> Done {
    let store = open_all(&args.files)?;
    let mut lines: Vec<_> = store.anchors().map(Line::of).collect();
    lines.sort_by(|a, b| (&a.countries, &a.not_before, &a.sha256).cmp(&(&b.countries, &b.not_before, &b.sha256)));
    let mut out = std::io::stdout().lock();
    for line in lines {
        if args.json {
            serde_json::to_writer(&mut out, &line).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            let digest = line.sha256.get(..16).unwrap_or_default();
            writeln!(out, "{:<4} {digest}… {} to {}", line.countries.join(","), line.not_before, line.not_after)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn source(source: &Source) -> Value {
    match source {
        Source::List { list, signer, vouched_by } => {
            json!({"list": hex(list), "signer": signer.as_ref().map(|signer| hex(signer)), "vouched_by": vouched_by})
        }
        Source::Local { vouched_by, pinned } => json!({"local": true, "pinned": pinned, "vouched_by": vouched_by}),
        Source::Link { anchor } => json!({"link_from": hex(anchor)}),
        _ => Value::Null,
    }
}

fn anchor(anchor: &Anchor) -> Value {
    json!({
        "sha256": hex(&anchor.fingerprint),
        "countries": anchor.countries.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "purposes": anchor.purposes.names().collect::<Vec<_>>(),
        "not_before": anchor.certificate.not_before(),
        "not_after": anchor.certificate.not_after(),
        "test": anchor.test,
        "distrust_after": anchor.distrust_after,
        "sources": anchor.sources.iter().map(source).collect::<Vec<_>>(),
    })
}

fn event(event: &Event) -> Value {
    match event {
        Event::Removed { anchor, before, after } => {
            json!({"event": "removed", "anchor": hex(anchor), "before": hex(before), "after": hex(after)})
        }
        Event::OlderList { list, newer } => json!({"event": "older_list", "list": hex(list), "newer": hex(newer)}),
        _ => Value::Null,
    }
}

fn conflict(conflict: &Conflict) -> Value {
    let all = |anchors: &[[u8; 32]]| anchors.iter().map(|one| hex(one)).collect::<Vec<_>>();
    match conflict {
        Conflict::SharedKeyIdentifier { country, anchors } => {
            json!({"conflict": "shared_key_identifier", "country": country.to_string(), "anchors": all(anchors)})
        }
        Conflict::SharedSerial { country, anchors } => {
            json!({"conflict": "shared_serial", "country": country.to_string(), "anchors": all(anchors)})
        }
        Conflict::Disputed { country, anchor, missing_from } => json!({
            "conflict": "disputed", "country": country.to_string(), "anchor": hex(anchor),
            "missing_from": missing_from.to_string(),
        }),
        _ => Value::Null,
    }
}

fn revocation_lists(store: &TrustStore) -> Value {
    let lists = store.revocation_lists();
    let kept = lists.kept().iter().map(|kept| {
        json!({
            "sha256": hex(&kept.fingerprint), "country": kept.country.to_string(),
            "number": kept.list.number().map(hex), "this_update": kept.list.this_update(),
            "next_update": kept.list.next_update(), "revoked": kept.list.len(), "anchor": hex(&kept.anchor),
            "found_by": kept.found_by.name(), "vouched_by": kept.vouched_by,
        })
    });
    let waiting = lists.waiting().iter().map(|one| {
        let country = one.list.country().map(|code| code.to_string());
        json!({"sha256": hex(&one.fingerprint), "country": country, "verified": false, "vouched_by": one.vouched_by})
    });
    let never = lists.never_published();
    let never = never.map(|(code, by)| json!({"country": code.to_string(), "never_published": true, "vouched_by": by}));
    Value::Array(kept.chain(waiting).chain(never).collect())
}

fn deviation_list(kept: &KeptDeviationList) -> Value {
    json!({
        "sha256": hex(&kept.fingerprint()), "country": kept.country.to_string(), "entries": kept.list.len(),
        "signing_time": kept.signing_time, "vouched_by": kept.vouched_by,
    })
}

/// Everything about a store; its anchors only where one country is asked for.
fn whole(store: &TrustStore, country: Option<landfall::country::Code>) -> Value {
    let (revision, written) = store.revision();
    let records = store.records().iter().map(|record| {
        json!({
            "list": hex(&record.list), "publisher": record.publisher.map(|code| code.to_string()),
            "signer": record.signer.as_ref().map(|signer| hex(signer)), "signing_time": record.signing_time,
            "vouched_by": record.vouched_by, "certificates": record.certificates,
        })
    });
    let of = country.map(|country| store.of_country(country).map(anchor).collect::<Vec<_>>());
    json!({
        "revision": revision,
        "written": written,
        "anchors": store.len(),
        "damaged": store.damaged(),
        "countries": store.countries().count(),
        "signers": store.signers().len(),
        "lists": records.collect::<Vec<_>>(),
        "revocation_lists": revocation_lists(store),
        "deviation_lists": store.deviation_lists().iter().map(deviation_list).collect::<Vec<_>>(),
        "events": store.events().iter().map(event).collect::<Vec<_>>(),
        "conflicts": store.conflicts().iter().map(conflict).collect::<Vec<_>>(),
        "of_country": of,
    })
}

pub(super) fn show(args: &TrustShowArgs) -> Done {
    let store = open(&args.store)?;
    let code = |text: &String| country_code(text).ok_or_else(|| Trouble::Usage(format!("`{text}` is no code")));
    let value = whole(&store, args.country.as_ref().map(code).transpose()?);
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{value}")?;
    } else {
        serde_json::to_writer_pretty(&mut out, &value).map_err(std::io::Error::from)?;
        writeln!(out)?;
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn readiness(args: &TrustReadinessArgs) -> Done {
    let store = open_all(&args.files)?;
    let readiness = store.readiness(time(args.at)?);
    let mut out = std::io::stdout().lock();
    if args.json {
        serde_json::to_writer(&mut out, &readiness).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(ExitCode::SUCCESS);
    }
    let ready = readiness.issuers.iter().filter(|issuer| issuer.ready).count();
    writeln!(out, "{ready} of {} issuers with an anchor are ready", readiness.issuers.len())?;
    for issuer in &readiness.issuers {
        let mut words = Vec::new();
        if issuer.test {
            words.push("for tests only".to_owned());
        }
        if issuer.for_documents == 0 {
            words.push("no anchor for documents".to_owned());
        }
        if issuer.successor_missing {
            words.push("no key here may issue any longer: its successor is missing".to_owned());
        }
        words.push(match (issuer.revocation, issuer.revocation_due_in_days) {
            (ListState::Current, Some(days)) => format!("revocation list current, next in {days} days"),
            (ListState::Stale, Some(days)) => format!("revocation list overdue by {} days", days.unsigned_abs()),
            (state, _) => format!("revocation list {}", state.name().replace('_', " ")),
        });
        let mark = if issuer.ready { "ready    " } else { "not ready" };
        writeln!(out, "{:<4} {mark} {:>3} anchors: {}", issuer.country, issuer.anchors, words.join("; "))?;
    }
    for list in &readiness.lists {
        let publisher = list.publisher.as_deref().unwrap_or("bare");
        let age = list.age_days.map_or_else(|| "of unknown age".to_owned(), |days| format!("{days} days old"));
        writeln!(out, "master list {publisher}: {age}, {} certificates", list.certificates)?;
    }
    writeln!(out, "{} issuers have no anchor: {}", readiness.without_anchor.len(), readiness.without_anchor.join(" "))?;
    Ok(ExitCode::SUCCESS)
}
