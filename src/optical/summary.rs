//! A zone as JSON: the same for the command and for C.

use super::Zone;
use crate::mrz::{FieldSpec, Layout};
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

/// A result, so it shows what was read: this and the methods of [`Zone`] are the only doors.
///
/// ```text
/// format, layout, lines, repaired, confidence, accepted, printed_wrong, gap, fields { name: { text, confidence } },
/// quad [[x, y]; 4] in pixels, pitch in pixels, characters: the confidence of each, line by line
/// ```
impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("Zone", 12)?;
        map.serialize_field("format", format(self.layout()))?;
        map.serialize_field("layout", &self.layout())?;
        map.serialize_field("lines", &self.lines().collect::<Vec<_>>())?;
        map.serialize_field("repaired", &self.repaired().collect::<Vec<_>>())?;
        map.serialize_field("confidence", &rounded(self.confidence(), 4))?;
        map.serialize_field("accepted", &self.accepted())?;
        map.serialize_field("printed_wrong", &self.printed_wrong())?;
        map.serialize_field("gap", &self.repair().gap())?;
        map.serialize_field("fields", &Fields(self))?;
        map.serialize_field("quad", &self.quad().map(|(x, y)| [rounded(x, 1), rounded(y, 1)]))?;
        map.serialize_field("pitch", &rounded(self.pitch(), 2))?;
        map.serialize_field("characters", &self.character_confidences())?;
        map.end()
    }
}

impl Zone {
    /// The confidence of each character, line by line.
    fn character_confidences(&self) -> Vec<Vec<f64>> {
        let mut position = 0;
        let lines = self.layout().lines().iter().map(|length| {
            let line = (position..position + length).map(|at| rounded(self.character_confidence(at), 4)).collect();
            position += length;
            line
        });
        lines.collect()
    }
}

/// The fields by name.
struct Fields<'a>(&'a Zone);

/// One field.
struct Field<'a>(&'a Zone, &'static FieldSpec);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = self.0.layout().fields();
        let mut map = serializer.serialize_map(Some(fields.len()))?;
        for spec in fields {
            map.serialize_entry(spec.id.name(), &Field(self.0, spec))?;
        }
        map.end()
    }
}

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0.text(self.1);
        let mut map = serializer.serialize_struct("Field", 2)?;
        map.serialize_field("text", text)?;
        map.serialize_field("confidence", &rounded((1.0 - self.0.doubt(self.1.id)).max(0.0), 4))?;
        map.end()
    }
}

/// The name of a layout as Doc 9303 and readers of documents write it.
const fn format(layout: Layout) -> &'static str {
    match layout {
        Layout::Td1 => "TD1",
        Layout::Td2 => "TD2",
        Layout::Td3 => "TD3",
        Layout::MrvA => "MRVA",
        Layout::MrvB => "MRVB",
        Layout::FrenchIdentityCard => "IDFRA",
        other => other.name(),
    }
}

/// A number with as many decimals as it is worth.
fn rounded(value: f32, decimals: i32) -> f64 {
    let scale = 10.0_f64.powi(decimals);
    (f64::from(value) * scale).round() / scale
}
