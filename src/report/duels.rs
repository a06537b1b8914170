//! Duels for people: the first k, the next pair, and the weights they reveal.

use super::Page;
use super::review::widest;
use crate::domain::{Criterion, Duel, Idea, Portfolio};
use crate::judge::duel::{Certainty, Contest, DuelRule, Round, RoundOptions, SessionState, cycles};
use crate::judge::simulate::{
    Checkpoint, Chooser, Detector, DuelSimulation, LIFETIME_ENTRIES, LabelledGroup, LabelledLogs,
    LabelledRow, Lifetime, LifetimeShape, SINGLE_LOOK_ENTRIES, ScenarioResult, SingleLook,
    StallSimulation, TasteRow, TasteSimulation,
};
use crate::judge::taste::TasteStudy;
use crate::judge::{ScoreRule, ordinal, percent, scores, sort_descending};
use crate::text::{count, fit};

/// At most this many cycles and disagreements are printed for a person.
const SHOWN: usize = 5;

/// Everything that follows from the duels of a pool.
#[derive(Clone, Debug)]
pub struct Standings<'a> {
    portfolio: &'a Portfolio,
    /// How many ideas are to be chosen.
    pub k: usize,
    /// The contest, its posterior, the cut and the next question.
    pub round: Round,
}

impl<'a> Standings<'a> {
    /// Judges the ideas that `in_pool` admits by these duels. `person` is asked next.
    pub fn new<'d>(
        portfolio: &'a Portfolio,
        rule: &ScoreRule,
        k: usize,
        in_pool: impl Fn(&Idea) -> bool,
        duels: impl IntoIterator<Item = &'d Duel>,
        person: &str,
        seed: u64,
    ) -> Self {
        let scores = scores(portfolio, rule);
        let contest = Contest::of_ideas(portfolio, &scores, in_pool, duels);
        let rule = DuelRule { k, ..DuelRule::default() };
        let options = RoundOptions { person: person.to_owned(), ..RoundOptions::default() };
        let round = Round::new(contest, &rule, options, seed);
        Self { portfolio, k, round }
    }

    /// The pool by number of entrant, the surest first.
    #[must_use]
    pub fn order(&self) -> Vec<usize> {
        let Round { contest, posterior, cut, .. } = &self.round;
        let mut order: Vec<usize> = (0..contest.pool()).collect();
        // Of those as likely, the stronger first.
        sort_descending(&mut order, posterior.strengths());
        sort_descending(&mut order, cut.chances());
        order
    }

    /// The id of an entrant.
    #[must_use]
    pub fn id(&self, entrant: usize) -> &str {
        &self.round.contest.entrants()[entrant].id
    }

    /// The title of an entrant.
    #[must_use]
    pub fn title(&self, entrant: usize) -> &str {
        let id = self.id(entrant);
        self.portfolio.get(id).map_or(id, |idea| &idea.title)
    }

    /// The minimal cycles, as ids.
    #[must_use]
    pub fn cycles(&self) -> Vec<Vec<&str>> {
        let cycles = cycles(&self.round.contest).into_iter();
        cycles.map(|cycle| cycle.into_iter().map(|entrant| self.id(entrant)).collect()).collect()
    }

    /// How things stand, in a sentence.
    #[must_use]
    pub fn summary(&self) -> String {
        self.round.summary(|entrant| self.title(entrant))
    }

    /// How sure it is that an idea of the first k belongs there; `None` for every other idea.
    #[must_use]
    pub fn certainty(&self, entrant: usize) -> Option<Certainty> {
        let cut = &self.round.cut;
        cut.shown().contains(&entrant).then(|| cut.certainty(entrant))
    }

    /// Why the next pair is asked.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        let question = self.round.next_pair?;
        Some(question.reason.describe(self.k, |entrant| self.title(entrant)))
    }
}

