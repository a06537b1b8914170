//! The real binary in a real terminal: that it is taken over, drawn on, handed
//! back. What the screens say is tested without one.
#![cfg(unix)]

#[path = "terminal/faults.rs"]
mod faults;

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use prospect::tui::terminal::Terminal;

const BINARY: &str = env!("CARGO_BIN_EXE_prospect");

/// Longer than anything here takes on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A program in a terminal.
struct Desk {
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    terminal: vt100::Parser,
    /// Every byte so far.
    sent: Vec<u8>,
    _folder: tempfile::TempDir,
}

impl Desk {
    /// The demo, with some environment.
    fn with_demo(environment: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(BINARY);
        command.arg("demo");
        Self::start(command, environment)
    }

    fn start(mut command: CommandBuilder, environment: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        command.env_remove("NO_COLOR");
        command.env("TERM", "xterm-256color");
        for variable in ["HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
            command.env(variable, folder.path());
        }
        for (name, value) in environment {
            command.env(name, value);
        }
        let pty = native_pty_system().openpty(size(80, 24)).unwrap();
        let child = pty.slave.spawn_command(command).unwrap();
        let mut reader = pty.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let keyboard = pty.master.take_writer().unwrap();
        let terminal = vt100::Parser::new(cells(24), cells(80), 0);
        Self {
            master: pty.master,
            keyboard,
            child,
            output,
            terminal,
            sent: Vec::new(),
            _folder: folder,
        }
    }

    fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    fn resize(&mut self, columns: u16, rows: u16) {
        self.terminal.screen_mut().set_size(cells(rows), cells(columns));
        self.master.resize(size(columns, rows)).unwrap();
    }

    fn contents(&self) -> String {
        self.terminal.screen().contents()
    }

    /// Reads what the program writes until the terminal is as it should be.
    fn wait_until(&mut self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds(self.terminal.screen()) {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => panic!("never {what}:\n{}", self.contents()),
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("ended and was never {what}:\n{}", self.contents())
                }
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.terminal.process(bytes);
        self.sent.extend(bytes);
    }

    /// Whether the program has sent these bytes so far.
    fn has_sent(&self, bytes: &str) -> bool {
        self.sent.windows(bytes.len()).any(|sent| sent == bytes.as_bytes())
    }

    /// Reads until the program has sent these bytes.
    fn wait_for_bytes(&mut self, bytes: &str) {
        while !self.has_sent(bytes) {
            let more = self.output.recv_timeout(PATIENCE);
            self.take(&more.unwrap_or_else(|_| panic!("never sent {bytes:?}")));
        }
    }

    fn wait_for(&mut self, text: &str) {
        self.wait_until(text, |screen| screen.contents().contains(text));
    }

    /// Reads to the end and says how it ended.
    fn end(&mut self) -> ExitStatus {
        loop {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) => return self.child.wait().unwrap(),
                Err(RecvTimeoutError::Timeout) => panic!("does not end:\n{}", self.contents()),
            }
        }
    }

    fn assert_handed_back(&self) {
        let screen = self.terminal.screen();
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert!(!screen.bracketed_paste(), "pastes are still bracketed");
    }
}

/// Nothing started here is left running.
impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

#[test]
fn it_opens_works_and_hands_the_terminal_back() {
    let mut desk = Desk::with_demo(&[]);
    desk.wait_for("23 of 27");
    assert!(desk.terminal.screen().alternate_screen());
    desk.press("j3");
    desk.wait_for("headroom 3");
    desk.press("u");
    desk.wait_for("undid: ");
    desk.press("q");
    assert!(desk.end().success());
    desk.assert_handed_back();
}

#[test]
fn it_follows_the_size_of_the_terminal() {
    let mut desk = Desk::with_demo(&[]);
    desk.wait_for("? help");
    desk.resize(40, 10);
    desk.wait_for("40×10 is too small");
    desk.resize(120, 40);
    desk.wait_for("The public record of work is answers");
    desk.press("q");
    assert!(desk.end().success());
}

