//! A round: which cards are still open, what was decided, and at what pace.

use std::collections::HashMap;
use std::time::Duration;

use crate::domain::{Change, Decision, Edit, Entry, Field, Idea, Status, Value};
use crate::judge::{Progress, Return, queue};
use crate::tui::backlog::Backlog;

use super::Reversal;

/// What is asked about a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pass {
    /// Whether it is worth a closer look.
    First,
    /// What it is worth, and what becomes of it.
    Second,
    /// Nothing: no card is open.
    Over,
}

/// A card of the round.
#[derive(Clone, Debug)]
struct Card {
    id: String,
    returned: Option<Return>,
    is_kept: bool,
    /// How often it was skipped.
    skips: usize,
    /// Whether it waits for a decision.
    waits: bool,
    /// When it was last kept or decided.
    passed_at: Option<Duration>,
}

/// A decision of this round.
#[derive(Clone, Debug)]
pub(super) struct Decided {
    /// Its title when it was decided.
    pub title: String,
    /// What became of it.
    pub to: Status,
    /// The reason, or where it went.
    pub why: String,
    /// What takes it back.
    pub reversal: Reversal,
}

/// Something that one key did.
#[derive(Clone, Debug)]
enum Step {
    Kept(Vec<String>),
    Skipped(Vec<String>),
    Edited,
}

/// The cards that were on the table since the round began.
#[derive(Clone, Debug, Default)]
pub(super) struct Round {
    cards: Vec<Card>,
    decided: Vec<(String, Decided)>,
    steps: Vec<Step>,
    now: Duration,
}

impl Round {
    /// Takes note of the time since the program began.
    pub(super) fn set_time(&mut self, time: Duration) {
        self.now = time;
    }

    /// Looks again at what waits. New cards join at the end; a decision that
    /// was undone is none.
    pub(super) fn refresh(&mut self, backlog: &Backlog) {
        let cards = self.cards.iter().enumerate();
        let known: HashMap<String, usize> = cards.map(|(at, card)| (card.id.clone(), at)).collect();
        for card in &mut self.cards {
            card.waits = false;
        }
        for card in queue(backlog.portfolio(), backlog.as_of()) {
            if let Some(known) = known.get(&card.id).and_then(|at| self.cards.get_mut(*at)) {
                known.waits = true;
                known.returned = card.returned;
                if !known.is_kept {
                    known.passed_at = None;
                }
                continue;
            }
            self.cards.push(Card {
                id: card.id,
                returned: card.returned,
                is_kept: false,
                skips: 0,
                waits: true,
                passed_at: None,
            });
        }
        let cards = &self.cards;
        let waits = |id: &String| known.get(id).is_some_and(|at| cards[*at].waits);
        self.decided.retain(|(id, _)| !waits(id));
    }

    /// Ids of the cards that wait, in the order in which they came.
    pub(super) fn waiting(&self) -> impl Iterator<Item = &str> {
        self.cards.iter().filter(|card| card.waits).map(|card| card.id.as_str())
    }

    /// The next card of those that are shown: those that were skipped least come
    /// first, and what is to be sorted before what is to be weighed.
    pub(super) fn next(&self, shows: impl Fn(&str) -> bool) -> Option<&str> {
        let open = self.cards.iter().filter(|card| card.waits && shows(&card.id));
        open.min_by_key(|card| (card.skips, card.is_kept)).map(|card| card.id.as_str())
    }

    /// Whether a card waits for a decision.
    pub(super) fn is_open(&self, id: &str) -> bool {
        self.cards.iter().any(|card| card.id == id && card.waits)
    }

    /// What is asked about a card.
    pub(super) fn pass_of(&self, id: &str) -> Pass {
        match self.cards.iter().find(|card| card.id == id && card.waits) {
            None => Pass::Over,
            Some(card) if card.is_kept => Pass::Second,
            Some(_) => Pass::First,
        }
    }

    /// Why a card is back.
    pub(super) fn returned(&self, id: &str) -> Option<&Return> {
        self.cards.iter().find(|card| card.id == id)?.returned.as_ref()
    }

    /// How often a card was skipped.
    pub(super) fn skips(&self, id: &str) -> usize {
        self.cards.iter().find(|card| card.id == id).map_or(0, |card| card.skips)
    }