/// `prospect duels`: one line each, the surest first.
#[must_use]
pub fn standings_text(standings: &Standings<'_>, columns: usize) -> String {
    let Round { contest, cut, .. } = &standings.round;
    let mut page = Page::new(columns);
    let duels = contest.duels();
    let facts = format!(
        "{} between {}, top {}",
        count(duels, "duel"),
        count(contest.pool(), "idea"),
        standings.k
    );
    let title = match standings.round.state() {
        SessionState::Open => format!("Your {} so far", cut.shown().len()),
        _ => standings.summary(),
    };
    page.title(&title, &facts);
    let order = standings.order();
    let label = widest(order.iter().map(|&entrant| standings.id(entrant)));
    let lines = order.iter().map(|&entrant| {
        let certainty = standings.certainty(entrant).map_or("", Certainty::id);
        let chance = format!("{:>9}  ", percent(cut.chances()[entrant]));
        (
            chance,
            format!("{}  {certainty}", fit(standings.id(entrant), label)).trim_end().to_owned(),
        )
    });
    page.section(&format!("How likely your answers put it in the top {}", standings.k), lines);
    let cycles = standings.cycles();
    let circles = cycles.iter().take(SHOWN).map(|cycle| {
        let first = cycle.first().copied().unwrap_or_default();
        (String::new(), format!("{} > {first}", cycle.join(" > ")))
    });
    page.section("Answers in a circle, which is no mistake", circles);
    if standings.round.state() == SessionState::Open {
        page.paragraph("prospect pair says what to ask next.");
    }
    page.into_text()
}

#[must_use]
pub fn pair_text(standings: &Standings<'_>, columns: usize) -> String {
    let mut page = Page::new(columns);
    match (standings.round.next_pair, standings.reason()) {
        (Some(question), Some(reason)) => {
            page.title("Which would you rather work on?", &format!("Asked because: {reason}"));
            for (side, entrant) in [("left   ", question.left), ("right  ", question.right)] {
                let text = format!("{}  ({})", standings.title(entrant), standings.id(entrant));
                page.item(side, &text);
            }
        }
        _ => page.title(&standings.summary(), ""),
    }
    page.into_text()
}

/// `prospect taste`. With too few duels only ranges are shown.
#[must_use]
pub fn taste_text(study: &TasteStudy, portfolio: &Portfolio, columns: usize) -> String {
    let mut page = Page::new(columns);
    let is_enough = study.taste.is_enough();
    page.title(&study.sentences().join("; "), &answered(study));
    let rows = Criterion::ALL.into_iter().map(|criterion| {
        let weight = study.taste.weights[criterion.index()];
        let stated = study.stated[criterion.index()] * 100.0;
        let [mean, low, high] = [weight.mean, weight.low, weight.high].map(|x| x * 100.0);
        let revealed = if is_enough {
            format!("revealed {mean:>3.0} % ({low:.0}–{high:.0})")
        } else {
            format!("between {low:.0} and {high:.0} %")
        };
        (fit(criterion.id(), 12), format!("{stated:>3.0} %   {revealed}"))
    });
    page.section("Stated weight, and the one that the duels reveal (80 % ranges)", rows);
    let shown = if is_enough { SHOWN } else { 0 };
    let places = study.disagreements.iter().take(shown).map(|(id, one)| {
        let title = portfolio.get(id).map_or(id.as_str(), |idea| &idea.title);
        let because = match one.because {
            Some(criterion) => format!("because of {}", criterion.id()),
            None => "no criterion explains it".to_owned(),
        };
        let (by_duels, by_score) = (ordinal(one.rank_by_duels), ordinal(one.rank_by_score));
        let text = format!("{title}: by duels {by_duels}, by score {by_score}, {because}");
        (String::new(), text)
    });
    page.section("Where duels and score differ most", places);
    if study.adopted {
        page.paragraph(
            "The weights were adopted from duels before. The duels are weighed against those \
             stated until then ([taste] in prospect.toml), so that none counts twice.",
        );
    }
    page.into_text()
}

/// Whose duels these are, and whose are not among them.
fn answered(study: &TasteStudy) -> String {
    let TasteStudy { by, duels, others, .. } = study;
    let mut words = format!("{} answered by {by}", count(*duels, "duel"));
    if !others.is_empty() {
        let others: Vec<String> =
            others.iter().map(|(name, count)| format!("{count} by {name}")).collect();
        words += &format!("; not counted: {} (--by NAME)", others.join(", "));
    }
    words
}

#[must_use]
pub fn simulation_text(simulation: &StallSimulation) -> String {
    let StallSimulation { runs, seed, .. } = simulation;
    let mut text = format!("{runs} series for each number of observations, seed {seed}\n");
    let looks: Vec<Vec<SingleLook>> =
        SINGLE_LOOK_ENTRIES.iter().map(|&n| simulation.single_look(n)).collect();
    text += &single_look_table(
        "AUROC (power at 10 % false alarms), one look at so many observations",
        &looks,
        |look| format!("{:.3} ({:.2})", look.auroc, look.power_at_tenth),
    );
    text += &single_look_table(
        "False alarms / power of each rule as it stands, in percent",
        &looks,
        |look| format!("{:.1} / {:.0}", look.false_alarms * 100.0, look.power * 100.0),
    );
    for entries in LIFETIME_ENTRIES {
        text += &lifetime_table(simulation, entries);
    }
    text
}