#[test]
fn a_storm_of_sizes_leaves_it_at_work_and_drawn_right() {
    let mut desk = Desk::with_demo(&[]);
    desk.wait_for("? help");
    let sizes = [(1, 1), (500, 200), (60, 16), (2, 300), (59, 15), (200, 5), (80, 24), (33, 33)];
    for round in 0..25 {
        let (columns, rows) = sizes[round % sizes.len()];
        desk.resize(columns, rows);
        // Somebody types meanwhile, too.
        desk.press(if round % 2 == 0 { "j" } else { "k" });
    }
    desk.resize(1, 1);
    desk.resize(80, 24);
    // On a terminal of its size nothing of the storm is left: what it draws now
    // is what it draws when it has never been another size.
    desk.press("gg\x0c");
    desk.wait_until("drawn as at the start", |screen| {
        let lines: Vec<String> = screen.rows(0, 80).collect();
        lines[0].starts_with("  1 Rank  2 Triage")
            && lines[2].starts_with("▸  1  Train on the work log")
            && lines[23].trim_end().ends_with("? help")
    });
    desk.press("3");
    desk.wait_for("headroom 3");
    desk.press("uq");
    assert!(desk.end().success());
    desk.assert_handed_back();
}

#[test]
fn several_lines_pasted_into_a_note_keep_their_lines() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ideas.toml");
    let before = "[[idea]]\nid = \"a\"\ntitle = \"An idea\"\n";
    std::fs::write(&file, before).unwrap();
    let mut command = CommandBuilder::new(BINARY);
    command.arg(folder.path());
    command.args(["--as-of", "2026-03-01"]);
    let mut desk = Desk::start(command, &[]);
    desk.wait_for("An idea");
    desk.press("N");
    desk.wait_for("Log on An idea");
    desk.press("\x1b[200~2h 4 first\r\n\tq: quits nothing\r\n\r\nlast \x07\x1b[201~");
    desk.wait_for("a note of 4 lines");
    desk.press("\x13");
    desk.wait_for("undoes");
    desk.press("q");
    assert!(desk.end().success());
    let after = "\n[[idea.log]]\ndate = 2026-03-01\nhours = 2\ntraction = 4\nnote = \"\"\"\n\
                 first\n\\tq: quits nothing\n\nlast ␇\"\"\"\n";
    assert_eq!(std::fs::read_to_string(&file).unwrap(), format!("{before}{after}"));
}

/// Whether a thread sleeps in a call of the system that has no end of its own:
/// the number of the call and its arguments stand in `/proc`. `None` where the
/// system does not say.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn sleeps_for_good(task: &Path) -> Option<bool> {
    let text = std::fs::read_to_string(task.join("syscall")).ok()?;
    let words: Vec<&str> = text.split_whitespace().collect();
    let argument = |at: usize| {
        let word = words.get(at + 1).and_then(|word| word.strip_prefix("0x"));
        word.and_then(|word| u64::from_str_radix(word, 16).ok()).unwrap_or(1)
    };
    let is_endless = |at: usize| argument(at) as i32 == -1;
    Some(match words.first()?.parse::<u32>() {
        // poll, epoll_wait, epoll_pwait: milliseconds; -1 is for ever.
        Ok(7) => is_endless(2),
        Ok(232 | 281) => is_endless(3),
        // ppoll, futex, rt_sigtimedwait: a pointer to a time; none is for ever.
        Ok(271 | 128) => argument(2) == 0,
        Ok(202) => argument(3) == 0,
        // read, recvmsg, pause, wait4.
        Ok(0 | 34 | 45 | 47 | 61) => true,
        _ => false,
    })
}

/// No thread of an idle workbench looks up now and then: each waits for
/// somebody else, without a limit.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn an_idle_workbench_sleeps_for_good() {
    let mut desk = Desk::with_demo(&[]);
    desk.wait_for("? help");
    desk.press("j3");
    desk.wait_for("headroom 3");
    let tasks = format!("/proc/{}/task", desk.child.process_id().unwrap());
    let asleep = || -> Option<bool> {
        let tasks = std::fs::read_dir(&tasks).ok()?;
        let each = tasks.map(|task| sleeps_for_good(&task.ok()?.path()));
        each.collect::<Option<Vec<bool>>>().map(|each| each.into_iter().all(|asleep| asleep))
    };
    let end = Instant::now() + PATIENCE;
    while let Some(false) = asleep() {
        assert!(Instant::now() < end, "a thread looks up now and then");
        let _ = desk.output.recv_timeout(Duration::from_millis(10));
    }
    desk.press("uq");
    assert!(desk.end().success());
}

