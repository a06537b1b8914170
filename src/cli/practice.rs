//! `prospect practice`

use std::collections::VecDeque;
use std::io::{self, BufRead};
use std::path::PathBuf;

use clap::Args;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;

use super::output::{Content, Stream};
use super::{CliError, GlobalArgs, Output, error, global, output};
use crate::domain::{BetKind, CRITERIA, Criterion, Deck, DeckCard, Guess, Rating};
use crate::judge::Practice;
use crate::report::{self, anchors_text};
use crate::store::{PracticeLog, built_in_deck, read_deck};

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
        output::say(&error::render_problems(&oddities), global.color());
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

/// A person who is asked.
struct Interview<R, P> {
    input: R,
    print: P,
    /// Answers that were given ahead, in the same line.
    ahead: VecDeque<String>,
}

/// The answers of a person about a card.
#[derive(Clone, Debug, Default, PartialEq)]
struct CardAnswers {
    pub ratings: [Option<Rating>; CRITERIA],
    pub bet: Option<BetKind>,
    pub chance: f64,
    pub known: bool,
}

/// What came of asking about a card.
#[derive(Debug, PartialEq)]
enum CardReply {
    Answers(CardAnswers),
    Skip,
    Stop,
}

/// A question about a card.
#[derive(Clone, Copy)]
enum Question {
    Rating(Criterion),
    Bet,
    Chance,
    Known,
}

const QUESTIONS: [Question; CRITERIA + 3] = {
    let mut questions = [Question::Bet; CRITERIA + 3];
    let mut i = 0;
    while i < CRITERIA {
        questions[i] = Question::Rating(Criterion::ALL[i]);
        i += 1;
    }
    questions[CRITERIA + 1] = Question::Chance;
    questions[CRITERIA + 2] = Question::Known;
    questions
};

const HELP: &str = "? what the numbers mean · b back · s skip this card · q stop for today\n";

impl<R: BufRead, P: FnMut(&str) -> io::Result<()>> Interview<R, P> {
    fn new(input: R, print: P) -> Self {
        Self { input, print, ahead: VecDeque::new() }
    }

    fn say(&mut self, text: &str) -> Result<(), CliError> {
        (self.print)(text).map_err(|error| CliError::Other(error.into()))
    }

    /// Asks everything about a card. What is answered ahead is not carried over to the next one.
    fn ask_about(&mut self, card: &DeckCard) -> Result<CardReply, CliError> {
        let mut answers = CardAnswers::default();
        let mut at = 0;
        self.ahead.clear();
        self.say(HELP)?;
        while let Some(question) = QUESTIONS.get(at) {
            let Some(answer) = self.read_answer(*question, card)? else {
                return Ok(CardReply::Stop);
            };
            match answer.as_str() {
                "q" => return Ok(CardReply::Stop),
                "s" => return Ok(CardReply::Skip),
                "b" => at = at.saturating_sub(1),
                "?" => self.say(&question.help())?,
                answer => match question.take(answer, &mut answers) {
                    Ok(()) => at += 1,
                    Err(expected) => {
                        // What follows in the line was meant for other questions.
                        self.ahead.clear();
                        self.say(&format!("  {expected}\n"))?;
                    }
                },
            }
        }
        Ok(CardReply::Answers(answers))
    }

    /// One answer; `None` at the end of the input.
    fn read_answer(
        &mut self,
        question: Question,
        card: &DeckCard,
    ) -> Result<Option<String>, CliError> {
        if let Some(word) = self.ahead.pop_front() {
            return Ok(Some(word));
        }
        self.say(&question.prompt(card))?;
        let mut line = Vec::new();
        let read = self.input.read_until(b'\n', &mut line);
        if read.map_err(|error| CliError::Other(error.into()))? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        self.ahead.extend(line.split_whitespace().map(str::to_lowercase));
        Ok(Some(self.ahead.pop_front().unwrap_or_default()))
    }
}

impl Question {
    fn prompt(self, card: &DeckCard) -> String {
        match self {
            Self::Rating(criterion) => format!("{:<11} 0-10 > ", criterion.id()),
            Self::Bet => format!("{:<11} hot or next > ", "bet"),
            Self::Chance => format!("chance that it holds by {}, 0-100 % > ", card.by),
            Self::Known => "did you know how it ended? y or n > ".to_owned(),
        }
    }

