//! Overlays, text over a screen: keys, problems, changes, results of duels.

use crate::command::{Command, CommandSpec, Keymap, Scope, all};
use crate::domain::{Problem, Severity};
use crate::find::fold;
use crate::judge::duel::Curiosities;
use crate::judge::percent;
use crate::text::wrap;
use crate::tui::app::external_changes::ExternalChange;
use crate::tui::app::model::{Model, Overlay, OverlayKind};
use crate::tui::world::World;

/// Rows of the terminal around an overlay: title, heading and footer.
pub(super) const ROWS_AROUND: u16 = 5;

/// Columns for keys in help.
pub(super) const KEYS: usize = 28;

/// Columns that a page has for its lines, at a width of the terminal.
pub(super) fn columns(width: u16) -> usize {
    usize::from(width.saturating_sub(3))
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum OverlayLine {
    Heading(String),
    /// Keys and what they do.
    Keys {
        /// The keys, as people read them.
        keys: String,
        help: String,
    },
    Trouble(String),
    Text(String),
    /// A line of what the page is about.
    Plain(String),
    Blank,
}

impl OverlayLine {
    /// Whether it holds all words of a query.
    fn holds(&self, query: &str) -> bool {
        match self {
            Self::Heading(text) | Self::Trouble(text) | Self::Text(text) | Self::Plain(text) => {
                holds(text, query)
            }
            Self::Keys { keys, help } => holds(&format!("{keys} {help}"), query),
            Self::Blank => query.is_empty(),
        }
    }
}

pub(super) fn title(kind: OverlayKind, model: &Model) -> String {
    match kind {
        OverlayKind::Help => format!("Help: {}", model.help().name),
        OverlayKind::Problems => "Problems in the files".to_owned(),
        OverlayKind::Changes => "Changes by other programs".to_owned(),
        OverlayKind::Curiosities => "What is curious about the answers".to_owned(),
    }
}

/// The lines of an overlay, in rows of so many columns, filtered by its search.
pub(super) fn lines(overlay: &Overlay, model: &Model, columns: usize) -> Vec<OverlayLine> {
    match overlay.kind {
        OverlayKind::Help => {
            let page = model.help();
            let mut lines = legend(&overlay.query, &filled(page.legend, &model.world), columns);
            let keys = help(&overlay.query, page.scopes, &model.world.keymap, columns);
            if !lines.is_empty() && !keys.is_empty() {
                lines.push(OverlayLine::Blank);
            }
            lines.extend(keys);
            lines
        }
        OverlayKind::Changes => changes(&model.external_changes, &overlay.query),
        OverlayKind::Curiosities => {
            let found = model.world.results.curiosities.output();
            let lines = found.map(|found| curiosity_lines(found, columns, &model.world));
            lines
                .unwrap_or_default()
                .into_iter()
                .filter(|line| line.holds(&overlay.query))
                .collect()
        }
        OverlayKind::Problems => model
            .all_problems()
            .filter(|problem| holds(&problem.to_string(), &overlay.query))
            .flat_map(|problem| described(problem, columns))
            .collect(),
    }
}

/// A legend with the numbers of the settings in the places of their names.
fn filled(legend: &[(&'static str, &str)], world: &World) -> Vec<(&'static str, String)> {
    let (rule, stall) = (world.portfolio.rule(), world.portfolio.stall_rule());
    let settings = [
        ("{leak}", format!("{:.0}", rule.leak * 100.0)),
        ("{block_hours}", stall.block_hours.to_string()),
        ("{block_weeks}", stall.block_weeks.to_string()),
        ("{least_gain}", stall.least_gain.to_string()),
    ];
    let fill = |meaning: &str| {
        let put = |text: String, (name, value): &(&str, String)| text.replace(name, value);
        settings.iter().fold(meaning.to_owned(), put)
    };
    legend.iter().map(|(sign, meaning)| (*sign, fill(meaning))).collect()
}

/// What the screen shows, and what it means.
fn legend(query: &str, legend: &[(&str, String)], columns: usize) -> Vec<OverlayLine> {
    let rows: Vec<OverlayLine> = legend
        .iter()
        .filter(|(sign, meaning)| holds(&format!("{sign} {meaning}"), query))
        .flat_map(|(sign, meaning)| described_keys((*sign).to_owned(), meaning, columns))
        .collect();
    let heading = OverlayLine::Heading("What you see".to_owned());
    if rows.is_empty() { rows } else { std::iter::once(heading).chain(rows).collect() }
}

/// The keys of the screen first, then those that are valid everywhere, then
/// those of what is opened from here.
fn help(query: &str, own: &[Scope], keymap: &Keymap, columns: usize) -> Vec<OverlayLine> {
    let others = [Scope::Everywhere, Scope::Prompt, Scope::Writing, Scope::Choice];
    let scopes = [own, &others].concat();
    let mut lines = Vec::new();
    for scope in scopes {
        let rows: Vec<OverlayLine> = all()
            .iter()
            .filter(|entry| entry.scope == scope && !keymap.keys(entry.command).is_empty())
            .filter_map(|entry| match PAIRS.iter().find(|pair| pair.is_whole(entry, keymap)) {
                Some(pair) if query.is_empty() => pair.line(entry, keymap),
                _ => Some((entry, keys(entry.command, keymap), entry.help)),
            })
            .filter(|(entry, keys, help)| {
                let CommandSpec { id, command, .. } = entry;
                holds(&format!("{id} {keys} {help} {}", command.synonyms()), query)
            })
            .flat_map(|(_, keys, help)| described_keys(keys, help, columns))
            .collect();
        if rows.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(OverlayLine::Blank);
        }
        lines.push(OverlayLine::Heading(scope.title().to_owned()));
        lines.extend(rows);
    }
    lines
}

/// Keys with what they do, on as many lines as that needs.
fn described_keys(keys: String, help: &str, columns: usize) -> Vec<OverlayLine> {
    let mut lines = wrap(help, columns.saturating_sub(KEYS).max(20)).into_iter();
    let first = OverlayLine::Keys { keys, help: lines.next().unwrap_or_default() };
    let rest = lines.map(|help| OverlayLine::Keys { keys: String::new(), help });
    std::iter::once(first).chain(rest).collect()
}

/// Two commands that help shows in one line.
struct Pair {
    first: Command,
    second: Command,
    help: &'static str,
}

const fn pair(first: Command, second: Command, help: &'static str) -> Pair {
    Pair { first, second, help }
}

/// Commands and their opposites: help needs its lines for more than these.
const PAIRS: [Pair; 11] = [
    pair(Command::Down, Command::Up, "Next and previous line"),
    pair(Command::Top, Command::Bottom, "First and last line"),
    pair(Command::NextScreen, Command::PreviousScreen, "Next and previous screen"),
    pair(Command::Save, Command::Reload, "Retry saving; reload"),
    pair(Command::CopyId, Command::CopyText, "Copy the idea's id, or its own text"),
    pair(Command::Palette, Command::Help, "Every command by name; the keys of this screen"),
    pair(Command::PageDown, Command::PageUp, "Half a page down and up"),
    pair(Command::Forecast, Command::Judge, "Forecast what a run will show; judge all that is due"),
    pair(Command::Log, Command::Note, "Log in one line: 3h 6 it works; in several lines"),
    pair(Command::Suspend, Command::Quit, "To the shell, `fg` returns; back, and then out"),
    pair(Command::Undo, Command::Redo, "Undo, redo; even after a restart"),
];

impl Pair {
    /// Whether it is the pair of this command, and both have keys.
    fn is_whole(&self, entry: &CommandSpec, keymap: &Keymap) -> bool {
        let both = [self.first, self.second];
        both.contains(&entry.command)
            && both.iter().all(|command| !keymap.keys(*command).is_empty())
    }

    /// The line of both, in the place of the first.
    fn line<'e>(
        &self,
        entry: &'e CommandSpec,
        keymap: &Keymap,
    ) -> Option<(&'e CommandSpec, String, &'static str)> {
        let both = || format!("{}  {}", keys(self.first, keymap), keys(self.second, keymap));
        (entry.command == self.first).then(|| (entry, both(), self.help))
    }
}

/// The external changes, idea by idea.
fn changes(changes: &[ExternalChange], query: &str) -> Vec<OverlayLine> {
    let mut lines = Vec::new();
    for change in changes {
        let what = change.what();
        if !holds(&format!("{} {}", change.title(), what.join(" ")), query) {
            continue;
        }
        lines.push(OverlayLine::Heading(change.title()));
        lines.extend(what.iter().map(|what| OverlayLine::Text(format!("  {what}"))));
        lines.push(OverlayLine::Blank);
    }
    lines
}

fn keys(command: Command, keymap: &Keymap) -> String {
    keymap.keys(command).join("  ")
}

/// Whether a text holds all words of a query, in any order.
fn holds(text: &str, query: &str) -> bool {
    let text = fold(text);
    fold(query).split_whitespace().all(|word| text.contains(word))
}

/// What is wrong, where, with a pointer at the spot.
fn described(problem: &Problem, room: usize) -> Vec<OverlayLine> {
    let number = problem.line.to_string();
    let margin = " ".repeat(number.len());
    let before: usize =
        problem.excerpt.chars().take(problem.column.saturating_sub(1)).map(columns_of).sum();
    let below: usize = problem
        .excerpt
        .chars()
        .skip(problem.column.saturating_sub(1))
        .take(problem.width.max(1))
        .map(columns_of)
        .sum();
    let mark = match problem.severity {
        Severity::Error => "✗",
        Severity::Warning => "!",
    };
    let message = wrap(&format!("{mark} {}", problem.message), room);
    let mut lines: Vec<OverlayLine> = message.into_iter().map(OverlayLine::Trouble).collect();
    let Problem { file, line, column, excerpt, .. } = problem;
    lines.extend([
        OverlayLine::Text(format!("  {margin} ╭ {}:{line}:{column}", file.display())),
        OverlayLine::Text(format!("  {number} │ {excerpt}")),
        OverlayLine::Text(format!(
            "  {margin} │ {}{}",
            " ".repeat(before),
            "^".repeat(below.max(1))
        )),
    ]);
    if !problem.hint.is_empty() {
        let hint = wrap(&problem.hint, room.saturating_sub(4 + number.len()));
        lines
            .extend(hint.into_iter().map(|hint| OverlayLine::Text(format!("  {margin} ╰ {hint}"))));
    }
    lines.push(OverlayLine::Blank);
    lines
}

fn columns_of(c: char) -> usize {
    crate::text::width(&crate::text::sanitize(c.encode_utf8(&mut [0; 4])))
}

/// Circles, then answers worth asking again, in lines of so many columns.
fn curiosity_lines(found: &Curiosities, columns: usize, world: &World) -> Vec<OverlayLine> {
    let title = |id: &String| world.portfolio.title_of(id).to_owned();
    let text = |words: &str| wrap(words, columns).into_iter().map(OverlayLine::Text);
    let mut lines: Vec<OverlayLine> = text(&summary(found)).collect();
    for circle in &found.cycles {
        lines.extend([OverlayLine::Blank, OverlayLine::Heading("A circle".to_owned())]);
        lines.extend(circle.iter().take(1).map(|id| OverlayLine::Plain(title(id))));
        let others = circle.iter().cycle().skip(1).take(circle.len());
        lines.extend(others.map(|id| OverlayLine::Plain(format!("  over  {}", title(id)))));
    }
    if !found.surprises.is_empty() {
        let heading = "Answers that surprise, with how likely each was, given all others";
        lines.extend([OverlayLine::Blank, OverlayLine::Heading(heading.to_owned())]);
    }
    for one in &found.surprises {
        let between = if one.tie { "=" } else { "over" };
        let chance = percent(one.probability);
        lines.extend([
            OverlayLine::Plain(format!("{chance:>9}  {}", title(&one.winner))),
            OverlayLine::Plain(format!("{:9}  {between}  {}", "", title(&one.loser))),
        ]);
    }
    lines
}

fn summary(found: &Curiosities) -> String {
    let circles = match found.cyclic_triads {
        0 if found.cycles.is_empty() => return "No answers go round in circles.".to_owned(),
        0 => "No circle of three".to_owned(),
        1 => "One circle of three".to_owned(),
        many => format!("{many} circles of three"),
    };
    let expected = found.expected_cyclic_triads;
    format!(
        "{circles}; chance alone would bring about {expected:.1}. That is no mistake: what one \
         wants has more than one side."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_the_screen_stand_before_those_that_are_valid_everywhere() {
        let lines = help("", &[Scope::Rank], &Keymap::default(), columns(80));
        let headings = lines.iter().filter_map(|line| match line {
            OverlayLine::Heading(heading) => Some(heading.as_str()),
            _ => None,
        });
        assert_eq!(headings.take(2).collect::<Vec<_>>(), ["Rank", "Everywhere"]);
        let everywhere = all().iter().filter(|entry| entry.scope == Scope::Everywhere);
        for key in everywhere.flat_map(|entry| Keymap::default().keys(entry.command)) {
            let shows = |line: &OverlayLine| {
                matches!(line, OverlayLine::Keys { keys, .. }
                if keys.split(' ').any(|shown| shown == key))
            };
            assert!(lines.iter().any(shows), "{key}");
        }
    }

    #[test]
    fn the_legend_is_found_by_the_words_that_people_use() {
        let model = Model::new(
            "test".into(),
            crate::domain::Portfolio::default(),
            Vec::new(),
            crate::judge::ScoreRule::default(),
            jiff::civil::date(2026, 3, 1),
        );
        for word in ["bar", "tie", "bracket", "cap", "cursor", "marked"] {
            assert!(
                !legend(word, &filled(model.current().legend(), &model.world), 77).is_empty(),
                "{word}"
            );
        }
        for screen in crate::tui::screens::ScreenId::ALL {
            assert!(!model.screens.get(*screen).legend().is_empty(), "{screen:?}");
        }
    }

    #[test]
    fn help_is_searched_by_all_words() {
        let lines = help(
            "status parked done",
            &[Scope::Rank, Scope::Listed],
            &Keymap::default(),
            columns(80),
        );
        let found = lines.iter().filter_map(|line| match line {
            OverlayLine::Keys { keys, .. } if !keys.is_empty() => Some(keys.as_str()),
            _ => None,
        });
        assert_eq!(found.collect::<Vec<_>>(), ["s"]);
    }

    #[test]
    fn the_pointer_stands_under_what_is_meant() {
        let wrong = Problem {
            file: "ideas.toml".into(),
            line: 12,
            column: 3,
            excerpt: "日本x = 11".into(),
            width: 1,
            severity: Severity::Error,
            code: "out-of-range",
            message: "no".into(),
            hint: String::new(),
            idea: None,
        };
        let pointer = &described(&wrong, 60)[3];
        assert_eq!(*pointer, OverlayLine::Text("     │     ^".into()));
    }
}
