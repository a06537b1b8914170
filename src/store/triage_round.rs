//! The triage round that is under way, in the state folder: what the user was
//! doing last does not belong in the user's files.

use std::io;

use serde::{Deserialize, Serialize};

use super::Workspace;
use super::journal_format::EditRecord;
use crate::domain::{Edit, Idea, Status, TriageCard, TriageDecision, TriageRound, TriageStep};

const FILE: &str = "triage.json";

#[derive(Serialize, Deserialize)]
struct RoundRecord {
    cards: Vec<CardRecord>,
    decided: Vec<DecisionRecord>,
    steps: Vec<StepRecord>,
}

#[derive(Serialize, Deserialize)]
struct CardRecord {
    id: String,
    kept: bool,
    skips: usize,
    passed_at: Option<f64>,
}

#[derive(Serialize, Deserialize)]
struct DecisionRecord {
    id: String,
    title: String,
    to: String,
    why: String,
    inverse: EditRecord,
    standing: Vec<EditRecord>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StepRecord {
    Kept(Vec<String>),
    Skipped(Vec<String>),
    TakenOut(Vec<String>),
    Edited,
}

impl Workspace {
    /// The round of triage that was under way here, if there was one that this version can read.
    #[must_use]
    pub fn triage_round(&self) -> Option<TriageRound> {
        self.state.read_json::<RoundRecord>(FILE)?.into_round()
    }

    /// Saves the triage round that is under way.
    ///
    /// # Errors
    /// The state folder cannot be written.
    pub fn save_triage_round(&self, round: &TriageRound) -> io::Result<()> {
        self.state.write_json(FILE, &RoundRecord::of(round))
    }
}

impl RoundRecord {
    fn of(round: &TriageRound) -> Self {
        let card = |card: &TriageCard| CardRecord {
            id: card.id.clone(),
            kept: card.is_kept,
            skips: card.skips,
            passed_at: card.passed_at,
        };
        let step = |step: &TriageStep| match step {
            TriageStep::Kept(ids) => StepRecord::Kept(ids.clone()),
            TriageStep::Skipped(ids) => StepRecord::Skipped(ids.clone()),
            TriageStep::TakenOut(ids) => StepRecord::TakenOut(ids.clone()),
            TriageStep::Edited => StepRecord::Edited,
        };
        Self {
            cards: round.cards.iter().map(card).collect(),
            decided: round.decided.iter().map(DecisionRecord::of).collect(),
            steps: round.steps.iter().map(step).collect(),
        }
    }

    fn into_round(self) -> Option<TriageRound> {
        let card = |card: CardRecord| TriageCard {
            id: card.id,
            is_kept: card.kept,
            skips: card.skips,
            passed_at: card.passed_at.filter(|seconds| seconds.is_finite()),
        };
        let step = |step: StepRecord| match step {
            StepRecord::Kept(ids) => TriageStep::Kept(ids),
            StepRecord::Skipped(ids) => TriageStep::Skipped(ids),
            StepRecord::TakenOut(ids) => TriageStep::TakenOut(ids),
            StepRecord::Edited => TriageStep::Edited,
        };
        let decided = self.decided.into_iter().map(DecisionRecord::into_decision);
        Some(TriageRound {
            cards: self.cards.into_iter().map(card).collect(),
            decided: decided.collect::<Option<_>>()?,
            steps: self.steps.into_iter().map(step).collect(),
        })
    }
}

impl DecisionRecord {
    fn of(decision: &TriageDecision) -> Self {
        let whole = |idea: &Idea| {
            EditRecord::from_edit(&Edit::Add { idea: Box::new(idea.clone()), before: None })
        };
        Self {
            id: decision.id.clone(),
            title: decision.title.clone(),
            to: decision.to.id().to_owned(),
            why: decision.why.clone(),
            inverse: EditRecord::from_edit(&decision.inverse),
            standing: decision.standing.iter().map(whole).collect(),
        }
    }

    fn into_decision(self) -> Option<TriageDecision> {
        let whole = |text: &EditRecord| match text.to_edit()? {
            Edit::Add { idea, .. } => Some(*idea),
            _ => None,
        };
        Some(TriageDecision {
            to: Status::from_id(&self.to)?,
            inverse: self.inverse.to_edit()?,
            standing: self.standing.iter().map(whole).collect::<Option<_>>()?,
            id: self.id,
            title: self.title,
            why: self.why,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::domain::{Field, Value};
    use jiff::civil::date;

    #[test]
    fn a_round_is_read_as_it_was_kept_and_nothing_else_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ideas.toml");
        fs::write(&path, "").unwrap();
        let (workspace, _) = Workspace::open(&path, &folder.path().join("state")).unwrap();
        assert_eq!(workspace.triage_round(), None);
        let mut idea = Idea::new("a", "A \"quoted\" title");
        idea.tags = vec!["größer".into()];
        let drop = Edit::decide(&idea, Status::Abandoned, date(2026, 11, 20), "no ceiling");
        let round = TriageRound {
            cards: vec![TriageCard {
                id: "a".into(),
                is_kept: true,
                skips: 2,
                passed_at: Some(0.1 + 0.2),
            }],
            decided: vec![TriageDecision {
                id: "a".into(),
                title: idea.title.clone(),
                to: Status::Abandoned,
                why: "no ceiling".into(),
                inverse: Edit::Group(vec![
                    drop,
                    Edit::set("a", Field::Title, Some(Value::Text("line\nline".into()))),
                ]),
                standing: vec![idea],
            }],
            steps: vec![TriageStep::Kept(vec!["a".into()]), TriageStep::Edited],
        };
        workspace.save_triage_round(&round).unwrap();
        assert_eq!(workspace.triage_round(), Some(round));
        for text in ["", "{", "{\"cards\": 7}", "[]"] {
            fs::write(workspace.state.path(FILE), text).unwrap();
            assert_eq!(workspace.triage_round(), None, "{text}");
        }
    }
}
