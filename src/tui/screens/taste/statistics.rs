//! The numbers behind the words, and the page Forecasts: how often what was foretold
//! came true, and how well ideas were chosen.

use ratatui::text::{Line, Span};

use crate::domain::{Activity, Criterion};
use crate::judge::taste::{LEAST_DIFFERENCE, TasteStudy};
use crate::judge::{Bin, Calibration, FEW, Quarter, TimeSpent, percent};
use crate::text::{fit, hundredths, sanitize, wrap};
use crate::tui::jobs::taste::TasteFindings;
use crate::tui::screens::rating::criterion_name;
use crate::tui::theme::Styles;
use crate::tui::widgets::{labelled, sparkline, styled};
use crate::tui::world::World;

use super::weights::NAME;

/// The furthest that the page can be scrolled.
pub(super) fn last(findings: &TasteFindings, spent: TimeSpent, world: &World) -> usize {
    let columns = usize::from(world.room().width.saturating_sub(2));
    let lines = lines(findings, spent, &Styles::default(), columns).len();
    lines.saturating_sub(usize::from(world.room().height))
}

/// The page, in lines of at most so many columns.
pub(super) fn lines(
    findings: &TasteFindings,
    spent: TimeSpent,
    styles: &Styles,
    columns: usize,
) -> Vec<Line<'static>> {
    let mut page = Page { lines: Vec::new(), styles, columns };
    page.heading("Weights");
    weights(&findings.study, &mut page);
    if let Some(calibration) = &findings.forecasts {
        page.heading("Forecasts");
        for (label, text) in calibration.statistics("came true") {
            page.item(&label, &text);
        }
    }
    page.heading("Promises");
    match &findings.promises {
        None => page.item("", "no promise with a chance has been kept or missed yet"),
        Some(calibration) => {
            for (label, text) in calibration.statistics("kept") {
                page.item(&label, &text);
            }
        }
    }
    page.heading("Choices");
    let selection = &findings.selection;
    if selection.judged.is_empty() {
        page.item("", "no hindsight yet: second looks on the Review screen ask for it");
    } else {
        page.item("", &format!("of what was dropped or done: {}", selection.outcomes()));
        for title in &findings.regrets {
            page.item("", &format!("given up, and it mattered: {title}"));
        }
        for said in selection.comparisons() {
            page.item("", &said);
        }
    }
    page.heading("Time");
    page.item("", &spent.sentence());
    for (on, hours) in Activity::ALL.iter().zip(spent.choosing) {
        page.item(&format!("{}  ", fit(on.id(), 11)), &format!("{hours:.1} h"));
    }
    page.lines
}

/// Every weight with its range, and what the fit is made of.
fn weights(study: &TasteStudy, page: &mut Page<'_>) {
    let taste = &study.taste;
    if !taste.is_enough() {
        return study.sentences().iter().for_each(|words| page.item("", words));
    }
    for criterion in Criterion::ALL {
        let (at, weight) = (criterion.index(), taste.weights[criterion.index()]);
        let [stated, mean, low, high] =
            [study.stated[at], weight.mean, weight.low, weight.high].map(|x| x * 100.0);
        let [more, less] = [weight.p_more, weight.p_less].map(percent);
        let text = format!(
            "stated {stated:>4.1} %, revealed {mean:>4.1} %, 80 %: {low:.1}–{high:.1} %; more \
             {more}, less {less}"
        );
        page.item(&format!("{}  ", fit(criterion_name(criterion), 11)), &text);
    }
    let differs = format!(
        "more and less: how likely it differs from the stated one by over {:.0} %, whether the \
         ceilings count for you or not",
        LEAST_DIFFERENCE * 100.0
    );
    page.item("", &differs);
    let unused = match study.duels - taste.duels {
        0 => String::new(),
        unused => format!("; {unused} more about ideas with an open question"),
    };
    let used =
        format!("{} answers about {} ideas with all answers known", taste.duels, taste.ideas);
    page.item("", &(used + &unused));
    let scale = format!(
        "a point of the weighted sum is worth {:.2} logits; what no criterion says has a standard \
         deviation of {:.1}",
        taste.sharpness, taste.idiosyncrasy
    );
    page.item("", &scale);
    if study.adopted {
        let prior = Criterion::ALL.map(|criterion| {
            format!("{} {:.1} %", criterion_name(criterion), study.prior[criterion.index()] * 100.0)
        });
        page.item("", &format!("fitted around what was stated before: {}", prior.join(", ")));
    }
}

