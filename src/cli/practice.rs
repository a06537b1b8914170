//! `prospect practice`

mod interview;

use std::io;
use std::path::PathBuf;

use clap::Args;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;

use super::output::{Content, Stream};
use super::{CliError, GlobalArgs, Output, diagnostics, global, output};
use crate::domain::{Deck, DeckCard, Guess};
use crate::judge::Practice;
use crate::report;
use crate::store::{PracticeLog, built_in_deck, read_deck};
use interview::{CardReply, Interview};

/// Practise on directions of the past: rate, forecast, then see the end
///
/// Each card shows a direction as it looked in some year. You rate it, say which
/// bet it was and how likely its claim is to hold by a later year; then you are
/// told how it ended, with the source. Every answer is kept, so you can stop at
/// any card and go on another day. At the end, and with --results at any time,
/// you see how good your chances were and which criteria they followed.
///
/// Questions take one answer or several, in a line: 7 4..6 - 9 6. An empty
/// answer or - is "I do not know".
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  prospect practice
  prospect practice --cards 5            a few today
  prospect practice --results            how I did so far
  prospect practice our-field.toml       a deck of our own, see docs/practice.md
  prospect practice --seed 3             in another order")]
pub struct Arguments {
    /// A deck of your own [default: the built-in one]
    deck: Option<PathBuf>,
    /// Stop after so many cards
    #[arg(long, value_name = "N")]
    cards: Option<usize>,
    /// Print what your answers say so far, and ask nothing
    #[arg(long)]
    results: bool,
    /// The same as JSON
    #[arg(long)]
    json: bool,
    /// Go through the deck once more; earlier answers are kept, but no longer count
    #[arg(long)]
    again: bool,
}

pub(super) fn run(arguments: &Arguments, global: &GlobalArgs) -> Result<Output, CliError> {
    let paths = global.paths()?;
    let settings = global.settings(&paths, None)?;
    let (deck, oddities) = match &arguments.deck {
        Some(file) if !file.exists() => {
            return Err(CliError::usage(format!("there is no file \"{}\"", file.display())));
        }
        Some(file) => read_deck(file),
        None => built_in_deck(),
    }
    .map_err(CliError::Problems)?;
    if !oddities.is_empty() {
        output::say(&diagnostics::render(&oddities), global.color());
    }
    let log = PracticeLog::in_state(&paths.state);
    let person = settings.person();
    let mut round = Round::read(&deck, &log, person, global)?;
    if arguments.again && !round.guesses.is_empty() {
        round.number += 1;
        round.guesses.clear();
    }
    let asks = !arguments.results && !arguments.json;
    if asks {
        let cards = round.open(global.seed());
        let most = arguments.cards.unwrap_or(cards.len());
        match go_through(&mut round, &cards[..most.min(cards.len())], &log, global) {
            // The reader has closed the pipe and wants no more.
            Err(CliError::Other(error)) if is_broken_pipe(&error) => return Ok(Output::default()),
            done => done?,
        }
    }
    let practice = Practice::of(&deck, &round.guesses, &settings.score);
    Ok(Output::from(if arguments.json {
        report::practice_json(&deck, &practice)
    } else {
        report::practice_text(&deck, &practice, global::columns())
    }))
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let error = error.downcast_ref::<io::Error>();
    error.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// One way of a person through a deck.
struct Round<'d> {
    deck: &'d Deck,
    person: String,
    number: u32,
    /// What was guessed in this round.
    guesses: Vec<Guess>,
}

impl<'d> Round<'d> {
    /// The last round of this person, as far as it got.
    fn read(
        deck: &'d Deck,
        log: &PracticeLog,
        person: String,
        global: &GlobalArgs,
    ) -> Result<Self, CliError> {
        let (mut guesses, torn) = log.read()?;
        if torn > 0 {
            let lines = crate::text::count(torn, "line");
            let message = format!("{lines} of {} cannot be read", log.path().display());
            output::say(&output::warning_line(&message, ""), global.color());
        }
        guesses.retain(|guess| guess.deck == deck.name && guess.by == person);
        let number = guesses.iter().map(|guess| guess.round).max().unwrap_or(1);
        guesses.retain(|guess| guess.round == number);
        Ok(Self { deck, person, number, guesses })
    }

    /// The cards that were not answered yet: in the order of the deck, or shuffled.
    fn open(&self, seed: Option<u64>) -> Vec<&'d DeckCard> {
        let mut cards: Vec<&DeckCard> = self.deck.cards.iter().collect();
        if let Some(seed) = seed {
            cards.shuffle(&mut Pcg64Mcg::seed_from_u64(seed));
        }
        cards.retain(|card| !self.guesses.iter().any(|guess| guess.card == card.id));
        cards
    }
}

fn go_through(
    round: &mut Round<'_>,
    cards: &[&DeckCard],
    log: &PracticeLog,
    global: &GlobalArgs,
) -> Result<(), CliError> {
    let columns = global::columns();
    let mut stdout = Stream::stdout(global.color());
    let print = |text: &str| stdout.write(text, Content::Styled);
    let mut interview = Interview::new(io::stdin().lock(), print);
    for card in cards {
        let place = (round.guesses.len() + 1, round.deck.cards.len());
        interview.say(&format!("\n{}\n", report::card_text(card, place, columns)))?;
        let answers = match interview.ask_about(card)? {
            CardReply::Answers(answers) => answers,
            CardReply::Skip => continue,
            CardReply::Stop => break,
        };
        let guess = Guess {
            at: global.now(),
            by: round.person.clone(),
            deck: round.deck.name.clone(),
            round: round.number,
            card: card.id.clone(),
            ratings: answers.ratings,
            bet: answers.bet,
            chance: answers.chance,
            known: answers.known,
        };
        // First on disk, then told: who knows the end cannot guess again.
        log.append(&guess)?;
        interview.say(&format!("\n{}\n", report::fate_text(card, guess.chance, columns)))?;
        round.guesses.push(guess);
    }
    interview.say("\n")?;
    Ok(())
}
