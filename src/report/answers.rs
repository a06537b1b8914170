//! A filled-in sheet, read back: as forgiving as a person would be, and
//! outspoken about every line that it could not make sense of.

mod json;
mod line;
mod short;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use super::group_pages::{IDEA, START};
use crate::domain::{
    CRITERIA, Criterion, Date, Edit, Field, Idea, NewIds, Portfolio, RaterAnswers, Rating,
    Reaction, Value, slug,
};

/// What a colleague wrote on a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// What they would start, in their order.
    pub started: Vec<Started>,
    /// What they said about each idea in numbers, in the order of the sheet.
    pub answered: Vec<RaterAnswers>,
    /// What they said about each idea in words, under its present id.
    pub reactions: Vec<(String, Reaction)>,
    /// Lines that were not filled in as the sheet asks, and how they were read.
    pub notes: Vec<SheetNote>,
    /// Lines that were left out, and why.
    pub unread: Vec<SheetNote>,
}

/// Something that a colleague would start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Started {
    pub title: String,
    /// The lines below it, up to the next bullet; empty if there are none.
    pub summary: String,
}

/// A remark about a place of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetNote {
    /// `line 12`, or the way to a value of JSON.
    pub place: String,
    /// What is wrong there, or how it was read.
    pub message: String,
}

impl SheetNote {
    fn on_line(number: usize, message: String) -> Self {
        Self { place: format!("line {number}"), message }
    }
}

enum Part {
    /// Above the questions, or behind the signature: nothing is read there.
    Outside,
    Start,
    /// At an idea; `None` for one that does not exist.
    Idea(Option<usize>),
}

impl Answers {
    /// Reads a sheet: JSON, the one-minute sheet, or the one with all questions.
    /// `portfolio` says which ideas there are; aliases count.
    ///
    /// Understood as well: quoting by a mail program, `=` for `:`, capitals and
    /// emphasis around a name, `4-7`, `4 to 7`, `7/10`, a decimal comma, and a
    /// `?` for what one does not know.
    #[must_use]
    pub fn read(text: &str, portfolio: &Portfolio) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut answers = if text.trim_start().starts_with('{') {
            json::read(text, portfolio)
        } else if is_full(text) {
            Self::read_full(text, portfolio)
        } else {
            short::read(text, portfolio)
        };
        answers.reactions.retain(|(_, reaction)| !reaction.is_empty());
        answers
    }

    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.started.is_empty() && self.answered.is_empty() && self.reactions.is_empty()
    }

    fn read_full(text: &str, portfolio: &Portfolio) -> Self {
        let mut reader =
            Reader { answers: Self::default(), part: Part::Outside, depth: None, bullet: false };
        for (number, line) in (1..).zip(text.lines()) {
            reader.read(number, line, portfolio);
        }
        let Reader { mut answers, .. } = reader;
        answers.answered.retain(|answered| !answered.is_empty());
        answers
    }

    /// Those of the answers that `from` gives about ideas on which they had
    /// said nothing; earlier answers stay.
    pub fn new_answers(&self, portfolio: &Portfolio, from: &str) -> Vec<&RaterAnswers> {
        let rater = portfolio.raters().iter().find(|rater| rater.name == from);
        let is_known = |answered: &RaterAnswers| {
            let names = portfolio.get(&answered.id).into_iter();
            let mut names = names.flat_map(|idea| idea.aliases.iter().chain([&idea.id]));
            rater.is_some_and(|rater| names.any(|name| rater.ratings.contains_key(name)))
        };
        self.answered.iter().filter(|answered| !is_known(answered)).collect()
    }

    /// The edit that takes the sheet in: what they said about ideas, and what
    /// they would start as new ideas in the inbox, from them, captured on that
    /// day. Where they named an idea that is there already, by its title or id,
    /// they are added to its people.
    #[must_use]
    pub fn edit(&self, portfolio: &Portfolio, from: &str, date: Date) -> Edit {
        let answers = self.new_answers(portfolio, from).into_iter().map(|answered| {
            Edit::AddRaterAnswers { person: from.to_owned(), answers: Box::new(answered.clone()) }
        });
        let reactions = self.new_reactions(portfolio, from).into_iter().map(|(id, reaction)| {
            Edit::Reaction { person: from.to_owned(), id: id.to_owned(), reaction }
        });
        Edit::Group(answers.chain(reactions).chain(self.starts(portfolio, from, date)).collect())
    }

    /// What `from` says in words about ideas once this sheet is taken in, where
    /// that is something else than before. What the sheet says counts; where it
    /// says nothing, the earlier words stay.
    #[must_use]
    pub fn new_reactions(&self, portfolio: &Portfolio, from: &str) -> Vec<(&str, Reaction)> {
        let rater = portfolio.raters().iter().find(|rater| rater.name == from);
        let merged = |(id, said): &'_ (String, Reaction)| {
            let idea = portfolio.get(id)?;
            let known = rater.map(|rater| rater.reaction(idea)).unwrap_or_default();
            let mut reaction = said.clone();
            if !said.excited && said.hopeless.is_none() {
                (reaction.excited, reaction.hopeless) = (known.excited, known.hopeless.clone());
            }
            if said.comment.is_empty() {
                reaction.comment.clone_from(&known.comment);
            }
            (reaction != known).then_some(reaction)
        };
        let merged = self.reactions.iter().map(|said| (said.0.as_str(), merged(said)));
        merged.filter_map(|(id, reaction)| Some((id, reaction?))).collect()
    }

    fn starts(&self, portfolio: &Portfolio, from: &str, date: Date) -> Vec<Edit> {
        let mut ids: HashSet<String> = HashSet::new();
        let mut new_ids = NewIds::new(portfolio);
        let mut edits = Vec::new();
        for Started { title, summary } in &self.started {
            let slug = slug(title);
            let known = portfolio
                .get(title.trim())
                .or_else(|| portfolio.iter().find(|idea| self::slug(&idea.title) == slug));
            if let Some(idea) = known {
                if !idea.people.iter().any(|name| name == from) && ids.insert(idea.id.clone()) {
                    let people = [idea.people.as_slice(), &[from.to_owned()]].concat();
                    edits.push(Edit::set(&idea.id, Field::People, Some(Value::List(people))));
                }
                continue;
            }
            let id = new_ids.of_title(title);
            ids.insert(id.clone());
            let mut idea = Idea::new(id, title);
            idea.summary.clone_from(summary);
            idea.from = Some(from.to_owned());
            idea.created = Some(date);
            edits.push(Edit::Add { idea: Box::new(idea), before: None });
        }
        edits
    }
}

