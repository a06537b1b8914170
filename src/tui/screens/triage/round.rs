//! A round: which cards are still open, what was decided, and at what pace.

use std::collections::{HashMap, HashSet};

use crate::domain::{
    Change, Decision, Edit, Entry, Field, Idea, TriageCard, TriageDecision, TriageRound,
    TriageStep, Value,
};
use crate::judge::{Progress, ReturnReason, queue};
use crate::tui::world::World;

/// What is asked about a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Pass {
    /// Whether it is worth a closer look.
    First,
    /// What it is worth, and what becomes of it.
    Second,
    /// Nothing: no card is open.
    #[default]
    Over,
}

/// How often a card that is taken out counts as put off, so that it comes at the very end.
const PUT_OFF: usize = 2;

/// Something that was done about a card.
#[derive(Clone, Copy, Debug)]
pub(super) enum Done<'a> {
    Decided(&'a TriageDecision),
    /// The card of this id was kept.
    Kept(&'a str),
}

impl<'a> Done<'a> {
    pub(super) fn id(&self) -> &'a str {
        match self {
            Self::Decided(decided) => &decided.id,
            Self::Kept(id) => id,
        }
    }
}

/// The cards that were on the table since the round began.
#[derive(Clone, Debug, Default)]
pub(super) struct Round {
    /// What a restart must not lose.
    record: TriageRound,
    /// Where each card stands in the record, by id.
    places: HashMap<String, usize>,
    /// Ids of the cards that wait for a decision, with why they are back.
    open: HashMap<String, Option<ReturnReason>>,
    /// Seconds that the round had taken before the program began.
    before: f64,
    /// Whether it ended before the program began: the next card begins another.
    is_past: bool,
    /// Whether there is something to remember that has not been.
    has_changed: bool,
}

impl Round {
    /// The round that was under way when the program ended, if one of its cards
    /// still waits; else a new one. When nothing waits at all, the old one
    /// still says what was decided.
    pub(super) fn resumed(record: TriageRound, world: &World) -> Self {
        let waiting: HashSet<&str> = queue(&world.portfolio, world.portfolio.as_of())
            .into_iter()
            .map(|card| card.id)
            .collect();
        let goes_on = record.cards.iter().any(|card| waiting.contains(card.id.as_str()));
        if !goes_on && !waiting.is_empty() {
            return Self::default();
        }
        let before = record.cards.iter().filter_map(|card| card.passed_at).fold(0.0, f64::max);
        let ids = record.cards.iter().map(|card| card.id.clone());
        let places = ids.enumerate().map(|(at, id)| (id, at)).collect();
        Self { record, places, before, is_past: !goes_on, ..Self::default() }
    }

    /// What is to be remembered, if that has changed since this was asked.
    pub(super) fn take_record(&mut self) -> Option<TriageRound> {
        std::mem::take(&mut self.has_changed).then(|| self.record.clone())
    }

    /// Seconds since the round began.
    fn now(&self, world: &World) -> f64 {
        self.before + world.tick.elapsed.as_secs_f64()
    }

    /// Looks again at what waits. New cards join at the end; a decision that was undone is none.
    pub(super) fn refresh(&mut self, world: &World) {
        let waiting = queue(&world.portfolio, world.portfolio.as_of());
        if std::mem::take(&mut self.is_past) {
            let goes_on = waiting.iter().any(|card| self.places.contains_key(card.id));
            if !goes_on && !waiting.is_empty() {
                *self = Self { before: self.before, ..Self::default() };
                return self.refresh(world);
            }
            self.is_past = !goes_on;
        }
        for card in &waiting {
            if !self.places.contains_key(card.id) {
                self.places.insert(card.id.to_owned(), self.record.cards.len());
                self.record.cards.push(TriageCard::new(card.id));
            }
        }
        let waits: HashSet<&str> = waiting.iter().map(|card| card.id).collect();
        self.open.retain(|id, _| waits.contains(id.as_str()));
        for card in waiting {
            match self.open.get_mut(card.id) {
                Some(returned) => *returned = card.returned,
                None => drop(self.open.insert(card.id.to_owned(), card.returned)),
            }
        }
        for card in &mut self.record.cards {
            if !card.is_kept && self.open.contains_key(&card.id) {
                card.passed_at = None;
            }
        }
        let decided = self.record.decided.len();
        self.record.decided.retain(|decision| !self.open.contains_key(&decision.id));
        self.has_changed |= self.record.decided.len() < decided;
    }

    /// Ids of the cards that wait, in the order in which they came.
    pub(super) fn waiting(&self) -> impl Iterator<Item = &str> {
        self.record.cards.iter().map(|card| card.id.as_str()).filter(|id| self.is_open(id))
    }

