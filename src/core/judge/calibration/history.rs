//! Resolved forecasts of a portfolio: practice forecasts and promises, apart and
//! together, their error from quarter to quarter, and what that says in sentences.

use super::{Bin, Calibration, FEW, ResolvedForecast, Selection};
use crate::domain::{Date, Forecast, ForecastResult, Idea, Outcome, Portfolio, Status, days};
use crate::judge::numeric::{percent, tenth};
use crate::judge::{PromiseState, effective_status, promises};

/// A forecast with the day on which it was resolved.
type Dated = (Date, ResolvedForecast);

/// What was foretold and resolved until some day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForecastHistory {
    /// Practice forecasts, in the order of the portfolio.
    pub forecasts: Vec<Dated>,
    /// Promises with a chance that were kept or missed, in the same order.
    pub promises: Vec<Dated>,
}

/// The forecasts that were resolved in one quarter of a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quarter {
    /// The year.
    pub year: i16,
    /// The quarter, 1–4.
    pub quarter: i8,
    /// How many were resolved.
    pub n: usize,
    /// Their mean squared error: 0 is best, always saying 50 % gives .25.
    pub error: f64,
}

impl Quarter {
    /// The error of always saying 50 %.
    pub const COIN: f64 = 0.25;
}

/// A practice forecast that waits to be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueForecast {
    /// Which of the portfolio's ideas.
    pub position: usize,
    /// Which of [`Idea::forecasts`].
    pub at: usize,
}

/// Days for which a forecast lasts before the next one is asked for.
const WEEK: i64 = 7;

/// Whether a forecast should be asked for: an idea is active, and none was made in
/// the last seven days.
#[must_use]
pub fn wants_forecast(portfolio: &Portfolio, as_of: Date) -> bool {
    let week = days::after(as_of, 1 - WEEK)..=as_of;
    let is_recent = |forecast: &Forecast| forecast.set.is_some_and(|set| week.contains(&set));
    let is_active = |idea: &Idea| effective_status(idea, portfolio, as_of) == Status::Active;
    portfolio.iter().any(is_active)
        && !portfolio.iter().any(|idea| idea.forecasts.iter().any(is_recent))
}

/// The practice forecasts whose day has come and that are not judged yet, by
/// that day.
#[must_use]
pub fn due_forecasts(portfolio: &Portfolio, as_of: Date) -> Vec<DueForecast> {
    let mut due: Vec<(Date, DueForecast)> = Vec::new();
    for (position, idea) in portfolio.iter().enumerate() {
        for (at, forecast) in idea.forecasts.iter().enumerate() {
            if forecast.by <= as_of && result(forecast, as_of).is_none() {
                due.push((forecast.by, DueForecast { position, at }));
            }
        }
    }
    due.sort_by_key(|(by, _)| *by);
    due.into_iter().map(|(_, due)| due).collect()
}

/// What was recorded until then.
fn result(forecast: &Forecast, as_of: Date) -> Option<ForecastResult> {
    forecast.result.filter(|_| forecast.resolved.is_none_or(|resolved| resolved <= as_of))
}

fn forecasts_of(idea: &Idea, as_of: Date) -> impl Iterator<Item = Dated> {
    idea.forecasts.iter().filter_map(move |forecast| {
        let came_true = match result(forecast, as_of)? {
            ForecastResult::Yes => true,
            ForecastResult::No => false,
            ForecastResult::Void => return None,
        };
        let resolved = forecast.resolved.unwrap_or(forecast.by);
        Some((resolved, ResolvedForecast { chance: forecast.chance, came_true }))
    })
}

fn promises_of(idea: &Idea, as_of: Date) -> impl Iterator<Item = Dated> {
    promises(idea, as_of).into_iter().filter_map(|standing| {
        let came_true = match standing.state {
            PromiseState::Kept => true,
            PromiseState::Missed => false,
            _ => return None,
        };
        let promise = &idea.promises[standing.position];
        let resolved = promise.resolved.unwrap_or(promise.by);
        Some((resolved, ResolvedForecast { chance: promise.chance?, came_true }))
    })
}

impl ForecastHistory {
    /// Gathers what was resolved until a day. Promises without a chance
    /// foretell nothing.
    #[must_use]
    pub fn of(portfolio: &Portfolio, as_of: Date) -> Self {
        Self {
            forecasts: portfolio.iter().flat_map(|idea| forecasts_of(idea, as_of)).collect(),
            promises: portfolio.iter().flat_map(|idea| promises_of(idea, as_of)).collect(),
        }
    }

    /// Of the practice forecasts alone.
    #[must_use]
    pub fn of_forecasts(&self) -> Option<Calibration> {
        calibration(self.forecasts.iter())
    }

    /// Of the promises alone.
    #[must_use]
    pub fn of_promises(&self) -> Option<Calibration> {
        calibration(self.promises.iter())
    }

    /// Of both together.
    #[must_use]
    pub fn of_all(&self) -> Option<Calibration> {
        calibration(self.all())
    }

