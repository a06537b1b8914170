//! The external editor, given the text of an idea.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::store::write_private;
use crate::tui::app::message::EditorText;

/// Opens a text in the editor and gives back what it says when the editor is
/// closed. The caller hands over the terminal.
///
/// # Errors
/// The text cannot be written or read, or the editor cannot be started or
/// fails; in words for the user. What was typed stays in the draft.
pub(super) fn edit(draft: &EditorText, editor: &str) -> Result<String, String> {
    let file = &draft.file;
    let said = |error: std::io::Error| format!("{}: {error}", file.display());
    write_private(file, draft.text.as_bytes()).map_err(said)?;
    let mut command = command(editor, file, draft.line)?;
    let status = command.status().map_err(|error| format!("{editor}: {error}"))?;
    if !status.success() {
        return Err(format!("{editor} ended with {status}"));
    }
    fs::read_to_string(file).map_err(said)
}

/// The editor with its arguments, the file, and the line where it knows how.
fn command(editor: &str, file: &Path, line: usize) -> Result<Command, String> {
    let words = shell_words::split(editor).map_err(|error| format!("{editor}: {error}"))?;
    let Some((program, arguments)) = words.split_first() else {
        return Err("$VISUAL and $EDITOR are empty".to_owned());
    };
    let name = Path::new(program).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut command = Command::new(program);
    command.args(arguments);
    match name.as_str() {
        "vi" | "vim" | "nvim" | "nano" | "emacs" | "emacsclient" | "micro" | "kak" | "joe" => {
            command.arg(format!("+{line}")).arg(file);
        }
        "hx" | "helix" | "zed" | "subl" => {
            command.arg(format!("{}:{line}", file.display()));
        }
        "code" | "codium" => {
            command.arg("--wait").arg("--goto").arg(format!("{}:{line}", file.display()));
        }
        _ => {
            command.arg(file);
        }
    }
    Ok(command)
}

/// The user's editor: the one in the settings, `$VISUAL`, `$EDITOR`, or `vi`.
#[must_use]
pub(super) fn of(setting: Option<&str>) -> String {
    let environment = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
    setting
        .map(str::to_owned)
        .into_iter()
        .chain(environment)
        .find(|editor| !editor.trim().is_empty())
        .unwrap_or_else(|| "vi".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(editor: &str) -> Vec<String> {
        let command = command(editor, Path::new("/d/a.toml"), 4).unwrap();
        let program = std::iter::once(command.get_program());
        program.chain(command.get_args()).map(|word| word.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn an_editor_may_have_arguments_and_is_told_the_line() {
        assert_eq!(line("nvim -p"), ["nvim", "-p", "+4", "/d/a.toml"]);
        assert_eq!(line("'/my editors/hx'"), ["/my editors/hx", "/d/a.toml:4"]);
        assert_eq!(line("ed"), ["ed", "/d/a.toml"]);
        assert!(command("'open", Path::new("x"), 1).is_err());
        assert!(command(" ", Path::new("x"), 1).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn the_text_that_the_editor_leaves_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let draft = EditorText {
            id: "a/b".into(),
            before: "one\n".into(),
            text: "one\n".into(),
            line: 1,
            file: folder.path().join("a-b.toml"),
        };
        let edited = edit(&draft, "sed -i.bak s/one/two/");
        assert_eq!(edited.as_deref(), Ok("two\n"));
        assert!(edit(&draft, "false").is_err_and(|error| error.contains("false")));
        assert!(edit(&draft, "/no/such/editor").is_err());
    }
}
