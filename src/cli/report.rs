//! The assessment as an officer reads it: what failed first, then every check by group, then what was not
//! checked, then what would help.

use super::paint::Paint;
#[cfg(feature = "alert")]
use landfall::alert::Owner;
use landfall::check::{Check, Evidence, Outcome, Place, Seen, Subject};
use landfall::date::PartialDate;
#[cfg(feature = "alert")]
use landfall::engine::AlertsSeen;
use landfall::engine::{Assessment, DocumentRead};
use landfall::error::Part;
use std::fmt::{self, Write};

/// Writes an assessment for a terminal.
pub(crate) struct Report<'a> {
    pub(crate) assessment: &'a Assessment,
    pub(crate) paint: Paint,
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.heading(f)?;
        self.documents(f)?;
        self.grounds(f)?;
        #[cfg(feature = "alert")]
        self.alerts(f)?;
        self.checks(f)?;
        self.not_checked(f)?;
        self.deviations(f)?;
        self.help(f)?;
        self.confidence(f)?;
        self.footer(f)
    }
}

impl Report<'_> {
    fn heading(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = &self.assessment.verdict;
        let recommendation = verdict.recommendation.name().to_uppercase();
        write!(f, "{}", self.paint.strong(&recommendation))?;
        let mut separator = ": ";
        for action in verdict.actions.iter() {
            write!(f, "{separator}{}", words(action.name()))?;
            separator = ", ";
        }
        writeln!(f)
    }

    fn documents(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for read in &self.assessment.documents {
            writeln!(f, "  {}", document_line(read))?;
            writeln!(f, "  {}", person_line(read))?;
        }
        Ok(())
    }

    fn title(&self, f: &mut fmt::Formatter<'_>, title: &str) -> fmt::Result {
        writeln!(f, "\n{}", self.paint.strong(title))
    }

    fn grounds(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = &self.assessment.verdict;
        if !verdict.grounds.is_empty() {
            self.title(f, "Why")?;
        }
        for found in &verdict.grounds {
            let ground = self.paint.outcome(Outcome::Failed, &words(found.ground.name()));
            writeln!(f, "  {ground}: {} {}", found.check, words(found.reason.name()))?;
        }
        for found in &verdict.lifted {
            writeln!(f, "  {}, lifted by the policy", words(found.ground.name()))?;
        }
        Ok(())
    }

    /// What the alert lists say, each under its agency.
    #[cfg(feature = "alert")]
    fn alerts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = |seen: &&AlertsSeen| seen.list.stale || !seen.persons.is_empty() || !seen.documents.is_empty();
        for seen in self.assessment.alerts.iter().filter(told) {
            self.title(f, &list_line(seen))?;
            for found in &seen.documents {
                let hit = &found.hit;
                let alike = if hit.exact { "" } else { ", but for characters that look alike" };
                let status = words(hit.status.name());
                writeln!(f, "  document {}: {status}{alike}; {}", found.document, owner_line(&hit.entry, &hit.owner))?;
            }
            for hit in &seen.persons {
                let cleared = if hit.cleared { "cleared: not this person; " } else { "" };
                writeln!(f, "  {cleared}person, {}; {}", hit.score, owner_line(&hit.entry, &hit.owner))?;
                for part in hit.parts.iter().filter(|part| !part.words.reveal().is_empty()) {
                    writeln!(f, "    {:>5} {}", part.score, part.words.reveal())?;
                }
            }
        }
        Ok(())
    }

    fn checks(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let done = |check: &&Check| matches!(check.outcome, Outcome::Passed | Outcome::Failed);
        let mut checks: Vec<_> = self.assessment.checks.iter().filter(done).collect();
        checks.sort_by_key(|check| (check.outcome.rank(), check.id, check.subject));
        self.title(f, "Checked")?;
        self.lines(f, &checks)
    }

    /// One line for each check; those that differ only in the file they looked into share one.
    fn lines(&self, f: &mut fmt::Formatter<'_>, checks: &[&Check]) -> fmt::Result {
        for alike in checks.chunk_by(|a, b| beside_file(a) == beside_file(b)) {
            let files: Vec<_> = alike.iter().filter_map(|check| check.evidence.part).collect();
            if let Some(check) = alike.first() {
                self.check(f, check, &files)?;
            }
        }
        Ok(())
    }

    fn check(&self, f: &mut fmt::Formatter<'_>, check: &Check, files: &[Part]) -> fmt::Result {
        let outcome = format!("{:<13}", words(check.outcome.name()));
        let name = format!("{}{}", check.id, self.subject(check.subject));
        let mut remark = words(check.reason.name());
        if check.outcome == Outcome::Passed && remark == "confirmed" {
            remark.clear();
        }
        if let Some(seen) = check.evidence.seen {
            remark.push_str(&sight(seen));
        }
        if let (Outcome::Failed, Some(place)) = (check.outcome, check.evidence.place) {
            remark.push_str(&spot(place));
        }
        for file in files {
            remark.push_str(&format!(", {file}"));
        }
        if check.evidence.deviation_listed {
            remark.push_str(", listed by the issuer");
        }
        let line = format!("{name:<38} {}", remark.trim_start_matches(", "));
        writeln!(f, "  {} {}", self.paint.outcome(check.outcome, &outcome), line.trim_end())
    }

    /// The number of the document, where there is more than one.
    fn subject(&self, subject: Subject) -> String {
        match subject {
            Subject::Document(number) if self.assessment.documents.len() > 1 => {
                format!(" ({number})")
            }
            Subject::Payload(number) => format!(" (barcode {number})"),
            _ => String::new(),
        }
    }

    fn not_checked(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = |check: &&Check| !matches!(check.outcome, Outcome::Passed | Outcome::Failed);
        let checks: Vec<_> = self.assessment.checks.iter().filter(open).collect();
        if !checks.is_empty() {
            self.title(f, "Not checked")?;
        }
        self.lines(f, &checks)
    }

    fn deviations(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let deviations = &self.assessment.deviations;
        if !deviations.is_empty() {
            self.title(f, "Not as the standard says")?;
        }
        for seen in deviations {
            let times = if seen.count > 1 { format!(", {} times", seen.count) } else { String::new() };
            let subject = self.subject(seen.subject);
            writeln!(f, "  {}{subject}: {}{times}", seen.file, words(seen.deviation.name()))?;
        }
        Ok(())
    }

    fn help(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hints = &self.assessment.verdict.hints;
        if !hints.is_empty() {
            self.title(f, "What would help")?;
        }
        let mut said: Vec<&str> = Vec::new();
        for hint in hints {
            // What another line says with more detail is not said twice.
            let bare = hint.text.trim_end_matches('.');
            let detailed = hints.iter().any(|other| other.text != hint.text && other.text.starts_with(bare));
            if !detailed && !said.contains(&hint.text) {
                writeln!(f, "  {}", hint.text)?;
                said.push(hint.text);
            }
        }
        Ok(())
    }

    fn confidence(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let confidence = &self.assessment.verdict.confidence;
        let profile = confidence.profile.as_deref().unwrap_or("none satisfied");
        self.title(f, "Confidence")?;
        writeln!(
            f,
            "  {}: document {}, holder {} (1/100 of log10, {} weights); profile: {profile}",
            words(confidence.level.name()),
            confidence.document,
            confidence.holder,
            confidence.basis,
        )?;
        for risk in &self.assessment.verdict.residual_risks {
            writeln!(f, "  residual risk: {}", words(&risk.risk))?;
        }
        Ok(())
    }

    fn footer(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Assessment { policy, engine, at, .. } = self.assessment;
        let signed = if policy.signed { "signed" } else { "unsigned" };
        let digest = policy.sha256.get(..16).unwrap_or_default();
        let mut line = String::new();
        write!(line, "{} {}, policy {} {}", engine.name, engine.version, policy.name, policy.version)?;
        write!(line, " ({}, {signed}, sha256 {digest}…), at {at}", policy.kind)?;
        writeln!(f, "\n{}", self.paint.faint(&line))
    }
}