    /// The mean error of both together in each quarter in which something was
    /// resolved, the earliest first.
    #[must_use]
    pub fn quarters(&self) -> Vec<Quarter> {
        let mut all: Vec<((i16, i8), f64)> = self
            .all()
            .map(|(day, forecast)| {
                ((day.year(), (day.month() - 1) / 3 + 1), forecast.error().powi(2))
            })
            .collect();
        all.sort_by_key(|(quarter, _)| *quarter);
        let each = all.chunk_by(|one, other| one.0 == other.0);
        each.map(|resolved| {
            let ((year, quarter), n) = (resolved[0].0, resolved.len());
            let error = resolved.iter().map(|(_, error)| error).sum::<f64>() / n as f64;
            Quarter { year, quarter, n, error }
        })
        .collect()
    }

    fn all(&self) -> impl Iterator<Item = &Dated> {
        self.forecasts.iter().chain(&self.promises)
    }
}

fn calibration<'a>(dated: impl Iterator<Item = &'a Dated>) -> Option<Calibration> {
    Calibration::of(&dated.map(|(_, forecast)| *forecast).collect::<Vec<_>>())
}

impl Calibration {
    /// One sentence of advice: the chance that strays most from what came true
    /// and what to say in its place, where that is clear; else that nothing
    /// is, or that there are too few to tell.
    #[must_use]
    pub fn advice(&self) -> String {
        if self.resolved < FEW {
            return format!("Too few to tell: {} of {FEW}.", self.resolved);
        }
        let whole = |p: f64| (p * 100.0).round();
        let said = |bin: &Bin| f64::midpoint(bin.from, bin.to);
        let astray = |bin: &&Bin| !(bin.low..=bin.high).contains(&said(bin));
        let distance = |bin: &Bin| (said(bin) - bin.kept as f64 / bin.n as f64).abs();
        let worst = self.bins.iter().filter(astray);
        let worst = worst.max_by(|a, b| distance(a).total_cmp(&distance(b)));
        let Some(bin) = worst else {
            return format!("Your forecasts look about right ({} so far).", self.resolved);
        };
        let (kept, n) = (bin.kept, bin.n);
        let came_true = whole(kept as f64 / n as f64);
        // The mean of the share's posterior, to the nearest ten: a finer figure
        // would claim too much.
        let better = ((kept as f64 + 0.5) / (n as f64 + 1.0) * 10.0).round() * 10.0;
        let about = if whole(bin.from) == whole(bin.to) { "" } else { "about " };
        let said = whole(said(bin));
        format!(
            "When you say {about}{said} %, {came_true} % came true ({kept} of {n}): say {better} %."
        )
    }

    /// All of it, line by line: a label, or none, and a text. `held` is the
    /// word for a forecast that came true.
    #[must_use]
    pub fn statistics(&self, held: &str) -> Vec<(String, String)> {
        let mut lines = Vec::new();
        let mut say = |text: String| lines.push((String::new(), text));
        let Self { resolved, kept, .. } = self;
        say(format!("{kept} of {resolved} {held}; {} to be expected", tenth(self.expected)));
        if *resolved < FEW {
            let few = "too few to judge: even a twofold overconfidence would hardly show";
            say(format!("{resolved} of {FEW}: {few}"));
        }
        let brier = &self.decomposition;
        say(format!(
            "Brier score {:.3} (0 is best): miscalibration {:.3}, discrimination {:.3}, \
             uncertainty {:.3}",
            self.brier, brier.miscalibration, brier.discrimination, brier.uncertainty
        ));
        if let Some(skill) = self.skill {
            let (log, rate) = (self.log_score, self.base_rate);
            let than = "against always saying the same";
            let text =
                format!("skill {skill:.2} {than}, {:.0} %; log score {log:.3}", rate * 100.0);
            say(text.replace("skill -", "skill −"));
        }
        if let Some(z) = self.spiegelhalter_z {
            let (few, many) = (self.p_so_few, self.p_so_many);
            let text = format!(
                "were your chances right, this number or fewer would come true {} of the time, \
                 this or more {}; Spiegelhalter's z {z:.2}",
                percent(few),
                percent(many)
            );
            say(text.replace("z -", "z −"));
        }
        for Bin { from, to, n, kept, low, high } in &self.bins {
            let (from, to) = ((from * 100.0).round(), (to * 100.0).round());
            let said = if from == to { format!("{from} %") } else { format!("{from}–{to} %") };
            let share = format!("{kept} of {n} {held}, 80 % interval");
            let text = format!("{share} {:.0}–{:.0} %", low * 100.0, high * 100.0);
            lines.push((format!("{said:<9}  "), text));
        }
        if let Some(recalibration) = self.recalibration {
            let worth = [0.3, 0.5, 0.7, 0.9].map(|chance| {
                format!("{:.0} → {:.0} %", chance * 100.0, recalibration.apply(chance) * 100.0)
            });
            let text = format!("what a chance may be worth: {}", worth.join(", "));
            lines.push((String::new(), text));
        }
        lines
    }
}

