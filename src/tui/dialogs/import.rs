//! Choosing a list to import: by its path, or by typing ideas.

use std::path::PathBuf;

use crate::tui::action::{Action, ImportList};
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Prompt};
use super::line_assist::fitting;
use super::text_editor::TextEditor;

/// At most so many files of a folder are listed.
const LISTED: usize = 10;

#[derive(Debug)]
pub(crate) struct ImportPath;

impl Dialog for ImportPath {
    fn prompt(&self, _: &World) -> Prompt {
        let form = Form::line("a file, a folder of notes or another workspace; Tab completes");
        Prompt::new("import", "Import a list", form).verb("show what becomes of it")
    }

    /// The files that the path may go on with, the newest first.
    fn about(&self, answer: &Answer, world: &World) -> Vec<String> {
        let typed = answer.text();
        let (_, words) = candidates(typed, world);
        let folder = match folder_of(typed) {
            "" => "this folder",
            folder => folder,
        };
        // Folders are completed; what is to be chosen is a file.
        let (files, folders): (Vec<String>, Vec<String>) =
            words.into_iter().partition(|word| !word.ends_with('/'));
        let words: Vec<String> =
            files.into_iter().chain(folders).take(LISTED).map(|word| format!("  {word}")).collect();
        match words.is_empty() {
            true => vec![format!("Nothing in {folder} can be read and begins so.")],
            false => [vec![format!("The newest in {folder}:")], words].concat(),
        }
    }

    fn complete(&self, _: usize, front: &str, world: &World) -> (usize, Vec<String>) {
        candidates(front, world)
    }

    fn submit(&mut self, answer: &Answer, _world: &World) -> Result<Vec<Action>, String> {
        match plain(answer.text()) {
            path if path.is_empty() => Err("a path, such as ~/Documents/ideas.csv".to_owned()),
            path => Ok(vec![Action::Import(ImportList::File(PathBuf::from(path)))]),
        }
    }

    fn changed(&self, answer: &Answer, world: &World) -> Vec<Action> {
        let folder = folder_of(answer.text());
        let is_listed = world.folder.folder == folder;
        (!is_listed).then(|| Action::ListFolder(folder.to_owned())).into_iter().collect()
    }
}

/// A path up to its last `/`.
fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..=at])
}

/// What the last part of a path can become, and where it begins.
fn candidates(front: &str, world: &World) -> (usize, Vec<String>) {
    let folder = folder_of(front);
    let start = folder.len();
    if world.folder.folder != folder {
        return (start, Vec::new());
    }
    let shows_hidden = front[start..].starts_with('.');
    let entries = world.folder.entries.iter();
    let words = entries.filter(|entry| shows_hidden || !entry.name.starts_with('.'));
    let words = words.map(|entry| match entry.is_folder {
        true => format!("{}/", entry.name),
        false => entry.name.clone(),
    });
    fitting(start, front, words.collect())
}

/// A path without what a terminal puts around one that is dropped on it: quotes,
/// `file://`, backslashes before spaces.
fn plain(path: &str) -> String {
    let quoted = |sign| path.strip_prefix(sign).and_then(|inner| inner.strip_suffix(sign));
    let path = quoted('\'').or_else(|| quoted('"')).unwrap_or(path);
    path.strip_prefix("file://").unwrap_or(path).replace("\\ ", " ")
}

/// Ideas, one a line.
#[derive(Debug)]
pub(crate) struct TypeIdeas;

impl Dialog for TypeIdeas {
    fn prompt(&self, _: &World) -> Prompt {
        let hint = "type or paste; a list, a table or notes are understood too";
        let form = Form::Text(Box::new(TextEditor::new(String::new())), hint);
        Prompt::new("ideas", "Ideas, one a line", form)
    }

    fn submit(&mut self, answer: &Answer, _world: &World) -> Result<Vec<Action>, String> {
        match answer.text() {
            "" => Err("nothing is written yet".to_owned()),
            text => Ok(vec![Action::Import(ImportList::Pasted(format!("{text}\n")))]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_was_dropped_on_a_terminal_is_plain() {
        for path in ["'/a b.csv'", "\"/a b.csv\"", "/a\\ b.csv", "file:///a b.csv", "/a b.csv"] {
            assert_eq!(plain(path), "/a b.csv");
        }
        assert_eq!(folder_of("~/Doc"), "~/");
        assert_eq!(folder_of("ideas"), "");
    }
}
