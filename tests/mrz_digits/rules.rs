//! The rules of a zone, written a second time and differently: from the standard's tables, not from the crate's.
//!
//! `Rules::fits` is the judge of what repair may give: it knows one text at a time and no cleverness.

/// The rules of one layout and a specimen that satisfies them.
pub struct Rules {
    pub name: &'static str,
    /// Where the document number stands.
    number: &'static str,
    /// The specimen's lines.
    pub specimen: &'static [&'static str],
    /// One word per line: a letter for what may stand there and how often. `a` letters and filler, `x` anything,
    /// `d` digits and filler, `n` digits, `s` sex, `f` filler.
    pattern: &'static [&'static str],
    /// `place=places`, with line and columns from 1; `?` behind it if a filler may stand for the digit of fillers.
    digits: &'static [&'static str],
    /// Where birth and expiry dates begin.
    births: &'static [(usize, usize)],
    expiries: &'static [(usize, usize)],
    /// Number, its digit and optional data, where long numbers run on.
    long: Option<[&'static str; 3]>,
    opens: fn(&str) -> bool,
}

fn is_french_licence(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes[1].is_ascii_digit() && &text[2..5] == "FRA"
}

/// The layouts by their tables (Doc 9303-4 to -7; French cards and licences, ISO/IEC 18013), with ICAO's specimens.
pub const ALL: &[Rules] = &[
    Rules {
        name: "td1",
        number: "1.6-14",
        specimen: &[
            "I<UTOD231458907<<<<<<<<<<<<<<<",
            "7408122F1204159UTO<<<<<<<<<<<6",
            "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
        ],
        pattern: &["x2a3x9d1x15", "d6d1s1d6d1a3x11n1", "a30"],
        digits: &["1.15=1.6-14", "2.7=2.1-6", "2.15=2.9-14", "2.30=1.6-30,2.1-7,2.9-15,2.19-29"],
        births: &[(2, 1)],
        expiries: &[(2, 9)],
        long: Some(["1.6-14", "1.15-15", "1.16-30"]),
        opens: |_| true,
    },
    Rules {
        name: "td2",
        number: "2.1-9",
        specimen: &["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"],
        pattern: &["x2a34", "x9d1a3d6d1s1d6d1x7n1"],
        digits: &["2.10=2.1-9", "2.20=2.14-19", "2.28=2.22-27", "2.36=2.1-10,2.14-20,2.22-35"],
        births: &[(2, 14)],
        expiries: &[(2, 22)],
        long: Some(["2.1-9", "2.10-10", "2.29-35"]),
        opens: |text| !text.starts_with('V') && !text.starts_with("IDFRA"),
    },
    Rules {
        name: "td3",
        number: "2.1-9",
        specimen: &["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"],
        pattern: &["a44", "x9d1a3d6d1s1d6d1x14d1n1"],
        digits: &["2.10=2.1-9", "2.20=2.14-19", "2.28=2.22-27", "2.43=2.29-42?", "2.44=2.1-10,2.14-20,2.22-43"],
        births: &[(2, 14)],
        expiries: &[(2, 22)],
        long: None,
        opens: |text| !text.starts_with('V'),
    },
    Rules {
        name: "mrv_a",
        number: "2.1-9",
        specimen: &["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C<3UTO6908061F9406236ZE184226B<<<<<<<"],
        pattern: &["x2a42", "x9d1a3d6d1s1d6d1x16"],
        digits: &["2.10=2.1-9", "2.20=2.14-19", "2.28=2.22-27"],
        births: &[(2, 14)],
        expiries: &[(2, 22)],
        long: None,
        opens: |text| text.starts_with('V'),
    },
    Rules {
        name: "mrv_b",
        number: "2.1-9",
        specimen: &["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L898902C<3UTO6908061F9406236ZE184226"],
        pattern: &["x2a34", "x9d1a3d6d1s1d6d1x8"],
        digits: &["2.10=2.1-9", "2.20=2.14-19", "2.28=2.22-27"],
        births: &[(2, 14)],
        expiries: &[(2, 22)],
        long: None,
        opens: |text| text.starts_with('V'),
    },
    Rules {
        name: "french_identity_card",
        number: "2.1-12",
        specimen: &["IDFRABERTHIER<<<<<<<<<<<<<<<<<923255", "8806923102858CORINNE<<<<<<<6512068F2"],
        pattern: &["a30x6", "x12n1a14d6d1s1n1"],
        digits: &["2.13=2.1-12", "2.34=2.28-33", "2.36=1.1-36,2.1-35"],
        births: &[(2, 28)],
        expiries: &[],
        long: None,
        opens: |text| text.starts_with("IDFRA"),
    },
    Rules {
        name: "driving_licence",
        number: "1.7-16",
        specimen: &["D1NLD15094962111659VW87Z78NB84"],
        pattern: &["a1x1a3x1x10x13n1"],
        digits: &["1.30=1.1-29"],
        births: &[],
        expiries: &[],
        long: None,
        opens: |text| text.starts_with('D') && !is_french_licence(text),
    },
    Rules {
        name: "french_driving_licence",
        number: "1.6-14",
        specimen: &["D1FRA13AA000026181231MARTIN<<9"],
        pattern: &["a1x1a3x9n1d6a8n1"],
        digits: &["1.15=1.1-14", "1.30=1.1-29"],
        births: &[],
        expiries: &[(1, 16)],
        long: None,
        opens: |text| text.starts_with(['A', 'B', 'D']) && is_french_licence(text),
    },
    Rules {
        name: "swiss_driving_licence",
        number: "2.6-17",
        specimen: &["AAA001D<<", "FACHE305142128097<<800126<<<<<", "MARCHAND<<FABIENNE<<<<<<<<<<<<"],
        pattern: &["x6a1f2", "a5n12f2d6f5", "a30"],
        digits: &[],
        births: &[(2, 20)],
        expiries: &[],
        long: None,
        opens: |text| matches!(&text[9..14], "FACHE" | "FALIE"),
    },
    Rules {
        name: "swiss_driving_licence_below",
        number: "1.6-17",
        specimen: &["FACHE305142128097<<800126<<<<<", "MARCHAND<<FABIENNE<<<<<<<<<<<<"],
        pattern: &["a5n12f2d6f5", "a30"],
        digits: &[],
        births: &[(1, 20)],
        expiries: &[],
        long: None,
        opens: |text| matches!(&text[..5], "FACHE" | "FALIE"),
    },
];

