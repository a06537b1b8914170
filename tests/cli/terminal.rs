//! The real binary in a pseudo-terminal: it takes it over, draws on it, hands it
//! back. The contents of the screens are tested without one.

mod faults;
mod locks;
mod pastes;
mod signals;

use std::path::Path;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use prospect::tui::terminal::Terminal;

use crate::support::{BINARY, PATIENCE, PtyApp};

#[test]
fn it_opens_works_and_hands_the_terminal_back() {
    let mut app = PtyApp::with_demo(&[]);
    app.wait_for("23 of 27");
    assert!(app.terminal.screen().alternate_screen());
    app.press("zj3");
    app.wait_for("headroom of ");
    app.press("u");
    app.wait_for("Undone: ");
    app.press("q");
    assert!(app.end().success());
    app.assert_handed_back();
}

#[test]
fn it_follows_the_size_of_the_terminal() {
    let mut app = PtyApp::with_demo(&[]);
    app.wait_for("? help");
    app.resize(40, 10);
    app.wait_for("this is 40×10");
    app.resize(120, 40);
    app.wait_for("The public record of work is answers");
    app.press("q");
    assert!(app.end().success());
}

#[test]
fn many_changes_of_size_leave_it_at_work_and_drawn_right() {
    let mut app = PtyApp::with_demo(&[]);
    app.wait_for("? help");
    let sizes = [(1, 1), (500, 200), (60, 16), (2, 300), (59, 15), (200, 5), (80, 24), (33, 33)];
    for round in 0..25 {
        let (columns, rows) = sizes[round % sizes.len()];
        app.resize(columns, rows);
        // Keys come meanwhile, too.
        app.press(if round % 2 == 0 { "j" } else { "k" });
    }
    app.resize(1, 1);
    app.resize(80, 24);
    // On a terminal of its size nothing of these changes is left: what it draws now
    // is what it draws when it has never been another size.
    let is_drawn = |screen: &vt100::Screen| {
        let lines: Vec<String> = screen.rows(0, 80).collect();
        lines[0].starts_with("[g1 Rank] g2 Triage")
            && lines[3].starts_with("▸  1")
            && lines[3].contains("Train on the")
            && lines[23].trim_end().ends_with("? help")
    };
    // Keys are off until it knows that there is room again, so they are pressed
    // until they are heard.
    let end = Instant::now() + PATIENCE;
    while !is_drawn(app.terminal.screen()) {
        assert!(Instant::now() < end, "never drawn as at the start:\n{}", app.contents());
        app.press("gg\x0c");
        while let Ok(bytes) = app.output.recv_timeout(Duration::from_millis(200)) {
            app.take(&bytes);
        }
    }
    app.press("z3");
    app.wait_for("headroom of ");
    app.press("uq");
    assert!(app.end().success());
    app.assert_handed_back();
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
    let mut app = PtyApp::start(command, &[]);
    app.wait_for("An idea");
    app.press("N");
    app.wait_for("Log for \"An idea\"");
    app.press("\x1b[200~2h 4 first\r\n\tq: quits nothing\r\n\r\nlast \x07\x1b[201~");
    app.wait_for("a note of 4 lines");
    app.press("\x13");
    app.wait_for("undoes");
    app.press("q");
    assert!(app.end().success());
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

/// No thread of an idle workbench wakes up at intervals: each waits for an
/// event, without a time limit.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn an_idle_workbench_sleeps_for_good() {
    let mut app = PtyApp::with_demo(&[]);
    app.wait_for("? help");
    app.press("zj3");
    app.wait_for("headroom of ");
    let tasks = format!("/proc/{}/task", app.child.process_id().unwrap());
    let asleep = || -> Option<bool> {
        let tasks = std::fs::read_dir(&tasks).ok()?;
        let each = tasks.map(|task| sleeps_for_good(&task.ok()?.path()));
        each.collect::<Option<Vec<bool>>>().map(|each| each.into_iter().all(|asleep| asleep))
    };
    let end = Instant::now() + PATIENCE;
    while let Some(false) = asleep() {
        assert!(Instant::now() < end, "a thread wakes up at intervals");
        let _ = app.output.recv_timeout(Duration::from_millis(10));
    }
    app.press("uq");
    assert!(app.end().success());
}

#[test]
fn pasted_text_is_one_line_and_not_keys() {
    let mut app = PtyApp::with_demo(&[]);
    app.wait_for("23 of 27");
    app.press("r");
    app.wait_for(" title");
    app.press("\x15\x1b[200~quiet\nq q q\x1b[201~");
    app.wait_for("> quiet q q q");
    app.press("\r");
    app.wait_for("to \"quiet q q q\"");
    app.press("q");
    assert!(app.end().success());
}

#[test]
fn without_colour_nothing_is_coloured_and_bold_stays() {
    let mut app = PtyApp::with_demo(&[("NO_COLOR", "1")]);
    app.wait_for("23 of 27");
    let screen = app.terminal.screen();
    let cells: Vec<&vt100::Cell> = (0..24)
        .flat_map(|row| (0..80).filter_map(move |column| screen.cell(row, column)))
        .collect();
    assert!(cells.iter().all(|cell| cell.fgcolor() == vt100::Color::Default));
    assert!(cells.iter().all(|cell| cell.bgcolor() == vt100::Color::Default));
    assert!(cells.iter().any(|cell| cell.bold()));
}

