//! The questions of a bet.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::{BetKind, Field, Idea};
use crate::judge::Score;
use crate::text::{sanitize, shorten};
use crate::tui::theme::Styles;
use crate::tui::widgets::{Gauge, panel};

use super::{bet_inputs, rating};

/// Columns and rows of the inside of the card.
const COLUMNS: u16 = 72;
const ROWS: usize = 7;

/// Draws the card over the lower part of an area: each question with its
/// answer, the one under the cursor marked.
pub(super) fn draw(
    question: usize,
    (idea, score): (&Idea, &Score),
    styles: &Styles,
    area: Rect,
    buf: &mut Buffer,
) {
    let Some(kind) = idea.bet else { return };
    let room = usize::from(area.width.min(COLUMNS + 4).saturating_sub(20));
    let title = format!("{} bet: {}", kind.id(), shorten(&sanitize(&idea.title), room));
    let inner = panel(&title, usize::from(COLUMNS), ROWS, styles, area, buf);
    let mut lines = Vec::new();
    for (at, input) in bet_inputs(idea).enumerate() {
        let field = Field::BetInput(input);
        let answer = idea.bet_input(input);
        let focused = at == question;
        let mark = if focused { "▸ " } else { "  " };
        let share = |value: f64| value / input.max();
        let gauge = Gauge {
            low: answer.map_or(0.0, |answer| share(answer.low())),
            high: answer.map_or(0.0, |answer| share(answer.high())),
        };
        let mut spans = vec![
            Span::styled(mark, styles.accent),
            Span::styled(
                format!("{:<11}", input.id()),
                if focused { styles.focused } else { styles.text },
            ),
            Span::styled(format!("{:>8}  ", rating::shown(field, answer)), styles.strong),
        ];
        spans.extend(gauge.spans(styles.bar, styles.range, styles.faint));
        lines.push(Line::from(spans));
    }
    lines.push(Line::default());
    lines.push(strategy(kind, score, styles));
    lines.push(Line::styled("digits rate · j k choose · Enter closes", styles.quiet));
    for (line, row) in lines.iter().zip(inner.rows().skip(1)) {
        buf.set_line(row.x, row.y, line, row.width);
    }
}

/// What follows from the answers.
fn strategy(kind: BetKind, score: &Score, styles: &Styles) -> Line<'static> {
    let strategy = score.strategy;
    let value = if strategy.high() - strategy.low() < 0.05 {
        format!("{:.1}", strategy.middle())
    } else {
        format!("{:.1}–{:.1}", strategy.low(), strategy.high())
    };
    let cause = match kind {
        BetKind::Hot => "edge and commitment must both be there; crowding hurts the rest",
        BetKind::NextHot => "four points are ten times the impact",
    };
    Line::from(vec![
        Span::styled(format!("  strategy {value}  "), styles.text),
        Span::styled(cause, styles.quiet),
    ])
}