/// Which list it is.
#[cfg(feature = "alert")]
fn list_line(seen: &AlertsSeen) -> String {
    let agency = if seen.list.agency.is_empty() { "list without a name" } else { &seen.list.agency };
    let stale = if seen.list.stale { ", out of date" } else { "" };
    let unsigned = if seen.list.signed_by.is_none() { ", unsigned" } else { "" };
    format!("Alerts of {agency}, version {}{stale}{unsigned}", seen.list.version)
}

/// Whose entry it is and what they ask for.
#[cfg(feature = "alert")]
fn owner_line(entry: &str, owner: &Owner) -> String {
    let mut line = format!("entry {entry}, {}", words(owner.asks_for().name()));
    for (name, text) in [("authority", &owner.authority), ("source", &owner.source), ("law", &owner.legal_basis)] {
        if !text.is_empty() {
            line.push_str(&format!(", {name} {text}"));
        }
    }
    if !owner.reason.reveal().is_empty() {
        line.push_str(&format!(", reason {}", owner.reason.reveal()));
    }
    line.push_str(if owner.restricted { ", restricted: ask a supervisor" } else { "" });
    line.push_str(if owner.review_overdue { ", its review is overdue" } else { "" });
    line
}

/// A check without the file that it looked into.
fn beside_file(check: &Check) -> Check {
    let evidence = Evidence { part: None, ..check.evidence };
    Check { evidence, ..*check }
}

