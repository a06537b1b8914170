//! The reader of the one-minute sheet as it comes back: ticked, crossed out,
//! commented, with typing errors, quoted by a mail program, its lines moved.

use super::line::Mark;
use super::line::{Named, Naming, comment, fold, named};
use super::{Answers, SheetNote, Started, is_signature, unquoted};
use crate::domain::{Portfolio, Reaction};
use crate::report::short_sheet::{END, HEADING, QUESTION, REQUEST, TICKS};
use crate::text::shorten;

/// Columns of a line that is quoted in a note.
const QUOTED: usize = 24;

/// From so many lines on, a dash before each of them is a bullet.
const BULLETS: usize = 4;

/// Reads the sheet. Nothing that was written is dropped in silence: what is
/// not about an idea is among the [`Answers::unread`].
pub(super) fn read(text: &str, portfolio: &Portfolio) -> Answers {
    let mut reader = Reader {
        portfolio,
        answers: Answers::default(),
        part: Part::List,
        last: None,
        ticks: 0,
        bullets: has_bullets(text, portfolio),
    };
    for (number, line) in (1..).zip(text.lines()) {
        reader.line(number, line);
    }
    reader.answers
}

enum Part {
    /// Below the open question.
    Start,
    List,
    /// Below the line that ends a mail.
    Signature,
}

/// The line about an idea that was read last: what follows may belong to it.
struct Last {
    /// Position in [`Answers::reactions`].
    at: usize,
    depth: usize,
    /// The title and the comment as typed, over all of its lines.
    body: String,
    title: String,
    crossed: bool,
    /// What was said about the idea before this line.
    before: Reaction,
    is_over: bool,
}

struct Reader<'p> {
    portfolio: &'p Portfolio,
    answers: Answers,
    part: Part,
    last: Option<Last>,
    ticks: usize,
    bullets: bool,
}

impl<'p> Reader<'p> {
    fn line(&mut self, number: usize, line: &str) {
        let (depth, text) = unquoted(line);
        if let Part::Signature = self.part {
            if !text.is_empty() {
                self.left_out(number, text, "it stands below the signature");
            }
            return;
        }
        if text.is_empty() {
            if let Some(last) = &mut self.last {
                last.is_over = true;
            }
        } else if is_signature(line) {
            self.part = Part::Signature;
        } else if let Some(part) = printed(text) {
            (self.part, self.last) = (part, None);
        } else if let Some((mark, found)) = self.idea(text) {
            self.part = Part::List;
            self.reaction(number, depth, text, mark, found);
        } else if let Part::Start = self.part {
            self.start(text);
        } else if !self.continued(number, depth, text) {
            self.left_out(number, text, "it is not about an idea of this workspace");
        }
    }