/// The 37 characters of a zone.
pub const ALPHABET: &[u8; 37] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";

pub fn value(character: u8) -> i32 {
    match character {
        b'0'..=b'9' => i32::from(character - b'0'),
        b'A'..=b'Z' => i32::from(character - b'A') + 10,
        _ => 0,
    }
}

/// A check digit: where it stands, what it covers with which weight, and whether a filler may stand for it.
pub struct Digit {
    pub at: usize,
    pub over: Vec<(usize, i32)>,
    may_be_empty: bool,
}

impl Digit {
    /// The weighted sum, modulo 10.
    pub fn sum(&self, text: &[u8]) -> i32 {
        let sum: i32 = self.over.iter().map(|(at, weight)| weight * value(text[*at])).sum();
        sum % 10
    }

    /// Weights by position, by which the digit takes its own value off the sum; none if there are exceptions.
    fn weights(&self, len: usize) -> Option<Vec<i32>> {
        let mut weights = vec![0; len];
        self.over.iter().for_each(|(at, weight)| weights[*at] = *weight);
        weights[self.at] = -1;
        Some(weights).filter(|_| !self.may_be_empty)
    }

    pub fn holds(&self, text: &[u8]) -> bool {
        let empty = self.over.iter().all(|(at, _)| text[*at] == b'<');
        let digit = text[self.at];
        (self.may_be_empty && empty && digit == b'<') || (digit.is_ascii_digit() && value(digit) == self.sum(text))
    }
}

/// Rules made ready: one set or digit for each position of the joined lines.
pub struct Checker {
    pub rules: &'static Rules,
    pub text: Vec<u8>,
    sets: Vec<u8>,
    pub digits: Vec<Digit>,
    births: Vec<usize>,
    expiries: Vec<usize>,
    number: (usize, usize),
    long: Option<[(usize, usize); 3]>,
}