struct Reader {
    answers: Answers,
    part: Part,
    /// How deeply the sheet is quoted, as its first question or idea shows: what
    /// is quoted deeper is there to be read.
    depth: Option<usize>,
    /// Whether the last line of the first question was a bullet.
    bullet: bool,
}

impl Reader {
    fn read(&mut self, number: usize, line: &str, portfolio: &Portfolio) {
        let (depth, text) = unquoted(line);
        if self.depth.is_some_and(|own| depth > own) {
            return;
        }
        if let Some(title) = text.strip_prefix('#') {
            let is_start = title.trim_start_matches('#').trim() == START;
            self.part = if is_start { Part::Start } else { Part::Outside };
            if is_start {
                self.depth.get_or_insert(depth);
            }
            return;
        }
        let (name, value) = named(text);
        // "Idea: weigh the moon" below the first question is one, not a reference.
        let is_start = matches!(self.part, Part::Start);
        if name == IDEA && (!is_start || portfolio.get(value).is_some()) {
            self.depth.get_or_insert(depth);
            self.open(number, value, portfolio);
            return;
        }
        match self.part {
            _ if is_signature(text) => self.part = Part::Outside,
            Part::Outside | Part::Idea(None) => {}
            Part::Start => self.start(text),
            Part::Idea(Some(position)) => match Criterion::from_id(&name) {
                Some(criterion) => self.answer(number, position, criterion, value),
                None if text.is_empty() => {}
                None => self.answers.answered[position].remarks.push(text.to_owned()),
            },
        }
    }

    fn open(&mut self, number: usize, id: &str, portfolio: &Portfolio) {
        let Some(idea) = portfolio.get(id) else {
            self.part = Part::Idea(None);
            let message = format!("there is no idea \"{id}\"; what follows about it is left out");
            self.answers.unread.push(SheetNote::on_line(number, message));
            return;
        };
        let answered = &mut self.answers.answered;
        let position = answered.iter().position(|a| a.id == idea.id).unwrap_or_else(|| {
            answered.push(RaterAnswers::new(&idea.id, [None; CRITERIA]));
            answered.len() - 1
        });
        self.part = Part::Idea(Some(position));
    }

    fn start(&mut self, text: &str) {
        let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let item = text
            .strip_prefix(['-', '*', '+', '•'])
            .or_else(|| number.strip_prefix(['.', ')']).filter(|_| number.len() < text.len()));
        let title = item.unwrap_or(text).trim();
        if title.is_empty() {
            self.bullet &= item.is_none();
            return;
        }
        match self.answers.started.last_mut() {
            Some(started) if item.is_none() && self.bullet => {
                if !started.summary.is_empty() {
                    started.summary.push('\n');
                }
                started.summary.push_str(title);
            }
            _ => {
                let started = Started { title: title.to_owned(), summary: String::new() };
                self.answers.started.push(started);
                self.bullet = item.is_some();
            }
        }
    }

