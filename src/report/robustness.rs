//! Robustness of the ranking: rank acceptability, tie bands, tipping points, and how
//! they are told to people.

use crate::domain::{CRITERIA, Criterion, Idea, Portfolio};
use crate::judge::{
    Acceptability, OpenQuestion, Passing, Sampling, Score, ScoreRule, Stability, Study,
    TippingPoint, WeightInterval, WeightSpread, percent, rated_ranking, scores, tipping_points,
    weight_stability,
};
use crate::report::{QUIET, STRONG, number};
use crate::text::{fit, sanitize, shorten, width, wrap};

/// From this probability on an idea counts as safely in, and below the rest to
/// one as safely out. A judgement.
const SAFE: f64 = 0.9;

/// What can be said about the ranking of the rated ideas. All positions are
/// places of the ranking, from 0.
#[derive(Clone, Debug)]
pub struct Robustness<'a> {
    pub draws: usize,
    /// How far the weights were doubted.
    pub spread: WeightSpread,
    /// The weights in force, by criterion, summing to 1.
    pub weights: [f64; CRITERIA],
    /// How many ideas are to be pursued.
    pub top: usize,
    /// The ideas that are rated, best first.
    pub ideas: Vec<&'a Idea>,
    pub ranks: Vec<usize>,
    /// Shares of draws, for each idea.
    pub acceptability: Vec<Acceptability>,
    /// The confidence factor of each idea.
    pub confidence: Vec<Option<f64>>,
    /// How far each weight may move.
    pub stability: [Stability; CRITERIA],
    /// What is worth settling, the most valuable first.
    pub questions: Vec<OpenQuestion>,
    /// The standard deviation of a plain number.
    pub noise: f64,
    /// Where each contested idea tips into or out of the top, those nearest to the cut first.
    pub tipping: Vec<(usize, Vec<TippingPoint>)>,
    /// Neighbours that cannot be told apart, as ranges of places.
    pub bands: Vec<std::ops::Range<usize>>,
}

impl<'a> Robustness<'a> {
    /// Judges the ideas of the usual ranking that are rated.
    #[must_use]
    pub fn new(
        portfolio: &'a Portfolio,
        rule: &ScoreRule,
        sampling: &Sampling,
        top: usize,
    ) -> Self {
        let scores = scores(portfolio, rule);
        let (ranks, ranked): (Vec<usize>, Vec<(&Idea, &Score)>) =
            rated_ranking(portfolio, &scores).into_iter().unzip();
        let ideas: Vec<&Idea> = ranked.iter().map(|(idea, _)| *idea).collect();
        let sampling = sampling.for_ideas(ideas.len());
        let study = Study::new(&ideas, portfolio, rule, &sampling);
        let acceptability = study.acceptability(top);
        let tipping = near_the_cut(&acceptability)
            .into_iter()
            .map(|place| (place, tipping_points(&ranked, rule, top, place)))
            .filter(|(_, points)| !points.is_empty())
            .collect();
        Self {
            draws: study.draws(),
            spread: sampling.weights,
            weights: rule.weights,
            top,
            ranks,
            confidence: study.confidence(&acceptability),
            stability: weight_stability(&ranked, rule, top),
            questions: study.open_questions(top),
            noise: rule.noise,
            tipping,
            bands: study.bands(&(0..ideas.len()).collect::<Vec<_>>()),
            acceptability,
            ideas,
        }
    }

    /// Whether there are more ideas than are to be pursued.
    #[must_use]
    pub fn has_cut(&self) -> bool {
        self.ideas.len() > self.top
    }

    /// Places with a probability of the top in a range, the most likely first.
    fn within(&self, chances: impl std::ops::RangeBounds<f64>) -> Vec<usize> {
        let all = self.acceptability.iter();
        let mut kept: Vec<&Acceptability> = all.filter(|it| chances.contains(&it.top)).collect();
        kept.sort_by(|a, b| b.top.total_cmp(&a.top));
        kept.into_iter().map(|it| it.position).collect()
    }
}

/// The places whose probability of the top lies between safe and
/// hopeless, the most undecided first.
fn near_the_cut(acceptability: &[Acceptability]) -> Vec<usize> {
    let contested = |it: &&Acceptability| it.top > 1.0 - SAFE && it.top < SAFE;
    let mut near: Vec<&Acceptability> = acceptability.iter().filter(contested).collect();
    near.sort_by(|a, b| (a.top - 0.5).abs().total_cmp(&(b.top - 0.5).abs()));
    near.into_iter().map(|it| it.position).collect()
}

