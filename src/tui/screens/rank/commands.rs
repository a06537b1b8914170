//! Commands of the Rank screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Command, Invocation, Scope};
use crate::domain::{Criterion, DuelPool, Idea};
use crate::judge::Attention;
use crate::tui::dialogs::program::Sort;
use crate::tui::jobs::duels::PullJob;
use crate::tui::jobs::review::ReviewJob;
use crate::tui::jobs::sensitivity::SensitivityJob;
use crate::tui::jobs::similar::SimilarityJob;
use crate::tui::jobs::{JobKind, JobRequest};
use crate::tui::screens::{Action, KeyWords, Mouse, MouseAction, Screen, Unavailable, deciding};
use crate::tui::theme::Styles;
use crate::tui::world::World;

use super::order::{self, Order, Row};
use super::{RankScreen, rating};

impl Screen for RankScreen {
    fn scopes(&self) -> &'static [Scope] {
        if self.is_open() {
            &[
                Scope::Detail,
                Scope::Rank,
                Scope::Listed,
                Scope::Idea,
                Scope::Rating,
                Scope::Everywhere,
            ]
        } else {
            &[Scope::Rank, Scope::Listed, Scope::Idea, Scope::Rating, Scope::Everywhere]
        }
    }

    fn legend(&self) -> &'static [(&'static str, &'static str)] {
        &[
            (
                "━━━━━━╾──",
                "score, 0 to 100; the thin part of the bar: what open questions and ranges leave possible",
            ),
            (
                "╭ │ ╰",
                "the bracket of a tie: too close to call, these could as well stand in another order",
            ),
            ("~68  5–9", "an answer is missing or unsure; an answer given as a range"),
            ("·", "unknown: no rank, rating or number yet"),
            ("● ▸", "marked; where you are (the cursor)"),
            ("hot", "a bet on what many work on: do it better than everyone"),
            ("next-hot", "a bet on what may become the next hot topic"),
            (
                "13.5+18+16",
                "what each criterion adds: 10 × its weight (g5) × the answer, as 13.5 = 10 × .15 × 9",
            ),
            (
                "capped at 60",
                "the cap: little to win (headroom) or a weak bet limits the score, whatever the rest; {leak} % of what lies above it still counts",
            ),
            (
                "sim gen lon hea bet",
                "simplicity, generality, longevity, headroom, and the bet (strategy), 0 to 10",
            ),
            (
                "! 41 % of your last 30 days",
                "hours against rank: much of your time goes to an idea below your first few, and a likely better one got none",
            ),
            (
                "top",
                "how likely it is to be among the first few by score; <1 % stands for under 1 %",
            ),
            (
                "duels +3.7±1.3",
                "how strongly your duels prefer it to the mean of the ideas compared, ± a standard deviation; what is 1 higher is preferred 2.7 times as often; w orders by it",
            ),
            ("both", "the same with the score as a first guess: the third order of w"),
            ("range", "the scores that open questions and ranges leave possible"),
            ("▂▃▄▅", "levels of traction over time: what you could show a sceptic"),
            ("hours  who", "hours logged; how many others are drawn to it"),
            (
                "flags",
                "sunk-cost, stalled, promise-missed, promise-due: decide in g4; no-edge: a hot bet with no edge; disputed: people rate it differently; duplicate: much like another idea",
            ),
            ("Triage 8  Review 8", "how many cards wait there; how many decisions"),
        ]
    }

    fn footer(&self) -> KeyWords {
        use Command as C;
        if self.open.is_some() {
            return &[
                (&[C::Open], "do it"),
                (&[C::Rate], "rate"),
                (&[C::PreviousCriterion, C::NextCriterion], "question"),
                (&[C::Bet], "bet"),
                (&[C::Log], "log"),
                (&[C::Promise], "promise"),
                (&[C::Drop], "drop"),
                (&[C::NextIdea], "next"),
            ];
        }
        if self.all_columns {
            return &[
                (&[C::Rate], "rate"),
                (&[C::PreviousCriterion, C::NextCriterion], "cell"),
                (&[C::Exact], "exact"),
                (&[C::Range], "range"),
                (&[C::Clear], "unknown"),
                (&[C::Undo], "undo"),
                (&[C::AllColumns], "back"),
            ];
        }
        &[
            (&[C::Open], "open"),
            (&[C::Start], "start"),
            (&[C::Status], "status"),
            (&[C::Park], "park"),
            (&[C::Drop], "drop"),
            (&[C::Log], "log"),
            (&[C::AllColumns], "cells"),
            (&[C::Find], "find"),
        ]
    }

    fn purpose(&self) -> &'static str {
        "all ideas in order"
    }

    fn help_scopes(&self) -> &'static [Scope] {
        &[Scope::Rank, Scope::Listed, Scope::Idea, Scope::Rating, Scope::Detail]
    }

    fn available(&self, command: Command, world: &World) -> Result<(), Unavailable> {
        use Command as C;
        let always =
            matches!(command, C::AllColumns | C::AllStatuses | C::Axis | C::Sort | C::Find);
        if always {
            return Ok(());
        }
        if matches!(command, C::MoreTable | C::LessTable) {
            let is_there = !self.is_open();
            return is_there
                .then_some(())
                .ok_or(Unavailable("one idea fills the screen: Esc first"));
        }
        if command == C::ByDuels && world.portfolio.duels().entries.is_empty() {
            return Err(Unavailable("there are no duels yet: g 3 asks for some"));
        }
        let Some(idea) = self.idea(world) else {
            return Err(Unavailable("there is no idea here: a adds one"));
        };
        if command == C::Versus && self.pool() == DuelPool::default() {
            return Err(Unavailable("mark some ideas first, or find them with /"));
        }
        let rates =
            matches!(command, C::Rate | C::NudgeDown | C::NudgeUp | C::Exact | C::Range | C::Clear);
        if rates && !self.marks_a_cell() {
            return Err(Unavailable(
                "digits rate on an idea's page (Enter) or in all columns (z); g2: Triage",
            ));
        }
        let is_for_one =
            matches!(command, C::Edit | C::Log | C::Bet | C::Tags | C::Retitle | C::Summary);
        if (rates || is_for_one) && self.marks_others(world) {
            return Err(deciding::ONE_AT_A_TIME);
        }
        deciding::available(command, &self.marked(world))?;
        let nudges = matches!(command, C::NudgeDown | C::NudgeUp);
        if nudges && !self.asks_the_bet(idea) && idea.get(self.field(idea)).is_none() {
            return Err(Unavailable("not rated yet: a digit rates it"));
        }
        Ok(())
    }

    /// Moves what moves here: the card's question, the page, or the cursor.
    fn step(&mut self, lines: isize, world: &World) {
        if let Some(question) = &mut self.card {
            *question = question.saturating_add_signed(lines).min(2);
        } else if let Some(scroll) = self.open {
            let scrolled = scroll.saturating_add_signed(lines);
            self.open = Some(scrolled.min(self.last_scroll(world)));
        } else {
            self.move_by(lines, world);
        }
    }

    fn run(&mut self, invocation: Invocation, world: &World) -> Option<Action> {
        use Command as C;
        match invocation.command {
            C::Mark => self.mark(world),
            C::MarkListed => self.mark_listed(world),
            C::NextIdea => self.move_by(1, world),
            C::PreviousIdea => self.move_by(-1, world),
            C::Open if self.card.is_some() => self.card = None,
            C::Open if self.open.is_some() => return self.do_next_step(world),
            C::Open => self.open = Some(0),
            C::NextCriterion => self.move_criterion(1),
            C::PreviousCriterion => self.move_criterion(-1),
            C::Axis => {
                self.axis = self.axis.other();
                return Some(Action::Say(self.axis.sentence().to_owned()));
            }
            C::MoreTable => self.move_divider(1, world),
            C::LessTable => self.move_divider(-1, world),
            C::AllColumns => self.all_columns = !self.all_columns,
            C::ByDuels => {
                self.order = self.order.after();
                self.refresh(world);
            }
            C::Sort => return Some(ask_order(self.order)),
            C::CheapestQuestion => return Some(self.ask_cheapest(world)),
            C::AllStatuses => {
                self.all_statuses = !self.all_statuses;
                self.refresh(world);
            }
            _ => return self.actions(invocation, world),
        }
        None
    }

    fn draw(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        self.draw_screen(world, styles, area, buf);
    }

    fn idea<'a>(&self, world: &'a World) -> Option<&'a Idea> {
        match self.rows.get(self.cursor) {
            Some(Row::Idea(position)) => world.portfolio.at(*position).map(|(idea, _)| idea),
            _ => None,
        }
    }

    fn select(&mut self, id: &str, world: &World) {
        if self.lists(id, world) {
            self.go_to(id, world);
        }
    }

    fn back(&mut self, world: &World) -> bool {
        if self.card.take().is_some() || self.open.take().is_some() {
            return true;
        }
        if !self.marks.is_empty() {
            self.unmark();
            return true;
        }
        let searched = !self.query.is_empty();
        if searched {
            self.filter("", world);
        }
        searched
    }

    fn query(&self) -> Option<&str> {
        Some(&self.query)
    }

    fn filter(&mut self, query: &str, world: &World) {
        self.query = query.to_owned();
        if query.is_empty() {
            self.refresh(world);
        } else {
            self.rows = self.found(world);
            self.order.sort(&mut self.rows, world);
            self.move_to(0, world);
        }
    }

    fn refresh(&mut self, world: &World) {
        self.finder.forget();
        self.marks.retain(|id| world.portfolio.idea(id).is_some());
        let all = self.all_statuses.then(|| world.portfolio.ranking(|_| true));
        let standings = all.as_deref().unwrap_or_else(|| world.portfolio.ranked());
        self.ranks.clear();
        self.ranks.resize(world.portfolio.ideas().len(), None);
        for standing in standings {
            self.ranks[standing.position] = standing.rank;
        }
        self.rows = if self.query.is_empty() {
            order::grouped(standings, world)
        } else {
            self.found(world)
        };
        self.order.sort(&mut self.rows, world);
        self.return_to_idea(world);
    }

    fn scrolled(&self) -> Option<usize> {
        self.open
    }

    fn take_result(&mut self, job: JobKind, world: &World) {
        if job == JobKind::Pulls && matches!(self.order, Order::Pull | Order::Joined) {
            self.refresh(world);
        }
        if job == JobKind::Review {
            let findings = world.results.review.output();
            self.notice = findings.and_then(|it| it.attention.as_ref()).map(Attention::sentence);
        }
    }

    fn wanted_jobs(&self, world: &World) -> Vec<JobRequest> {
        let scored = &world.portfolio;
        let top = world.settings.current().pursued;
        let sensitivity = SensitivityJob::of(scored, scored.rule(), top);
        let pulls = self.shows_pulls(world).then(|| PullJob::of(scored));
        let open = self.idea(world).filter(|_| self.is_open());
        let similar = open.map(|idea| SimilarityJob::of(&idea.id, scored, &world.results.similar));
        let review = ReviewJob::of(scored, top, &world.results.review);
        [JobRequest::Sensitivity(Box::new(sensitivity)), JobRequest::Review(Box::new(review))]
            .into_iter()
            .chain(pulls.map(|pulls| JobRequest::Pulls(Box::new(pulls))))
            .chain(similar.map(|similar| JobRequest::Similar(Box::new(similar))))
            .collect()
    }

    fn mouse(&mut self, mouse: Mouse, area: Rect, world: &World) -> Option<Action> {
        match mouse.action {
            MouseAction::Click | MouseAction::SecondClick if self.grab(mouse.at, area) => {}
            MouseAction::Click | MouseAction::SecondClick if self.click(mouse, area, world) => {
                return self.run(Invocation { command: Command::Open, digit: None }, world);
            }
            MouseAction::Drag => self.drag(mouse.at, area),
            MouseAction::Release => self.let_go(),
            _ => {}
        }
        None
    }
}

