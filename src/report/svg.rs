//! Small pictures: a few shapes, one scale, and text that is always escaped.
//! Colours are classes, so that a page decides them and dark follows light. Scores
//! are marks on a scale with the range of what is possible, or a waterfall.

mod map;

pub(super) use map::{MapPoint, course, map};

use std::fmt::Write;

use crate::domain::Idea;
use crate::judge::{Score, ScorePart};
use crate::report::number;
use crate::text::{sanitize, shorten, width};

/// Colours and strokes of all pictures.
pub(super) const STYLE: &str = include_str!("../../assets/report/figure.css");

/// What a column of text is at most wide, on average, at the size of labels.
const COLUMN: f64 = 7.0;

/// A picture, with the words for those who do not see it.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) title: String,
    /// What it shows, in a sentence or two.
    pub(super) description: String,
    /// The markup, without the element around it.
    body: String,
    width: f64,
    height: f64,
}

impl Figure {
    /// The element; `id` must be its own on the page.
    pub(super) fn svg(&self, id: &str) -> String {
        let Self { title, description, body, width, height } = self;
        let (title, description) = (escape(title), escape(description));
        format!(
            "<svg class=\"figure\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" \
             viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\">\
             <title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{description}</desc>\
             {body}</svg>"
        )
    }
}

/// Where values lie: linear, from a domain to pixels.
#[derive(Clone, Copy, Debug)]
struct Scale {
    domain: (f64, f64),
    pixels: (f64, f64),
}

impl Scale {
    const fn new(domain: (f64, f64), pixels: (f64, f64)) -> Self {
        Self { domain, pixels }
    }

    /// The pixel of a value; what lies outside is put on the edge.
    fn at(&self, value: f64) -> f64 {
        let (from, to) = self.domain;
        let share = if to > from { ((value - from) / (to - from)).clamp(0.0, 1.0) } else { 0.0 };
        self.pixels.0 + share * (self.pixels.1 - self.pixels.0)
    }

    /// Round values across the domain, about `count` of them.
    fn ticks(&self, count: f64) -> Vec<f64> {
        let (from, to) = self.domain;
        let rough = (to - from) / count;
        if rough <= 0.0 || !rough.is_finite() {
            return vec![from];
        }
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|times| times * power);
        let step = step.into_iter().find(|step| *step >= rough).unwrap_or(rough);
        let mut ticks = Vec::new();
        let mut tick = (from / step).ceil() * step;
        while tick <= to + step * 1e-9 && ticks.len() < 50 {
            ticks.push(tick);
            tick += step;
        }
        ticks
    }
}

/// Which end of a text its place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// A picture that is being drawn.
#[derive(Debug, Default)]
struct Canvas {
    body: String,
}

impl Canvas {
    fn finish(self, title: String, description: String, width: f64, height: f64) -> Figure {
        Figure { title, description, body: self.body, width, height }
    }

    fn line(&mut self, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        self.push(format_args!(
            "<line class=\"{class}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"
        ));
    }

    fn rect(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
        self.push(format_args!(
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
        ));
    }

    fn circle(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        self.push(format_args!(
            "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"/>"
        ));
    }

    /// A line through points, or an area inside them.
    fn path(&mut self, class: &str, points: &[(f64, f64)], closed: bool) {
        let mut data = String::new();
        for (at, (x, y)) in points.iter().enumerate() {
            let command = if at == 0 { 'M' } else { 'L' };
            let _ = write!(data, "{command}{x:.1} {y:.1}");
        }
        let end = if closed { "Z" } else { "" };
        self.push(format_args!("<path class=\"{class}\" d=\"{data}{end}\"/>"));
    }

    fn text(&mut self, class: &str, (x, y): (f64, f64), anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let text = escape(text);
        self.push(format_args!(
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>"
        ));
    }

    fn push(&mut self, element: std::fmt::Arguments<'_>) {
        // A string takes everything.
        let _ = self.body.write_fmt(element);
    }
}

/// Text in which nothing is markup and nothing moves or turns what stands
/// around it, for HTML and SVG.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in sanitize(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A label cut to so many pixels, and how many it takes.
fn label(text: &str, room: f64) -> (String, f64) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "small, not negative"
    )]
    let columns = (room / COLUMN).max(0.0) as usize;
    let text = shorten(&sanitize(text), columns).into_owned();
    let pixels = width(&text) as f64 * COLUMN;
    (text, pixels)
}

const BAR_ROW: f64 = 24.0;

/// Width of the picture, and of the labels on its left.
const BAR_WIDTH: f64 = 760.0;
const BAR_LABELS: f64 = 44.0 * COLUMN;

#[derive(Clone, Debug)]
pub(crate) struct Bar {
    /// What stands in front of it.
    pub(crate) label: String,
    /// The value, and what it may be at least and at most.
    pub(crate) value: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) shown: String,
}

