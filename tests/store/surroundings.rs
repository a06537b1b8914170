//! Edits between texts that the TOML project uses to test parsers.

use std::fs;
use std::path::{Path, PathBuf};

use prospect::domain::{Edit, Field, Value};

use crate::support::TestWorkspace;

const IDEA: &str = "[[idea]]\ntitle = 'Ours' # t\n";

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
}

/// Edits the idea in `text` and checks that nothing around it has changed.
fn check(text: &str, path: &Path) {
    let files = TestWorkspace::with(text);
    let mut opened = files.open();
    assert_eq!(opened.portfolio.ideas().len(), 1, "{path:?}: {:?}", opened.problems);
    opened.edit(&Edit::Group(vec![
        Edit::set("ours", Field::From, Some(Value::Text("me".to_owned()))),
        Edit::set("ours", Field::Title, Some(Value::Text("New".to_owned()))),
    ]));
    let eol = if text[..text.find('\n').unwrap()].ends_with('\r') { "\r\n" } else { "\n" };
    let (before, after) = text.split_once(IDEA).unwrap();
    let idea = format!("[[idea]]\nid = \"ours\"{eol}title = 'New' # t\nfrom = \"me\"{eol}");
    assert_eq!(files.text(), format!("{before}{idea}{after}"), "{path:?}");
    opened.undo().unwrap();
    assert_eq!(files.text(), text, "{path:?}");
    opened.edit(&Edit::Remove { id: "ours".to_owned() });
    opened.undo().unwrap();
    assert_eq!(files.text(), text, "{path:?}");
}

/// Edits an idea before and behind each text; gives how often that could be
/// done.
fn check_all(files: &[PathBuf]) -> usize {
    let mut count = 0;
    for path in files {
        let Ok(text) = fs::read_to_string(path) else { continue };
        let gap = if text.ends_with('\n') || text.is_empty() { "" } else { "\n" };
        // Behind an idea a text that begins with keys would belong to it, and
        // most set keys that we know with values that we refuse.
        for text in [format!("{text}{gap}{IDEA}"), format!("{IDEA}\n[x]\n{text}")] {
            let is_composable = toml::from_str::<toml::Table>(&text)
                .is_ok_and(|table| table["idea"].as_array().is_some_and(|ideas| ideas.len() == 1));
            if is_composable {
                check(&text, path);
                count += 1;
            }
        }
    }
    count
}

fn texts_in(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    files
}

#[test]
fn whatever_valid_toml_stands_around_an_idea_stays() {
    let files = texts_in("tests/store/surroundings");
    assert_eq!(files.len(), 6);
    // All of them before an idea, and behind one all but the one with a
    // byte-order mark, which may only stand at the beginning.
    assert_eq!(check_all(&files), 11);
}

#[test]
fn nor_does_the_suite_of_the_toml_project_lose_a_byte() {
    let mut files = texts_in("../shared/data/toml-test");
    files.retain(|path| path.components().any(|part| part.as_os_str() == "valid"));
    if files.is_empty() {
        println!("skipped: no TOML test suite beside this repository");
        return;
    }
    let count = check_all(&files);
    assert!(count > 100, "only {count} of {} texts compose with an idea", files.len());
    println!("{count} texts made of {} valid files of the suite", files.len());
}
