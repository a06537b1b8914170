//! Levels over time in one line.

const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The last levels (each 0–`max`) that fit, one column each, the latest on the right.
///
/// ```
/// assert_eq!(prospect::tui::widgets::sparkline(&[0.0, 5.0, 10.0], 10.0, 8), "▁▅█");
/// ```
#[must_use]
pub fn sparkline(levels: &[f64], max: f64, columns: usize) -> String {
    let start = levels.len().saturating_sub(columns);
    levels[start..].iter().map(|level| symbol(level / max)).collect()
}

/// The block that is nearest to a share (0–1), the lowest for nothing.
fn symbol(share: f64) -> char {
    let steps = [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5].map(|step| step / 7.0);
    LEVELS[steps.iter().filter(|step| share >= **step).count()]
}
