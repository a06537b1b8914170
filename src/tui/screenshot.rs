//! A screen as text and as a picture.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::Modifier;

use crate::text::width;

use super::theme::rgb;

/// What a terminal would show.
#[derive(Clone, Debug)]
pub struct Screen {
    buffer: Buffer,
    cursor: Option<Position>,
    colors: DefaultColors,
}

/// Size of a character cell in a picture.
const CELL: (usize, usize) = (9, 19);
/// How far above the lower edge of its cell text stands.
const BASELINE: usize = 14;
/// Colours of the background and of text that has none of its own.
type DefaultColors = (&'static str, &'static str);
const DARK: DefaultColors = ("#16191d", "#d4d4cf");
const LIGHT: DefaultColors = ("#fbfaf6", "#26282b");

impl Screen {
    pub(super) const fn new(buffer: Buffer, cursor: Option<Position>) -> Self {
        Self { buffer, cursor, colors: DARK }
    }

    /// The same on a light background.
    pub(super) fn on_light(self) -> Self {
        Self { colors: LIGHT, ..self }
    }

    /// One line for each row, without the spaces at its end.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for y in 0..self.buffer.area.height {
            let row: String = self.row(y).map(|(_, cell)| cell.symbol()).collect();
            text.push_str(row.trim_end());
            text.push('\n');
        }
        text
    }

    /// A picture in which every run of equal style stands at its own column, so
    /// that it looks the same whatever font draws it.
    pub fn to_svg(&self) -> String {
        let area = self.buffer.area;
        let (background, foreground) = self.colors;
        let (columns, rows) = (usize::from(area.width), usize::from(area.height));
        let (width, height) = ((columns + 2) * CELL.0, (rows + 1) * CELL.1);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
             width=\"{width}\" height=\"{height}\" font-family=\"ui-monospace, 'DejaVu Sans Mono', \
             Menlo, Consolas, monospace\" font-size=\"15\" xml:space=\"preserve\">\n\
             <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{background}\"/>\n"
        );
        for y in 0..area.height {
            for run in self.runs(y) {
                run.draw(usize::from(y), self.colors, &mut svg);
            }
        }
        if let Some(cursor) = self.cursor {
            let (x, y) = corner(usize::from(cursor.x), usize::from(cursor.y));
            let _ = writeln!(
                svg,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" fill=\"{foreground}\" \
                 fill-opacity=\"0.6\"/>",
                CELL.0, CELL.1
            );
        }
        svg.push_str("</svg>\n");
        svg
    }

    /// The cells of a row that hold something, with their columns: the second
    /// half of a wide character is left out.
    fn row(&self, y: u16) -> impl Iterator<Item = (u16, &Cell)> {
        let mut next = 0;
        (0..self.buffer.area.width).filter_map(move |x| {
            let cell = self.buffer.cell((x, y))?;
            if x < next {
                return None;
            }
            next = x + u16::try_from(width(cell.symbol())).unwrap_or(1).max(1);
            Some((x, cell))
        })
    }

    fn runs(&self, y: u16) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (x, cell) in self.row(y) {
            let style = CellStyle::of(cell);
            let columns = width(cell.symbol()).max(1);
            // A wide character or a block stands alone, at a column of its own.
            let alone = columns > 1 || block(cell.symbol()).is_some();
            match runs.last_mut().filter(|run| run.style == style && !run.alone && !alone) {
                Some(run) => {
                    run.text.push_str(cell.symbol());
                    run.columns += columns;
                }
                None => runs.push(Run {
                    column: usize::from(x),
                    columns,
                    text: cell.symbol().to_owned(),
                    style,
                    alone,
                }),
            }
        }
        runs
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct CellStyle {
    foreground: Option<(u8, u8, u8)>,
    background: Option<(u8, u8, u8)>,
    modifier: Modifier,
}

impl CellStyle {
    fn of(cell: &Cell) -> Self {
        Self { foreground: rgb(cell.fg), background: rgb(cell.bg), modifier: cell.modifier }
    }

