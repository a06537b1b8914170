//! Levels over time in one line.

const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The last levels (each 0–`max`) that fit, one column each, the latest on the
/// right.
///
/// ```
/// assert_eq!(prospect::tui::widgets::sparkline(&[0.0, 5.0, 10.0], 10.0, 8), "▁▅█");
/// ```
#[must_use]
pub fn sparkline(levels: &[f64], max: f64, columns: usize) -> String {
    let start = levels.len().saturating_sub(columns);
    levels[start..]
        .iter()
        .map(|level| LEVELS[super::eighths(level / max, 1).saturating_sub(1).min(7)])
        .map(|symbol| if symbol == ' ' { LEVELS[0] } else { symbol })
        .collect()
}
