//! Text about an idea under review: the question first, the evidence after.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::command::Command;
use crate::domain::{CleanSlate, Date, Decision, Idea, Promise, Status};
use crate::judge::{
    EffortUnit, PromiseStanding, PromiseState, Review, StallRule, Urgency, level_forecast, ordinal,
    percent,
};
use crate::text::{fit, sanitize, width, wrap};
use crate::tui::dialogs::shown_day;
use crate::tui::theme::Styles;
use crate::tui::widgets::{labelled, styled};
use crate::tui::world::World;

use super::ReviewFindings;

const LABEL: usize = 10;

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
            Span::styled(" maybe", styles.text),
            Span::styled("          what it has cost is shown afterwards", styles.quiet),
        ]));
        lines.push(Line::default());
        lines.extend(self.words(&self.idea.summary, styles.text).into_iter().take(6));
        lines
    }

    fn title(&self) -> Vec<Line<'static>> {
        let mut lines = self.words(&self.idea.title, self.styles.strong);
        let tags = self.idea.tags.join(", ");
        let place = self.place();
        let facts = [self.review.effective_status.shown(), tags.as_str(), &place];
        let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        lines.extend(self.words(&facts.join(" · "), self.styles.quiet));
        lines
    }

    /// `score 44 · 17th of 23`; empty with nothing rated.
    fn place(&self) -> String {
        let scored = &self.world.portfolio;
        let position = scored.position(&self.idea.id);
        let score = position.and_then(|at| scored.at(at)).map(|(_, score)| score.value());
        match (score, scored.rank_of(&self.idea.id)) {
            (Some(score), Some((rank, of))) => {
                format!("score {score:.0} · {} of {of}", ordinal(rank))
            }
            _ => String::new(),
        }
    }

    /// What stands above the chart.
    pub(super) fn head(&self, slate: Option<CleanSlate>) -> Vec<Line<'static>> {
        if self.is_second_look() {
            let mut lines = self.title();
            lines.extend(self.why());
            lines.extend(self.given_up());
            lines.extend(self.since());
            return lines;
        }
        let mut lines = vec![self.title_with_verdict()];
        if let Some(slate) = slate {
            lines.extend(self.words(&self.answered(slate), self.styles.accent));
        }
        lines
    }

    /// The title, and at the right end of the line verdict and effort.
    fn title_with_verdict(&self) -> Line<'static> {
        let traction = &self.review.traction;
        let style =
            if traction.verdict.is_stall() { self.styles.caution } else { self.styles.text };
        let verdict = [traction.verdict.shown().to_owned()].into_iter().chain(self.effort());
        let verdict = verdict.collect::<Vec<_>>().join(", ");
        let room = self.width.saturating_sub(width(&verdict) + 2);
        let title = sanitize(&self.idea.title);
        Line::from(vec![
            Span::styled(fit(&title, room), self.styles.strong),
            Span::raw("  "),
            Span::styled(verdict, style),
        ])
    }

    /// `219 h` or `30 weeks`; nothing where that would be 0.
    fn effort(&self) -> Option<String> {
        let effort = &self.review.traction.effort;
        let (amount, unit) = match effort.unit {
            EffortUnit::Hours => (effort.hours, "h"),
            EffortUnit::Weeks => (effort.total, "weeks"),
        };
        (amount >= 0.5).then(|| format!("{amount:.0} {unit}"))
    }

    /// `You would not start it today. On 6 Nov you said the same and went on,
    /// because "almost there"`
    fn answered(&self, slate: CleanSlate) -> String {
        let now = match slate {
            CleanSlate::Yes => "You would start it today.",
            CleanSlate::No => "You would not start it today.",
            CleanSlate::Unsure => "You are not sure that you would start it today.",
        };
        let goes_on = |decision: &&Decision| {
            (decision.from, decision.to) == (Status::Active, Status::Active)
                && decision.date <= self.world.portfolio.as_of()
        };
        let before = self.idea.decisions.iter().filter(goes_on);
        let before = before.filter_map(|decision| Some((decision, decision.clean_slate?)));
        let Some((decision, then)) = before.max_by_key(|(decision, _)| decision.date) else {
            return now.to_owned();
        };
        let said = match then {
            same if same == slate => "the same",
            CleanSlate::Yes => "yes",
            CleanSlate::No => "no",
            CleanSlate::Unsure => "maybe",
        };
        let day = self.day(decision.date);
        let why = match decision.why.as_str() {
            "" => ".".to_owned(),
            why => format!(", because \"{why}\""),
        };
        format!("{now} On {day} you said {said} and went on{why}")
    }

    /// A day without its year, where that is this year.
    fn day(&self, date: Date) -> String {
        shown_day(date, self.world.portfolio.as_of())
    }

    /// What stands below the chart.
    pub(super) fn rest(&self) -> Vec<Line<'static>> {
        let mut lines = Vec::new();
        if !self.is_second_look() {
            lines.extend(self.why());
            lines.extend(self.level());
            lines.extend(self.promises());
            lines.extend(self.hours());
        }
        lines.extend(self.alternative());
        lines.extend(self.others());
        if self.idea.log.iter().all(|entry| entry.traction.is_none()) {
            let hint =
                "nothing was logged that could be judged; :from memory fills in what you remember";
            lines.extend(self.labelled("Log", hint, self.styles.quiet));
        }
        if self.is_second_look() {
            lines.extend(self.promises());
        }
        lines.extend(self.decisions());
        lines.extend(self.verbs());
        lines
    }

    fn is_second_look(&self) -> bool {
        self.review.urgency == Some(Urgency::SecondLook)
    }

    /// Why it is here, where neither level, promises nor hours say so.
    fn why(&self) -> Vec<Line<'static>> {
        use Urgency::{Back, HoursAgainstRank, Quiet, SecondLook};
        let untold = [HoursAgainstRank, Back, Quiet, SecondLook];
        let is_told = !self.review.urgency.is_some_and(|urgency| untold.contains(&urgency));
        let reason = self.review.reasons.first().filter(|_| !is_told);
        let said = reason.map(|reason| self.labelled("Why now", reason, self.styles.caution));
        said.unwrap_or_default()
    }

    /// How the level went, what is ahead, and the facts beside it.
    fn level(&self) -> Vec<Line<'static>> {
        if self.idea.log.is_empty() {
            return Vec::new();
        }
        let traction = &self.review.traction;
        let style =
            if traction.verdict.is_stall() { self.styles.caution } else { self.styles.text };
        let facts = traction.facts(self.stall()).into_iter().map(|fact| capitalised(&fact));
        let said = std::iter::once(traction.sentence(self.stall())).chain(facts);
        let said: Vec<String> = said.map(|said| format!("{said}.")).collect();
        self.labelled("Level", &said.join(" "), style)
    }

    /// `219 h, 20 % of all that you logged.`
    fn hours(&self) -> Vec<Line<'static>> {
        let hours = self.review.traction.effort.hours;
        if hours <= 0.0 {
            return Vec::new();
        }
        let share = 100.0 * hours / self.findings.all_hours.max(hours);
        let said = format!("{hours:.0} h, {share:.0} % of all that you logged.");
        self.labelled("Hours", &said, self.styles.text)
    }

    fn stall(&self) -> &StallRule {
        self.world.portfolio.stall_rule()
    }

    /// `Train on the work log: 1st, no hours yet.`
    fn alternative(&self) -> Vec<Line<'static>> {
        if self.review.effective_status != Status::Active {
            return Vec::new();
        }
        let other = self.review.best_alternative;
        let other = other.and_then(|it| self.findings.idea(it.position, &self.world.portfolio));
        let Some(idea) = other else {
            let nothing = "nothing that waits scores higher";
            return self.labelled("Instead", nothing, self.styles.quiet);
        };
        let rank = self.world.portfolio.rank_of(&idea.id);
        let place = rank.map_or_else(String::new, |(rank, _)| format!("{}, ", ordinal(rank)));
        let hours: f64 = idea.log.iter().filter_map(|entry| entry.hours).sum();
        let spent =
            if hours > 0.0 { format!("{hours:.0} h so far") } else { "no hours yet".into() };
        let said = format!("{}: {place}{spent}.", idea.title);
        self.labelled("Instead", &said, self.styles.text)
    }

    /// What others say about it.
    fn others(&self) -> Vec<Line<'static>> {
        let said = self.world.portfolio.said_by_others(self.idea).join(" ");
        if said.is_empty() { Vec::new() } else { self.labelled("Others", &said, self.styles.text) }
    }

    /// Why it was given up, and what was learned from that.
    fn given_up(&self) -> Vec<Line<'static>> {
        let Some(decision) = self.abandonment() else { return Vec::new() };
        let said = format!("{}, on {}", decision.why, self.day(decision.date));
        let mut lines = self.labelled("Cause", &said, self.styles.text);
        if let Some(lesson) = &decision.lesson {
            lines.extend(self.labelled("Lesson", lesson, self.styles.text));
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
        let position = self.world.portfolio.position(&self.idea.id);
        let own = position.and_then(|at| self.world.portfolio.at(at));
        let Some((_, score)) = own.filter(|(_, score)| score.rated) else { return Vec::new() };
        let all = 0..self.world.portfolio.ideas().len();
        let (newer, older): (Vec<&Idea>, Vec<&Idea>) = all
            .filter_map(|at| self.world.portfolio.at(at))
            .filter(|(idea, _)| idea.status.is_ranked_by_default())
            .filter(|(_, other)| other.rated && other.value() > score.value())
            .map(|(idea, _)| idea)
            .partition(|idea| idea.created.is_some_and(|day| day > decision.date));
        let said = format!(
            "it scores {}; ideas that score more: {} when it was given up, {} more since",
            score.shown(),
            older.len(),
            newer.len()
        );
        self.labelled("Ranking", &said, self.styles.text)
    }

    /// The promises that are open, the latest first; else what became of the last.
    fn promises(&self) -> Vec<Line<'static>> {
        use PromiseState::{Due, Pending, Void};
        let mut lines = Vec::new();
        let all = || self.review.promises.iter().rev();
        let is_open = |it: &&PromiseStanding| it.asks || matches!(it.state, Pending | Due);
        let mut shown: Vec<&PromiseStanding> = all().filter(is_open).collect();
        if shown.is_empty() {
            shown.extend(all().find(|standing| standing.state != Void));
        }
        for standing in shown {
            let Some(promise) = self.idea.promises.get(standing.position) else { continue };
            let style = match standing.state {
                PromiseState::Missed if standing.asks => self.styles.bad,
                _ if standing.asks => self.styles.caution,
                PromiseState::Kept => self.styles.good,
                PromiseState::Void => self.styles.quiet,
                _ => self.styles.text,
            };
            let label = if lines.is_empty() { "Promise" } else { "" };
            lines.extend(self.labelled(label, &self.promise(promise, standing), style));
        }
        lines
    }

    /// `level 7 by 15 Dec, moved twice. You gave it 60 %, the log gives 16 %.`
    fn promise(&self, promise: &Promise, standing: &PromiseStanding) -> String {
        let state = match standing.state {
            PromiseState::Pending => String::new(),
            PromiseState::Due => "to be judged: ".to_owned(),
            state => format!("{}: ", state.id()),
        };
        let level = promise.traction.map(|level| format!("level {level}"));
        let claim = promise.claim.as_ref().map(|claim| format!("\"{claim}\""));
        let what: Vec<String> = level.into_iter().chain(claim).collect();
        let moved = match standing.amended {
            0 => String::new(),
            1 => ", moved once".to_owned(),
            2 => ", moved twice".to_owned(),
            n => format!(", moved {n} times"),
        };
        let by = self.day(promise.by);
        let mut said = format!("{state}{} by {by}{moved}.", what.join(" and "));
        let yours = promise.chance.map(|chance| format!("you gave it {}", percent(chance)));
        let chances: Vec<String> =
            yours.into_iter().chain(self.log_gives(promise, standing)).collect();
        if !chances.is_empty() {
            said += &format!(" {}.", capitalised(&chances.join(", ")));
        }
        if standing.state == PromiseState::Unknown {
            said += &format!(" No log in the two weeks before {by}, so it cannot be told.");
        }
        if standing.state == PromiseState::Pending && self.review.stalled && self.review.due {
            said += " It still stands, and this question stays until you decide.";
        }
        said
    }

    /// `the log gives 16 %`: as it is today for a promise that stands, else as it
    /// was when it was made.
    fn log_gives(&self, promise: &Promise, standing: &PromiseStanding) -> Option<String> {
        let today = self.world.portfolio.as_of();
        if standing.state == PromiseState::Pending {
            let rule = self.stall();
            let foretold = level_forecast(self.idea, promise.traction?, promise.by, rule, today)?;
            return Some(format!("the log gives {}", percent(foretold.chance)));
        }
        let made = self.idea.decisions.iter().filter(|it| Some(it.date) == promise.set);
        let foretold = made.filter_map(|decision| decision.log_chance).next_back()?;
        Some(format!("the log gave {}", percent(foretold)))
    }

    /// What can be done now, and what each comes to.
    fn verbs(&self) -> Vec<Line<'static>> {
        if !self.review.due || self.review.effective_status != Status::Active {
            return Vec::new();
        }
        let block = self.stall().block_hours;
        let rests = format!("rests for 2 weeks or {block:.0} h, then asks again");
        let verbs = [
            (Command::Continue, "continue", rests.as_str()),
            (Command::Park, "park", "until a day, or until another idea is decided"),
            (Command::Drop, "drop", "why, what you learned, what would bring it back"),
            (Command::Pivot, "new idea", "that grew out of this one"),
        ];
        let rule = "─".repeat(self.width);
        let lines = verbs.into_iter().map(|(command, verb, what)| {
            Line::from(vec![
                Span::styled(self.world.keymap.key(command), self.styles.key),
                Span::styled(format!(" {verb:<10} "), self.styles.text),
                Span::styled(what.to_owned(), self.styles.quiet),
            ])
        });
        std::iter::once(Line::styled(rule, self.styles.faint)).chain(lines).collect()
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
            let (day, to) = (self.day(decision.date), decision.to.shown());
            let said = format!("{day}, {to}: {}", decision.why);
            lines.extend(self.labelled("Decided", &said, self.styles.quiet));
            if let Some(lesson) = &decision.lesson {
                lines.extend(self.labelled("Lesson", lesson, self.styles.text));
            }
        }
        lines
    }

    fn words(&self, text: &str, style: Style) -> Vec<Line<'static>> {
        styled(wrap(text, self.width), style).collect()
    }

    /// Words behind a label; what does not fit goes on below.
    fn labelled(&self, label: &str, text: &str, style: Style) -> Vec<Line<'static>> {
        let label = Span::styled(format!("{label:<LABEL$}"), self.styles.quiet);
        labelled(label, text, self.width, style)
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