impl Selection {
    /// How what was dropped or done ended: `1 mattered, 2 fizzled, …`.
    #[must_use]
    pub fn outcomes(&self) -> String {
        let counts =
            Outcome::ALL.iter().map(|outcome| format!("{} {outcome}", self.count(*outcome)));
        counts.collect::<Vec<_>>().join(", ")
    }

    /// Whether the scores, and the duels of the time, put what mattered above
    /// what did not; or how many pairs there are, where they are too few to
    /// say.
    #[must_use]
    pub fn comparisons(&self) -> [String; 2] {
        let said = |puts, against, share: Option<f64>, pairs| match share {
            Some(share) if pairs >= FEW => {
                let share = share * 100.0;
                format!("{puts} what mattered above what did not in {share:.0} % of {pairs} pairs.")
            }
            _ => format!("Too few to compare with {against}: {pairs} of {FEW} pairs."),
        };
        let duels = "the duels of the time";
        [
            said("The score puts", "the scores", self.concordance, self.pairs),
            said("The duels of the time put", duels, self.duel_concordance, self.duel_pairs),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Promise, PromiseResult};
    use crate::judge::calibration::ResolvedForecast;

    const DAY: Date = Date::constant(2026, 3, 1);

    fn forecast(by: Date, chance: f64, result: Option<ForecastResult>) -> Forecast {
        let resolved = result.map(|_| by);
        Forecast { set: None, by, claim: "it works".into(), chance, result, resolved }
    }

    fn promise(chance: Option<f64>, result: Option<PromiseResult>) -> Promise {
        let (claim, resolved) = (Some("it works".into()), result.map(|_| DAY));
        let (set, traction, amended) = (None, None, None);
        Promise { set, by: DAY, claim, traction, chance, result, resolved, amended }
    }

    #[test]
    fn only_what_was_foretold_and_resolved_counts() {
        let mut idea = Idea::new("a", "a");
        idea.promises = vec![
            promise(Some(0.6), Some(PromiseResult::Kept)),
            promise(Some(0.3), Some(PromiseResult::Missed)),
            promise(Some(0.9), Some(PromiseResult::Void)),
            promise(Some(0.9), None),
            promise(None, Some(PromiseResult::Kept)),
        ];
        idea.forecasts = vec![
            forecast(DAY, 0.7, Some(ForecastResult::Yes)),
            forecast(DAY, 0.2, Some(ForecastResult::Void)),
            forecast(Date::constant(2026, 5, 1), 0.8, Some(ForecastResult::No)),
            forecast(DAY, 0.5, None),
        ];
        let portfolio = Portfolio::new(vec![idea], Vec::new());
        let resolved = |chance, came_true| (DAY, ResolvedForecast { chance, came_true });
        let history = ForecastHistory::of(&portfolio, DAY);
        assert_eq!(history.promises, [resolved(0.6, true), resolved(0.3, false)]);
        assert_eq!(history.forecasts, [resolved(0.7, true)]);
        let all = history.of_all().unwrap();
        assert_eq!((all.resolved, all.kept), (3, 2));
        assert_eq!(due_forecasts(&portfolio, DAY), [DueForecast { position: 0, at: 3 }]);
        assert_eq!(due_forecasts(&portfolio, Date::constant(2026, 2, 1)), []);
    }

    #[test]
    fn every_quarter_has_its_error() {
        let mut idea = Idea::new("a", "a");
        let day = |month, day| Date::constant(2026, month, day);
        idea.forecasts = vec![
            forecast(day(4, 1), 0.5, Some(ForecastResult::Yes)),
            forecast(day(3, 31), 1.0, Some(ForecastResult::Yes)),
            forecast(day(6, 30), 0.5, Some(ForecastResult::No)),
        ];
        let portfolio = Portfolio::new(vec![idea], Vec::new());
        let quarters = ForecastHistory::of(&portfolio, day(12, 31)).quarters();
        let quarter = |quarter, n, error| Quarter { year: 2026, quarter, n, error };
        assert_eq!(quarters, [quarter(1, 1, 0.0), quarter(2, 2, Quarter::COIN)]);
    }

    #[test]
    fn nothing_is_concluded_from_few_and_little_from_many() {
        let advice = |chance: f64, kept: usize, of: usize| {
            let forecasts: Vec<ResolvedForecast> =
                (0..of).map(|i| ResolvedForecast { chance, came_true: i < kept }).collect();
            Calibration::of(&forecasts).unwrap().advice()
        };
        assert_eq!(advice(0.7, 9, 20), "When you say 70 %, 45 % came true (9 of 20): say 50 %.");
        assert_eq!(advice(0.7, 9, 12), "Your forecasts look about right (12 so far).");
        assert_eq!(advice(0.7, 4, 6), "Too few to tell: 6 of 10.");
    }
}
