//! Whether stated confidences come true: characters by how sure the reader was, and how many of them were wrong.
//!
//! Only where a zone of the right shape was found; what was missed is counted elsewhere. `measure plot` draws the sums of several runs.

use landfall::optical::Zone;
use std::fmt::Write;

/// Steps of stated doubt: half a power of ten each, from "even odds" to "one in a hundred thousand" and less.
const STEPS: usize = 10;

/// Characters and errors by stated doubt.
#[derive(Default, Clone)]
pub struct Calibration {
    stated: [f64; STEPS],
    count: [u64; STEPS],
    wrong: [u64; STEPS],
}

impl Calibration {
    /// Takes every character of a zone.
    pub fn take(&mut self, zone: &Zone, truth: &[String]) {
        let read: Vec<&str> = zone.lines().collect();
        if read.len() != truth.len() || read.iter().zip(truth).any(|(read, truth)| read.len() != truth.len()) {
            return;
        }
        let read = read.iter().flat_map(|line| line.bytes());
        for (position, (read, truth)) in read.zip(truth.iter().flat_map(|line| line.bytes())).enumerate() {
            let doubt = (1.0 - f64::from(zone.character_confidence(position))).max(1e-9);
            let step = ((-2.0 * doubt.log10()).floor() as usize).min(STEPS - 1);
            self.stated[step] += doubt;
            self.count[step] += 1;
            self.wrong[step] += u64::from(read != truth);
        }
    }

    /// One line for each step, as `measure plot` reads them back.
    pub fn print(&self, name: &str) {
        for step in 0..STEPS {
            println!("calibration {name} {step} {} {} {:.6}", self.count[step], self.wrong[step], self.stated[step]);
        }
        let sure = 6..STEPS;
        let (count, wrong) = (self.count[sure.clone()].iter().sum::<u64>(), self.wrong[sure].iter().sum::<u64>());
        println!("{name}: of {count} characters with at least 99.9 % confidence {wrong} are wrong");
    }

    /// The sum of what logs say.
    pub fn read(text: &str) -> Self {
        let mut sum = Self::default();
        for line in text.lines().filter_map(|line| line.strip_prefix("calibration ")) {
            let words: Vec<&str> = line.split(' ').collect();
            if let [_, step, count, wrong, stated] = words.as_slice()
                && let (Ok(step), Ok(count), Ok(wrong), Ok(stated)) =
                    (step.parse::<usize>(), count.parse::<u64>(), wrong.parse::<u64>(), stated.parse::<f64>())
                && step < STEPS
            {
                sum.count[step] += count;
                sum.wrong[step] += wrong;
                sum.stated[step] += stated;
            }
        }
        sum
    }

    /// The plot: stated share of errors to the right, true share upwards, both in powers of ten; the line is where they agree.
    pub fn plot(&self) -> String {
        let x = |share: f64| 60.0 + 80.0 * (5.0 + share.log10()).clamp(0.0, 5.0);
        let y = |share: f64| 440.0 - 80.0 * (5.0 + share.log10()).clamp(0.0, 5.0);
        let mut svg = String::from(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 520 500\" font-family=\"sans-serif\" font-size=\"12\">\n\
             <rect width=\"520\" height=\"500\" fill=\"#fff\"/>\n",
        );
        for power in 0..=5 {
            let at = 60.0 + 80.0 * f64::from(power);
            let label = ["0.001 %", "0.01 %", "0.1 %", "1 %", "10 %", "100 %"][power as usize];
            let up = 500.0 - at;
            let _ = writeln!(svg, "<path d=\"M{at} 40V440M60 {up}H460\" stroke=\"#ddd\"/>");
            let _ = writeln!(svg, "<text x=\"{at}\" y=\"458\" text-anchor=\"middle\">{label}</text>");
            let _ = writeln!(svg, "<text x=\"54\" y=\"{}\" text-anchor=\"end\">{label}</text>", up + 4.0);
        }
        svg.push_str("<path d=\"M60 440L460 40\" stroke=\"#888\"/>\n");
        for step in (0..STEPS).filter(|step| self.count[*step] > 0) {
            let count = self.count[step] as f64;
            let (stated, wrong) = (self.stated[step] / count, self.wrong[step] as f64);
            // The interval of Wilson at two deviations.
            let middle = (wrong + 2.0) / (count + 4.0);
            let half = 2.0 / (count + 4.0) * (wrong * (count - wrong) / count + 1.0).sqrt();
            let (low, high) = (y((middle - half).max(1e-9)), y(middle + half));
            let at = x(stated);
            let _ = writeln!(svg, "<path d=\"M{at:.1} {low:.1}V{high:.1}\" stroke=\"#06c\" stroke-width=\"2\"/>");
            if wrong > 0.0 {
                let _ = writeln!(svg, "<circle cx=\"{at:.1}\" cy=\"{:.1}\" r=\"4\" fill=\"#06c\"/>", y(wrong / count));
            }
        }
        let total: u64 = self.count.iter().sum();
        let _ = writeln!(
            svg,
            "<text x=\"260\" y=\"24\" text-anchor=\"middle\">Errors that came true against errors that were stated, {total} characters of drawn pages</text>"
        );
        svg.push_str("<text x=\"260\" y=\"482\" text-anchor=\"middle\">stated share of errors</text>\n</svg>\n");
        svg
    }
}
