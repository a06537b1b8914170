//! The lower part of the screen in the second pass: the answers so far, the
//! question with what its scale means, and the keys that decide.

use ratatui::text::{Line, Span};

use crate::command::Command;
use crate::domain::{Field, Idea, Value};
use crate::judge::{Score, ordinal};
use crate::text::{sanitize, width, wrap};
use crate::tui::theme::Styles;
use crate::tui::widgets::{labelled, styled};
use crate::tui::world::World;

use super::{TriageScreen, question, rating};

/// Rows for a question, so that nothing moves from one to the next.
const QUESTION: usize = 4;

/// Everything below the card, in lines that fit; a rule is an empty string of
/// spans drawn by the caller.
pub(super) struct Rating {
    pub answers: Vec<Line<'static>>,
    pub question: Vec<Line<'static>>,
    pub verbs: Line<'static>,
}

impl Rating {
    /// What is asked about the card on the table.
    pub(super) fn of(
        screen: &TriageScreen,
        (idea, score): (&Idea, &Score),
        world: &World,
        styles: &Styles,
        columns: usize,
    ) -> Self {
        let mut question = match screen.question {
            None => screen.all_answered(world, styles, columns),
            Some(Field::Bet) => bet(styles),
            Some(field) => question::lines(field, idea, score, styles, columns),
        };
        while question.len() < QUESTION {
            question.push(Line::default());
        }
        let answers = screen.answers(idea, world, styles, columns);
        Self { answers, question, verbs: verbs(world, styles) }
    }
}

/// What can become of the card.
const VERBS: [Command; 6] = [
    Command::Shortlist,
    Command::Start,
    Command::Park,
    Command::Drop,
    Command::MergeInto,
    Command::PutOff,
];

/// The keys that decide, each with its word.
fn verbs(world: &World, styles: &Styles) -> Line<'static> {
    let mut line = Line::default();
    for command in VERBS {
        line.push_span(Span::styled(format!(" {}", world.keymap.key(command)), styles.key));
        line.push_span(Span::styled(format!(" {}  ", command.spec().short), styles.quiet));
    }
    line
}

/// The command whose key or word stands in a column of the line of verbs.
pub(super) fn verb_at(column: usize, world: &World) -> Option<Command> {
    let mut end = 0;
    VERBS.into_iter().find(|command| {
        end += width(&world.keymap.key(*command)) + width(command.spec().short) + 4;
        column < end
    })
}

impl TriageScreen {
    /// All questions with their answers, the one under the cursor marked; how the card stands so far.
    fn answers(
        &self,
        idea: &Idea,
        world: &World,
        styles: &Styles,
        columns: usize,
    ) -> Vec<Line<'static>> {
        let mut lines: Vec<Line<'static>> = vec![Line::default()];
        for field in self.questions(idea) {
            let answer = match idea.get(field) {
                Some(Value::Rating(answer)) => rating::shown(field, Some(answer)),
                Some(value) => value.to_string(),
                None => "?".to_owned(),
            };
            let name = if field == Field::Bet { "bet" } else { rating::name(field) };
            let is_here = Some(field) == self.question;
            let mark = if is_here { "▸" } else { " " };
            let spans = [
                Span::styled(
                    format!("{mark}{name} "),
                    if is_here { styles.focused } else { styles.quiet },
                ),
                Span::styled(
                    format!("{answer} "),
                    if is_here { styles.strong } else { styles.text },
                ),
            ];
            let needed: usize = spans.iter().map(Span::width).sum();
            let has_line = match field {
                // The questions of the bet have a line of their own.
                Field::BetInput(_) => lines.len() > 1,
                _ => true,
            };
            if !has_line || lines.last().is_some_and(|line| line.width() + needed > columns) {
                lines.push(Line::default());
            }
            if let Some(line) = lines.last_mut() {
                line.spans.extend(spans);
            }
        }
        if lines.len() < 2 {
            lines.push(Line::default());
        }
        let standing = match self.landing(world) {
            _ if self.question.is_none() => String::new(),
            Some(landing) => format!("so far: {landing}"),
            None => String::new(),
        };
        if let Some(line) = lines.last_mut()
            && line.width() + width(&standing) + 3 <= columns
        {
            let gap = columns - line.width() - width(&standing) - 2;
            line.push_span(Span::raw(" ".repeat(gap)));
            line.push_span(Span::styled(standing, styles.quiet));
        }
        lines
    }

    /// Where the card stands now, and what to think about before it is decided.
    fn all_answered(&self, world: &World, styles: &Styles, columns: usize) -> Vec<Line<'static>> {
        let mut words = "ALL ANSWERED.".to_owned();
        if let Some(landing) = self.landing(world) {
            words = format!("{words} It would stand {landing}");
            words.push_str(&match self.close(world) {
                Some((best, worst)) => {
                    format!("; too close to call with {} to {}.", ordinal(best), ordinal(worst))
                }
                None => ".".to_owned(),
            });
        }
        let room = columns.saturating_sub(2);
        let words = wrap(&words, room).into_iter().map(|line| format!(" {line}"));
        let mut lines: Vec<Line<'static>> = styled(words, styles.strong).collect();
        let lenses = &world.settings.current().lenses;
        if !lenses.is_empty() {
            lines.push(Line::styled("   Before you decide, for yourself:", styles.quiet));
        }
        for lens in lenses {
            let mark = Span::styled("   · ", styles.text);
            lines.extend(labelled(mark, &sanitize(lens), room, styles.text));
        }
        lines
    }

    /// The places, from 1, of the ideas that the card cannot be told apart from;
    /// `None` if there are none, or they are not known yet.
    fn close(&self, world: &World) -> Option<(usize, usize)> {
        let sensitivity = world.results.sensitivity.output()?;
        let is_current = sensitivity.key.answers == world.portfolio.rating_revision()
            && sensitivity.key.rule == *world.portfolio.rule();
        let band = sensitivity.band(self.card.as_deref()?).filter(|_| is_current)?;
        (band.len() > 1).then_some((band.start + 1, band.end))
    }
}

fn bet(styles: &Styles) -> Vec<Line<'static>> {
    let kinds = [
        ("1", "hot", "many work on it: do it better than they"),
        ("2", "next-hot", "few work on it: it may be what comes next"),
        ("3", "none", "then the strategy is rated directly"),
    ];
    let kind = |(key, name, meaning): (&str, &str, &str)| {
        Line::from(vec![
            Span::styled(format!("   {key}  "), styles.key),
            Span::styled(format!("{name:<10}"), styles.text),
            Span::styled(meaning.to_owned(), styles.quiet),
        ])
    };
    let mut lines = vec![Line::from(vec![
        Span::styled(" BET  ", styles.accent),
        Span::styled("Which way of betting?", styles.text),
    ])];
    lines.extend(kinds.map(kind));
    lines
}