    /// These cards are worth a closer look.
    pub(super) fn keep(&mut self, ids: Vec<String>) {
        for card in self.cards.iter_mut().filter(|card| ids.contains(&card.id)) {
            card.is_kept = true;
            card.passed_at = Some(self.now);
        }
        self.steps.push(Step::Kept(ids));
    }

    /// These cards come back at the end of the round.
    pub(super) fn skip(&mut self, ids: Vec<String>) {
        for card in self.cards.iter_mut().filter(|card| ids.contains(&card.id)) {
            card.skips += 1;
        }
        self.steps.push(Step::Skipped(ids));
    }

    /// The last edit is taken back.
    pub(super) fn forget_edit(&mut self) {
        self.steps.pop_if(|step| matches!(step, Step::Edited));
    }

    /// Takes back the last step if it changed no file; gives its cards.
    pub(super) fn step_back(&mut self) -> Option<Vec<String>> {
        let (ids, kept) = match self.steps.pop_if(|step| !matches!(step, Step::Edited))? {
            Step::Edited => return None,
            Step::Kept(ids) => (ids, true),
            Step::Skipped(ids) => (ids, false),
        };
        for card in self.cards.iter_mut().filter(|card| ids.contains(&card.id)) {
            if kept {
                card.is_kept = false;
            } else {
                card.skips = card.skips.saturating_sub(1);
            }
        }
        Some(ids)
    }

    /// Takes note of an edit; what it decides about cards is listed.
    pub(super) fn record(&mut self, edit: &Edit, inverse: &Edit, backlog: &Backlog) {
        self.steps.push(Step::Edited);
        let decisions: Vec<(&str, &Decision)> = edit
            .steps()
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
            [(id, decision)] => self.list(id, decision, edit, inverse.clone(), backlog),
            // Of several, each can be taken back by itself.
            decisions => {
                for (id, decision) in decisions {
                    self.list(id, decision, &edit.part(id), inverse.part(id), backlog);
                }
            }
        }
    }

    /// Lists a decision about a card, with the edit that it is part of and what
    /// takes that back.
    fn list(
        &mut self,
        id: &str,
        decision: &Decision,
        edit: &Edit,
        inverse: Edit,
        backlog: &Backlog,
    ) {
        let Some(card) = self.cards.iter_mut().find(|card| card.id == id) else { return };
        card.passed_at = Some(self.now);
        // A merge gives another id to what it takes in.
        let new_id = edit.steps().into_iter().find_map(|step| match step {
            Edit::Change {
                id: of,
                change: Change::Set { field: Field::Id, value: Some(Value::Text(new)) },
            } if of == id => Some(new.as_str()),
            _ => None,
        });
        let ids: Vec<&str> = edit.ids().into_iter().chain(new_id).collect();
        let ideas = backlog.portfolio().ideas().iter();
        let standing: Vec<Idea> =
            ideas.filter(|idea| ids.contains(&idea.id.as_str())).cloned().collect();
        let id_now = new_id.unwrap_or(id);
        let Some(idea) = standing.iter().find(|idea| idea.id == id_now) else { return };
        let decided = Decided {
            title: idea.title.clone(),
            to: decision.to,
            why: explained(idea, &decision.why),
            reversal: Reversal { edit: inverse, standing: standing.clone() },
        };
        self.decided.retain(|(known, _)| *known != card.id);
        self.decided.push((card.id.clone(), decided));
    }

    /// What was decided, in order.
    pub(super) fn decided(&self) -> Vec<&Decided> {
        self.decided.iter().map(|(_, decided)| decided).collect()
    }

    /// How far a pass is with the cards that are shown: with all of them in the
    /// first, with the kept in the second.
    pub(super) fn progress(&self, pass: Pass, shows: impl Fn(&str) -> bool) -> Progress {
        let of_pass = |card: &&Card| shows(&card.id) && (pass != Pass::Second || card.is_kept);
        let is_passed = |card: &&Card| !card.waits || (pass == Pass::First && card.is_kept);
        let cards = || self.cards.iter().filter(of_pass);
        let mut times: Vec<f64> = cards()
            .filter(is_passed)
            .map(|card| card.passed_at.unwrap_or_default().as_secs_f64())
            .collect();
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
        (_, Some(day), _) => format!("until {day}"),
        (_, _, Some(other)) => format!("until {other} is decided"),
        _ => String::new(),
    };
    match (place.as_str(), why) {
        ("", why) => why.to_owned(),
        (_, "") => place,
        (place, why) => format!("{place}: {why}"),
    }
}