impl RankScreen {
    fn move_criterion(&mut self, by: isize) {
        if let Some(question) = &mut self.card {
            *question = question.saturating_add_signed(by).min(2);
            return;
        }
        let index = self.criterion.index().saturating_add_signed(by);
        self.criterion = Criterion::ALL[index.min(Criterion::ALL.len() - 1)];
    }

    /// What a command on the idea under the cursor leads to.
    pub(super) fn actions(&mut self, invocation: Invocation, world: &World) -> Option<Action> {
        use Command as C;
        let idea = self.idea(world)?;
        let rates =
            matches!(invocation.command, C::Rate | C::NudgeDown | C::NudgeUp | C::Exact | C::Range);
        if rates && self.asks_the_bet(idea) {
            self.open_card();
            return None;
        }
        let field = self.field(idea);
        match invocation.command {
            C::Versus => Some(Action::Limit(self.pool())),
            command => deciding::action(command, &self.marked(world), None, world)
                .or_else(|| rating::action(invocation, idea, field)),
        }
    }
}

pub(super) fn ask_order(now: Order) -> Action {
    let columns = Order::ALL.iter().map(|order| order.name().to_owned()).collect();
    let now = Order::ALL.iter().position(|order| *order == now).unwrap_or(0);
    Action::ask(Sort { columns, now })
}
