//! Height and weight, in all the ways in which cards write them.

use crate::secret::Secret;
use serde::Serialize;

/// A height.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Height {
    /// As it stands.
    pub text: Secret<String>,
    /// In centimetres, if it could be told.
    pub centimetres: Option<u16>,
}

/// A weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Weight {
    /// As it stands.
    pub text: Secret<String>,
    /// The least that it can be, in kilograms.
    pub least_kilograms: Option<u16>,
    /// The most that it can be, in kilograms; absent above the highest range.
    pub most_kilograms: Option<u16>,
}

/// Inches in centimetres, rounded.
fn centimetres(inches: u16) -> u16 {
    u16::try_from((u32::from(inches) * 254 + 50) / 100).unwrap_or(u16::MAX)
}

impl Height {
    /// Reads `070 in`, `178 cm`, `508` and `5-08` (feet and inches), and numbers whose unit only their size tells.
    pub(super) fn read(text: &Secret<String>, is_metric: bool) -> Self {
        let words = text.reveal().to_ascii_lowercase();
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        let number: Option<u16> = digits.parse().ok().filter(|_| digits.len() <= 3);
        let feet = |number: u16| {
            let (feet, inches) = (number / 100, number % 100);
            ((2..=8).contains(&feet) && inches < 12).then(|| centimetres(feet * 12 + inches))
        };
        let centimetres = number.and_then(|number| {
            if is_metric || words.contains("cm") {
                Some(number)
            } else if words.contains("in") && !words.contains("ft") {
                Some(centimetres(number))
            } else {
                let compact = number < 100 && words.contains(['-', '\'', ' ']);
                // `5-8` is five feet and eight inches, as `508` is.
                let number = if compact { number / 10 * 100 + number % 10 } else { number };
                feet(number).or(match number {
                    36..=95 => Some(centimetres(number)),
                    100..=250 => Some(number),
                    _ => None,
                })
            }
        });
        Self { text: text.clone(), centimetres: centimetres.filter(|height| (30..=280).contains(height)) }
    }
}

/// The ranges of `DCE`, in kilograms.
const RANGES: [(u16, Option<u16>); 10] = [
    (0, Some(31)),
    (32, Some(45)),
    (46, Some(59)),
    (60, Some(70)),
    (71, Some(86)),
    (87, Some(100)),
    (101, Some(113)),
    (114, Some(127)),
    (128, Some(145)),
    (146, None),
];

impl Weight {
    /// Reads pounds, kilograms or a range, in this order of the three elements that may hold one.
    pub(super) fn read(
        pounds: Option<&Secret<String>>,
        kilograms: Option<&Secret<String>>,
        range: Option<&Secret<String>>,
    ) -> Option<Self> {
        let number = |text: &Secret<String>| text.reveal().trim().parse::<u16>().ok();
        let exactly = |text: &Secret<String>, weight: Option<u16>| Self {
            text: text.clone(),
            least_kilograms: weight,
            most_kilograms: weight,
        };
        // One pound is 0.45359237 kilograms.
        let of_pounds = |pounds: u16| u16::try_from((u32::from(pounds) * 45_359 + 50_000) / 100_000).ok();
        if let Some(text) = kilograms {
            return Some(exactly(text, number(text)));
        }
        if let Some(text) = pounds {
            return Some(exactly(text, number(text).and_then(of_pounds)));
        }
        let text = range?;
        let row = number(text).and_then(|index| RANGES.get(usize::from(index)));
        Some(Self {
            text: text.clone(),
            least_kilograms: row.map(|(least, _)| *least),
            most_kilograms: row.and_then(|(_, most)| *most),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_are_told_in_every_way_that_cards_write_them() {
        let rows = [
            ("070 IN", Some(178)),
            ("67 IN", Some(170)),
            ("71 in", Some(180)),
            ("178 cm", Some(178)),
            ("508", Some(173)),
            ("5-08", Some(173)),
            ("5'8\"", Some(173)),
            ("070", Some(178)),
            ("183", Some(183)),
            ("tall", None),
            ("999", None),
            ("999 in", None),
            // Its hundredths do not fit into sixteen bits, and what is left of them would be a height.
            ("330 in", None),
        ];
        for (text, centimetres) in rows {
            assert_eq!(Height::read(&text.into(), false).centimetres, centimetres, "{text}");
        }
        assert_eq!(Height::read(&"170".into(), true).centimetres, Some(170));
    }

    #[test]
    fn weights_are_told_in_pounds_kilograms_or_a_range() {
        let told = |weight: Option<Weight>| weight.map(|w| (w.least_kilograms, w.most_kilograms));
        assert_eq!(told(Weight::read(Some(&"175".into()), None, None)), Some((Some(79), Some(79))));
        assert_eq!(told(Weight::read(Some(&"175".into()), Some(&"080".into()), None)), Some((Some(80), Some(80))));
        assert_eq!(told(Weight::read(None, None, Some(&"9".into()))), Some((Some(146), None)));
        assert_eq!(told(Weight::read(None, None, Some(&"x".into()))), Some((None, None)));
        assert_eq!(Weight::read(None, None, None), None);
    }
}