#[test]
fn it_stops_for_the_shell_and_comes_back() {
    if !Path::new("/bin/bash").exists() {
        return;
    }
    let mut command = CommandBuilder::new("/bin/bash");
    command.args(["--norc", "--noprofile", "-i"]);
    let mut app = PtyApp::start(command, &[("PS1", "ready> ")]);
    app.wait_for("ready>");
    app.press(&format!("{BINARY} demo\n"));
    app.wait_for("23 of 27");
    app.press(&format!("\x1b]11;rgb:00/00/00\x07\x1b[?0u{PLAIN}"));
    app.wait_for_bytes(KITTY);
    app.sent.clear();
    app.press("\x1b[122;5u");
    app.wait_until("back in the shell", |screen| {
        !screen.alternate_screen() && screen.contents().contains("Stopped")
    });
    assert!(app.has_sent(NOT_KITTY), "the shell gets its own keys back");
    app.press("fg\n");
    app.wait_until("drawn again", |screen| {
        screen.alternate_screen() && screen.contents().contains("23 of 27")
    });
    app.wait_for_bytes(KITTY);
    app.press("q");
    app.wait_until("in the shell", |screen| screen.contents().trim_end().ends_with("ready>"));
    app.press("exit\n");
    app.end();
}

#[test]
fn a_panic_hands_the_terminal_back_before_it_is_reported() {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "terminal::panics_in_a_terminal", "--ignored", "--nocapture"]);
    let mut app = PtyApp::start(command, &[("RUST_BACKTRACE", "0")]);
    app.wait_for("on purpose");
    app.assert_handed_back();
    assert!(!app.end().success());
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
    let mut app = PtyApp::with_demo(&[("VISUAL", &editor)]);
    app.wait_for("Rank");
    app.press("e");
    app.wait_for("the editor is open");
    // Not a key of this goes to the workbench.
    app.press("2\r");
    app.wait_for("headroom of \"Train on the work log");
    app.press("q");
    assert!(app.end().success());
    app.assert_handed_back();
}

#[test]
fn without_an_editor_of_choice_the_workbench_says_which_opens() {
    let folder = tempfile::tempdir().unwrap();
    let nano = folder.path().join("nano");
    std::fs::write(&nano, "#!/bin/sh\necho 'nano has the file' \"$2\"\nread answer\n").unwrap();
    std::fs::set_permissions(&nano, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let mut app = PtyApp::with_demo(&[("VISUAL", ""), ("EDITOR", ""), ("PATH", &path)]);
    app.wait_for("Rank");
    app.press("e");
    app.wait_for("Opens nano (Ctrl-X leaves). $EDITOR chooses another.");
    app.press("1");
    app.wait_for("nano has the file");
    app.press("\r");
    app.wait_for("nothing was changed");
    // Said once; settings open in it as well.
    app.press(":own settings\r");
    app.wait_for("prospect/config.toml");
    app.press("\r");
    app.wait_for("g1 Rank");
    app.press("q");
    assert!(app.end().success());
    app.assert_handed_back();
}

#[test]
fn what_another_program_writes_shows_up_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ideas.toml");
    std::fs::write(&file, "[[idea]]\ntitle = \"Before\"\n").unwrap();
    let mut command = CommandBuilder::new(BINARY);
    command.arg(folder.path());
    let mut app = PtyApp::start(command, &[]);
    app.wait_for("Before");
    let other = folder.path().join("other");
    std::fs::write(&other, "[[idea]]\ntitle = \"Written by another program\"\n").unwrap();
    std::fs::rename(&other, &file).unwrap();
    app.wait_for("Written by another program");
    app.press("q");
    assert!(app.end().success());
}

/// The demo with a config.toml of its own.
fn with_config(config: &str, environment: &[(&str, &str)]) -> (PtyApp, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    std::fs::write(&file, config).unwrap();
    let mut command = CommandBuilder::new(BINARY);
    command.args([std::ffi::OsStr::new("--config"), file.as_os_str(), "demo".as_ref()]);
    let mut app = PtyApp::start(command, environment);
    app.wait_for("23 of 27");
    (app, folder)
}