/// A name of the vocabulary as words.
pub(crate) fn words(name: &str) -> String {
    name.replace('_', " ")
}

fn document_line(read: &DocumentRead) -> String {
    let document = &read.document;
    let issuer = document.issuer.name.unwrap_or("unknown issuer");
    let mut line = format!("{}. {} {}", read.number, words(document.kind.name()), document.document_number.reveal());
    line.push_str(&format!(", issued by {} ({issuer})", document.issuer.code.reveal()));
    match document.expiry_date {
        Some(date) => line.push_str(&format!(", valid until {date}")),
        None => line.push_str(", no expiry date read"),
    }
    line
}

fn person_line(read: &DocumentRead) -> String {
    let person = &read.person;
    let mut parts = vec![person.primary.reveal().as_str(), person.secondary.reveal().as_str()];
    parts.retain(|part| !part.is_empty());
    let mut line = format!("   {}", parts.join(", "));
    if person.name_may_be_truncated {
        line.push_str(" (may be cut short)");
    }
    if let Some(date) = person.birth_date {
        line.push_str(&match date {
            PartialDate::UNKNOWN => "; birth date unknown".to_owned(),
            date => format!("; born {date}"),
        });
    }
    if let Some(sex) = person.sex {
        line.push_str(&format!("; {sex}"));
    }
    let nationality = person.nationality.reveal();
    if !nationality.is_empty() {
        line.push_str(&format!("; {nationality}"));
    }
    line
}

fn sight(seen: Seen) -> String {
    match seen {
        Seen::Digit { printed, computed } if char::from(printed).to_digit(10) != Some(computed.into()) => {
            format!(", printed {}, computed {computed}", char::from(printed))
        }
        Seen::DaysLeft(days) if days >= 0 => format!(", {days} days left"),
        Seen::DaysLeft(days) => format!(", since {} days", days.unsigned_abs()),
        _ => String::new(),
    }
}

fn spot(place: Place) -> String {
    let Place { line, first, last } = place;
    if first == last {
        format!(", line {line} column {first}")
    } else {
        format!(", line {line} columns {first}-{last}")
    }
}