    /// Ids of the kept cards that wait, in the same order.
    pub(super) fn kept(&self) -> impl Iterator<Item = &str> {
        let kept = self.record.cards.iter().filter(|card| card.is_kept && self.is_open(&card.id));
        kept.map(|card| card.id.as_str())
    }

    /// The next card of those that are shown: what is to be sorted before what
    /// is to be rated, and of these those that were put off least. A card that
    /// was put off twice comes at the very end.
    pub(super) fn next(&self, shows: impl Fn(&str) -> bool) -> Option<&str> {
        let cards = self.record.cards.iter();
        let open = cards.filter(|card| self.is_open(&card.id) && shows(&card.id));
        let phase = |card: &TriageCard| match (card.is_kept, card.skips) {
            (false, 0 | 1) => 0,
            (true, _) => 1,
            (false, _) => 2,
        };
        open.min_by_key(|card| (phase(card), card.skips)).map(|card| card.id.as_str())
    }

    /// Whether a card waits for a decision.
    pub(super) fn is_open(&self, id: &str) -> bool {
        self.open.contains_key(id)
    }

    /// What is asked about a card.
    pub(super) fn pass_of(&self, id: &str) -> Pass {
        match self.card(id).filter(|_| self.is_open(id)) {
            None => Pass::Over,
            Some(card) if card.is_kept => Pass::Second,
            Some(_) => Pass::First,
        }
    }

    fn card(&self, id: &str) -> Option<&TriageCard> {
        self.places.get(id).map(|at| &self.record.cards[*at])
    }

    /// Why a card is back.
    pub(super) fn returned(&self, id: &str) -> Option<&ReturnReason> {
        self.open.get(id)?.as_ref()
    }

    /// How often a card was skipped.
    pub(super) fn skips(&self, id: &str) -> usize {
        self.card(id).map_or(0, |card| card.skips)
    }

    /// These cards are worth a closer look.
    pub(super) fn keep(&mut self, ids: Vec<String>, world: &World) {
        let now = self.now(world);
        self.each(&ids, |card| {
            card.is_kept = true;
            card.passed_at = Some(now);
        });
        self.record.steps.push(TriageStep::Kept(ids));
    }

    /// These cards come back at the end of the round.
    pub(super) fn skip(&mut self, ids: Vec<String>) {
        self.each(&ids, |card| card.skips += 1);
        self.record.steps.push(TriageStep::Skipped(ids));
    }

    /// These cards are no longer kept, and come again at the very end.
    pub(super) fn take_out(&mut self, ids: Vec<String>) {
        self.each(&ids, |card| {
            card.is_kept = false;
            card.passed_at = None;
            card.skips += PUT_OFF;
        });
        self.record.steps.push(TriageStep::TakenOut(ids));
    }

    /// Takes back the last step if it changed no file; gives its cards.
    pub(super) fn step_back(&mut self, world: &World) -> Option<Vec<String>> {
        let step = self.record.steps.pop_if(|step| !matches!(step, TriageStep::Edited))?;
        match step {
            TriageStep::Edited => None,
            TriageStep::Kept(ids) => {
                self.each(&ids, |card| card.is_kept = false);
                Some(ids)
            }
            TriageStep::Skipped(ids) => {
                self.each(&ids, |card| card.skips = card.skips.saturating_sub(1));
                Some(ids)
            }
            TriageStep::TakenOut(ids) => {
                let now = self.now(world);
                self.each(&ids, |card| {
                    card.is_kept = true;
                    card.passed_at = Some(now);
                    card.skips = card.skips.saturating_sub(PUT_OFF);
                });
                Some(ids)
            }
        }
    }

    fn each(&mut self, ids: &[String], change: impl Fn(&mut TriageCard)) {
        for at in ids.iter().filter_map(|id| self.places.get(id)) {
            change(&mut self.record.cards[*at]);
        }
        self.has_changed = true;
    }

    /// The last edit is taken back.
    pub(super) fn forget_edit(&mut self) {
        let last = self.record.steps.pop_if(|step| matches!(step, TriageStep::Edited));
        self.has_changed |= last.is_some();
    }

    /// Takes note of an edit; what it decides about cards is listed.
    pub(super) fn record(&mut self, edit: &Edit, inverse: &Edit, world: &World) {
        if !self.record.steps.is_empty() {
            self.record.steps.push(TriageStep::Edited);
            self.has_changed = true;
        }
        self.amend(edit, world);
        let decisions: Vec<(&str, &Decision)> = edit
            .flatten()
            .into_iter()
            .filter_map(|step| match step {
                Edit::Change {
                    id,
                    change: Change::Insert { entry: Entry::Decision(decision), .. },
                } => Some((id.as_str(), decision)),
                _ => None,
            })
            .collect();
        match decisions.as_slice() {
            [(id, decision)] => self.list(id, decision, edit, inverse.clone(), world),
            // Of several, each can be taken back by itself.
            decisions => {
                let (edits, mut inverses) = (edit.by_idea(), inverse.by_idea());
                for (id, decision) in decisions {
                    if let Some((edit, inverse)) = edits.get(id).zip(inverses.remove(id)) {
                        self.list(id, decision, edit, inverse, world);
                    }
                }
            }
        }
    }