/// A row for each; values from 0 to `most`.
pub(crate) fn bars(title: &str, bars: &[Bar], most: f64) -> Figure {
    let mut canvas = Canvas::default();
    let scale = Scale::new((0.0, most), (BAR_LABELS + 12.0, BAR_WIDTH - 84.0));
    let bottom = 8.0 + BAR_ROW * bars.len() as f64;
    for tick in scale.ticks(5.0) {
        let x = scale.at(tick);
        canvas.line("grid", (x, 4.0), (x, bottom));
        canvas.text("quiet", (x, bottom + 16.0), Anchor::Middle, &number(tick));
    }
    for (at, bar) in bars.iter().enumerate() {
        let middle = 8.0 + BAR_ROW * (at as f64 + 0.5);
        let (name, _) = label(&bar.label, BAR_LABELS);
        canvas.text("", (0.0, middle + 4.0), Anchor::Start, &name);
        let (low, value, high) = (scale.at(bar.low), scale.at(bar.value), scale.at(bar.high));
        canvas.rect("gain", (scale.at(0.0), middle - 5.0), (low - scale.at(0.0), 10.0));
        canvas.rect("unsure", (low, middle - 5.0), (high - low, 10.0));
        canvas.line("axis", (value, middle - 8.0), (value, middle + 8.0));
        canvas.text("quiet", (BAR_WIDTH - 4.0, middle + 4.0), Anchor::End, &bar.shown);
    }
    let first = bars.first().map(|bar| format!("First: {}, {}. ", bar.label, bar.shown));
    let description = format!(
        "{}{} rows. The dark part is certain, the light part is possible, the stroke is the middle.",
        first.unwrap_or_default(),
        bars.len()
    );
    canvas.finish(title.to_owned(), description, BAR_WIDTH, bottom + 24.0)
}

const TERM_ROW: f64 = 22.0;
const TERM_WIDTH: f64 = 560.0;
const TERM_LABELS: f64 = 14.0 * COLUMN;

/// The parts of the score of an idea, one below the other.
pub(crate) fn waterfall(idea: &Idea, score: &Score, sentence: &str) -> Figure {
    let mut canvas = Canvas::default();
    let shown: Vec<(ScorePart, f64)> = ScorePart::ALL
        .into_iter()
        .zip(score.shown_parts())
        .filter(|(part, amount)| !part.is_cap() || *amount < 0.0)
        .collect();
    let scale = Scale::new((0.0, 100.0), (TERM_LABELS, TERM_WIDTH - 56.0));
    let rows = shown.len() + 1;
    let bottom = TERM_ROW * rows as f64 + 4.0;
    for tick in scale.ticks(5.0) {
        canvas.line("grid", (scale.at(tick), 0.0), (scale.at(tick), bottom));
    }
    let mut sum = 0.0_f64;
    for (at, (part, amount)) in shown.iter().enumerate() {
        let top = TERM_ROW * at as f64 + 4.0;
        let (from, to) = (scale.at(sum.min(sum + amount)), scale.at(sum.max(sum + amount)));
        let is_unsure = match part {
            ScorePart::Criterion(criterion) => score.missing[criterion.index()],
            ScorePart::HeadroomCap | ScorePart::StrategyCap => false,
        };
        let class = match (*amount < 0.0, is_unsure) {
            (true, _) => "loss",
            (false, true) => "unsure",
            (false, false) => "gain",
        };
        canvas.text("quiet", (0.0, top + 12.0), Anchor::Start, part.name());
        canvas.rect(class, (from, top), (to - from, 14.0));
        let sign = if *amount > 0.0 { "+" } else { "" };
        let words = format!("{sign}{}{}", number(*amount), if is_unsure { "?" } else { "" });
        canvas.text("quiet", (TERM_WIDTH - 4.0, top + 12.0), Anchor::End, &words);
        sum += amount;
        canvas.line("link", (scale.at(sum), top + 14.0), (scale.at(sum), top + TERM_ROW));
    }
    let top = TERM_ROW * (rows - 1) as f64 + 4.0;
    canvas.text("", (0.0, top + 12.0), Anchor::Start, "score");
    canvas.rect("total", (scale.at(0.0), top), (scale.at(sum) - scale.at(0.0), 14.0));
    canvas.text("", (TERM_WIDTH - 4.0, top + 12.0), Anchor::End, &number(sum));
    let title = format!("How the score of \"{}\" comes about", idea.title);
    canvas.finish(title, sentence.to_owned(), TERM_WIDTH, bottom + 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(escape("<b a=\"x\">&'\u{1b}\u{202e}"), "&lt;b a=&quot;x&quot;&gt;&amp;&#39;␛�");
    }

    #[test]
    fn ticks_are_round_and_inside() {
        let ticks = |to| Scale::new((0.0, to), (0.0, 1.0)).ticks(5.0);
        assert_eq!(ticks(10.0), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(ticks(130.0), [0.0, 50.0, 100.0]);
        assert_eq!(ticks(0.0), [0.0]);
        assert_eq!(Scale::new((0.0, 10.0), (5.0, 25.0)).at(20.0), 25.0);
    }
}