impl Checker {
    pub fn new(rules: &'static Rules) -> Self {
        let mut checker = Self {
            rules,
            text: rules.specimen.concat().into_bytes(),
            sets: Vec::new(),
            digits: Vec::new(),
            births: Vec::new(),
            expiries: Vec::new(),
            number: (0, 0),
            long: None,
        };
        for line in rules.pattern {
            for word in line.split_inclusive(|c: char| c.is_ascii_digit()).collect::<Words>().0 {
                let count: usize = word[1..].parse().unwrap();
                checker.sets.extend(std::iter::repeat_n(word.as_bytes()[0], count));
            }
        }
        assert_eq!(checker.sets.len(), checker.text.len(), "{}", rules.name);
        checker.digits = rules.digits.iter().map(|digit| checker.digit(digit)).collect();
        checker.births = rules.births.iter().map(|at| checker.position(*at)).collect();
        checker.expiries = rules.expiries.iter().map(|at| checker.position(*at)).collect();
        checker.number = checker.span(rules.number);
        checker.long = rules.long.map(|spans| spans.map(|span| checker.span(span)));
        checker
    }

    fn position(&self, (line, column): (usize, usize)) -> usize {
        let above = &self.rules.specimen[..line - 1];
        above.iter().map(|line| line.len()).sum::<usize>() + column - 1
    }

    /// `line.first-last` or `line.column` as a range of the joined lines.
    fn span(&self, text: &str) -> (usize, usize) {
        let (line, columns) = text.split_once('.').unwrap();
        let (first, last) = columns.split_once('-').unwrap_or((columns, columns));
        let number = |text: &str| text.parse::<usize>().unwrap();
        let start = self.position((number(line), number(first)));
        (start, start + number(last) - number(first) + 1)
    }

    fn digit(&self, text: &str) -> Digit {
        let (at, over) = text.split_once('=').unwrap();
        let spans = over.trim_end_matches('?').split(',').map(|span| self.span(span));
        let positions = spans.flat_map(|(first, last)| first..last);
        Digit {
            at: self.span(at).0,
            over: positions.zip([7, 3, 1].into_iter().cycle()).collect(),
            may_be_empty: over.ends_with('?'),
        }
    }

    /// Positions that a check digit or the calendar speaks about, by field of the layout's table.
    pub fn checked(&self) -> Vec<usize> {
        let by_date =
            |at: &usize| self.births.iter().chain(&self.expiries).any(|first| (*first..first + 6).contains(at));
        let by_digit = |at: &usize| {
            let covers = |digit: &Digit| digit.at == *at || digit.over.iter().any(|(over, _)| over == at);
            self.digits.iter().any(covers)
        };
        (0..self.text.len()).filter(|at| by_date(at) || by_digit(at)).collect()
    }

    /// Weights of the digits that know no exceptions, for leaving texts out quickly.
    pub fn strict(&self) -> Vec<Vec<i32>> {
        let digits = self.digits.iter().skip(usize::from(self.long.is_some()));
        digits.filter_map(|digit| digit.weights(self.text.len())).collect()
    }

    /// The text with a legal character wherever it has the mark of an unread one.
    pub fn fill(&self, text: &[u8]) -> Vec<u8> {
        let pairs = text.iter().zip(&self.sets);
        let legal = |(character, set): (&u8, &u8)| match (*character, *set) {
            (b'?', b'n') => b'0',
            (b'?', _) => b'<',
            _ => *character,
        };
        pairs.map(legal).collect()
    }

    /// Whether a text satisfies every rule, where `printed` is what stands on the document.
    pub fn fits(&self, text: &[u8], printed: &[u8]) -> bool {
        // What fails most often is asked first: there are many texts to ask about.
        self.digits_hold(text)
            && (0..text.len()).all(|at| allowed(self.sets[at], text[at], printed[at]))
            && self.number_begins(text, printed)
            && (self.rules.opens)(core::str::from_utf8(text).unwrap())
            && self.dates_hold(&self.births, text, printed, true)
            && self.dates_hold(&self.expiries, text, printed, false)
    }

