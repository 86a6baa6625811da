//! The writer of boarding passes: what [`read`](super::read) reads, byte for byte where the pass has no problem.

use super::{Conditional, Issue, Item, Leg, Pass};
use crate::error::{Error, ErrorKind, Part, Result};
use crate::secret::Secret;
use zeroize::Zeroizing;

/// Writes a pass.
///
/// # Errors
/// `PayloadField` for an item that is longer than its field or holds what is no printable ASCII.
pub fn write(pass: &Pass) -> Result<Secret<String>> {
    let mut line = Line::default();
    line.text("M", 1)?;
    line.text(&pass.legs.len().to_string(), 1)?;
    line.item(&name(pass), 20)?;
    line.text(if pass.electronic_ticket { "E" } else { " " }, 1)?;
    if pass.legs.is_empty() || pass.legs.len() > 4 {
        return Err(line.wrong());
    }
    for (index, leg) in pass.legs.iter().enumerate() {
        mandatory(&mut line, leg)?;
        let mut variable = Line::default();
        if let Some(issue) = pass.issue.as_ref().filter(|_| index == 0) {
            unique(&mut variable, issue)?;
        }
        if let Some(conditional) = &leg.conditional {
            repeated(&mut variable, conditional)?;
        }
        variable.raw(&leg.airline_data)?;
        line.sized(&variable)?;
    }
    if let Some(security) = &pass.security {
        let mut data = Line::default();
        data.text(security.data.reveal(), security.data.reveal().len())?;
        line.text("^", 1)?;
        line.text(security.kind.encode_utf8(&mut [0; 4]), 1)?;
        line.sized(&data)?;
    }
    Ok(line.into_text())
}

/// The name as printed, or made of its parts.
fn name(pass: &Pass) -> Item {
    let given = pass.given_names.as_ref().map_or("", |given| given.reveal());
    let made = |surname: &Secret<String>| {
        let whole = Zeroizing::new(format!("{}/{given}", surname.reveal()));
        Secret::new(whole.chars().take(20).collect::<String>())
    };
    pass.name.clone().or_else(|| pass.surname.as_ref().map(made))
}

fn mandatory(line: &mut Line, leg: &Leg) -> Result<()> {
    line.item(&leg.booking_reference, 7)?;
    line.item(&leg.from, 3)?;
    line.item(&leg.to, 3)?;
    line.item(&leg.carrier, 3)?;
    line.item(&leg.flight_number, 5)?;
    line.text(&leg.day_of_year.map(|day| format!("{day:03}")).unwrap_or_default(), 3)?;
    line.letter(leg.compartment.map(|coded| coded.code))?;
    line.item(&leg.seat, 4)?;
    line.item(&leg.sequence_number, 5)?;
    line.letter(leg.passenger_status.map(|coded| coded.code))
}

fn unique(line: &mut Line, issue: &Issue) -> Result<()> {
    line.text(">", 1)?;
    line.letter(issue.version)?;
    let mut items = Line::default();
    items.letter(issue.passenger_description.map(|coded| coded.code))?;
    items.letter(issue.check_in_source.map(|coded| coded.code))?;
    items.letter(issue.issuance_source.map(|coded| coded.code))?;
    items.item(&issue.issue_day, 4)?;
    items.letter(issue.document_type.map(|coded| coded.code))?;
    items.item(&issue.issuing_airline, 3)?;
    for tag in 0..3 {
        items.item(&issue.bag_tags.get(tag).cloned(), 13)?;
    }
    items.raw(&issue.further_items)?;
    items.fit(usize::from(issue.size))?;
    line.sized(&items)
}

fn repeated(line: &mut Line, conditional: &Conditional) -> Result<()> {
    let mut items = Line::default();
    items.item(&conditional.airline_number, 3)?;
    items.item(&conditional.document_serial, 10)?;
    items.letter(conditional.selectee.map(|coded| coded.code))?;
    items.letter(conditional.document_verification.map(|coded| coded.code))?;
    items.item(&conditional.marketing_carrier, 3)?;
    items.item(&conditional.frequent_flyer_airline, 3)?;
    items.item(&conditional.frequent_flyer_number, 16)?;
    items.letter(conditional.discount.map(|coded| coded.code))?;
    items.item(&conditional.baggage_allowance, 3)?;
    items.letter(conditional.fast_track.map(|yes| if yes { 'Y' } else { 'N' }))?;
    items.raw(&conditional.further_items)?;
    items.fit(usize::from(conditional.size))?;
    line.sized(&items)
}

/// Text that grows field by field and wipes itself.
#[derive(Default)]
struct Line(Zeroizing<Vec<u8>>);

impl Line {
    fn wrong(&self) -> Error {
        Error::new(ErrorKind::PayloadField, Part::Payload, self.0.len())
    }

    /// `text`, filled up with blanks to `width`.
    fn text(&mut self, text: &str, width: usize) -> Result<()> {
        let printable = text.bytes().all(|byte| (0x20..0x7F).contains(&byte));
        if text.len() > width || !printable {
            return Err(self.wrong());
        }
        self.0.extend(text.bytes());
        self.0.extend(core::iter::repeat_n(b' ', width - text.len()));
        Ok(())
    }

    fn item(&mut self, item: &Item, width: usize) -> Result<()> {
        self.text(item.as_ref().map_or("", |text| text.reveal()), width)
    }

    fn letter(&mut self, letter: Option<char>) -> Result<()> {
        self.text(letter.unwrap_or(' ').encode_utf8(&mut [0; 4]), 1)
    }

    /// An item exactly as it stands.
    fn raw(&mut self, item: &Item) -> Result<()> {
        self.item(item, item.as_ref().map_or(0, |text| text.reveal().len()))
    }

    /// Cuts blanks off, or fills up with them, to `size`.
    fn fit(&mut self, size: usize) -> Result<()> {
        if self.0.iter().skip(size).any(|byte| *byte != b' ') {
            return Err(self.wrong());
        }
        self.0.resize(size, b' ');
        Ok(())
    }

    /// The size of `part` in two hexadecimal digits, and `part`.
    fn sized(&mut self, part: &Line) -> Result<()> {
        let size = u8::try_from(part.0.len()).map_err(|_| self.wrong())?;
        self.0.extend(format!("{size:02X}").bytes());
        self.0.extend_from_slice(&part.0);
        Ok(())
    }

    fn into_text(self) -> Secret<String> {
        let mut text = String::with_capacity(self.0.len());
        text.extend(self.0.iter().copied().map(char::from));
        Secret::new(text)
    }
}
