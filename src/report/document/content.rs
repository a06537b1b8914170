//! The contents of a report, section by section.

use super::{Align, Block, Table};
use crate::domain::{BetKind, Criterion, Idea, Outcome, Rating, Status};
use crate::judge::duel::{Certainty, SessionState};
use crate::judge::{
    Bin, Calibration, FEW, Flag, PromiseState, RiskRewardPoint, Selection, Urgency,
    describe_promise, percent,
};
use crate::report::svg::{self, Bar, MapPoint};
use crate::report::{Line, Ranking, Robustness, Standings, agenda, number, waterfall};
use crate::text::count;

/// At most so many rows in a picture, waterfalls, and charts: what one looks at.
const BARS: usize = 30;
const WATERFALLS: usize = 6;
const COURSES: usize = 12;

/// At most so many points of a map have a name.
const SPOTS: usize = 60;

/// Everything that a report is made of.
#[derive(Clone, Copy, Debug)]
pub struct ReportInput<'m> {
    /// What the workspace is called.
    pub name: &'m str,
    /// The ideas of the usual ranking.
    pub ranking: &'m Ranking<'m>,
    pub all: &'m Ranking<'m>,
    pub standings: &'m Standings<'m>,
    /// How sure the ranking is.
    pub robustness: &'m Robustness<'m>,
    /// How far forecasts can be trusted.
    pub calibration: Option<&'m Calibration>,
    pub selection: &'m Selection,
}

/// A report, ready to be written in some form.
#[derive(Clone, Debug)]
pub struct Document {
    pub(super) title: String,
    pub(super) facts: String,
    pub(super) blocks: Vec<Block>,
}

impl Document {
    #[must_use]
    pub fn new(input: &ReportInput<'_>) -> Self {
        let ReportInput { name, ranking, all, .. } = input;
        let count = |status: Status| {
            all.lines.iter().filter(|line| line.review.effective_status == status).count()
        };
        let facts =
            Status::ALL.iter().map(|status| format!("{} {}", count(*status), status.shown()));
        let facts: Vec<String> = facts.filter(|fact| !fact.starts_with("0 ")).collect();
        let mut document = Self {
            title: format!("Ideas of {name}"),
            facts: format!("As of {}: {}", ranking.as_of, facts.join(", ")),
            blocks: Vec::new(),
        };
        document.decisions(input);
        document.goals(all);
        document.ranked(ranking);
        document.waterfalls(ranking);
        document.map(ranking);
        document.courses(all);
        document.others(ranking.portfolio);
        document.duels(input.standings);
        document.robustness(input.robustness);
        document.calibration(input);
        document.method(ranking);
        document
    }

