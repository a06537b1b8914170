//! Keys pressed for a person who is not there, and a picture of the result.

use clap::{Args, ValueEnum};

use super::CliError;
use crate::command::parse_keys;

/// Keys to press instead of waiting for a person.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Without a person")]
pub struct Replay {
    /// Keys to press, by their names.
    #[arg(
        long,
        value_name = "KEYS",
        allow_hyphen_values = true,
        help = "Press these keys: letters, <enter> <esc> <tab> <s-tab> <up> <pgdn> <c-x> …"
    )]
    keys: Option<String>,
    /// Print the last screen, as text or as a picture
    #[arg(
        long,
        value_name = "FORM",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "text"
    )]
    print: Option<Picture>,
    /// Columns and rows of the screen [default: 80x24]
    #[arg(long, value_name = "WxH", value_parser = size)]
    size: Option<(u16, u16)>,
}

/// What the last screen is printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Picture {
    /// Plain text, a line for each row
    Text,
    /// A picture that a browser shows
    Svg,
}

impl Replay {
    /// Whether keys are pressed or a screen is printed.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.keys.is_some() || self.print.is_some() || self.size.is_some()
    }

    /// The keys to press; none if the first screen is wanted.
    #[must_use]
    pub fn keys(&self) -> &str {
        self.keys.as_deref().unwrap_or_default()
    }

    /// What to print the last screen as, if at all.
    #[must_use]
    pub fn picture(&self) -> Option<Picture> {
        self.print
    }

    /// Columns and rows.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        self.size.unwrap_or((80, 24))
    }

    /// What is given here, and else what is given there.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            keys: self.keys.or(other.keys),
            print: self.print.or(other.print),
            size: self.size.or(other.size),
        }
    }

    /// Whether it can be done.
    ///
    /// # Errors
    /// A key has no such name, or a size stands alone.
    pub(super) fn check(&self) -> Result<(), CliError> {
        if self.size.is_some() && self.keys.is_none() && self.print.is_none() {
            return Err(CliError::usage("--size needs --keys or --print"));
        }
        parse_keys(self.keys()).map_err(|error| CliError::usage(error.to_string()))?;
        Ok(())
    }
}

fn size(text: &str) -> Result<(u16, u16), String> {
    let (columns, rows) = text.split_once('x').unwrap_or_default();
    match (columns.parse(), rows.parse()) {
        (Ok(columns @ 1..=1000), Ok(rows @ 1..=1000)) => Ok((columns, rows)),
        _ => Err("columns x rows, such as 100x30, each up to 1000".to_owned()),
    }
}
