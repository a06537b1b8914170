//! The Triage screen: one card at a time, first sorted, then weighed; at the
//! end what was decided, to be taken back one by one.

mod card;
mod draw;
mod overview;
mod propose;
mod round;

use std::time::Duration;

use ratatui::layout::Size;

use crate::command::{Command, Invocation, Scope};
use crate::domain::{Edit, Field, Idea};
use crate::judge::{Landing, Score, next_open, questions};
use crate::tui::backlog::Backlog;
use crate::tui::recall::Recalled;

use super::{Proposal, Reason, Reversal, prose, question, rating};
use round::{Pass, Round};

pub(crate) use draw::draw;

/// The state of the Triage screen.
#[derive(Debug)]
pub(crate) struct TriageScreen {
    round: Round,
    /// The card on the table.
    card: Option<String>,
    /// The question under the cursor.
    question: Option<Field>,
    /// Whether that question had no answer when the cursor came to it.
    was_open: bool,
    /// Where the card would stand, in words.
    landing: Option<String>,
    /// Lines of the card, or of the overview, scrolled past.
    scroll: usize,
    /// The line under the cursor while the overview is open.
    overview: Option<usize>,
    /// What the last answer from memory said.
    recalled: Option<Recalled>,
    /// What was last asked of memory: a card, and the state of the texts.
    asked: Option<(String, u64)>,
    /// Questions of the workspace that are shown with a finalist.
    lenses: Vec<String>,
    size: Size,
}

impl TriageScreen {
    /// The screen at the beginning of a round.
    #[must_use]
    pub(crate) fn new(backlog: &Backlog) -> Self {
        let mut screen = Self {
            round: Round::default(),
            card: None,
            question: None,
            was_open: false,
            landing: None,
            scroll: 0,
            overview: None,
            recalled: None,
            asked: None,
            lenses: Vec::new(),
            size: Size::new(80, 22),
        };
        screen.refresh(backlog);
        screen
    }

    /// Begins a new round, as on another workspace.
    pub(crate) fn begin(&mut self, backlog: &Backlog) {
        let lenses = std::mem::take(&mut self.lenses);
        *self = Self { lenses, size: self.size, ..Self::new(backlog) };
    }

    /// Takes note of the space there is.
    pub(crate) fn resize(&mut self, size: Size) {
        self.size = size;
    }

    /// Takes the questions that are shown with a finalist.
    pub(crate) fn set_lenses(&mut self, lenses: Vec<String>) {
        self.lenses = lenses;
    }

    /// Takes note of the time since the program began.
    pub(crate) fn set_time(&mut self, time: Duration) {
        self.round.set_time(time);
    }

    /// Arranges again after the ideas have changed. The card stays if it still
    /// waits; else the next one comes. An answer that was given moves the
    /// cursor on to the next open question.
    pub(crate) fn refresh(&mut self, backlog: &Backlog) {
        self.round.refresh(backlog);
        let waits = self.card.as_deref().is_some_and(|id| self.round.is_open(id));
        if waits {
            self.move_on(backlog);
        } else {
            self.deal(backlog);
        }
        self.landing = self.land(backlog);
        if let Some(at) = self.overview {
            self.overview = Some(at.min(self.round.decided().len().saturating_sub(1)));
        }
    }

    /// Puts the next card on the table.
    fn deal(&mut self, backlog: &Backlog) {
        let next = self.round.next().map(str::to_owned);
        self.put(next, backlog);
    }

    fn put(&mut self, id: Option<String>, backlog: &Backlog) {
        self.card = id;
        self.scroll = 0;
        let idea = self.idea(backlog);
        let question =
            idea.and_then(|idea| next_open(idea, None).or(questions(idea).first().copied()));
        self.ask(question, backlog);
        self.landing = self.land(backlog);
    }

    fn ask(&mut self, question: Option<Field>, backlog: &Backlog) {
        self.question = question;
        let idea = self.idea(backlog);
        self.was_open =
            idea.zip(question).is_some_and(|(idea, question)| idea.get(question).is_none());
    }

    fn move_on(&mut self, backlog: &Backlog) {
        let (Some(idea), Some(question)) = (self.idea(backlog), self.question) else { return };
        let asked = questions(idea);
        if self.was_open && idea.get(question).is_some() {
            let next = next_open(idea, Some(question)).unwrap_or(question);
            self.ask(Some(next), backlog);
        } else if !asked.contains(&question) {
            self.ask(asked.first().copied(), backlog);
        }
    }