    /// Colours of text and background, with reverse applied; no background
    /// where it is that of the picture.
    fn colors(self, (background, foreground): DefaultColors) -> (String, Option<String>) {
        let hex = |(r, g, b): (u8, u8, u8)| format!("#{r:02x}{g:02x}{b:02x}");
        let text = self.foreground.map_or_else(|| foreground.to_owned(), hex);
        let ground = self.background.map(hex);
        if self.modifier.contains(Modifier::REVERSED) {
            (ground.unwrap_or_else(|| background.to_owned()), Some(text))
        } else {
            (text, ground)
        }
    }
}

/// Neighbouring cells that look the same.
struct Run {
    column: usize,
    columns: usize,
    text: String,
    style: CellStyle,
    alone: bool,
}

impl Run {
    fn draw(&self, row: usize, colors: DefaultColors, svg: &mut String) {
        let (x, y) = corner(self.column, row);
        let (text_color, ground) = self.style.colors(colors);
        let width = self.columns * CELL.0;
        if let Some(ground) = ground {
            let _ = writeln!(
                svg,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"{ground}\"/>",
                CELL.1
            );
        }
        if let Some((left, top, wide, high)) = block(&self.text) {
            let (cell_width, cell_height) = (CELL.0 as f64 / 8.0, CELL.1 as f64 / 8.0);
            let _ = writeln!(
                svg,
                "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" \
                 fill=\"{text_color}\"/>",
                x as f64 + f64::from(left) * cell_width,
                y as f64 + f64::from(top) * cell_height,
                f64::from(wide) * cell_width,
                f64::from(high) * cell_height,
            );
            return;
        }
        let underlined = self.style.modifier.contains(Modifier::UNDERLINED);
        if self.text.trim().is_empty() && !underlined {
            return;
        }
        let mut style = String::new();
        if self.style.modifier.contains(Modifier::BOLD) {
            style.push_str(" font-weight=\"bold\"");
        }
        if self.style.modifier.contains(Modifier::ITALIC) {
            style.push_str(" font-style=\"italic\"");
        }
        if underlined {
            style.push_str(" text-decoration=\"underline\"");
        }
        let _ = writeln!(
            svg,
            "<text x=\"{x}\" y=\"{}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\" \
             fill=\"{text_color}\"{style}>{}</text>",
            y + BASELINE,
            escaped(&self.text)
        );
    }
}

/// The upper left corner of a cell.
const fn corner(column: usize, row: usize) -> (usize, usize) {
    ((column + 1) * CELL.0, row * CELL.1 + CELL.1 / 2)
}

/// A block character as a rectangle in eighths of a cell: left, top, width,
/// height. Drawn as such, bars have no gaps.
fn block(symbol: &str) -> Option<(u8, u8, u8, u8)> {
    let code = u32::from(symbol.chars().next()?);
    let eighths = |from: u32| u8::try_from(code - from).unwrap_or(0);
    match code {
        0x2581..=0x2588 => {
            let high = eighths(0x2580);
            Some((0, 8 - high, 8, high))
        }
        0x2589..=0x258f => Some((0, 0, 8 - eighths(0x2588), 8)),
        _ => None,
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // A space that no renderer collapses.
            ' ' => escaped.push('\u{a0}'),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Color;
    use ratatui::style::Style;

    fn screen() -> Screen {
        let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 12, 1));
        let accent = Style::new().fg(Color::Indexed(73)).add_modifier(Modifier::BOLD);
        buffer.set_string(0, 0, "日本 ", Style::new());
        buffer.set_string(5, 0, "<b>", accent);
        buffer.set_string(8, 0, "▌", Style::new());
        Screen::new(buffer, None)
    }

    #[test]
    fn text_has_no_gap_behind_wide_characters() {
        assert_eq!(screen().to_text(), "日本 <b>▌\n");
    }

    #[test]
    fn everything_stands_at_its_own_column() {
        let svg = screen().to_svg();
        let x = |column: usize| format!("x=\"{}\"", (column + 1) * CELL.0);
        assert!(svg.contains(&format!("<text {} ", x(0))), "{svg}");
        assert!(svg.contains(&format!("<text {} ", x(2))), "{svg}");
        assert!(svg.contains(">&lt;b&gt;</text>"), "{svg}");
        assert!(svg.contains("fill=\"#5fafaf\" font-weight=\"bold\""), "{svg}");
        assert!(svg.contains(&format!("<rect x=\"{}.00\"", 9 * CELL.0)), "{svg}");
    }
}
