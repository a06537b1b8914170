//! The triage round that is under way, in the state folder: what the user was
//! doing last does not belong in the user's files.

use std::fs;
use std::io;

use serde::{Deserialize, Serialize};

use super::journal_format::EditRecord;
use super::{Workspace, atomic};
use crate::domain::{Edit, Idea, Status, TriageCard, TriageDecision, TriageRound, TriageStep};

#[derive(Serialize, Deserialize)]
struct RoundText {
    cards: Vec<CardText>,
    decided: Vec<DecisionText>,
    steps: Vec<StepText>,
}

#[derive(Serialize, Deserialize)]
struct CardText {
    id: String,
    kept: bool,
    skips: usize,
    passed_at: Option<f64>,
}

#[derive(Serialize, Deserialize)]
struct DecisionText {
    id: String,
    title: String,
    to: String,
    why: String,
    inverse: EditRecord,
    standing: Vec<EditRecord>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StepText {
    Kept(Vec<String>),
    Skipped(Vec<String>),
    Edited,
}

impl Workspace {
    /// The round of triage that was under way here, if there was one that this
    /// version can read.
    #[must_use]
    pub fn triage_round(&self) -> Option<TriageRound> {
        let bytes = fs::read(&self.state.round).ok()?;
        let text: RoundText = serde_json::from_slice(&bytes).ok()?;
        text.into_round()
    }

    /// Remembers a round of triage for the next time.
    ///
    /// # Errors
    /// The state folder cannot be written.
    pub fn save_triage_round(&self, round: &TriageRound) -> io::Result<()> {
        if let Some(folder) = self.state.round.parent() {
            fs::create_dir_all(folder)?;
        }
        let bytes = serde_json::to_vec(&RoundText::of(round))?;
        atomic::write_atomic(&self.state.round, &bytes)
    }
}

impl RoundText {
    fn of(round: &TriageRound) -> Self {
        let card = |card: &TriageCard| CardText {
            id: card.id.clone(),
            kept: card.is_kept,
            skips: card.skips,
            passed_at: card.passed_at,
        };
        let step = |step: &TriageStep| match step {
            TriageStep::Kept(ids) => StepText::Kept(ids.clone()),
            TriageStep::Skipped(ids) => StepText::Skipped(ids.clone()),
            TriageStep::Edited => StepText::Edited,
        };
        Self {
            cards: round.cards.iter().map(card).collect(),
            decided: round.decided.iter().map(DecisionText::of).collect(),
            steps: round.steps.iter().map(step).collect(),
        }
    }

    fn into_round(self) -> Option<TriageRound> {
        let card = |card: CardText| TriageCard {
            id: card.id,
            is_kept: card.kept,
            skips: card.skips,
            passed_at: card.passed_at.filter(|seconds| seconds.is_finite()),
        };
        let step = |step: StepText| match step {
            StepText::Kept(ids) => TriageStep::Kept(ids),
            StepText::Skipped(ids) => TriageStep::Skipped(ids),
            StepText::Edited => TriageStep::Edited,
        };
        let decided = self.decided.into_iter().map(DecisionText::into_decision);
        Some(TriageRound {
            cards: self.cards.into_iter().map(card).collect(),
            decided: decided.collect::<Option<_>>()?,
            steps: self.steps.into_iter().map(step).collect(),
        })
    }
}

impl DecisionText {
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
            fs::write(&workspace.state.round, text).unwrap();
            assert_eq!(workspace.triage_round(), None, "{text}");
        }
    }
}