/// Ideas that reach the top more seldom than this are counted, not listed.
const WORTH_A_LINE: f64 = 0.02;

/// At most this many questions and tipping points are told.
const TOLD: usize = 3;

/// `prospect robust`: words first, then the numbers, in at most `columns`
/// columns where the words allow.
#[must_use]
pub fn robustness_text(robustness: &Robustness<'_>, columns: usize) -> String {
    if robustness.ideas.is_empty() {
        return "nothing is rated yet, so there is no ranking to doubt\n".to_owned();
    }
    let mut page = Page { text: String::new(), columns: columns.max(40) };
    page.paragraph(&verdict(robustness));
    if robustness.has_cut() {
        page.chances(robustness);
        page.list("Worth settling", questions(robustness));
        page.list("Near the cut", tipping(robustness));
    }
    page.weights(robustness);
    let spread = match robustness.spread.id() {
        "any" => "any weights, all equally likely",
        _ => "weights near yours",
    };
    page.text.push('\n');
    page.quiet(&format!(
        "Shares of {} draws: {spread}; unknowns and ranges drawn from what they may be, plain \
         numbers with a standard deviation of {} ([robust] noise). What is worth settling is told \
         over these draws; near the cut, every other answer stays as it is. An idea that is sure \
         to be among the first need not be good: only better than the others here.",
        thousands(robustness.draws),
        number(robustness.noise)
    ));
    page.text
}

/// Who is safe and who is not.
fn verdict(robustness: &Robustness<'_>) -> String {
    let top = robustness.top;
    if !robustness.has_cut() {
        let ideas = robustness.ideas.len();
        let rated = if ideas == 1 {
            "One idea is rated".to_owned()
        } else {
            format!("{ideas} ideas are rated")
        };
        return format!("{rated} and {top} may be pursued: there is nothing to choose between.");
    }
    let list = |places: &[usize]| names(robustness, places);
    let safe = robustness.within(SAFE..);
    let contested =
        robustness.within((std::ops::Bound::Excluded(1.0 - SAFE), std::ops::Bound::Excluded(SAFE)));
    let safe_words = match safe.len() {
        0 => format!("Nothing is safely in the top {top}."),
        many if many >= top => format!("The top {top} is safe: {}.", list(&safe)),
        _ => format!("Safely in the top {top}: {}.", list(&safe)),
    };
    let open = top.saturating_sub(safe.len());
    match (contested.len(), open) {
        (0, _) | (_, 0) => safe_words,
        (_, open) => {
            let places = if open == 1 {
                "the last place".to_owned()
            } else {
                format!("the other {open} places")
            };
            let places = if open == top { format!("its {open} places") } else { places };
            format!("{safe_words} Contending for {places}: {}.", list(&contested))
        }
    }
}