    fn land(&self, backlog: &Backlog) -> Option<String> {
        let position = backlog.portfolio().position(self.card.as_deref()?)?;
        let card = backlog.at(position)?;
        let others: Vec<(&Idea, &Score)> = (0..backlog.portfolio().ideas().len())
            .filter(|other| *other != position)
            .filter_map(|other| backlog.at(other))
            .filter(|(idea, _)| idea.status.is_ranked_by_default())
            .collect();
        Landing::of(card, &others).map(|landing| landing.to_string())
    }

    /// Takes note of an edit that was applied, with what takes it back.
    pub(crate) fn record(&mut self, edit: &Edit, inverse: &Edit, backlog: &Backlog) {
        self.round.record(edit, inverse, backlog);
    }

    /// Takes back that the last card was kept or skipped, if nothing was edited
    /// since; says which.
    pub(crate) fn step_back(&mut self, backlog: &Backlog) -> Option<String> {
        let id = self.round.step_back()?;
        self.round.refresh(backlog);
        self.put(Some(id.clone()), backlog);
        Some(id)
    }

    /// The last edit is taken back.
    pub(crate) fn forget_edit(&mut self) {
        self.round.forget_edit();
    }

    /// Puts an idea back on the table, if it waits for a decision.
    pub(crate) fn select(&mut self, id: &str, backlog: &Backlog) {
        if self.card.as_deref() != Some(id) && self.round.is_open(id) {
            self.put(Some(id.to_owned()), backlog);
        } else {
            let open = self.idea(backlog).and_then(|idea| next_open(idea, None));
            if open.is_some() {
                self.ask(open, backlog);
            }
        }
    }

    /// Whether an idea waits in this round.
    #[must_use]
    pub(crate) fn holds(&self, id: &str) -> bool {
        self.round.is_open(id)
    }

