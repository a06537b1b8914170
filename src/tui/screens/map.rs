//! The Map screen: risk against reward, the balance of the portfolio, and the
//! weights, moved live.

mod control;
mod draw;
mod plot;
mod portfolio;

use portfolio::Plan;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::{Command, Invocation, Scope};
use crate::domain::{Activity, Criterion, Idea};
use crate::judge::{Score, ScoreRule, Standing, rank, score};
use crate::tui::dialogs::log::Log;
use crate::tui::jobs::JobRequest;
use crate::tui::jobs::sensitivity::{Sensitivity, SensitivityJob};
use crate::tui::theme::Styles;
use crate::tui::widgets::moved;
use crate::tui::world::World;

use super::{Action, KeyWords, Mouse, Screen, Unavailable};

use control::{Control, Entry, KeptRanks};

#[derive(Debug)]
pub(crate) struct MapScreen {
    /// What is tried instead, if a weight has been moved.
    tried: Option<ScoreRule>,
    control: Control,
    /// The week that is planned while it is shown.
    plan: Plan,
    /// The ideas in the order of the rule that is tried.
    entries: Vec<Entry>,
    /// What the entries follow from.
    basis: Option<(u64, ScoreRule)>,
    /// The ranking by what is kept.
    kept_ranks: KeptRanks,
    /// The idea under the cursor.
    id: Option<String>,
}

impl Screen for MapScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Map, Scope::Everywhere]
    }

    fn legend(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("● ○", "hot bets, commitment against edge; hollow: an answer is a range"),
            ("◆ ◇", "next-hot bets, reward against chance; hollow: an answer is a range"),
            ("*7", "the idea of rank 7, and it runs (is active)"),
            ("▸", "where you are"),
            (
                "──━━●━○──",
                "● a weight, ○ where it was before it was moved; along the heavy part your first few stay the same",
            ),
            ("▲1 ▼1", "places that it rose or fell since the weights were moved"),
            (
                "66 %",
                "how likely it is to be among your first few by score; <1 % stands for under 1 %",
            ),
            (
                "■■■│□□□",
                "how the work is split between next-hot and hot; │ is the aim, as aimed: no more than 10 % away from it",
            ),
            (
                "hours a week",
                "the week that p plans: 30 h until h and l change it, 8 h for each idea",
            ),
            (
                "keep start pause –",
                "what the suggestion would keep, begin, put aside, or leave alone",
            ),
            ("promise until 4 Dec", "it runs under a promise, so it stays until then"),
        ]
    }

    fn footer(&self) -> KeyWords {
        use Command as C;
        if !self.plan.is_open() {
            return &[];
        }
        &[
            (&[C::DialDown, C::DialUp], "an hour less, more"),
            (&[C::DialDownFast, C::DialUpFast], "five hours"),
            (&[C::Open], "open"),
            (&[C::Portfolio], "back to the map"),
        ]
    }

    fn purpose(&self) -> &'static str {
        "how important each weight is"
    }

    fn help_scopes(&self) -> &'static [Scope] {
        &[Scope::Map]
    }

    fn available(&self, command: Command, world: &World) -> Result<(), Unavailable> {
        use Command as C;
        match command {
            C::NextDial | C::PreviousDial | C::KeepMoved | C::DropMoved if self.plan.is_open() => {
                Err(Unavailable("here only the hours can be moved, with h and l; p: the weights"))
            }
            C::KeepMoved | C::DropMoved if self.tried.is_none() => {
                Err(Unavailable("nothing has been moved: h and l move what ▸ points at"))
            }
            C::Open | C::Edit | C::Log if self.idea(world).is_none() => {
                Err(Unavailable("there is no idea here: a adds one"))
            }
            C::Find => Err(Unavailable("that is for the Rank screen: g 1")),
            _ => Ok(()),
        }
    }

    fn step(&mut self, lines: isize, world: &World) {
        self.point(moved(self.cursor(world), lines, self.entries.len()), world);
    }

    fn run(&mut self, invocation: Invocation, world: &World) -> Option<Action> {
        use Command as C;
        match invocation.command {
            C::NextDial => self.control = self.control.after(1, self.plan.is_open()),
            C::PreviousDial => self.control = self.control.after(-1, self.plan.is_open()),
            C::DialUp => self.turn(1.0, world),
            C::DialDown => self.turn(-1.0, world),
            C::DialUpFast => self.turn(5.0, world),
            C::DialDownFast => self.turn(-5.0, world),
            C::DropMoved => self.tried = None,
            C::KeepMoved => return self.keep(),
            C::Portfolio => self.plan.toggle(),
            C::Open => return Some(Action::Show),
            C::Log => {
                let log = |idea: &Idea| Action::ask(Log::line(&idea.id));
                return self.idea(world).map(log);
            }
            _ => {}
        }
        self.show(world);
        self.plan.refresh(&self.entries, world);
        None
    }

    /// A click selects a line of the list, a second one opens its idea.
    fn mouse(&mut self, mouse: Mouse, area: Rect, world: &World) -> Option<Action> {
        let line = self.line_at(world, mouse.at, area).filter(|_| mouse.is_click());
        let line = line?;
        if line == self.cursor(world) || mouse.is_second_click() {
            return Some(Action::Run(Invocation { command: Command::Open, digit: None }));
        }
        self.point(line, world);
        None
    }

    fn draw(&self, world: &World, styles: &Styles, area: Rect, buf: &mut Buffer) {
        self.draw_screen(world, styles, area, buf);
    }

    fn idea<'a>(&self, world: &'a World) -> Option<&'a Idea> {
        let entry = self.entries.get(self.cursor(world))?;
        world.portfolio.at(entry.position).map(|(idea, _)| idea)
    }

    fn activity(&self) -> Option<Activity> {
        Some(Activity::Map)
    }

    fn select(&mut self, id: &str, _world: &World) {
        self.id = Some(id.to_owned());
    }

    fn back(&mut self, _world: &World) -> bool {
        self.plan.close() || self.tried.take().is_some()
    }

    fn show(&mut self, world: &World) {
        let kept_has_changed = self.kept_ranks.refresh(world);
        let basis = (world.portfolio.rating_revision(), self.rule(world).clone());
        if self.basis.as_ref() == Some(&basis) && !kept_has_changed {
            return;
        }
        let rule = self.rule(world);
        let is_kept = rule == world.portfolio.rule();
        let scores: Vec<(&Idea, Score)> = self
            .kept_ranks
            .ranks
            .iter()
            .filter_map(|(position, _)| world.portfolio.at(*position))
            .map(|(idea, kept)| {
                (idea, if is_kept { kept.clone() } else { score(idea, rule, kept.rated) })
            })
            .collect();
        let entries: Vec<(&Idea, &Score)> =
            scores.iter().map(|(idea, score)| (*idea, score)).collect();
        let entry = |standing: Standing| {
            let (position, before) = self.kept_ranks.ranks[standing.position];
            let score = scores[standing.position].1.clone();
            Entry { position, rank: standing.rank, before, score }
        };
        self.entries = rank(&entries).into_iter().map(entry).collect();
        self.basis = Some(basis);
        self.plan.forget();
    }

    fn wanted_jobs(&self, world: &World) -> Vec<JobRequest> {
        let top = world.settings.current().pursued;
        let job = SensitivityJob::of(&world.portfolio, self.rule(world), top);
        vec![JobRequest::Sensitivity(Box::new(job))]
    }
}