    fn help(self) -> String {
        match self {
            Self::Rating(criterion) => anchors_text(criterion),
            Self::Bet => "hot: many are on it, and the bet is to do it better. next: few are, and \
                          the bet is that it will matter.\n"
                .to_owned(),
            Self::Chance => "In per cent. 50 is \"I cannot say\"; a third of the built-in deck \
                             holds.\n"
                .to_owned(),
            Self::Known => {
                "What you know is no forecast. The card then counts for nothing.\n".to_owned()
            }
        }
    }

    /// Takes an answer in.
    ///
    /// # Errors
    /// Says what would be one.
    fn take(self, answer: &str, answers: &mut CardAnswers) -> Result<(), &'static str> {
        let is_unknown = matches!(answer, "" | "-");
        match self {
            Self::Rating(criterion) => {
                let rating = Rating::parse(answer).filter(|rating| rating.fits(10.0));
                if rating.is_none() && !is_unknown {
                    return Err("a number from 0 to 10, a range such as 4..7, or nothing");
                }
                answers.ratings[criterion.index()] = rating;
            }
            Self::Bet => {
                answers.bet = match answer {
                    "h" | "hot" => Some(BetKind::Hot),
                    "n" | "next" | "next-hot" => Some(BetKind::NextHot),
                    _ if is_unknown => None,
                    _ => return Err("hot (h), next (n), or nothing"),
                }
            }
            Self::Chance => {
                let percent: Option<f64> = answer.trim_end_matches('%').parse().ok();
                let percent = percent.filter(|percent| (0.0..=100.0).contains(percent));
                let percent = percent.ok_or("a number from 0 to 100: without it there is nothing to learn; s skips the card")?;
                answers.chance = percent / 100.0;
            }
            Self::Known => {
                answers.known = match answer {
                    "y" | "yes" => true,
                    "n" | "no" => false,
                    _ => return Err("y or n"),
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CardOutcome;

    fn card() -> DeckCard {
        DeckCard {
            id: "a".into(),
            year: 1950,
            field: String::new(),
            title: "A".into(),
            description: "d".into(),
            by: 1960,
            claim: "c".into(),
            fate: CardOutcome::Hit,
            outcome: "o".into(),
            source: "s".into(),
        }
    }

    fn ask(input: &str) -> (CardReply, String) {
        let mut output = String::new();
        let print = |text: &str| {
            output.push_str(text);
            Ok(())
        };
        let reply = Interview::new(input.as_bytes(), print).ask_about(&card()).unwrap();
        (reply, output)
    }

    fn answers(input: &str) -> CardAnswers {
        match ask(input) {
            (CardReply::Answers(answers), _) => answers,
            (other, output) => panic!("{other:?}: {output}"),
        }
    }

    #[test]
    fn a_line_may_answer_several_questions() {
        let answers = answers("7 4..6 - 9\n\nh 35% N\n");
        let ratings = [
            Some(Rating::value(7.0)),
            Rating::range(4.0, 6.0),
            None,
            Some(Rating::value(9.0)),
            None,
        ];
        assert_eq!(
            answers,
            CardAnswers { ratings, bet: Some(BetKind::Hot), chance: 0.35, known: false }
        );
    }

    #[test]
    fn what_is_no_answer_is_asked_again() {
        let (_, output) = ask("11 3 3 3\n5\n5 5 5 5 warm\nn 101\n40 y\n");
        assert_eq!(output.matches("a number from 0 to 10").count(), 2, "{output}");
        assert_eq!(output.matches("hot (h), next (n)").count(), 1, "{output}");
        assert!(answers("5 5 5 5 5 n\n\n40 y\n").known, "a chance is needed");
    }

    #[test]
    fn one_can_go_back_be_told_more_skip_and_stop() {
        let back = answers("1 2 b b 8 9 - - - - 50 n\n");
        assert_eq!(back.ratings[..2], [Some(Rating::value(8.0)), Some(Rating::value(9.0))]);
        assert!(ask("?\nq\n").1.contains(Criterion::Simplicity.question().high));
        assert_eq!(ask("1 2 s 3\n").0, CardReply::Skip);
        assert_eq!(ask("1 2 q\n").0, CardReply::Stop);
        assert_eq!(ask("1 2 3\n").0, CardReply::Stop, "the input ends");
    }
}