    /// The mark and the idea of a line that is about one.
    fn idea<'t>(&self, text: &'t str) -> Option<(Mark<'t>, Option<Named<'p, 't>>)> {
        let (mut mark, rest) = Mark::read(text, |word| self.portfolio.get(word).is_some());
        if self.bullets && text.starts_with(['-', '–', '—']) {
            let (inner, _) = Mark::read(text.trim_start_matches(['-', '–', '—']), |_| false);
            mark.crossed = inner.crossed;
        }
        let is_listed = matches!(self.part, Part::List);
        let found = named(self.portfolio, rest, mark.has_box);
        match found {
            Some(_) if mark.has_box || is_listed => Some((mark, found)),
            None if mark.has_box => Some((mark, None)),
            _ => None,
        }
    }

    fn reaction(
        &mut self,
        number: usize,
        depth: usize,
        text: &str,
        mark: Mark<'_>,
        found: Option<Named<'_, '_>>,
    ) {
        let Some(Named { idea, naming, label, body }) = found else {
            self.last = None;
            self.left_out(number, text, "no idea has this label or a title like it");
            return;
        };
        let (id, title) = (idea.id.clone(), idea.title.clone());
        let quoted = shorten(text, QUOTED).into_owned();
        let (label, body) = (label.to_owned(), body.to_owned());
        self.note_reading(number, &quoted, &mark);
        match naming {
            Naming::Label => {}
            Naming::Title => {
                let message = format!(
                    "\"{quoted}\": {label} is not its label; read by its title as \"{title}\""
                );
                self.note(number, message);
            }
            Naming::NearLabel => {
                self.note(number, format!("\"{quoted}\": {label} read as \"{title}\""));
            }
        }
        if mark.ticked {
            self.ticks += 1;
            if self.ticks == TICKS + 1 {
                self.note(number, "more than three are ticked; all are kept".to_owned());
            }
        }
        let at = self.position(&id);
        let reaction = &mut self.answers.reactions[at].1;
        reaction.excited |= mark.ticked;
        if mark.crossed {
            reaction.hopeless.get_or_insert_default();
        }
        let before = reaction.clone();
        let last = Last { at, depth, body, title, crossed: mark.crossed, before, is_over: false };
        self.comment(&last);
        self.last = Some(last);
    }

    fn note_reading(&mut self, number: usize, quoted: &str, mark: &Mark<'_>) {
        let read = match (mark.ticked, mark.crossed) {
            (true, true) => "read as ticked and crossed out",
            _ if mark.unusual.is_none() => return,
            (true, false) => "read as ticked",
            (false, true) => "read as crossed out",
            (false, false) => "read as neither ticked nor crossed out",
        };
        self.note(number, format!("\"{quoted}\" {read}"));
    }

    /// Where the words about an idea stand.
    fn position(&mut self, id: &str) -> usize {
        let reactions = &mut self.answers.reactions;
        reactions.iter().position(|(known, _)| known == id).unwrap_or_else(|| {
            reactions.push((id.to_owned(), Reaction::default()));
            reactions.len() - 1
        })
    }

    /// Files what is said on the line: the reason of one that is crossed out.
    fn comment(&mut self, last: &Last) {
        let said = clean(comment(&last.body, &last.title));
        let reaction = &mut self.answers.reactions[last.at].1;
        reaction.clone_from(&last.before);
        let place = match &mut reaction.hopeless {
            Some(why) if last.crossed => why,
            _ => &mut reaction.comment,
        };
        if !said.is_empty() && !place.is_empty() {
            place.push_str("; ");
        }
        place.push_str(&said);
    }

    /// Takes a line as the rest of the one above it, or as an answer written below a quoted one.
    fn continued(&mut self, number: usize, depth: usize, text: &str) -> bool {
        let Some(mut last) = self.last.take() else { return false };
        let is_reply = depth < last.depth;
        if last.is_over && !is_reply {
            return false;
        }
        let is_wrapped_title = comment(&last.body, &last.title).is_empty()
            && comment(&format!("{} {text}", last.body), &last.title).is_empty();
        last.body = if is_reply && !is_wrapped_title && !last.body.contains(':') {
            format!("{}: {text}", last.body)
        } else {
            format!("{} {text}", last.body)
        };
        self.comment(&last);
        if !is_wrapped_title {
            let title = shorten(&last.title, 40).into_owned();
            self.note(number, format!("\"{}\" read as said of \"{title}\"", shorten(text, QUOTED)));
        }
        self.last = Some(last);
        true
    }

    /// An answer to the open question; one that names an idea of the list is that idea.
    fn start(&mut self, text: &str) {
        let item = text.strip_prefix(['-', '*', '+', '•']).unwrap_or(text).trim();
        if matches!(item, "" | "?" | "nothing" | "Nothing" | "none" | "None" | "–") {
            return;
        }
        let is_label = item.chars().count() >= 4 && !item.contains(char::is_whitespace);
        let found = named(self.portfolio, item, is_label);
        let idea = found.filter(|found| comment(found.body, &found.idea.title).is_empty());
        let title = idea.map_or_else(|| clean(item), |found| found.idea.id.clone());
        match self.answers.started.last_mut() {
            Some(started) if item.len() == text.len() && started.summary.is_empty() => {
                started.summary = title;
            }
            Some(started) if item.len() == text.len() => {
                started.summary.push('\n');
                started.summary.push_str(&title);
            }
            _ => self.answers.started.push(Started { title, summary: String::new() }),
        }
    }

    fn note(&mut self, number: usize, message: String) {
        self.answers.notes.push(SheetNote::on_line(number, message));
    }

    fn left_out(&mut self, number: usize, text: &str, why: &str) {
        let message = format!("\"{}\": {why}", shorten(text, 2 * QUOTED));
        self.answers.unread.push(SheetNote::on_line(number, message));
    }
}

/// The part of the sheet that a line opens which the sheet itself printed, also
/// where a mail program broke it.
fn printed(text: &str) -> Option<Part> {
    let text = fold(text);
    let words = text.split(' ').count();
    let is_in = |whole: &str| words >= 3 && fold(whole).contains(&text);
    if is_in(QUESTION) {
        return Some(Part::Start);
    }
    let heading = fold(HEADING);
    let is_heading = text.starts_with(&heading) || text == "one minute";
    (is_heading || is_in(&REQUEST.join(" ")) || is_in(END)).then_some(Part::List)
}