#[test]
fn pasted_text_is_one_line_and_not_keys() {
    let mut desk = Desk::with_demo(&[]);
    desk.wait_for("23 of 27");
    desk.press("a");
    desk.wait_for("new idea");
    desk.press("\x1b[200~quiet\nq q q\x1b[201~");
    desk.wait_for("quiet q q q");
    desk.press("\r");
    desk.wait_for("added quiet-q-q-q");
    desk.press("q");
    assert!(desk.end().success());
}

#[test]
fn without_colour_nothing_is_coloured_and_bold_stays() {
    let mut desk = Desk::with_demo(&[("NO_COLOR", "1")]);
    desk.wait_for("23 of 27");
    let screen = desk.terminal.screen();
    let cells: Vec<&vt100::Cell> = (0..24)
        .flat_map(|row| (0..80).filter_map(move |column| screen.cell(row, column)))
        .collect();
    assert!(cells.iter().all(|cell| cell.fgcolor() == vt100::Color::Default));
    assert!(cells.iter().all(|cell| cell.bgcolor() == vt100::Color::Default));
    assert!(cells.iter().any(|cell| cell.bold()));
}

#[test]
fn asked_to_end_by_the_system_it_saves_and_hands_back() {
    let mut desk = Desk::with_demo(&[]);
    desk.wait_for("23 of 27");
    let id = desk.child.process_id().unwrap().to_string();
    assert!(std::process::Command::new("kill").arg(id).status().unwrap().success());
    assert!(desk.end().success());
    desk.assert_handed_back();
}

#[test]
fn it_stops_for_the_shell_and_comes_back() {
    if !Path::new("/bin/bash").exists() {
        return;
    }
    let mut command = CommandBuilder::new("/bin/bash");
    command.args(["--norc", "--noprofile", "-i"]);
    let mut desk = Desk::start(command, &[("PS1", "ready> ")]);
    desk.wait_for("ready>");
    desk.press(&format!("{BINARY} demo\n"));
    desk.wait_for("23 of 27");
    desk.press(&format!("\x1b]11;rgb:00/00/00\x07\x1b[?0u{PLAIN}"));
    desk.wait_for_bytes(KITTY);
    desk.sent.clear();
    desk.press("\x1b[122;5u");
    desk.wait_until("back in the shell", |screen| {
        !screen.alternate_screen() && screen.contents().contains("Stopped")
    });
    assert!(desk.has_sent(NOT_KITTY), "the shell gets its own keys back");
    desk.press("fg\n");
    desk.wait_until("drawn again", |screen| {
        screen.alternate_screen() && screen.contents().contains("23 of 27")
    });
    desk.wait_for_bytes(KITTY);
    desk.press("q");
    desk.wait_until("in the shell", |screen| screen.contents().trim_end().ends_with("ready>"));
    desk.press("exit\n");
    desk.end();
}

#[test]
fn a_panic_hands_the_terminal_back_before_it_is_reported() {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "panics_in_a_terminal", "--ignored", "--nocapture"]);
    let mut desk = Desk::start(command, &[("RUST_BACKTRACE", "0")]);
    desk.wait_for("on purpose");
    desk.assert_handed_back();
    assert!(!desk.end().success());
}

#[test]
#[ignore = "run in a terminal by the test above"]
fn panics_in_a_terminal() {
    let _terminal = Terminal::start(false).unwrap();
    panic!("on purpose");
}

#[test]
fn without_a_terminal_it_says_so() {
    assert_cmd::Command::new(BINARY)
        .arg("demo")
        .assert()
        .code(1)
        .stderr(predicates::str::contains("terminal"));
}

#[test]
fn an_editor_gets_the_terminal_and_gives_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let editor = folder.path().join("editor");
    let script = "#!/bin/sh\necho 'the editor is open'\nread answer\n\
                  sed \"s/^headroom = .*/headroom = $answer/\" \"$1\" > \"$1.new\"\nmv \"$1.new\" \"$1\"\n";
    std::fs::write(&editor, script).unwrap();
    std::fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let editor = editor.display().to_string();
    let mut desk = Desk::with_demo(&[("VISUAL", &editor)]);
    desk.wait_for("Rank");
    desk.press("e");
    desk.wait_for("the editor is open");
    // Not a key of this goes to the workbench.
    desk.press("2\r");
    desk.wait_for("ratings.headroom of train-on-worklogs: 2");
    desk.press("q");
    assert!(desk.end().success());
    desk.assert_handed_back();
}

