//! Text about an idea under review: the question first, the evidence after.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::{Decision, Idea, Status};
use crate::judge::{PromiseState, Review, StallRule, Urgency, Verdict, describe_promise, percent};
use crate::text::wrap;
use crate::tui::theme::Styles;
use crate::tui::world::World;

use super::draw::WITHIN;
use super::{CleanSlate, ReviewFindings};

const LABEL: usize = 11;

/// Ideas and what they are judged by, for one page of words.
pub(super) struct Evidence<'a> {
    pub(super) idea: &'a Idea,
    pub(super) review: &'a Review,
    pub(super) findings: &'a ReviewFindings,
    pub(super) world: &'a World,
    pub(super) styles: &'a Styles,
    pub(super) width: usize,
}

impl Evidence<'_> {
    /// The clean-slate question: what the idea is, and nothing of what went in.
    pub(super) fn question(&self) -> Vec<Line<'static>> {
        let styles = self.styles;
        let mut lines = self.title();
        lines.push(Line::default());
        lines.extend(self.words(&self.idea.summary, styles.text).into_iter().take(6));
        lines.push(Line::default());
        lines.push(Line::styled(
            "If you had never begun: would you start this today?",
            styles.accent,
        ));
        lines.push(Line::from(vec![
            Span::styled("y", styles.key),
            Span::styled(" yes   ", styles.text),
            Span::styled("n", styles.key),
            Span::styled(" no   ", styles.text),
            Span::styled("m", styles.key),
            Span::styled(" not sure", styles.text),
        ]));
        lines.extend(
            self.words("What it has cost so far is shown when you have answered.", styles.quiet),
        );
        lines
    }

    fn title(&self) -> Vec<Line<'static>> {
        let mut lines = self.words(&self.idea.title, self.styles.strong);
        let tags = self.idea.tags.join(", ");
        let facts = [self.review.effective_status.shown(), tags.as_str()];
        let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        lines.extend(self.words(&facts.join(" · "), self.styles.quiet));
        lines
    }

    /// What stands above the chart: the verdict in one sentence.
    pub(super) fn head(&self, slate: Option<CleanSlate>) -> Vec<Line<'static>> {
        let mut lines = self.title();
        if let Some(slate) = slate {
            lines.extend(self.words(slate.words(), self.styles.accent));
        }
        if self.is_second_look() {
            lines.extend(self.why());
            lines.extend(self.given_up());
            lines.extend(self.since());
            return lines;
        }
        if !self.idea.log.is_empty() {
            let traction = &self.review.traction;
            let style =
                if traction.verdict.is_stall() { self.styles.caution } else { self.styles.text };
            let said = format!("{}: {}", traction.verdict.shown(), traction.sentence(self.stall()));
            lines.extend(self.words(&said, style));
        }
        lines
    }

    /// What stands below the chart.
    pub(super) fn rest(&self) -> Vec<Line<'static>> {
        let mut lines = if self.is_second_look() { Vec::new() } else { self.why() };
        lines.extend(self.alternative());
        lines.extend(self.others());
        lines.extend(self.bend());
        if self.idea.log.iter().all(|entry| entry.traction.is_none()) {
            let hint = "nothing was logged that could be judged; f fills in what you remember";
            lines.extend(self.labelled("log", hint, self.styles.quiet));
        }
        lines.extend(self.promises());
        lines.extend(self.decisions());
        lines
    }

    fn is_second_look(&self) -> bool {
        self.review.urgency == Some(Urgency::SecondLook)
    }

    /// Why a decision is needed, or what else there is to note.
    fn why(&self) -> Vec<Line<'static>> {
        let sentence = self.review.traction.sentence(self.stall());
        let (label, style) = match self.review.due {
            true => ("why now", self.styles.caution),
            false => ("note", self.styles.text),
        };
        let reasons = self.review.reasons.iter().filter(|reason| **reason != sentence);
        reasons.flat_map(|reason| self.labelled(label, reason, style)).collect()
    }

    /// How sure the bend is, and where it lies.
    fn bend(&self) -> Vec<Line<'static>> {
        let traction = &self.review.traction;
        if traction.verdict == Verdict::NotEnoughEvidence {
            return Vec::new();
        }
        let Some(hinge) = traction.hinge() else { return Vec::new() };
        let likely = format!("{} likely", percent(hinge.p_bend()));
        let unit = traction.effort.unit.id();
        let within = match hinge.bend_within(WITHIN) {
            Some((low, high)) if hinge.p_bend() >= 0.5 => {
                let share = WITHIN * 100.0;
                format!("; if so, {share:.0} % that it lies between {low:.0} and {high:.0} {unit}")
            }
            _ => String::new(),
        };
        self.labelled("bend", &format!("{likely}{within}"), self.styles.quiet)
    }

    fn stall(&self) -> &StallRule {
        self.world.portfolio.stall_rule()
    }

    /// The best alternative and what staying costs.
    fn alternative(&self) -> Vec<Line<'static>> {
        if self.review.effective_status != Status::Active {
            return Vec::new();
        }
        let other = self.review.best_alternative.and_then(|other| {
            let idea = self.findings.idea(other.position, &self.world.portfolio)?;
            Some((idea, other.opportunity_cost))
        });
        match other {
            Some((idea, cost)) => {
                let traction = &self.review.traction;
                let (block, unit) = (traction.block, traction.effort.unit.id());
                let said = format!(
                    "{}: it scores {cost:.1} more. Staying costs it the next {block:.0} {unit}.",
                    idea.title
                );
                self.labelled("instead", &said, self.styles.text)
            }
            None => self.labelled("instead", "nothing that waits scores higher", self.styles.quiet),
        }
    }

    /// What others say about it.
    fn others(&self) -> Vec<Line<'static>> {
        let said = self.world.portfolio.said_by_others(self.idea).join(" ");
        if said.is_empty() { Vec::new() } else { self.labelled("others", &said, self.styles.text) }
    }

    /// Why it was given up, and what was learned from that.
    fn given_up(&self) -> Vec<Line<'static>> {
        let Some(decision) = self.abandonment() else { return Vec::new() };
        let said = format!("{}, on {}", decision.why, decision.date);
        let mut lines = self.labelled("cause", &said, self.styles.text);
        if let Some(lesson) = &decision.lesson {
            lines.extend(self.labelled("lesson", lesson, self.styles.text));
        }
        lines
    }

    /// The decision by which it was last given up.
    fn abandonment(&self) -> Option<&Decision> {
        let given_up = self.idea.decisions.iter().filter(|decision| {
            decision.to == Status::Abandoned
                && decision.from != Status::Abandoned
                && decision.date <= self.world.portfolio.as_of()
        });
        given_up.max_by_key(|decision| decision.date)
    }

    /// What changed in the ranking since it was given up.
    fn since(&self) -> Vec<Line<'static>> {
        let Some(decision) = self.abandonment() else { return Vec::new() };
        let position = self.world.portfolio.portfolio().position(&self.idea.id);
        let own = position.and_then(|at| self.world.portfolio.at(at));
        let Some((_, score)) = own.filter(|(_, score)| score.rated) else { return Vec::new() };
        let all = 0..self.world.portfolio.portfolio().ideas().len();
        let (newer, older): (Vec<&Idea>, Vec<&Idea>) = all
            .filter_map(|at| self.world.portfolio.at(at))
            .filter(|(idea, _)| idea.status.is_ranked_by_default())
            .filter(|(_, other)| other.rated && other.value() > score.value())
            .map(|(idea, _)| idea)
            .partition(|idea| idea.created.is_some_and(|day| day > decision.date));
        let said = format!(
            "it scores {:.1}; ideas that score more: {} when it was given up, {} more since",
            score.value(),
            older.len(),
            newer.len()
        );
        self.labelled("ranking", &said, self.styles.text)
    }

    fn promises(&self) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        for standing in self.review.promises.iter().rev() {
            let Some(promise) = self.idea.promises.get(standing.position) else { continue };
            let moved = match standing.amended {
                0 => String::new(),
                1 => ", moved once".to_owned(),
                2 => ", moved twice".to_owned(),
                n => format!(", moved {n} times"),
            };
            let chance = promise.chance.map(|chance| format!(", {:.0} %", chance * 100.0));
            let said = format!(
                "{} by {}{moved}{}: {}",
                standing.state.id(),
                promise.by,
                chance.unwrap_or_default(),
                describe_promise(promise)
            );
            let style = match standing.state {
                PromiseState::Missed if standing.asks => self.styles.bad,
                _ if standing.asks => self.styles.caution,
                PromiseState::Kept => self.styles.good,
                PromiseState::Void => self.styles.quiet,
                _ => self.styles.text,
            };
            lines.extend(self.labelled("promise", &said, style));
        }
        lines
    }

    /// The latest decisions, with what was learned.
    fn decisions(&self) -> Vec<Line<'static>> {
        let above = self.abandonment().filter(|_| self.is_second_look());
        let known = |decision: &&Decision| {
            decision.date <= self.world.portfolio.as_of() && Some(*decision) != above
        };
        let mut decisions: Vec<&Decision> = self.idea.decisions.iter().filter(known).collect();
        decisions.sort_by_key(|decision| decision.date);
        let mut lines = Vec::new();
        for decision in decisions.into_iter().rev().take(3) {
            let said = format!("{} {}: {}", decision.date, decision.to, decision.why);
            lines.extend(self.labelled("decided", &said, self.styles.quiet));
            if let Some(lesson) = &decision.lesson {
                lines.extend(self.labelled("lesson", lesson, self.styles.text));
            }
        }
        lines
    }

    fn words(&self, text: &str, style: Style) -> Vec<Line<'static>> {
        wrap(text, self.width).into_iter().map(|line| Line::styled(line, style)).collect()
    }

    /// Words behind a label; what does not fit goes on below.
    fn labelled(&self, label: &str, text: &str, style: Style) -> Vec<Line<'static>> {
        let wrapped = wrap(text, self.width.saturating_sub(LABEL));
        let label = std::iter::once(label).chain(std::iter::repeat(""));
        let lines = label.zip(wrapped).map(|(label, line)| {
            Line::from(vec![
                Span::styled(format!("{label:<LABEL$}"), self.styles.quiet),
                Span::styled(line, style),
            ])
        });
        lines.collect()
    }
}
