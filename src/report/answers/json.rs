//! The reader of a sheet that a script has filled in as JSON.

use serde_json::{Map, Value as Json};

use super::line::{Naming, named};
use super::short::clean;
use super::{Answers, SheetNote, Started};
use crate::domain::{Criterion, Portfolio, RaterAnswers, Reaction};

/// Keys of a sheet that are there to be read, not to be filled in.
const PRINTED: [&str; 5] = ["from", "date", "question", "request", "criteria"];

/// The same of an idea.
const DESCRIBED: [&str; 5] = ["id", "label", "title", "summary", "links"];

/// Reads a sheet; what cannot be read is named by its place in the JSON.
pub(super) fn read(text: &str, portfolio: &Portfolio) -> Answers {
    let mut reader = Reader { portfolio, answers: Answers::default() };
    match serde_json::from_str(text) {
        Ok(Json::Object(sheet)) => reader.sheet(&sheet),
        Ok(Json::Array(ideas)) => reader.ideas(&ideas),
        Ok(_) => reader.left_out("the sheet", "it is no JSON object"),
        Err(error) => {
            let message = format!("it is not JSON: {error}");
            reader.answers.unread.push(SheetNote::on_line(error.line(), message));
        }
    }
    reader.answers.reactions.retain(|(_, reaction)| !reaction.is_empty());
    reader.answers
}

struct Reader<'p> {
    portfolio: &'p Portfolio,
    answers: Answers,
}

impl Reader<'_> {
    fn sheet(&mut self, sheet: &Map<String, Json>) {
        for (key, value) in sheet {
            match (key.as_str(), value) {
                ("ideas", Json::Array(ideas)) => self.ideas(ideas),
                ("start", Json::Array(started)) => self.started(started),
                ("start", Json::String(title)) => self.start(title, ""),
                ("start", Json::Null) => {}
                ("ideas" | "start", _) => self.left_out(key, "it must be a list"),
                (key, _) if PRINTED.contains(&key) => {}
                (key, _) => self.left_out(key, "no sheet has this key"),
            }
        }
    }

    fn started(&mut self, started: &[Json]) {
        for (at, one) in started.iter().enumerate() {
            match (one, one["title"].as_str()) {
                (Json::String(title), _) => self.start(title, ""),
                (Json::Object(_), Some(title)) => {
                    self.start(title, one["summary"].as_str().unwrap_or_default());
                }
                _ => self.left_out(&format!("start[{at}]"), "it must be a text, or have a title"),
            }
        }
    }

    fn start(&mut self, title: &str, summary: &str) {
        let title = clean(&title.replace('\n', " "));
        if !title.is_empty() {
            self.answers.started.push(Started { title, summary: clean(summary) });
        }
    }

    fn ideas(&mut self, ideas: &[Json]) {
        for (at, row) in ideas.iter().enumerate() {
            let place = format!("ideas[{at}]");
            let Json::Object(row) = row else {
                self.left_out(&place, "it must be an object with an id");
                continue;
            };
            match self.idea(&place, row) {
                Some(id) => self.row(&place, id, row),
                None => self.left_out(&place, "no idea has this id or a title like it"),
            }
        }
    }

    /// The idea of a row, by its id or else by its title.
    fn idea(&mut self, place: &str, row: &Map<String, Json>) -> Option<String> {
        let text = |key: &str| row.get(key).and_then(Json::as_str).unwrap_or_default();
        let (id, title) = (text("id"), text("title"));
        if let Some(idea) = self.portfolio.get(id) {
            return Some(idea.id.clone());
        }
        let words = format!("{id} {title}");
        let near = named(self.portfolio, words.trim(), true)?;
        let how = if near.naming == Naming::Title { "read by its title as" } else { "read as" };
        let (message, id) =
            (format!("\"{id}\" {how} \"{}\"", near.idea.title), near.idea.id.clone());
        self.answers.notes.push(SheetNote { place: place.to_owned(), message });
        Some(id)
    }

    fn row(&mut self, place: &str, id: String, row: &Map<String, Json>) {
        let mut reaction = Reaction::default();
        let mut answered = RaterAnswers::new(&id, [None; 5]);
        for (key, value) in row {
            let here = format!("{place}.{key}");
            match (key.as_str(), value) {
                (_, Json::Null) => {}
                ("excited", Json::Bool(excited)) => reaction.excited = *excited,
                ("hopeless", Json::Bool(hopeless)) => {
                    reaction.hopeless = hopeless.then(String::new);
                }
                ("hopeless", Json::String(why)) if !why.trim().is_empty() => {
                    reaction.hopeless = Some(clean(why));
                }
                ("hopeless", Json::String(_)) => {}
                ("comment", Json::String(comment)) => reaction.comment = clean(comment),
                ("ratings", Json::Object(ratings)) => self.ratings(&here, &mut answered, ratings),
                (key, _) if DESCRIBED.contains(&key) => {}
                ("excited", _) => self.left_out(&here, "it must be true or false"),
                ("hopeless" | "comment", _) => self.left_out(&here, "it must be a text"),
                ("ratings", _) => self.left_out(&here, "it must be an object of criteria"),
                _ => self.left_out(&here, "no sheet has this key"),
            }
        }
        if !answered.is_empty() {
            self.answers.answered.push(answered);
        }
        self.answers.reactions.push((id, reaction));
    }

    fn ratings(&mut self, place: &str, answered: &mut RaterAnswers, ratings: &Map<String, Json>) {
        for (key, value) in ratings {
            let here = format!("{place}.{key}");
            let Some(criterion) = Criterion::from_id(key) else {
                self.left_out(&here, "there is no such criterion");
                continue;
            };
            let text = match value {
                Json::Null => continue,
                Json::String(text) => text.clone(),
                Json::Array(ends) if ends.len() == 2 => format!("{}..{}", ends[0], ends[1]),
                other => other.to_string(),
            };
            match super::read(&text) {
                Ok(Some((rating, reason))) => {
                    answered.ratings[criterion.index()] = Some(rating);
                    answered.reasons[criterion.index()] = clean(reason);
                }
                Ok(None) => {}
                Err(message) => self.left_out(&here, &message),
            }
        }
    }

    fn left_out(&mut self, place: &str, message: &str) {
        let note = SheetNote { place: place.to_owned(), message: message.to_owned() };
        self.answers.unread.push(note);
    }
}