#[must_use]
pub fn duel_simulation_text(simulation: &DuelSimulation, results: &[ScenarioResult]) -> String {
    let DuelSimulation { ideas, top, sigma, ties, runs, seed, .. } = simulation;
    let mut text = format!(
        "{runs} sessions with {ideas} ideas, top {top}, σ = {sigma}, ν = {ties}, seed {seed}\n"
    );
    let heads: Vec<String> = results.first().map_or_else(Vec::new, |result| {
        result.checkpoints.iter().map(|point| format!("{} duels", point.duels)).collect()
    });
    let names: Vec<String> = results
        .iter()
        .map(|result| {
            format!("{}, {} rubric", result.scenario.method.id(), result.scenario.rubric.id())
        })
        .collect();
    let mut add = |title: &str, cell: fn(&Checkpoint) -> String| {
        let rows = names
            .iter()
            .zip(results)
            .map(|(name, result)| (name.as_str(), result.checkpoints.iter().map(cell).collect()));
        text += &table(title, &heads, &rows.collect::<Vec<_>>());
    };
    add("Recall / near-recall / Kendall's τ", |point| {
        format!("{:.2}/{:.2}/{:.2}", point.recall, point.near_recall, point.kendall_tau)
    });
    add("Overlap: shown / actual", |point| {
        format!("{:.2}/{:.2}", point.shown_overlap, point.recall)
    });
    let heads = ["stop at .80", "stop at .90"].map(str::to_owned);
    let stops = names.iter().zip(results).filter(|(_, result)| !result.stops.is_empty());
    let rows = stops.map(|(name, result)| {
        let cells = result.stops.iter().map(|stop| {
            format!(
                "{:.0} %, {} duels, {:.2}/{:.2}",
                stop.reached * 100.0,
                stop.median_duels,
                stop.recall,
                stop.near_recall
            )
        });
        (name.as_str(), cells.collect())
    });
    text += &table(
        "Stopping: reached, median duels, recall/near-recall",
        &heads,
        &rows.collect::<Vec<_>>(),
    );
    text
}

#[must_use]
pub fn taste_simulation_text(simulation: &TasteSimulation, rows: &[TasteRow]) -> String {
    let TasteSimulation { ideas, people, seed } = simulation;
    let mut text = format!("{people} people of each kind, {ideas} ideas each, seed {seed}\n");
    let mut kinds: Vec<(Chooser, Option<f64>)> = Vec::new();
    for row in rows {
        if kinds.last() != Some(&(row.chooser, row.sharpness)) {
            kinds.push((row.chooser, row.sharpness));
        }
    }
    let names: Vec<String> = kinds.iter().map(|kind| chooser_name(*kind)).collect();
    let of_kind = |kind: (Chooser, Option<f64>)| {
        rows.iter().filter(move |row| (row.chooser, row.sharpness) == kind)
    };
    let Some(first) = kinds.first() else { return text };
    let heads: Vec<String> = of_kind(*first).map(|row| format!("{} duels", row.duels)).collect();
    let mut add = |title: &str, cell: fn(&TasteRow) -> String| {
        let rows = names.iter().zip(&kinds);
        let rows = rows.map(|(name, kind)| (name.as_str(), of_kind(*kind).map(cell).collect()));
        text += &table(title, &heads, &rows.collect::<Vec<_>>());
    };
    add("Told something false / told anything", |row| {
        format!("{:.3}/{:.3}", row.told_falsely, row.told)
    });
    add("Weights within their 80 % bars", |row| format!("{:.2}", row.coverage));
    text
}

/// `by the score, κ = 3`
fn chooser_name((chooser, sharpness): (Chooser, Option<f64>)) -> String {
    let name = match chooser {
        Chooser::Linear => "by a weighted sum",
        Chooser::Score => "by the score",
        Chooser::Prior => "weights from the prior",
    };
    sharpness.map_or_else(|| name.to_owned(), |sharpness| format!("{name}, κ = {sharpness}"))
}

/// The rules on real logs whose end is known.
#[derive(Clone, Debug)]
pub struct LabelledReport<'a> {
    pub logs: &'a LabelledLogs,
    pub rows: Vec<LabelledRow>,
    /// Logs that could not be judged.
    pub left_out: usize,
}

