//! The examples of the documents: every ```console block is run, in one folder
//! and one home for each document, and compared with what it prints: standard
//! output, then standard error.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A command of a document and the lines that it shows below.
#[derive(Debug, PartialEq, Eq)]
struct Example {
    line: usize,
    command: String,
    output: Vec<String>,
}

/// The commands (`$ …`) of all ```console blocks. A command without lines below
/// it only has to end well; a line `…` stands for any number of lines.
fn examples(document: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut inside = false;
    for (number, line) in document.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            inside = !inside && line.trim() == "```console";
        } else if inside {
            match (line.strip_prefix("$ "), examples.last_mut()) {
                (Some(command), _) => examples.push(Example {
                    line: number + 1,
                    command: command.to_owned(),
                    output: Vec::new(),
                }),
                (None, Some(example)) => example.output.push(line.trim_end().to_owned()),
                (None, None) => panic!("line {}: output without a command", number + 1),
            }
        }
    }
    examples
}

/// Whether lines are as shown: `…` stands for any number of lines, and at the end
/// of a line for the rest of it.
fn matches(shown: &[String], lines: &[&str]) -> bool {
    match (shown.split_first(), lines.split_first()) {
        (None, lines) => lines.is_none(),
        (Some((first, rest)), _) if first == "…" => {
            (0..=lines.len()).any(|skipped| matches(rest, &lines[skipped..]))
        }
        (Some((first, rest)), Some((line, lines))) => {
            let begins = |start| line.starts_with(start);
            let fits = first == line.trim_end() || first.strip_suffix('…').is_some_and(begins);
            fits && matches(rest, lines)
        }
        (Some(_), None) => false,
    }
}

/// Runs the examples of a document one after the other.
fn run(name: &str, document: &str) {
    let home = TempDir::new().unwrap();
    let binary = Path::new(env!("CARGO_BIN_EXE_prospect")).parent().unwrap();
    let path = std::env::join_paths(
        std::iter::once(binary.to_owned())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    );
    for Example { line, command, output } in examples(document) {
        let ran = Command::new("sh")
            .args(["-c", &command])
            .env_clear()
            .env("PATH", path.as_ref().unwrap())
            .env("HOME", home.path())
            .current_dir(home.path())
            .output()
            .unwrap();
        let stdout = String::from_utf8_lossy(&ran.stdout);
        let stderr = String::from_utf8_lossy(&ran.stderr);
        let said = format!("{stdout}{stderr}");
        assert!(ran.status.success(), "{name}:{line}: {command}\n{said}");
        let lines: Vec<&str> = said.lines().collect();
        let fine = output.is_empty() || matches(&output, &lines);
        assert!(fine, "{name}:{line}: {command}\nshown:\n{}\n\nnow:\n{said}", output.join("\n"));
    }
}

/// The README and everything in docs/.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [root.to_owned(), root.join("docs")];
    let files = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    files
}

#[cfg(unix)]
#[test]
fn what_the_documents_show_is_what_happens() {
    for file in documents() {
        run(&file.display().to_string(), &std::fs::read_to_string(&file).unwrap());
    }
}

#[cfg(unix)]
#[test]
fn an_example_runs_where_the_last_one_left_off() {
    run(
        "inline",
        "```console\n$ prospect add -w here 'First idea' --rate headroom=7\nfirst-idea\n…\n\
         $ prospect show first-idea here\nFirst idea\n…\n  headroom    7        no ceiling in sight\n…\n```\n",
    );
}

#[test]
#[should_panic(expected = "inline:2: prospect --version")]
fn a_wrong_example_is_found() {
    run("inline", "```console\n$ prospect --version\nprospect 9.9\n```\n");
}

#[test]
fn blocks_of_other_kinds_are_left_alone() {
    let document = "```sh\n$ rm -rf x\n```\ntext\n```console\n$ a\n1  \n\n$ b\n```\n";
    let example = |line, command: &str, output: &[&str]| Example {
        line,
        command: command.to_owned(),
        output: output.iter().map(|line| (*line).to_owned()).collect(),
    };
    assert_eq!(examples(document), [example(6, "a", &["1", ""]), example(9, "b", &[])]);
}