fn names(robustness: &Robustness<'_>, places: &[usize]) -> String {
    const SAID: usize = 6;
    let mut names: Vec<String> = places
        .iter()
        .take(SAID)
        .map(|place| format!("\"{}\"", robustness.ideas[*place].title))
        .collect();
    if places.len() > SAID {
        names.push(format!("{} more", places.len() - SAID));
    }
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

fn questions(robustness: &Robustness<'_>) -> Vec<String> {
    let questions = robustness.questions.iter().take(TOLD);
    let mut told: Vec<String> =
        questions.map(|question| question.sentence(&robustness.ideas, robustness.top)).collect();
    if told.is_empty() {
        let top = robustness.top;
        told.push(format!("no single answer would change the top {top} by much"));
        told.push("a second rater would tell more: prospect ask writes the questions".to_owned());
    }
    told
}

fn tipping(robustness: &Robustness<'_>) -> Vec<String> {
    let near = robustness.tipping.iter().take(TOLD);
    near.filter_map(|(place, points)| {
        let point = points.first()?;
        Some(format!("\"{}\" {}", robustness.ideas[*place].title, point.sentence(robustness.top)))
    })
    .collect()
}

struct Page {
    text: String,
    columns: usize,
}

impl Page {
    fn paragraph(&mut self, words: &str) {
        for line in wrap(words, self.columns) {
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    fn quiet(&mut self, words: &str) {
        for line in wrap(words, self.columns) {
            self.text.push_str(&format!("{QUIET}{line}{QUIET:#}\n"));
        }
    }

    fn heading(&mut self, words: &str) {
        self.text.push_str(&format!("\n{STRONG}{words}{STRONG:#}\n"));
    }

    fn list(&mut self, heading: &str, sentences: Vec<String>) {
        if sentences.is_empty() {
            return;
        }
        self.heading(heading);
        for sentence in sentences {
            for (i, line) in wrap(&sentence, self.columns - 2).iter().enumerate() {
                let lead = if i == 0 { "· " } else { "  " };
                self.text.push_str(&format!("{lead}{line}\n"));
            }
        }
    }

    /// How often each idea is among the first, and the very first.
    fn chances(&mut self, robustness: &Robustness<'_>) {
        let top = format!("in top {}", robustness.top);
        let lead = format!("  #  {top}     first  ");
        self.text.push_str(&format!("\n{QUIET}{lead}idea{QUIET:#}\n"));
        let room = self.columns - width(&lead) - 2;
        let mut unlikely = 0;
        for (place, idea) in robustness.ideas.iter().enumerate() {
            let own = &robustness.acceptability[place];
            if place == robustness.top {
                let rule = "─".repeat(self.columns.min(60) - 2);
                self.text.push_str(&format!("{QUIET}  {rule}{QUIET:#}\n"));
            }
            if place >= robustness.top && own.top < WORTH_A_LINE {
                unlikely += 1;
                continue;
            }
            let first = own.ranks.first().copied().unwrap_or(0.0);
            self.text.push_str(&format!(
                "{:>3}  {:>width$}  {:>8}  {} {}\n",
                robustness.ranks[place],
                percent(own.top),
                percent(first),
                band_mark(robustness, place),
                shorten(&sanitize(&idea.title), room),
                width = top.len(),
            ));
        }
        match unlikely {
            0 => {}
            1 => self.quiet("     1 more is hardly ever among them"),
            many => self.text.push_str(&format!(
                "{QUIET}     {many} more are hardly ever among them{QUIET:#}\n"
            )),
        }
        if robustness.bands.iter().any(|band| band.len() > 1) {
            self.quiet(
                "Ideas joined by a line (┌ │ └) cannot be told apart: read their order as a tie.",
            );
        }
    }

    /// How far each weight may move.
    fn weights(&mut self, robustness: &Robustness<'_>) {
        let what = if robustness.has_cut() {
            format!("How far each weight may move before the top {} changes", robustness.top)
        } else {
            "How far each weight may move before the order changes".to_owned()
        };
        self.heading(&what);
        for criterion in Criterion::ALL {
            let stability = &robustness.stability[criterion.index()];
            let interval = interval(robustness, stability);
            let weight = robustness.weights[criterion.index()];
            let lead = format!(
                "  {} {:>4}  {:>9}  ",
                fit(criterion.id(), 11),
                percent_of(weight),
                span(interval),
            );
            let room = self.columns.saturating_sub(width(&lead)).max(20);
            let indent = " ".repeat(width(&lead));
            for (i, line) in wrap(&passings(robustness, interval), room).iter().enumerate() {
                self.text.push_str(if i == 0 { &lead } else { &indent });
                self.text.push_str(line);
                self.text.push('\n');
            }
        }
    }
}

/// The interval that matters: of the top where there is one.
fn interval<'a>(robustness: &Robustness<'_>, stability: &'a Stability) -> &'a WeightInterval {
    if robustness.has_cut() { &stability.top } else { &stability.order }
}

fn percent_of(weight: f64) -> String {
    format!("{:.0} %", 100.0 * weight)
}

fn span(interval: &WeightInterval) -> String {
    format!("{:.0}–{:.0} %", 100.0 * interval.low, 100.0 * interval.high)
}

/// What happens at both ends.
fn passings(robustness: &Robustness<'_>, interval: &WeightInterval) -> String {
    let title = |place: usize| shorten(&robustness.ideas[place].title, 32).into_owned();
    let end = |side: &str, passing: Option<Passing>| {
        passing.map(|it| {
            format!("{side} that \"{}\" passes \"{}\"", title(it.riser), title(it.faller))
        })
    };
    let ends = [end("below", interval.below), end("above", interval.above)];
    let said: Vec<String> = ends.into_iter().flatten().collect();
    if said.is_empty() { "nothing changes, wherever it is".to_owned() } else { said.join("; ") }
}

/// A count with its thousands set apart: `10,000`.
fn thousands(count: usize) -> String {
    match count / 1_000 {
        0 => count.to_string(),
        thousands => format!("{thousands},{:03}", count % 1_000),
    }
}

/// The line that joins ideas of a tie band.
fn band_mark(robustness: &Robustness<'_>, place: usize) -> char {
    let band = robustness.bands.iter().find(|band| band.contains(&place) && band.len() > 1);
    match band {
        None => ' ',
        Some(band) if place == band.start => '┌',
        Some(band) if place + 1 == band.end => '└',
        Some(_) => '│',
    }
}