    fn answer(&mut self, number: usize, position: usize, criterion: Criterion, value: &str) {
        let answered = &mut self.answers.answered[position];
        let mut problem = None;
        match read(value) {
            Ok(None) => {}
            Ok(Some((rating, reason))) => {
                let before = answered.ratings[criterion.index()].replace(rating);
                reason.clone_into(&mut answered.reasons[criterion.index()]);
                if before.is_some_and(|before| before != rating) {
                    problem = Some("is answered twice; this answer counts".to_owned());
                }
            }
            Err(message) => problem = Some(message),
        }
        if let Some(problem) = problem {
            let message = format!("{} of {}: {problem}", criterion.id(), answered.id);
            self.answers.unread.push(SheetNote::on_line(number, message));
        }
    }
}

/// Whether a text is the sheet with all questions.
fn is_full(text: &str) -> bool {
    text.lines().any(|line| {
        let text = unquoted(line).1;
        text.trim_start_matches('#').trim() == START || named(text).0 == IDEA
    })
}

/// Whether a line is the one that a mail program puts above a signature.
fn is_signature(line: &str) -> bool {
    unquoted(line).1 == "--"
}

/// How often a line is quoted, and what is left without the `>`.
fn unquoted(line: &str) -> (usize, &str) {
    let text = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
    let depth = line[..line.len() - text.len()].matches('>').count();
    (depth, text.trim_end())
}

/// The name before the first `:` or `=`, without emphasis and capitals, and what stands behind it.
fn named(text: &str) -> (String, &str) {
    let is_decoration = |c: char| matches!(c, '*' | '_' | '`' | '-') || c.is_whitespace();
    let Some((name, value)) = text.split_once([':', '=']) else { return (String::new(), "") };
    let value = value.trim_matches(|c: char| matches!(c, '*' | '_' | '`') || c.is_whitespace());
    (name.trim_matches(is_decoration).to_lowercase(), value)
}

/// Reads `7`, `3,5`, `4..7`, `4-7`, `4 – 7`, `4 to 7` or `7/10`, and what is said
/// behind it; `None` for nothing and for `?`.
///
/// # Errors
/// Says what was expected.
fn read(text: &str) -> Result<Option<(Rating, &str)>, String> {
    let text = text.trim_start_matches(['~', ' ', '≈']).trim();
    if matches!(text, "" | "?" | "-" | "–" | "—") {
        return Ok(None);
    }
    let expected = || format!("\"{text}\" is not a number from 0 to 10, nor a range like 4..7");
    let (low, rest) = number(text).ok_or_else(expected)?;
    let (high, rest) = match second(rest) {
        Some((high, rest)) => (high, rest),
        None => (low, rest),
    };
    let rest = out_of_ten(rest);
    let glued = rest.strip_prefix(['.', ',']).unwrap_or(rest);
    if glued.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '/' | '%')) {
        return Err(expected());
    }
    let rating = Rating::range(low.min(high), high.max(low)).filter(|rating| rating.fits(10.0));
    let reason = rest.trim().trim_start_matches(['#', '.', ',', ';', ':', '-', '–', '—']).trim();
    let bare = reason.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    Ok(Some((rating.ok_or_else(expected)?, bare.unwrap_or(reason))))
}

/// The number at the beginning of a text, and what stands behind it.
fn number(text: &str) -> Option<(f64, &str)> {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let whole = digits(text);
    let fraction = text[whole..].strip_prefix(['.', ',']).map_or(0, digits);
    let end = if whole > 0 && fraction > 0 { whole + 1 + fraction } else { whole };
    let number = text[..end].replace(',', ".").parse().ok()?;
    Some((number, &text[end..]))
}

/// The upper end of a range, if one follows.
fn second(rest: &str) -> Option<(f64, &str)> {
    let rest = rest.trim_start();
    let behind = ["...", "..", "…", "-", "–", "—", "to ", "bis "]
        .iter()
        .find_map(|between| rest.strip_prefix(between))?;
    number(behind.trim_start())
}

fn out_of_ten(rest: &str) -> &str {
    let behind = rest.trim_start().strip_prefix('/').map(str::trim_start);
    behind.and_then(|behind| behind.strip_prefix("10")).unwrap_or(rest)
}
