//! The code tables of resolution 792, as one open implementation lists them (version 5 of the resolution, with the
//! additions of version 8).

use serde::Serialize;

/// A code of one character and what it means, if it is in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Coded {
    /// The character.
    pub code: char,
    /// What it means.
    pub meaning: Option<&'static str>,
}

type Table = fn(char) -> Option<&'static str>;

impl Coded {
    /// The code with its meaning in `table`.
    pub(super) fn of(code: char, table: Table) -> Self {
        Self { code, meaning: table(code) }
    }
}

/// The compartment.
pub(super) fn compartment(code: char) -> Option<&'static str> {
    Some(match code {
        'R' => "supersonic",
        'P' | 'F' | 'A' => "first",
        'J' | 'C' | 'D' | 'I' | 'Z' => "business",
        'W' => "premium_economy",
        'S' | 'Y' => "economy",
        'B' | 'H' | 'K' | 'L' | 'M' | 'N' | 'Q' | 'T' | 'V' | 'X' => "economy_discounted",
        _ => return None,
    })
}

/// The passenger status.
pub(super) fn status(code: char) -> Option<&'static str> {
    Some(match code {
        '0' => "issued_not_checked_in",
        '1' => "issued_checked_in",
        '2' => "bags_checked_passenger_not",
        '3' => "bags_and_passenger_checked",
        '4' => "passed_security",
        '5' => "passed_gate",
        '6' => "transit",
        '7' => "standby",
        '8' => "boarding_data_revalidated",
        '9' => "original_boarding_line_used_at_issuance",
        'A' => "up_or_downgrade_required",
        'B'..='Z' => "reserved",
        _ => return None,
    })
}

/// Who the passenger is.
pub(super) fn description(code: char) -> Option<&'static str> {
    Some(match code {
        '0' => "adult",
        '1' => "male",
        '2' => "female",
        '3' => "child",
        '4' => "infant",
        '5' => "cabin_baggage",
        '6' => "adult_with_infant",
        '7' => "unaccompanied_minor",
        'X' => "unspecified",
        'U' => "undisclosed",
        _ => return None,
    })
}

/// Where the passenger checked in.
pub(super) fn check_in(code: char) -> Option<&'static str> {
    Some(match code {
        'W' => "web",
        'K' => "airport_kiosk",
        'R' => "remote_kiosk",
        'M' => "mobile",
        'O' => "airport_agent",
        'T' => "town_agent",
        'V' => "third_party",
        _ => return None,
    })
}

/// Where the pass was issued.
pub(super) fn issuance(code: char) -> Option<&'static str> {
    if code == 'X' { Some("transfer_kiosk") } else { check_in(code) }
}

/// What the document is.
pub(super) fn document(code: char) -> Option<&'static str> {
    Some(match code {
        'B' => "boarding_pass",
        'I' => "itinerary_receipt",
        _ => return None,
    })
}

/// Whether the passenger is selected for closer screening.
pub(super) fn selectee(code: char) -> Option<&'static str> {
    Some(match code {
        '0' => "not_selected",
        '1' => "selected",
        '3' => "known_traveller",
        _ => return None,
    })
}

/// Whether travel documents were looked at.
pub(super) fn verification(code: char) -> Option<&'static str> {
    Some(match code {
        '0' => "not_required",
        '1' => "required",
        '2' => "performed",
        _ => return None,
    })
}

/// Industry and agency discounts.
pub(super) fn discount(code: char) -> Option<&'static str> {
    const TABLE: [&str; 16] = [
        "IDN1", "IDN2", "IDB1", "IDB2", "AD", "DG", "DM", "GE", "IG", "RG", "UD", "ID", "IDFS1", "IDFS2", "IDR1",
        "IDR2",
    ];
    let upper = code.to_digit(16).filter(|_| !code.is_ascii_lowercase())?;
    TABLE.get(usize::try_from(upper).ok()?).copied()
}
