//! Calibration in sentences.

use super::{Bin, Calibration, FEW, Selection};
use crate::domain::Outcome;
use crate::judge::format::tenth;

impl Calibration {
    /// One sentence of advice: the chance that strays most from what came true
    /// and what to say in its place, where that is clear; else that nothing
    /// is, or that there are too few to tell.
    #[must_use]
    pub fn advice(&self) -> String {
        if self.resolved < FEW {
            return format!("Too few to tell: {} of {FEW}.", self.resolved);
        }
        let percent = |p: f64| (p * 100.0).round();
        let said = |bin: &Bin| f64::midpoint(bin.from, bin.to);
        let astray = |bin: &&Bin| !(bin.low..=bin.high).contains(&said(bin));
        let distance = |bin: &Bin| (said(bin) - bin.kept as f64 / bin.n as f64).abs();
        let worst = self.bins.iter().filter(astray);
        let worst = worst.max_by(|a, b| distance(a).total_cmp(&distance(b)));
        let Some(bin) = worst else {
            return format!("Your forecasts look about right ({} so far).", self.resolved);
        };
        let (kept, n) = (bin.kept, bin.n);
        let came_true = percent(kept as f64 / n as f64);
        // The mean of the share's posterior, to the nearest ten: a finer figure
        // would claim too much.
        let better = ((kept as f64 + 0.5) / (n as f64 + 1.0) * 10.0).round() * 10.0;
        let said = percent(said(bin));
        format!("When you say {said} %, {came_true} % came true ({kept} of {n}): say {better} %.")
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
            say(format!("skill {skill:.2} {than}, {:.0} %; log score {log:.3}", rate * 100.0));
        }
        if let Some(z) = self.spiegelhalter_z {
            let (few, many) = (self.p_so_few, self.p_so_many);
            let text = format!(
                "if your chances are right: so few {:.0} %, so many {:.0} % of the time; \
                 Spiegelhalter's z {z:.2}",
                few * 100.0,
                many * 100.0
            );
            say(text.replace("z -", "z −"));
        }
        for Bin { from, to, n, kept, low, high } in &self.bins {
            let said = format!("{:.0}–{:.0} %", from * 100.0, to * 100.0);
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
    use crate::judge::calibration::ResolvedForecast;

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