/// Whether a dash stands before every line of the list: then it is a bullet.
fn has_bullets(text: &str, portfolio: &Portfolio) -> bool {
    let lines = text.lines().map(|line| unquoted(line).1);
    let about_ideas = lines.filter(|line| {
        let (mark, rest) = Mark::read(line, |word| portfolio.get(word).is_some());
        mark.has_box && named(portfolio, rest, true).is_some()
    });
    let dashes: Vec<bool> = about_ideas.map(|line| line.starts_with(['-', '–', '—'])).collect();
    dashes.len() >= BULLETS && dashes.into_iter().all(|is_dash| is_dash)
}

/// Text without what a terminal would obey.
pub(super) fn clean(text: &str) -> String {
    let is_shown = |c: &char| *c == '\n' || crate::text::sanitize(&c.to_string()) == c.to_string();
    let text: String = text.replace('\t', " ").chars().filter(is_shown).collect();
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Idea;
    use crate::report::short_sheet;
    use jiff::civil::date;

    fn portfolio() -> Portfolio {
        let ideas = [
            ("train-on-worklogs", "Train on the work log, not only on the answer"),
            ("teach-agents", "Teach agents when to stop"),
            ("agents-notebook", "Agents that keep a laboratory notebook"),
            ("surrogates", "Surrogates that know when to call the solver"),
            ("learned-closure", "Learn the small eddies, solve the large ones"),
            ("debate", "Debate: two models argue"),
        ];
        Portfolio::new(ideas.iter().map(|(id, title)| Idea::new(*id, *title)).collect(), Vec::new())
    }

    fn sheet() -> String {
        let portfolio = portfolio();
        let ideas: Vec<&Idea> = portfolio.iter().collect();
        short_sheet(&portfolio, &ideas, "Mara", date(2026, 11, 20))
    }

    /// The sheet with lines replaced that begin with a label's line.
    fn filled(with: &[(&str, &str)]) -> String {
        let mut text = sheet();
        for (from, to) in with {
            assert!(text.contains(from), "{from}");
            text = text.replacen(from, to, 1);
        }
        text
    }

    fn said(answers: &Answers) -> Vec<String> {
        let reaction = |(id, reaction): &(String, Reaction)| {
            let Reaction { excited, hopeless, comment } = reaction;
            let mark = if *excited { "x" } else { "" };
            let crossed = hopeless.as_ref().map_or(String::new(), |why| format!("-{why}"));
            format!("{id} {mark}{crossed}|{comment}")
        };
        let given = answers.reactions.iter().filter(|(_, reaction)| !reaction.is_empty());
        given.map(reaction).collect()
    }

    fn notes(answers: &Answers) -> Vec<String> {
        answers.notes.iter().map(|note| format!("{} {}", note.place, note.message)).collect()
    }

    const FILLED: [(&str, &str); 5] = [
        ("stop\n>", "stop\n>"),
        ("[ ] train ", "[x] train "),
        ("stop:\n", "stop: after the talk of May\n"),
        ("[ ] surrog", "- [ ] surrog"),
        ("solver:\n", "solver: taken: see the paper\n"),
    ];

    #[test]
    fn an_empty_sheet_says_nothing() {
        let answers = read(&sheet(), &portfolio());
        assert_eq!((said(&answers), notes(&answers)), (Vec::new(), Vec::new()));
        assert!(answers.unread.is_empty() && answers.started.is_empty());
    }

    #[test]
    fn ticks_crosses_and_words_are_read() {
        let answers = read(&filled(&FILLED[1..]), &portfolio());
        assert_eq!(
            said(&answers),
            [
                "train-on-worklogs x|",
                "teach-agents |after the talk of May",
                "surrogates -taken: see the paper|",
            ]
        );
        assert!(notes(&answers).is_empty() && answers.unread.is_empty(), "{answers:?}");
    }

    #[test]
    fn a_reply_in_a_mail_reads_the_same() {
        let text = filled(&FILLED[1..]).replacen("\n>\n", "\n> a gauge for the solver\n", 1);
        let quoted: String = text.lines().map(|line| format!("> {line}\r\n")).collect();
        let mail = format!("{quoted}\r\n-- \r\nLee, room 3\r\n");
        let (plain, mail) = (read(&text, &portfolio()), read(&mail, &portfolio()));
        assert_eq!(said(&plain), said(&mail));
        assert_eq!(plain.started, mail.started);
        assert_eq!(plain.started[0].title, "a gauge for the solver");
        let left: Vec<&str> = mail.unread.iter().map(|note| note.message.as_str()).collect();
        assert_eq!(left, ["\"Lee, room 3\": it stands below the signature"]);
    }

    #[test]
    fn what_was_mistyped_is_read_and_said() {
        let text = filled(&[
            ("[ ] train ", "[x train "),
            ("[ ] learne ", "[X] lern "),
            ("small eddies", "smal eddys"),
            ("[ ] debate  Debate: two models argue:", "(x) debate  Debate: two models argue: soon"),
            ("[ ] agents", "[-] agnets"),
            ("[ ] teach ", "[x] teach "),
        ]);
        let answers = read(&text, &portfolio());
        assert_eq!(
            said(&answers),
            [
                "train-on-worklogs x|",
                "teach-agents x|",
                "agents-notebook -|",
                "learned-closure x|",
                "debate x|soon",
            ]
        );
        assert_eq!(
            notes(&answers),
            [
                "line 9 \"[x train   Train on the…\" read as ticked",
                "line 11 \"[-] agnets  Agents that…\": agnets is not its label; read by its title as \
                 \"Agents that keep a laboratory notebook\"",
                "line 13 \"[X] lern  Learn the sma…\": lern is not its label; read by its title as \
                 \"Learn the small eddies, solve the large ones\"",
                "line 14 more than three are ticked; all are kept",
            ]
        );
    }

    #[test]
    fn answers_on_lines_of_their_own_belong_to_the_idea_above() {
        let text = "> [ ] train    Train on the work log, not only\n> on the answer:\n\nthis one, now\n\n\
                    > [ ] teach    Teach agents when to stop:\n> [x] debate   Debate: two models\n\
                    > argue: yes\n> please\n\nBest, Lee\n";
        let answers = read(text, &portfolio());
        assert_eq!(
            said(&answers),
            ["train-on-worklogs |this one, now", "debate x|yes please Best, Lee"]
        );
        assert_eq!(notes(&answers).len(), 4);
    }

    #[test]
    fn dashes_before_all_lines_are_bullets() {
        let text = sheet().replace("[ ]", "- [ ]").replacen("- [ ] train", "- [x] train", 1);
        let text = text.replacen("- [ ] debate", "- - [ ] debate", 1);
        let answers = read(&text, &portfolio());
        assert_eq!(said(&answers), ["train-on-worklogs x|", "debate -|"]);
    }

    #[test]
    fn the_first_answer_may_name_an_idea_of_the_list() {
        let text =
            filled(&[("list or not?\n>", "list or not?\n> surrog\n> - a new gauge\nof mine\n- ?")]);
        let answers = read(&text, &portfolio());
        let started: Vec<(&str, &str)> =
            answers.started.iter().map(|one| (one.title.as_str(), one.summary.as_str())).collect();
        assert_eq!(started, [("surrogates", ""), ("a new gauge", "of mine")]);
    }

    #[test]
    fn what_is_about_no_idea_is_named() {
        let text = "Hi Mara,\n[x] gone   An idea that left the list long ago: pity\n[ ] train  Train on the work log, not only on the answer:\n\nCheers\n";
        let answers = read(text, &portfolio());
        let left: Vec<&str> = answers.unread.iter().map(|note| note.place.as_str()).collect();
        assert_eq!(left, ["line 1", "line 2", "line 5"]);
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_kept() {
        let text =
            filled(&[("stop:", "stop: \u{1b}[2Jred\u{202e}\u{9b}"), ("?\n>", "?\n> a\u{1b}]0;b")]);
        let answers = read(&text, &portfolio());
        assert_eq!(said(&answers), ["teach-agents |[2Jred"]);
        assert_eq!(answers.started[0].title, "a]0;b");
    }

    proptest! {
        #[test]
        fn no_word_is_dropped_in_silence(
            line in "[-x\\[\\]() >]{0,4}(train|teach|[a-z]{2,9}|Teach agents when to stop)?[ :]{0,3}",
            word in "wq[a-z]{3,6}",
            at in 0..16_usize,
        ) {
            let sheet = sheet();
            let mut lines: Vec<&str> = sheet.lines().collect();
            let new = format!("{line} {word}");
            lines.insert(at.min(lines.len()), &new);
            let answers = read(&lines.join("\n"), &portfolio());
            let kept = format!("{:?} {:?} {:?}", answers.reactions, answers.started, answers.unread);
            prop_assert!(kept.contains(&word), "{new}: {answers:?}");
        }

        #[test]
        fn any_text_is_read(text in "([-x\\[\\]() >~]{0,6}(train|surrog|--|\\PC{0,12})(: \\PC{0,9})?\n){0,12}") {
            let portfolio = portfolio();
            let answers = Answers::read(&text, &portfolio);
            let edit = answers.edit(&portfolio, "lee", date(2026, 1, 1));
            prop_assert!(portfolio.clone().apply(&edit).is_ok());
        }
    }
}
