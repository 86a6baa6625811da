//! The command: arguments in, text or JSON out, an exit code.
//!
//! This door uses the public interface of the crate and nothing else. It is the only place that looks at the
//! system's clock and opens files; what it reads is bounded by [`source::MAX_FILE`].
//!
//! Exit codes: 0 done, whatever the recommendation; 1 verified and found false; 2 usage; 3 cannot read; 4 internal.

#[cfg(feature = "alert")]
mod alert;
mod args;
#[cfg(feature = "specimen")]
mod bench;
mod inspect;
mod mrz;
#[cfg(feature = "optical")]
mod page;
mod paint;
#[cfg(feature = "barcode")]
mod payload;
#[cfg(feature = "emrtd")]
mod picture;
mod policy;
#[cfg(feature = "optical")]
mod read;
mod report;
mod source;
#[cfg(feature = "specimen")]
mod specimen;
mod trust;

use args::{Args, Verb};
use clap::{CommandFactory, Parser};
use landfall::date::Time;
use landfall::error::{Error, ErrorKind};
use std::fmt;
use std::io::Write;
use std::process::ExitCode;

/// Why the command ended before it was done.
pub(crate) enum Trouble {
    /// The engine could not read something.
    Engine(String, Error),
    /// A file could not be opened or read.
    File(String, std::io::Error),
    /// The arguments make no sense together.
    Usage(String),
    /// Whoever listens to our output has gone: no trouble at all.
    OutputClosed,
}

impl Trouble {
    fn exit_code(&self) -> u8 {
        match self {
            Trouble::OutputClosed => 0,
            Trouble::Usage(_) => 2,
            Trouble::Engine(_, error) if error.kind == ErrorKind::Panic => 4,
            Trouble::Engine(..) | Trouble::File(..) => 3,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Engine(what, error) => write!(f, "{what}: {error}"),
            Trouble::File(what, error) => write!(f, "{what}: {error}"),
            Trouble::Usage(text) => f.write_str(text),
            Trouble::OutputClosed => Ok(()),
        }
    }
}

impl From<std::io::Error> for Trouble {
    /// Output is the only thing that is written without naming it.
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Trouble::OutputClosed,
            _ => Trouble::File("output".to_owned(), error),
        }
    }
}

pub(crate) type Done = Result<ExitCode, Trouble>;

/// Runs the command with the arguments of the process.
pub(crate) fn run() -> ExitCode {
    let args = Args::parse();
    let done = match args.verb {
        Verb::Inspect(args) => inspect::run(&args),
        Verb::Mrz(args) => mrz::run(&args),
        #[cfg(feature = "barcode")]
        Verb::Payload(args) => payload::run(&args),
        #[cfg(feature = "optical")]
        Verb::Read(args) => read::run(&args),
        Verb::Trust(args) => trust::run(&args),
        Verb::Policy(args) => policy::run(&args),
        #[cfg(feature = "alert")]
        Verb::Alerts(args) => alert::run(&args),
        #[cfg(feature = "specimen")]
        Verb::Specimen(args) => specimen::run(&args),
        #[cfg(feature = "specimen")]
        Verb::Bench(args) => bench::run(&args),
        Verb::Completions { shell } => completions(shell),
    };
    done.unwrap_or_else(|trouble| {
        if !matches!(trouble, Trouble::OutputClosed) {
            eprintln!("landfall: {trouble}");
        }
        ExitCode::from(trouble.exit_code())
    })
}

fn completions(shell: clap_complete::Shell) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "landfall", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}

/// The time that was asked for, or else the system's.
fn time(asked: Option<Time>) -> Result<Time, Trouble> {
    if let Some(time) = asked {
        return Ok(time);
    }
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seconds = since.ok().and_then(|since| i64::try_from(since.as_secs()).ok());
    let time = seconds.map(Time::from_unix);
    time.and_then(Result::ok).ok_or_else(|| Trouble::Usage("the system's clock cannot be right; use --at".to_owned()))
}