#[test]
fn what_another_program_writes_shows_up_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ideas.toml");
    std::fs::write(&file, "[[idea]]\ntitle = \"Before\"\n").unwrap();
    let mut command = CommandBuilder::new(BINARY);
    command.arg(folder.path());
    let mut desk = Desk::start(command, &[]);
    desk.wait_for("Before");
    let other = folder.path().join("other");
    std::fs::write(&other, "[[idea]]\ntitle = \"Written by somebody else\"\n").unwrap();
    std::fs::rename(&other, &file).unwrap();
    desk.wait_for("Written by somebody else");
    desk.press("q");
    assert!(desk.end().success());
}

/// The demo with a config.toml of its own.
fn with_config(config: &str, environment: &[(&str, &str)]) -> (Desk, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    std::fs::write(&file, config).unwrap();
    let mut command = CommandBuilder::new(BINARY);
    command.args([std::ffi::OsStr::new("--config"), file.as_os_str(), "demo".as_ref()]);
    let mut desk = Desk::start(command, environment);
    desk.wait_for("23 of 27");
    (desk, folder)
}

#[test]
fn an_idea_goes_to_the_clipboard_of_the_terminal() {
    let mut desk = Desk::with_demo(&[("TMUX", "")]);
    desk.wait_for("23 of 27 ideas");
    desk.press("Yi");
    desk.wait_for("to the clipboard: train-on-worklogs");
    // What `base64` makes of the id.
    let sequence = "]52;c;dHJhaW4tb24td29ya2xvZ3M=\x07";
    assert!(desk.has_sent(&format!("\x1b{sequence}")));
    assert!(desk.has_sent(&format!("\x1bPtmux;\x1b\x1b{sequence}\x1b\\")), "past tmux too");
    desk.press("Yt");
    desk.wait_for("lines, the TOML of train-on-worklogs");
    // "[[idea]]\nid = \"train".
    assert!(desk.has_sent("\x1b]52;c;W1tpZGVhXV0KaWQgPSAidHJhaW"));
    desk.press("q");
    assert!(desk.end().success());
}

/// What a terminal that knows neither kitty's protocol nor anything else
/// answers to a question about it.
const PLAIN: &str = "\x1b[?62;22c";

/// What puts kitty's protocol in force, and out again.
const KITTY: &str = "\x1b[>1u";
const NOT_KITTY: &str = "\x1b[<1u";

fn uses(screen: &vt100::Screen, color: u8) -> bool {
    let mut cells =
        (0..24).flat_map(|row| (0..80).filter_map(move |column| screen.cell(row, column)));
    cells.any(|cell| cell.fgcolor() == vt100::Color::Idx(color))
}

/// The accents of the palettes calm and light.
const ACCENTS: (u8, u8) = (73, 24);

#[test]
fn the_colours_fit_the_ground_of_the_terminal_and_no_key_is_lost() {
    let mut desk = Desk::with_demo(&[]);
    desk.wait_for("23 of 27");
    assert!(desk.has_sent("\x1b]11;?\x1b\\"));
    assert!(uses(desk.terminal.screen(), ACCENTS.0), "dark until it answers");
    desk.press(&format!("j\x1b]11;rgb:ffff/ffff/eeee\x1b\\{PLAIN}3"));
    desk.wait_for("headroom 3");
    desk.wait_until("light", |screen| uses(screen, ACCENTS.1) && !uses(screen, ACCENTS.0));
    desk.press("q");
    assert!(desk.end().success());
    assert!(!desk.has_sent(KITTY), "it does not know kitty's protocol");
    desk.assert_handed_back();
}

#[test]
fn terminals_that_would_show_a_question_are_not_asked() {
    let mut desk = Desk::with_demo(&[("TERM", "linux")]);
    desk.wait_for("23 of 27");
    desk.press("q");
    assert!(desk.end().success());
    assert!(!desk.has_sent("]11;"));
}