/// A page that is being written.
struct Page<'a> {
    lines: Vec<Line<'static>>,
    styles: &'a Styles,
    columns: usize,
}

impl Page<'_> {
    fn heading(&mut self, heading: &'static str) {
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        self.lines.push(Line::styled(heading, self.styles.accent));
    }

    /// A text behind a label; what does not fit goes on below it.
    fn item(&mut self, label: &str, text: &str) {
        let label = Span::styled(format!("  {label}"), self.styles.quiet);
        self.lines.extend(labelled(label, &sanitize(text), self.columns, self.styles.text));
    }
}

/// Quarters that the mean error is drawn for, at most.
const QUARTERS: usize = 12;

/// Rows of the tabs, with the blank line below them.
pub(super) const TABS: u16 = 2;

/// The furthest that the page can be scrolled.
pub(super) fn last_forecast(findings: &TasteFindings, world: &World) -> usize {
    let columns = usize::from(world.room().width.saturating_sub(2));
    let rows = usize::from(world.room().height.saturating_sub(TABS));
    forecast_lines(findings, &Styles::default(), columns).len().saturating_sub(rows)
}

/// The page, in lines of at most so many columns.
pub(super) fn forecast_lines(
    findings: &TasteFindings,
    styles: &Styles,
    columns: usize,
) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled("How often what you foretold came true", styles.accent)];
    let mut say = |label: &str, text: &str| {
        let label = Span::styled(fit(label, NAME), styles.quiet);
        lines.extend(labelled(label, text, columns, styles.text));
    };
    let mut groups = vec![("forecasts", &findings.forecasts), ("promises", &findings.promises)];
    if groups.iter().all(|(_, calibration)| calibration.is_some()) {
        groups.push(("both", &findings.foretold));
    }
    for (label, calibration) in groups {
        for (at, text) in shares(calibration.as_ref()).iter().enumerate() {
            say(if at == 0 { label } else { "" }, text);
        }
    }
    if let Some(all) = &findings.foretold {
        say("", &format!("mean error {} (a coin: {})", hundredths(all.brier), coin()));
        if let Some(quarters) = by_quarter(&findings.quarters) {
            say("quarters", &quarters);
        }
        say("", "");
        say("advice", &all.advice());
    }
    lines.push(Line::default());
    lines.push(Line::styled("How well you chose", styles.accent));
    let selection = &findings.selection;
    let mut said = Vec::new();
    if selection.judged.is_empty() {
        said.push("No hindsight yet: second looks in Review ask for it.".to_owned());
    } else {
        said.push(format!("Of what was dropped or done: {}.", selection.outcomes()));
        said.push(selection.comparisons()[0].clone());
    }
    lines.extend(styled(said.iter().flat_map(|text| wrap(text, columns)), styles.text));
    lines
}

/// `said 70 %: 9 of 20 came true (28–64 %)` for each group of like chances.
fn shares(calibration: Option<&Calibration>) -> Vec<String> {
    let few = |n: usize| vec![format!("Too few to tell: {n} of {FEW}.")];
    let Some(calibration) = calibration else { return few(0) };
    if calibration.resolved < FEW {
        return few(calibration.resolved);
    }
    let percent = |share: f64| format!("{:.0}", share * 100.0);
    let bins = calibration.bins.iter().map(|Bin { from, to, n, kept, low, high }| {
        let about = if percent(*from) == percent(*to) { "" } else { "about " };
        let said = percent(f64::midpoint(*from, *to));
        let (low, high) = (percent(*low), percent(*high));
        format!("said {about}{said} %: {kept} of {n} came true ({low}–{high} %)")
    });
    bins.collect()
}

/// `▃▃▄▅ .31 → .22`: the mean error of each quarter, a low bar for a low error.
fn by_quarter(quarters: &[Quarter]) -> Option<String> {
    let recent = &quarters[quarters.len().saturating_sub(QUARTERS)..];
    let [first, .., last] = recent else { return None };
    let errors: Vec<f64> = recent.iter().map(|quarter| quarter.error).collect();
    let line = sparkline(&errors, 2.0 * Quarter::COIN, QUARTERS);
    Some(format!("{line}  {} → {}", hundredths(first.error), hundredths(last.error)))
}

fn coin() -> String {
    hundredths(Quarter::COIN)
}
