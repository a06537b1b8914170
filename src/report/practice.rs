//! Calibration of forecasts and the practice deck, for people: a card, its end, and
//! what the guesses say.

use super::{Page, QUIET, STRONG};
use crate::domain::{CardOutcome, Criterion, Deck, DeckCard, Portfolio};
use crate::judge::{
    BackedShare, Calibration, CriterionCorrelation, FEW, ForecastHistory, Practice, Quarter,
    Selection, TimeSpent, percent,
};
use crate::text::{count, sparkline};

/// `prospect calibration`, in lines of at most `columns`.
#[must_use]
pub fn calibration_text(
    history: &ForecastHistory,
    selection: &Selection,
    spent: &TimeSpent,
    portfolio: &Portfolio,
    columns: usize,
) -> String {
    let mut page = Page::new(columns);
    page.title("Calibration", "how far your forecasts and your choices can be trusted");
    page.heading("Promises");
    match history.of_promises() {
        None => page.item("", "no promise with a chance has been kept or missed yet"),
        Some(calibration) => of_forecasts(&mut page, &calibration, "kept"),
    }
    page.heading("Forecasts");
    match history.of_forecasts() {
        None => page.item("", "no forecast has been judged yet: prospect forecast makes one"),
        Some(calibration) => of_forecasts(&mut page, &calibration, "came true"),
    }
    if let Some(calibration) = history.of_all() {
        page.heading("Both together");
        let Calibration { resolved, kept, .. } = calibration;
        page.item("", &format!("{kept} of {resolved} came true"));
        let quarters = history.quarters();
        if let [first, .., last] = quarters.as_slice() {
            let errors: Vec<f64> = quarters.iter().map(|quarter| quarter.error).collect();
            let line = sparkline(&errors, 2.0 * Quarter::COIN, QUARTERS);
            let text = format!("{line}  {:.2} → {:.2}", first.error, last.error);
            page.item("mean error  ", &text);
        }
        for Quarter { year, quarter, n, error } in quarters {
            let resolved = count(n, "forecast");
            let coin = Quarter::COIN;
            let text = format!("mean error {error:.2} (a coin: {coin}), {resolved}");
            page.item(&format!("{year} Q{quarter}  "), &text);
        }
        page.item("", &calibration.advice());
    }
    page.heading("Selection");
    of_selection(&mut page, selection, portfolio);
    page.heading("Time");
    page.item("", &spent.sentence());
    page.into_text()
}

/// What is to be said about forecasts; `held` is the word for one that did.
pub(super) fn of_forecasts(page: &mut Page, calibration: &Calibration, held: &str) {
    for (label, text) in calibration.statistics(held) {
        page.item(&label, &text);
    }
}

fn of_selection(page: &mut Page, selection: &Selection, portfolio: &Portfolio) {
    if selection.judged.is_empty() {
        return page.item("", "no hindsight yet: second looks in the review ask for it");
    }
    page.item("", &format!("of what was dropped or done: {}", selection.outcomes()));
    for regret in selection.regrets() {
        page.item(
            "",
            &format!("given up, and it mattered: {}", portfolio.ideas()[regret.position].title),
        );
    }
    for said in selection.comparisons() {
        page.item("", &said);
    }
}

/// Quarters that the mean error is drawn for, at most.
const QUARTERS: usize = 12;

/// A card as it looked in its year: nothing of its end is in it.
#[must_use]
pub fn card_text(card: &DeckCard, place: (usize, usize), columns: usize) -> String {
    let DeckCard { year, field, title, description, by, claim, .. } = card;
    let mut page = Page::new(columns);
    let (number, of) = place;
    let field = if field.is_empty() { String::new() } else { format!(" · {field}") };
    page.title(title, &format!("card {number} of {of} · it is {year}{field}"));
    page.paragraph(description);
    page.paragraph(&format!("The claim: by the end of {by}, {claim}."));
    page.into_text()
}

/// How a card ended, and where that can be read.
#[must_use]
pub fn fate_text(card: &DeckCard, chance: f64, columns: usize) -> String {
    let mut page = Page::new(columns);
    let said = format!("you said {:.0} %", chance * 100.0);
    page.title(&headline(card), &said);
    page.paragraph(&card.outcome);
    page.item("source: ", &card.source);
    page.into_text()
}