    fn text(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Text(text.into()));
    }

    fn table(
        &mut self,
        caption: &'static str,
        head: &[(&'static str, Align)],
        name: usize,
        rows: Vec<Vec<String>>,
    ) {
        if !rows.is_empty() {
            self.blocks.push(Block::Table(Table { caption, head: head.to_vec(), rows, name }));
        }
    }

    /// What needs a decision, and how the promises stand.
    fn decisions(&mut self, input: &ReportInput<'_>) {
        self.blocks.push(Block::Section("What needs a decision"));
        let agenda = agenda(input.all);
        let due: Vec<&&Line<'_>> = agenda.iter().filter(|line| line.review.due).collect();
        if let Some(attention) = &input.all.attention {
            self.text(format!("{}.", attention.sentence()));
        } else if due.is_empty() {
            self.text("Nothing needs a decision.");
        }
        for line in due {
            let urgency = line.review.urgency.map_or("", Urgency::label);
            self.blocks.push(Block::Heading(format!("{} ({urgency})", line.idea.title)));
            let mut items = line.review.reasons.clone();
            items.extend(alternative(input.all, line));
            self.blocks.push(Block::List(items));
        }
        let mut rows = Vec::new();
        for line in &input.all.lines {
            for standing in &line.review.promises {
                let promise = &line.idea.promises[standing.position];
                let is_open = matches!(standing.state, PromiseState::Pending | PromiseState::Due);
                if !is_open && !standing.asks {
                    continue;
                }
                rows.push(vec![
                    line.idea.title.clone(),
                    promise.by.to_string(),
                    describe_promise(promise),
                    promise.chance.map_or_else(String::new, percent),
                    standing.state.id().to_owned(),
                ]);
            }
        }
        rows.sort_by(|a, b| a[1].cmp(&b[1]));
        let head = [
            ("idea", Align::Left),
            ("by", Align::Word),
            ("promise", Align::Left),
            ("chance", Align::Right),
            ("state", Align::Word),
        ];
        self.table("Promises that are open or wait for a decision", &head, 0, rows);
    }

    fn ranked(&mut self, ranking: &Ranking<'_>) {
        self.blocks.push(Block::Section("The ranking"));
        let rated: Vec<&Line<'_>> = ranking.lines.iter().filter(|line| line.score.rated).collect();
        if rated.is_empty() {
            self.text("Nothing is rated yet, so there is no order.");
        } else {
            let bars = rated.iter().take(BARS).map(|line| Bar {
                label: format!("{}. {}", line.rank.unwrap_or_default(), line.idea.title),
                value: line.score.value(),
                low: line.score.low,
                high: line.score.high,
                shown: line.shown_score(),
            });
            let bars: Vec<Bar> = bars.collect();
            self.blocks.push(Block::Figure(svg::bars("Scores and what they may be", &bars, 100.0)));
        }
        let rows = rated.iter().map(|line| {
            vec![
                line.rank.map_or_else(String::new, |rank| rank.to_string()),
                line.idea.title.clone(),
                line.shown_score(),
                line.shown_range(),
                line.idea.bet.map_or("", BetKind::id).to_owned(),
                line.review.effective_status.shown().to_owned(),
                line.review.flags.iter().map(|flag| Flag::id(*flag)).collect::<Vec<_>>().join(", "),
            ]
        });
        let head = [
            ("#", Align::Right),
            ("idea", Align::Left),
            ("score", Align::Right),
            ("range", Align::Right),
            ("bet", Align::Word),
            ("status", Align::Word),
            ("to note", Align::Left),
        ];
        let rows = rows.collect();
        self.table("Every rated idea; those with an answer missing come last", &head, 1, rows);
        let unrated = ranking.lines.len() - rated.len();
        if unrated > 0 {
            self.text(format!("{unrated} more have no rating yet."));
        }
    }

    fn waterfalls(&mut self, ranking: &Ranking<'_>) {
        let rated = ranking.lines.iter().filter(|line| line.score.rated).take(WATERFALLS);
        let rule = &ranking.settings.score;
        for (at, line) in rated.enumerate() {
            if at == 0 {
                self.blocks.push(Block::Section("How the best scores come about"));
            }
            let sentence = waterfall(line.idea, &line.score, rule);
            self.blocks.push(Block::Heading(line.idea.title.clone()));
            let figure = svg::waterfall(line.idea, &line.score, &sentence);
            self.blocks.push(Block::Figure(figure));
            self.text(sentence);
        }
    }

    fn map(&mut self, ranking: &Ranking<'_>) {
        let placed = ranking.lines.iter().filter_map(|line| Some((line, point(line)?)));
        let placed: Vec<(&Line<'_>, MapPoint)> = placed.take(SPOTS).collect();
        if placed.is_empty() {
            return;
        }
        self.blocks.push(Block::Section("Risk and reward"));
        let points: Vec<MapPoint> = placed.iter().map(|(_, point)| point.clone()).collect();
        self.blocks.push(Block::Figure(svg::map(&points)));
        self.text(
            "Two planes, because two ways of betting are not measured with the same stick. \
             Next-hot: the chance that it comes true, every step multiplying it, and what would \
             change if it did. Hot: the edge over the others, and what one would drop for it. \
             What is a range stands in its middle, and is hollow.",
        );
        let rows = placed.iter().map(|(line, point)| {
            let answer = |input| line.idea.bet_input(input).map_or(0.0, Rating::middle);
            let [across, up] = RiskRewardPoint::axes(point.place.bet).map(answer);
            let is_chance = point.place.bet == BetKind::NextHot;
            vec![
                point.number.clone(),
                line.idea.title.clone(),
                point.place.bet.id().to_owned(),
                if is_chance { percent(across) } else { number(across) },
                number(up),
            ]
        });
        let head = [
            ("#", Align::Right),
            ("idea", Align::Left),
            ("bet", Align::Word),
            ("chance or edge", Align::Right),
            ("reward or commitment", Align::Right),
        ];
        let rows = rows.collect();
        self.table("The same in numbers", &head, 1, rows);
    }

    fn courses(&mut self, all: &Ranking<'_>) {
        let at_work = agenda(all).into_iter();
        let mut at_work: Vec<&Line<'_>> =
            at_work.filter(|line| line.review.effective_status == Status::Active).collect();
        at_work.sort_by_key(|line| line.review.traction.effort.observations.is_empty());
        if at_work.is_empty() {
            return;
        }
        self.blocks.push(Block::Section("Traction of what is being worked on"));
        for (at, line) in at_work.into_iter().enumerate() {
            let traction = &line.review.traction;
            let sentence = traction.sentence(&all.settings.stall);
            let title = &line.idea.title;
            self.blocks.push(Block::Heading(format!("{title} ({})", traction.verdict.shown())));
            let figure = svg::course(title, traction, &sentence).filter(|_| at < COURSES);
            self.blocks.extend(figure.map(Block::Figure));
            self.text(sentence);
        }
    }

    fn duels(&mut self, standings: &Standings<'_>) {
        let (contest, cut) = (&standings.round.contest, &standings.round.cut);
        if contest.duels() == 0 || contest.pool() == 0 {
            return;
        }
        self.blocks.push(Block::Section("What the duels say"));
        let (duels, pool, k) = (contest.duels(), contest.pool(), standings.k);
        let said = match standings.round.state() {
            SessionState::Open => "it is still open which these are.".to_owned(),
            _ => standings.summary(),
        };
        let (duels, pool) = (count(duels, "duel"), count(pool, "idea"));
        self.text(format!("{duels} between {pool}, of which {k} are wanted. {said}"));
        let rows = standings.order().into_iter().map(|entrant| {
            let certainty = standings.certainty(entrant).map_or("", Certainty::id);
            let chance = percent(cut.chances()[entrant]);
            vec![standings.title(entrant).to_owned(), chance, certainty.to_owned()]
        });
        let head =
            [("idea", Align::Left), ("chance to belong", Align::Right), ("certainty", Align::Left)];
        let rows = rows.collect();
        self.table("Chance to belong to the few that are wanted", &head, 0, rows);
    }

    fn robustness(&mut self, robustness: &Robustness<'_>) {
        if robustness.ideas.is_empty() || !robustness.has_cut() {
            return;
        }
        let top = robustness.top;
        self.blocks.push(Block::Section("How sure the ranking is"));
        self.text(format!(
            "How often each idea is among the first {top} when the weights move around yours and \
             every answer within what is possible, in {} draws.",
            robustness.draws
        ));
        let mut order: Vec<_> = robustness.acceptability.iter().collect();
        order.sort_by(|a, b| b.top.total_cmp(&a.top).then(a.position.cmp(&b.position)));
        let bars = order.into_iter().take(BARS).map(|it| Bar {
            label: robustness.ideas[it.position].title.clone(),
            value: it.top * 100.0,
            low: it.top * 100.0,
            high: it.top * 100.0,
            shown: percent(it.top),
        });
        let bars: Vec<Bar> = bars.collect();
        let title = format!("Probability of the first {top}, in per cent");
        self.blocks.push(Block::Figure(svg::bars(&title, &bars, 100.0)));
        let rows = bars.into_iter().map(|bar| vec![bar.label, bar.shown]).collect();
        let head = [("idea", Align::Left), ("among the first", Align::Right)];
        self.table("The same in numbers", &head, 0, rows);
    }

    fn calibration(&mut self, input: &ReportInput<'_>) {
        self.blocks.push(Block::Section("How far forecasts and choices can be trusted"));
        match input.calibration {
            None => self.text("No promise with a chance has been kept or missed yet."),
            Some(calibration) => self.forecasts(calibration),
        }
        let selection = input.selection;
        if selection.judged.is_empty() {
            return;
        }
        let of = |outcome: &Outcome| format!("{} {outcome}", selection.count(*outcome));
        let counts: Vec<String> = Outcome::ALL.iter().map(of).collect();
        let mut items = vec![format!("Of what was dropped or done: {}", counts.join(", "))];
        let ideas = input.all.portfolio.ideas();
        items.extend(
            selection.regrets().map(|regret| {
                format!("Given up, and it mattered: {}", ideas[regret.position].title)
            }),
        );
        self.blocks.push(Block::List(items));
    }

    fn forecasts(&mut self, calibration: &Calibration) {
        let Calibration { resolved, kept, expected, brier, .. } = calibration;
        let few = if *resolved < FEW { " These are too few to judge by." } else { "" };
        self.text(format!(
            "{kept} of {resolved} promises with a chance were kept; {} were to be expected. \
             Brier score {brier:.3}, where 0 is best.{few}",
            number(*expected)
        ));
        let rows = calibration.bins.iter().map(|Bin { from, to, n, kept, low, high }| {
            vec![
                format!("{}–{}", percent(*from), percent(*to)),
                format!("{kept} of {n}"),
                format!("{}–{}", percent(*low), percent(*high)),
            ]
        });
        let head = [
            ("chance given", Align::Left),
            ("kept", Align::Right),
            ("80 % interval of the share", Align::Right),
        ];
        let rows = rows.collect();
        self.table("Forecasts by the chance that was given", &head, 0, rows);
    }

    fn method(&mut self, ranking: &Ranking<'_>) {
        self.blocks.push(Block::Section("How to read this"));
        let weights = Criterion::ALL.iter().map(|criterion| {
            let weight = ranking.settings.score.weights[criterion.index()];
            format!("{} {}", criterion.id(), percent(weight))
        });
        let weights: Vec<String> = weights.collect();
        self.blocks.push(Block::List(vec![
            format!("A score goes from 0 to 100 and is a weighted sum: {}.", weights.join(", ")),
            "Little headroom caps it, and so does a bet that will hardly come off, however good the rest.".to_owned(),
            "A range holds everything that the answers leave possible; an unknown answer is \
             neither zero nor average."
                .to_owned(),
            "Scores given up front predict little. The ranges, the promises and the reviews are \
             what this report is about; the decimals are not."
                .to_owned(),
        ]));
    }
}

/// What one could do instead, and what staying costs.
fn alternative(all: &Ranking<'_>, line: &Line<'_>) -> Option<String> {
    let other = line.review.best_alternative?;
    let idea: &Idea = all.portfolio.ideas().get(other.position)?;
    let is_active = line.review.effective_status == Status::Active;
    is_active.then(|| format!("best alternative: {}, {}", idea.title, other.in_points()))
}

/// Where an idea stands between risk and reward; `None` without a bet or
/// without an answer that says so.
fn point(line: &Line<'_>) -> Option<MapPoint> {
    let place = RiskRewardPoint::of(line.idea)?;
    let number = line.rank.map_or_else(String::new, |rank| rank.to_string());
    Some(MapPoint { number, label: line.idea.title.clone(), place })
}