impl MapScreen {
    /// The screen as it opens.
    pub(crate) fn new(_world: &World) -> Self {
        Self {
            tried: None,
            control: Control::Weight(Criterion::Headroom),
            plan: Plan::default(),
            entries: Vec::new(),
            basis: None,
            kept_ranks: KeptRanks::default(),
            id: None,
        }
    }

    /// The rule by which this screen ranks: what is tried, else what is kept.
    fn rule<'a>(&'a self, world: &'a World) -> &'a ScoreRule {
        self.tried.as_ref().unwrap_or(world.portfolio.rule())
    }

    /// How sure this ranking is, if that is known.
    fn sensitivity<'w>(&self, world: &'w World) -> Option<&'w Sensitivity> {
        let (answers, rule) = self.basis.as_ref()?;
        let sensitivity = world.results.sensitivity.output()?;
        (sensitivity.key.answers == *answers && sensitivity.key.rule == *rule)
            .then_some(sensitivity)
    }

    /// Where the cursor stands: on its idea, else on the first.
    fn cursor(&self, world: &World) -> usize {
        let position = self.id.as_ref().and_then(|id| world.portfolio.position(id));
        let at = |position| self.entries.iter().position(|entry| entry.position == position);
        position.and_then(at).unwrap_or(0)
    }

    /// Puts the cursor on an entry.
    fn point(&mut self, target: usize, world: &World) {
        let idea = self.entries.get(target);
        let idea = idea.and_then(|entry| world.portfolio.ideas().get(entry.position));
        self.id = idea.map(|idea| idea.id.clone());
    }

    /// Moves what is under the control by so many steps.
    fn turn(&mut self, steps: f64, world: &World) {
        if self.plan.is_open() {
            return self.plan.turn(steps);
        }
        let tried = self.control.turned(self.rule(world), steps);
        self.tried = (!control::weighs_as(&tried, world.portfolio.rule())).then_some(tried);
    }

    /// What is tried, as an edit of the settings.
    fn keep(&mut self) -> Option<Action> {
        self.tried.take().map(|tried| Action::Edit(control::edit_to(&tried)))
    }
}