    fn digits_hold(&self, text: &[u8]) -> bool {
        let mut digits = self.digits.iter().enumerate().rev();
        digits.all(|(index, digit)| digit.holds(text) || (index == 0 && self.long_number_holds(text)))
    }

    /// No filler where the printed number begins, or in its first place if none is printed.
    fn number_begins(&self, text: &[u8], printed: &[u8]) -> bool {
        let (first, last) = self.number;
        let begins = (first..last).find(|at| printed[*at] != b'<');
        text[begins.unwrap_or(first)] != b'<'
    }

    fn dates_hold(&self, dates: &[usize], text: &[u8], printed: &[u8], is_birth: bool) -> bool {
        let six = |text: &[u8], first: usize| <[u8; 6]>::try_from(&text[first..first + 6]).unwrap();
        let fits = |first: &usize| date_fits(&six(text, *first), &six(printed, *first), is_birth);
        dates.iter().all(fits)
    }

    /// A filler for the digit of a full number field; behind the rest of the number its digit and a filler.
    fn long_number_holds(&self, text: &[u8]) -> bool {
        let Some([number, digit, optional]) = self.long else {
            return false;
        };
        let tail: Vec<u8> = text[optional.0..optional.1].iter().copied().take_while(|c| *c != b'<').collect();
        let Some((last, rest)) = tail.split_last().filter(|(_, rest)| !rest.is_empty()) else {
            return false;
        };
        if tail.len() == optional.1 - optional.0 {
            return false;
        }
        let all = text[number.0..number.1].iter().chain(rest);
        let sum: i32 = all.zip([7, 3, 1].into_iter().cycle()).map(|(c, weight)| weight * value(*c)).sum();
        text[digit.0] == b'<' && text[number.1 - 1] != b'<' && last.is_ascii_digit() && value(*last) == sum % 10
    }
}

/// Words of a pattern: `a5x9` is `a5` and `x9`.
struct Words(Vec<String>);

impl<'a> FromIterator<&'a str> for Words {
    fn from_iter<I: IntoIterator<Item = &'a str>>(pieces: I) -> Self {
        let mut words: Vec<String> = Vec::new();
        for piece in pieces {
            match words.last_mut() {
                Some(word) if piece.as_bytes()[0].is_ascii_digit() => word.push_str(piece),
                _ => words.push(piece.to_owned()),
            }
        }
        Self(words)
    }
}

fn allowed(set: u8, character: u8, printed: u8) -> bool {
    let (letter, digit, filler) = (character.is_ascii_uppercase(), character.is_ascii_digit(), character == b'<');
    match set {
        b'a' => letter || filler,
        b'x' => letter || digit || filler,
        b'd' => digit || filler,
        b'n' => digit,
        b's' => matches!(character, b'M' | b'F' | b'<') || (character == b'X' && printed == b'X'),
        b'f' => filler,
        _ => panic!("no such set"),
    }
}

/// A day of some century; parts may be unknown in a birth date, and all of an expiry date that is printed so.
fn date_fits(text: &[u8], printed: &[u8], is_birth: bool) -> bool {
    let two = |at: usize| match &text[at..at + 2] {
        b"<<" => Some(None),
        pair if pair.iter().all(u8::is_ascii_digit) => Some(Some(value(pair[0]) * 10 + value(pair[1]))),
        _ => None,
    };
    let (Some(year), Some(month), Some(day)) = (two(0), two(2), two(4)) else {
        return false;
    };
    let longest = match month {
        Some(2) if year.is_some_and(|year| year % 4 != 0) => 28,
        Some(2) => 29,
        Some(4 | 6 | 9 | 11) => 30,
        _ => 31,
    };
    let whole = year.is_some() && month.is_some() && day.is_some();
    let tolerated = text == printed && text == b"<<<<<<";
    month.is_none_or(|month| (1..=12).contains(&month))
        && day.is_none_or(|day| (1..=longest).contains(&day))
        && (whole || is_birth || tolerated)
}