#[test]
fn an_idea_goes_to_the_clipboard_of_the_terminal() {
    let mut app = PtyApp::with_demo(&[("TMUX", "")]);
    app.wait_for("23 of 27");
    app.press("Yi");
    app.wait_for("to the clipboard: train-on-worklogs");
    // What `base64` makes of the id.
    let sequence = "]52;c;dHJhaW4tb24td29ya2xvZ3M=\x1b\\";
    assert!(app.has_sent(&format!("\x1b{sequence}")));
    let doubled = format!("\x1b{sequence}").replace('\x1b', "\x1b\x1b");
    assert!(app.has_sent(&format!("\x1bPtmux;{doubled}\x1b\\")), "past tmux too");
    app.press("Yt");
    app.wait_for("lines, the TOML of train-on-worklogs");
    // "[[idea]]\nid = \"train".
    assert!(app.has_sent("\x1b]52;c;W1tpZGVhXV0KaWQgPSAidHJhaW"));
    app.press("q");
    assert!(app.end().success());
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
fn the_colours_fit_the_background_of_the_terminal_and_no_key_is_lost() {
    let mut app = PtyApp::with_demo(&[]);
    app.wait_for("23 of 27");
    assert!(app.has_sent("\x1b]11;?\x1b\\"));
    assert!(uses(app.terminal.screen(), ACCENTS.0), "dark until it answers");
    app.press(&format!("zj\x1b]11;rgb:ffff/ffff/eeee\x1b\\{PLAIN}3"));
    app.wait_for("headroom of ");
    app.wait_until("light", |screen| uses(screen, ACCENTS.1) && !uses(screen, ACCENTS.0));
    app.press("q");
    assert!(app.end().success());
    assert!(!app.has_sent(KITTY), "it does not know kitty's protocol");
    app.assert_handed_back();
}

#[test]
fn terminals_that_would_show_a_question_are_not_asked() {
    let mut app = PtyApp::with_demo(&[("TERM", "linux")]);
    app.wait_for("23 of 27");
    app.press("q");
    assert!(app.end().success());
    assert!(!app.has_sent("]11;"));
}

#[test]
fn keys_come_as_the_kitty_protocol_writes_them() {
    let mut app = PtyApp::with_demo(&[]);
    app.wait_for("23 of 27");
    assert!(!app.has_sent(KITTY), "not before the terminal says that it knows it");
    app.press(&format!("\x1b]11;rgb:00/00/00\x07\x1b[?0u{PLAIN}"));
    app.wait_for_bytes(KITTY);
    // Ctrl-P, Escape and Ctrl-C.
    app.press("\x1b[112;5u");
    app.wait_for("Enter run");
    app.press("\x1b[27u");
    app.wait_until("closed", |screen| !screen.contents().contains("Enter run"));
    app.press("\x1b[99;5u");
    assert!(app.end().success());
    assert!(app.has_sent(NOT_KITTY), "given back");
    app.assert_handed_back();
}

#[test]
fn with_sixteen_colours_only_those_are_used() {
    let mut app = PtyApp::with_demo(&[("TERM", "xterm"), ("COLORTERM", "")]);
    app.wait_for("23 of 27");
    let screen = app.terminal.screen();
    let cells = (0..24).flat_map(|row| (0..80).filter_map(move |column| screen.cell(row, column)));
    let mut colours: Vec<vt100::Color> =
        cells.flat_map(|cell| [cell.fgcolor(), cell.bgcolor()]).collect();
    colours.retain(|color| *color != vt100::Color::Default);
    assert!(!colours.is_empty());
    assert!(colours.iter().all(|color| matches!(color, vt100::Color::Idx(0..16))), "{colours:?}");
    app.press("q");
    assert!(app.end().success());
}

#[test]
fn a_terminal_that_can_only_print_lines_is_told_what_to_do() {
    let mut command = CommandBuilder::new(BINARY);
    command.arg("demo");
    let mut app = PtyApp::start(command, &[("TERM", "dumb")]);
    app.wait_for("TERM=dumb");
    assert!(!app.end().success());
    assert!(!app.has_sent("\x1b[?1049h"));
}

#[test]
fn settings_take_effect_while_it_is_open() {
    let (mut app, folder) = with_config("", &[]);
    let wish = "[keys]\nhelp = \"<f1>\"\n";
    let other = folder.path().join("other");
    std::fs::write(&other, wish).unwrap();
    std::fs::rename(&other, folder.path().join("config.toml")).unwrap();
    app.wait_for("F1 help");
    app.press("q");
    assert!(app.end().success());
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
    let mut app = PtyApp::start(command, &[]);
    app.wait_for("Three");
    app.press("jj");
    let is_under_cursor = |title: &'static str| {
        move |screen: &vt100::Screen| {
            screen.rows(0, 80).any(|row| row.starts_with('▸') && row.contains(title))
        }
    };
    app.wait_until("on the third", is_under_cursor("Three"));
    std::fs::rename(&file, &away).unwrap();
    app.wait_for("3 ideas are gone from the files");
    std::fs::rename(&away, &file).unwrap();
    app.wait_for("3 ideas were added by another program");
    app.wait_until("back on the third", is_under_cursor("Three"));
    // As an editor saves in place, and as git writes another version.
    std::fs::write(&file, ideas("Three, edited")).unwrap();
    app.wait_until("edited", is_under_cursor("Three, edited"));
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&file, idea("z", "Zero") + &ideas("Three")).unwrap();
    app.wait_until("checked out", |screen| screen.contents().contains("Zero"));
    app.wait_until("still on the third", is_under_cursor("Three"));
    app.press(":changes\r");
    app.wait_for("Changes by other programs");
    app.press("qq");
    assert!(app.end().success());
}
