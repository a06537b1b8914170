//! The user's own editor, opened on a text.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::store::write_private;

/// Editors that are tried where none is set, the friendliest first, and how each is left.
const USUAL: [(&str, &str); 4] = [
    ("nano", "Ctrl-X leaves"),
    ("micro", "Ctrl-Q leaves"),
    ("vim", "Esc, then :wq saves and leaves"),
    ("vi", "Esc, then :wq saves and leaves"),
];

/// An editor, as a command with arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    command: String,
    /// How it is left, where the user has not chosen it.
    leave: Option<&'static str>,
}

impl Editor {
    /// The editor in the settings, `$VISUAL` or `$EDITOR`; else the first of
    /// nano, micro, vim and vi that is installed.
    #[must_use]
    pub fn choose(setting: Option<&str>) -> Self {
        let variables = ["VISUAL", "EDITOR"].into_iter();
        let environment = variables.filter_map(|name| std::env::var(name).ok());
        let chosen = setting.map(str::to_owned).into_iter().chain(environment);
        if let Some(command) = chosen.into_iter().find(|editor| !editor.trim().is_empty()) {
            return Self { command, leave: None };
        }
        let installed = USUAL.into_iter().find(|(name, _)| is_installed(name));
        let (command, leave) = installed.unwrap_or(("vi", USUAL[3].1));
        Self { command: command.to_owned(), leave: Some(leave) }
    }

    /// A line about an editor that the user did not choose; else nothing.
    #[must_use]
    pub fn notice(&self) -> String {
        match self.leave {
            Some(leave) => {
                format!("Opens {} ({leave}). $EDITOR chooses another.", self.command)
            }
            None => String::new(),
        }
    }

    /// Writes a text to a file, opens it at a line, and gives back what it says
    /// when the editor is closed. The caller hands over the terminal.
    ///
    /// # Errors
    /// The file cannot be written or read, or the editor cannot be started or
    /// fails; in words for the user. What was typed stays in the file.
    pub fn edit(&self, file: &Path, text: &str, line: usize) -> Result<String, String> {
        let said = |error: std::io::Error| format!("{}: {error}", file.display());
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(said)?;
        }
        write_private(file, text.as_bytes()).map_err(said)?;
        self.open(file, line)?;
        fs::read_to_string(file).map_err(said)
    }

    /// Opens a file at a line, until the editor is closed. The caller hands over the terminal.
    ///
    /// # Errors
    /// The editor cannot be started or fails; in words for the user.
    pub fn open(&self, file: &Path, line: usize) -> Result<(), String> {
        let editor = &self.command;
        let mut command = command(editor, file, line)?;
        let status = command.status().map_err(|error| format!("{editor}: {error}"))?;
        if status.success() { Ok(()) } else { Err(format!("{editor} ended with {status}")) }
    }
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
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

    #[test]
    fn only_an_editor_that_was_not_chosen_is_announced() {
        assert_eq!(Editor::choose(Some("hx -c x")).notice(), "");
        let usual = Editor { command: "nano".to_owned(), leave: Some(USUAL[0].1) };
        assert_eq!(usual.notice(), "Opens nano (Ctrl-X leaves). $EDITOR chooses another.");
    }

    #[cfg(unix)]
    #[test]
    fn the_text_that_the_editor_leaves_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("drafts/a.toml");
        let edit = |editor: &str| Editor::choose(Some(editor)).edit(&file, "one\n", 1);
        assert_eq!(edit("sed -i.bak s/one/two/").as_deref(), Ok("two\n"));
        assert!(edit("false").is_err_and(|error| error.contains("false")));
        assert!(edit("/no/such/editor").is_err());
    }
}