fn headline(card: &DeckCard) -> String {
    match card.fate {
        CardOutcome::Hit => format!("A hit: by {} it held.", card.by),
        CardOutcome::Slow => format!("A slow burner: not by {}, but later.", card.by),
        CardOutcome::Fizzle => "A fizzle: it did not hold, and nothing came of it.".to_owned(),
    }
}

/// What the guesses of a person at a deck say.
#[must_use]
pub fn practice_text(deck: &Deck, practice: &Practice, columns: usize) -> String {
    let mut page = Page::new(columns);
    let Practice { answered, of, known, .. } = practice;
    page.title(&format!("Practice: {}", deck.title), &format!("{answered} of {of} cards answered"));
    if *known > 0 {
        let left_out = "left out below, for nobody can unknow it";
        page.item("", &format!("you knew how {known} of them ended: {left_out}"));
    }
    let Some(calibration) = &practice.calibration else {
        page.item("", "no forecast to judge yet");
        return page.into_text();
    };
    page.heading("What you backed, at 50 % or more");
    for (fate, BackedShare { backed, of }) in CardOutcome::ALL.iter().zip(practice.backed) {
        if of > 0 {
            page.item("", &backed_words(*fate, backed, of));
        }
    }
    page.heading("Calibration");
    of_forecasts(&mut page, calibration, "came true");
    page.heading("Telling them apart");
    page.item("", &told_apart("your chances", practice.pairs, practice.by_chance));
    let (pairs, by_score) = practice.by_score;
    page.item("", &told_apart("your ratings (by the weights in force)", pairs, by_score));
    page.heading("Taste");
    taste(&mut page, &practice.correlations);
    page.into_text()
}

fn backed_words(fate: CardOutcome, backed: usize, of: usize) -> String {
    let (what, rest) = match fate {
        CardOutcome::Hit => ("hits", "you would have passed by the others"),
        CardOutcome::Slow => ("slow burners", "right in the end, but not by the day"),
        CardOutcome::Fizzle => ("fizzles", "weeks that would have come to nothing"),
    };
    let says_more = if fate == CardOutcome::Hit { backed < of } else { backed > 0 };
    let rest = if says_more { format!(": {rest}") } else { String::new() };
    format!("{backed} of {of} {what}{rest}")
}

fn told_apart(who: &str, pairs: usize, share: Option<f64>) -> String {
    match share {
        Some(share) if pairs >= FEW => format!(
            "{who} put what held above what did not in {} of {pairs} pairs; tossing a coin, 50 %",
            percent(share)
        ),
        _ => format!("{who}: too few to say"),
    }
}

fn taste(page: &mut Page, correlations: &[Option<CriterionCorrelation>; 5]) {
    let with: Vec<(Criterion, CriterionCorrelation)> = Criterion::ALL
        .into_iter()
        .filter_map(|criterion| Some((criterion, correlations[criterion.index()]?)))
        .collect();
    if with.is_empty() {
        let text = format!("too few cards rated to say: {FEW} without knowing the end are needed");
        return page.item("", &text);
    }
    for (criterion, correlation) in &with {
        let believed = degree(correlation.with_chance, correlation.noise());
        let right = correlation
            .with_outcome
            .map_or("nothing to say of", |rho| degree(rho, correlation.noise()));
        let text = format!("your chances {believed} it; what held {right} it");
        page.item(&format!("{:<11}", criterion.id()), &text);
    }
    let noise = with.iter().map(|(_, correlation)| correlation.noise()).fold(0.0, f64::max);
    page.item(
        "",
        &format!(
            "Rank correlations below ±{noise:.2} count as nothing here: with so few cards they \
             often come by luck."
        ),
    );
}

/// What a correlation may be called.
fn degree(rho: f64, noise: f64) -> &'static str {
    if rho.abs() < noise {
        "had nothing clear to do with"
    } else if rho > 0.0 {
        "rose with"
    } else {
        "fell with"
    }
}

/// A question, with its anchors if they are asked for.
#[must_use]
pub fn anchors_text(criterion: Criterion) -> String {
    let question = criterion.question();
    format!(
        "{STRONG}{}{STRONG:#}\n{QUIET}  0-2   {}\n  5     {}\n  9-10  {}{QUIET:#}\n",
        question.text, question.low, question.middle, question.high
    )
}