    /// The card on the table.
    #[must_use]
    pub(crate) fn idea<'a>(&self, backlog: &'a Backlog) -> Option<&'a Idea> {
        backlog.idea(self.card.as_deref()?)
    }

    /// What memory should be asked now: the card, unless it has been asked
    /// about these texts already.
    pub(crate) fn wants_to_recall(&mut self, backlog: &Backlog) -> Option<String> {
        let asks = (self.card.clone()?, backlog.texts());
        if self.asked.as_ref() == Some(&asks) {
            return None;
        }
        self.asked = Some(asks.clone());
        Some(asks.0)
    }

    /// Takes the answer from memory.
    pub(crate) fn recalled(&mut self, recalled: Recalled) {
        self.recalled = Some(recalled);
    }

    /// What the card on the table reminds of; `None` until memory has answered
    /// about this very card as it is written now.
    fn reminders(&self, backlog: &Backlog) -> Option<&Recalled> {
        let recalled = self.recalled.as_ref()?;
        let is_fresh = recalled.texts == backlog.texts();
        (is_fresh && Some(recalled.id.as_str()) == self.card.as_deref()).then_some(recalled)
    }

    /// The scopes whose keys are in force, the nearest first.
    #[must_use]
    pub(crate) fn scopes(&self) -> &'static [Scope] {
        match (self.overview, self.pass()) {
            (None, Pass::First) => &[Scope::Sort, Scope::Triage, Scope::Everywhere],
            (None, Pass::Second) => {
                &[Scope::Weigh, Scope::Triage, Scope::Rating, Scope::Everywhere]
            }
            (Some(_), _) | (None, Pass::Over) => &[Scope::Triage, Scope::Everywhere],
        }
    }

    fn pass(&self) -> Pass {
        self.card.as_deref().map_or(Pass::Over, |id| self.round.pass_of(id))
    }

    /// Whether the decisions of the round are listed.
    fn shows_overview(&self) -> bool {
        self.overview.is_some() || self.card.is_none()
    }

    /// Closes the list of decisions; false if it was not open.
    pub(crate) fn back(&mut self) -> bool {
        self.card.is_some() && self.overview.take().is_some()
    }

    /// Whether a command can run now.
    ///
    /// # Errors
    /// Says why it cannot.
    pub(crate) fn available(&self, command: Command, backlog: &Backlog) -> Result<(), Reason> {
        use Command as C;
        match command {
            C::Overview if self.card.is_none() => Err(Reason("this is it")),
            C::TakeBack if !self.shows_overview() => {
                Err(Reason("only in the list of what was decided: o"))
            }
            C::TakeBack if self.round.decided().is_empty() => {
                Err(Reason("nothing has been decided in this round"))
            }
            C::Open => Err(Reason("the card is open already")),
            C::Find => Err(Reason("only on the Rank screen: g 1")),
            C::Overview | C::TakeBack => Ok(()),
            _ => {
                let Some(idea) = self.idea(backlog) else {
                    return Err(Reason("no card is waiting: a adds an idea"));
                };
                let answered = self.question.is_some_and(|field| idea.get(field).is_some());
                if matches!(command, C::NudgeDown | C::NudgeUp) && !answered {
                    return Err(Reason("not rated yet: a digit rates it"));
                }
                Ok(())
            }
        }
    }

    /// Runs a command.
    pub(crate) fn run(&mut self, invocation: Invocation, backlog: &Backlog) -> Vec<Proposal> {
        use Command as C;
        match invocation.command {
            C::Overview => self.overview = if self.overview.is_some() { None } else { Some(0) },
            C::TakeBack => return self.take_back(),
            C::Down => self.step(1, backlog),
            C::Up => self.step(-1, backlog),
            C::PageDown => self.scroll_by(isize::from(self.half_page()), backlog),
            C::PageUp => self.scroll_by(-isize::from(self.half_page()), backlog),
            C::Top => self.scroll_by(isize::MIN, backlog),
            C::Bottom => self.scroll_by(isize::MAX, backlog),
            C::NextCriterion => self.move_question(1, backlog),
            C::PreviousCriterion => self.move_question(-1, backlog),
            C::Keep => self.pass_on(true, backlog),
            C::SkipCard | C::PutOff => self.pass_on(false, backlog),
            _ => return propose::proposals(self, invocation, backlog),
        }
        Vec::new()
    }

    fn half_page(&self) -> i8 {
        i8::try_from(self.size.height / 3).unwrap_or(8).max(1)
    }

    /// Moves what moves here: the cursor of the list, the question, the text.
    fn step(&mut self, lines: isize, backlog: &Backlog) {
        if self.shows_overview() {
            let last = self.round.decided().len().saturating_sub(1);
            let at = self.overview.unwrap_or(0).saturating_add_signed(lines).min(last);
            self.overview = Some(at);
        } else if self.pass() == Pass::Second {
            self.move_question(lines, backlog);
        } else {
            self.scroll_by(lines, backlog);
        }
    }

    fn scroll_by(&mut self, lines: isize, backlog: &Backlog) {
        if self.shows_overview() {
            if self.round.decided().len() > 1 {
                self.step(lines.clamp(-10_000, 10_000), backlog);
            }
            return;
        }
        let last = draw::last_scroll(self, backlog);
        self.scroll = self.scroll.saturating_add_signed(lines).min(last);
    }

    fn move_question(&mut self, by: isize, backlog: &Backlog) {
        let Some(idea) = self.idea(backlog) else { return };
        let asked = questions(idea);
        let now = asked.iter().position(|field| Some(*field) == self.question).unwrap_or(0);
        let at = now.saturating_add_signed(by).min(asked.len().saturating_sub(1));
        self.ask(asked.get(at).copied(), backlog);
    }

    /// Keeps or skips the card, which changes nothing in the files.
    fn pass_on(&mut self, keep: bool, backlog: &Backlog) {
        let Some(id) = self.card.clone() else { return };
        if keep {
            self.round.keep(&id);
        } else {
            self.round.skip(&id);
        }
        self.round.refresh(backlog);
        self.deal(backlog);
    }

    /// The decision under the cursor of the list, reversed.
    fn take_back(&mut self) -> Vec<Proposal> {
        let at = self.overview.unwrap_or(0);
        // The list stays open though a card waits again.
        self.overview = Some(at);
        let decided = self.round.decided().into_iter().nth(at);
        decided.map(|decided| Proposal::Reverse(decided.reversal.clone())).into_iter().collect()
    }
}
