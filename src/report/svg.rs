//! Small pictures: a few shapes, one scale, and text that is always escaped.
//! Colours are classes, so that a page decides them and dark follows light.

mod bars;
mod course;
mod map;
mod waterfall;

use std::fmt::Write;

use crate::text::{sanitize, shorten, width};

pub(super) use bars::{Bar, bars};
pub(super) use course::course;
pub(super) use map::{MapPoint, map};
pub(super) use waterfall::waterfall;

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