#[test]
fn keys_come_as_the_kitty_protocol_writes_them() {
    let mut desk = Desk::with_demo(&[]);
    desk.wait_for("23 of 27");
    assert!(!desk.has_sent(KITTY), "not before the terminal says that it knows it");
    desk.press(&format!("\x1b]11;rgb:00/00/00\x07\x1b[?0u{PLAIN}"));
    desk.wait_for_bytes(KITTY);
    // Ctrl-P, Escape and Ctrl-C.
    desk.press("\x1b[112;5u");
    desk.wait_for("Enter takes it");
    desk.press("\x1b[27u");
    desk.wait_until("closed", |screen| !screen.contents().contains("Enter takes it"));
    desk.press("\x1b[99;5u");
    assert!(desk.end().success());
    assert!(desk.has_sent(NOT_KITTY), "given back");
    desk.assert_handed_back();
}

#[test]
fn with_sixteen_colours_only_those_are_used() {
    let mut desk = Desk::with_demo(&[("TERM", "xterm"), ("COLORTERM", "")]);
    desk.wait_for("23 of 27");
    let screen = desk.terminal.screen();
    let cells = (0..24).flat_map(|row| (0..80).filter_map(move |column| screen.cell(row, column)));
    let mut colours: Vec<vt100::Color> =
        cells.flat_map(|cell| [cell.fgcolor(), cell.bgcolor()]).collect();
    colours.retain(|color| *color != vt100::Color::Default);
    assert!(!colours.is_empty());
    assert!(colours.iter().all(|color| matches!(color, vt100::Color::Idx(0..16))), "{colours:?}");
    desk.press("q");
    assert!(desk.end().success());
}

#[test]
fn a_terminal_that_can_only_print_lines_is_told_what_to_do() {
    let mut command = CommandBuilder::new(BINARY);
    command.arg("demo");
    let mut desk = Desk::start(command, &[("TERM", "dumb")]);
    desk.wait_for("TERM=dumb");
    assert!(!desk.end().success());
    assert!(!desk.has_sent("\x1b[?1049h"));
}

#[test]
fn settings_take_effect_while_it_is_open() {
    let (mut desk, folder) = with_config("", &[]);
    let wish = "[keys]\nhelp = \"<f1>\"\n";
    let other = folder.path().join("other");
    std::fs::write(&other, wish).unwrap();
    std::fs::rename(&other, folder.path().join("config.toml")).unwrap();
    desk.wait_for("F1 help");
    desk.press("q");
    assert!(desk.end().success());
}

#[test]
fn a_file_that_goes_and_comes_back_leaves_the_cursor_on_its_idea() {
    let folder = tempfile::tempdir().unwrap();
    let (file, away) = (folder.path().join("ideas.toml"), folder.path().join("away"));
    let idea = |id: &str, title: &str| format!("[[idea]]\nid = \"{id}\"\ntitle = \"{title}\"\n\n");
    let ideas = |last: &str| idea("a", "One") + &idea("b", "Two") + &idea("c", last);
    std::fs::write(&file, ideas("Three")).unwrap();
    let mut command = CommandBuilder::new(BINARY);
    command.arg(folder.path());
    let mut desk = Desk::start(command, &[]);
    desk.wait_for("Three");
    desk.press("jj");
    let is_under_cursor = |title: &'static str| {
        move |screen: &vt100::Screen| {
            screen.rows(0, 80).any(|row| row.starts_with('▸') && row.contains(title))
        }
    };
    desk.wait_until("on the third", is_under_cursor("Three"));
    std::fs::rename(&file, &away).unwrap();
    desk.wait_for("3 ideas are gone from the files");
    std::fs::rename(&away, &file).unwrap();
    desk.wait_for("3 ideas came in from outside");
    desk.wait_until("back on the third", is_under_cursor("Three"));
    // As an editor saves in place, and as git writes another version.
    std::fs::write(&file, ideas("Three, edited")).unwrap();
    desk.wait_until("edited", is_under_cursor("Three, edited"));
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&file, idea("z", "Zero") + &ideas("Three")).unwrap();
    desk.wait_until("checked out", |screen| screen.contents().contains("Zero"));
    desk.wait_until("still on the third", is_under_cursor("Three"));
    desk.press(":changes\r");
    desk.wait_for("What was changed outside");
    desk.press("qq");
    assert!(desk.end().success());
}