impl LabelledReport<'_> {
    /// The groups that are compared, with how many logs are in each.
    pub(super) fn groups(&self) -> impl Iterator<Item = (&str, usize)> {
        self.logs.stalled.iter().map(|(label, logs)| (label.as_str(), logs.len()))
    }
}

#[must_use]
pub fn labelled_text(report: &LabelledReport<'_>) -> String {
    let healthy = report.logs.healthy.len();
    let left_out = report.left_out;
    let mut text = format!("{healthy} healthy logs; {left_out} logs with too little to judge\n");
    let heads: Vec<String> = report.groups().map(|(label, n)| format!("{label} ({n})")).collect();
    let cells = |cell: fn(&LabelledGroup) -> String| {
        let of = |row: &LabelledRow| row.groups.iter().map(cell).collect::<Vec<_>>();
        report.rows.iter().map(|row| (row.detector.id(), of(row))).collect::<Vec<_>>()
    };
    text += &table(
        "AUROC ± its standard error, against the healthy",
        &heads,
        &cells(|group| format!("{:.2} ± {:.2}", group.auroc, group.standard_error)),
    );
    let heads: Vec<String> =
        [format!("healthy ({healthy})")].into_iter().chain(heads.iter().cloned()).collect();
    let rows = report.rows.iter().map(|row| {
        let shares = row.groups.iter().map(|group| group.power);
        let shares = std::iter::once(row.false_alarms).chain(shares);
        (row.detector.id(), shares.map(|share| format!("{:.0}", share * 100.0)).collect())
    });
    let rows: Vec<(&str, Vec<String>)> = rows.collect();
    text += &table("Called stalled by each rule as it stands, in percent", &heads, &rows);
    text
}

fn single_look_table(
    title: &str,
    looks: &[Vec<SingleLook>],
    cell: impl Fn(&SingleLook) -> String,
) -> String {
    let heads: Vec<String> = SINGLE_LOOK_ENTRIES.iter().map(ToString::to_string).collect();
    let rows = Detector::all().into_iter().enumerate().map(|(i, detector)| {
        let cells = looks.iter().filter_map(|column| column.get(i)).map(&cell);
        (detector.id(), cells.collect())
    });
    table(title, &heads, &rows.collect::<Vec<_>>())
}

fn lifetime_table(simulation: &StallSimulation, entries: usize) -> String {
    let columns: Vec<Vec<Lifetime>> =
        LifetimeShape::ALL.iter().map(|&shape| simulation.lifetimes(entries, shape)).collect();
    let heads: Vec<String> = LifetimeShape::ALL.iter().map(|shape| shape.id().to_owned()).collect();
    let mut rows: Vec<(&str, Vec<String>)> = Vec::new();
    let percent = |share: f64| format!("{:.1}", share * 100.0);
    for (i, first) in columns.first().into_iter().flatten().enumerate() {
        let of = columns.iter().filter_map(|column| column.get(i));
        rows.push((first.detector.id(), of.clone().map(|life| percent(life.called)).collect()));
        if first.detector == Detector::Hinge {
            rows.push(("  before the knee", of.clone().map(|life| percent(life.early)).collect()));
            let delay = |life: &Lifetime| {
                life.median_delay.map_or_else(|| "–".to_owned(), |delay| delay.to_string())
            };
            rows.push(("  entries until then", of.clone().map(delay).collect()));
            rows.push(("  watch at some time", of.map(|life| percent(life.watched)).collect()));
        }
    }
    let title = format!(
        "Ever called stalled over {entries} entries, in percent; simpler rules at two in a row"
    );
    table(&title, &heads, &rows)
}

fn table(title: &str, heads: &[String], rows: &[(&str, Vec<String>)]) -> String {
    let label = widest(rows.iter().map(|(label, _)| *label));
    let width = |i: usize| {
        let cells = rows.iter().filter_map(|(_, cells)| cells.get(i)).map(String::as_str);
        widest(cells.chain(std::iter::once(heads[i].as_str())))
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    let line = |name: &str, cells: &[String]| {
        let cells: Vec<String> =
            cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:>width$}")).collect();
        format!("{}  {}\n", fit(name, label), cells.join("  "))
    };
    let body: String = rows.iter().map(|(name, cells)| line(name, cells)).collect();
    format!("\n{title}\n{}{body}", line("", heads))
}
