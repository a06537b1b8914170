//! The questions of a bet.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Borders, Clear, Padding, Widget};

use crate::domain::{BetKind, Field, Idea};
use crate::judge::Score;
use crate::text::{sanitize, shorten};
use crate::tui::theme::Styles;
use crate::tui::widgets::Gauge;

use super::{bet_inputs, rating};

/// Rows that the card takes.
const ROWS: u16 = 9;

/// Draws the card over the lower part of an area: each question with its
/// answer, the one under the cursor marked.
pub(super) fn draw(
    question: usize,
    (idea, score): (&Idea, &Score),
    styles: &Styles,
    area: Rect,
    buffer: &mut Buffer,
) {
    let Some(kind) = idea.bet else { return };
    let rows = ROWS.min(area.height);
    let panel = Rect { y: area.bottom() - rows, height: rows, width: area.width.min(76), ..area };
    Clear.render(Rect { width: area.width, ..panel }, buffer);
    let title = sanitize(&idea.title);
    let room = usize::from(panel.width.saturating_sub(20));
    let block = Block::new()
        .borders(Borders::ALL)
        .border_type(BorderType::Rounded)
        .border_style(styles.faint)
        .padding(Padding::horizontal(1))
        .title(Line::styled(
            format!(" {} bet: {} ", kind.id(), shorten(&title, room)),
            styles.strong,
        ));
    let inner = block.inner(panel);
    block.render(panel, buffer);
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
        buffer.set_line(row.x, row.y, line, row.width);
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
