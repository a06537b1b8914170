//! Problems of files as a person wants to see them: the line, and a pointer at the spot.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::domain::{Problem, Severity};
use crate::text::sanitize;

/// Renders problems one below the other, with colours; a stream that cannot
/// show them takes them out.
pub(super) fn render(problems: &[Problem]) -> String {
    let renderer = Renderer::styled();
    problems.iter().map(|problem| renderer.render(&[group(problem)]) + "\n\n").collect()
}

fn group(problem: &Problem) -> Group<'_> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let excerpt = sanitize(&problem.excerpt);
    let byte = |character: usize| {
        excerpt.char_indices().nth(character).map_or(excerpt.len(), |(byte, _)| byte)
    };
    let start = problem.column.saturating_sub(1);
    let span = byte(start)..byte(start + problem.width);
    let path = sanitize(&problem.file.display().to_string()).into_owned();
    let mut group = level.primary_title(sanitize(&problem.message)).id(problem.code).element(
        Snippet::source(excerpt)
            .line_start(problem.line)
            .path(path)
            .annotation(AnnotationKind::Primary.span(span)),
    );
    if !problem.hint.is_empty() {
        group = group.element(Level::HELP.message(sanitize(&problem.hint)));
    }
    group
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_pointer_stands_under_the_spot() {
        let text = "title = \"日本\\u001b\"\nheadroom = 11 # \u{1b}[31m\n";
        let at = text.find("11").unwrap();
        let problem = Problem {
            hint: "did you mean 10?".to_owned(),
            ..Problem::at(
                Path::new("ideas.toml"),
                text,
                at..at + 2,
                Severity::Error,
                "out-of-range",
                "headroom must be a number from 0 to 10".to_owned(),
            )
        };
        let plain = anstream::adapter::strip_str(&render(&[problem])).to_string();
        let expected = "\
error[out-of-range]: headroom must be a number from 0 to 10
 --> ideas.toml:2:12
  |
2 | headroom = 11 # ␛[31m
  |            ^^
  |
  = help: did you mean 10?

";
        assert_eq!(plain, expected);
    }
}