    /// A decision of this round that only says more now can still be taken back.
    fn amend(&mut self, edit: &Edit, world: &World) {
        let says_more = |step: &&Edit| {
            matches!(
                step,
                Edit::Change { change: Change::Replace { entry: Entry::Decision(_), .. }, .. }
            )
        };
        if !edit.flatten().iter().all(says_more) {
            return;
        }
        let ids = edit.ids();
        for decided in &mut self.record.decided {
            if ids.contains(&decided.id.as_str()) {
                for idea in &mut decided.standing {
                    if let Some(now) = world.portfolio.idea(&idea.id) {
                        *idea = now.clone();
                    }
                }
                self.has_changed = true;
            }
        }
    }

    /// Lists a decision about a card, with the edit that it is part of and what takes that back.
    fn list(&mut self, id: &str, decision: &Decision, edit: &Edit, inverse: Edit, world: &World) {
        let now = self.now(world);
        let Some(at) = self.places.get(id) else { return };
        self.record.cards[*at].passed_at = Some(now);
        // A merge gives another id to what it takes in.
        let new_id = edit.flatten().into_iter().find_map(|step| match step {
            Edit::Change {
                id: of,
                change: Change::Set { field: Field::Id, value: Some(Value::Text(new)) },
            } if of == id => Some(new.as_str()),
            _ => None,
        });
        let ids: Vec<&str> = edit.ids().into_iter().chain(new_id).collect();
        // An id that has become an alias leads to another idea.
        let standing =
            ids.iter().filter_map(|id| world.portfolio.idea(id).filter(|idea| idea.id == *id));
        let standing: Vec<Idea> = standing.cloned().collect();
        let id_now = new_id.unwrap_or(id);
        let Some(idea) = standing.iter().find(|idea| idea.id == id_now) else { return };
        let decision = TriageDecision {
            id: id.to_owned(),
            title: idea.title.clone(),
            to: decision.to,
            why: explained(idea, &decision.why),
            inverse,
            standing: standing.clone(),
        };
        self.record.decided.retain(|known| known.id != id);
        self.record.decided.push(decision);
        self.has_changed = true;
    }

    /// What was decided, in order.
    pub(super) fn decided(&self) -> &[TriageDecision] {
        &self.record.decided
    }

    /// What was done about the cards, in order: what was decided, and which are kept.
    pub(super) fn history(&self) -> Vec<Done<'_>> {
        let passed_at = |id: &str| self.card(id).and_then(|card| card.passed_at);
        let decided = self.record.decided.iter().map(Done::Decided);
        let mut history: Vec<Done<'_>> = decided.chain(self.kept().map(Done::Kept)).collect();
        history.sort_by(|one, other| {
            let at = |done: &Done<'_>| passed_at(done.id()).unwrap_or_default();
            at(one).total_cmp(&at(other))
        });
        history
    }

    /// How many cards the round has.
    pub(super) fn len(&self) -> usize {
        self.record.cards.len()
    }

    /// How far a pass is with the cards that are shown: with all of them in the
    /// first, with the kept in the second.
    pub(super) fn progress(&self, pass: Pass, shows: impl Fn(&str) -> bool) -> Progress {
        let of_pass =
            |card: &&TriageCard| shows(&card.id) && (pass != Pass::Second || card.is_kept);
        let is_passed =
            |card: &&TriageCard| !self.is_open(&card.id) || (pass == Pass::First && card.is_kept);
        let cards = || self.record.cards.iter().filter(of_pass);
        let mut times: Vec<f64> =
            cards().filter(is_passed).map(|card| card.passed_at.unwrap_or_default()).collect();
        times.sort_unstable_by(f64::total_cmp);
        let start = times.first().copied().unwrap_or_default();
        let since_start: Vec<f64> = times.iter().map(|time| time - start).collect();
        Progress::of(&since_start, cards().count())
    }
}

/// The reason, with the day or the idea that a parked or merged one waits for.
fn explained(idea: &Idea, why: &str) -> String {
    let place = match (&idea.merged_into, idea.parked_until, &idea.parked_on) {
        // The reason says it.
        (Some(_), _, _) => String::new(),
        (_, Some(day), _) => format!("until {}", day.strftime("%-d %b %Y")),
        (_, _, Some(other)) => format!("until {other} is decided"),
        _ => String::new(),
    };
    match (place.as_str(), why) {
        ("", why) => why.to_owned(),
        (_, "") => place,
        (place, why) => format!("{place}: {why}"),
    }
}
