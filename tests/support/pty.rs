//! A program in a pseudo-terminal.

use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

use super::BINARY;

/// Longer than anything here takes on the slowest machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A program in a pseudo-terminal of 80×24, with a home folder of its own.
pub(crate) struct PtyApp {
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    pub(crate) child: Box<dyn Child + Send + Sync>,
    pub(crate) output: Receiver<Vec<u8>>,
    pub(crate) terminal: vt100::Parser,
    /// Every byte so far.
    pub(crate) sent: Vec<u8>,
    /// The modes of the terminal before the program began.
    modes: String,
    _folder: tempfile::TempDir,
}

impl PtyApp {
    /// The demo, with some environment.
    pub(crate) fn with_demo(environment: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(BINARY);
        command.arg("demo");
        Self::start(command, environment)
    }

    pub(crate) fn start(mut command: CommandBuilder, environment: &[(&str, &str)]) -> Self {
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
        let modes = modes(&*pty.master);
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
            modes,
            _folder: folder,
        }
    }

    /// Sends it a signal, by its name.
    pub(crate) fn signal(&self, name: &str) {
        signal(self.child.process_id().unwrap(), name);
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.terminal.screen_mut().set_size(cells(rows), cells(columns));
        self.master.resize(size(columns, rows)).unwrap();
    }

    pub(crate) fn contents(&self) -> String {
        self.terminal.screen().contents()
    }

    /// Reads what the program writes until the terminal is as it should be.
    pub(crate) fn wait_until(&mut self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) {
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

    pub(crate) fn take(&mut self, bytes: &[u8]) {
        self.terminal.process(bytes);
        self.sent.extend(bytes);
    }

    /// Whether the program has sent these bytes so far.
    pub(crate) fn has_sent(&self, bytes: &str) -> bool {
        self.sent.windows(bytes.len()).any(|sent| sent == bytes.as_bytes())
    }

    /// Reads until the program has sent these bytes.
    pub(crate) fn wait_for_bytes(&mut self, bytes: &str) {
        while !self.has_sent(bytes) {
            let more = self.output.recv_timeout(PATIENCE);
            self.take(&more.unwrap_or_else(|_| panic!("never sent {bytes:?}")));
        }
    }

    pub(crate) fn wait_for(&mut self, text: &str) {
        self.wait_until(text, |screen| screen.contents().contains(text));
    }

    /// Reads to the end and says how it ended.
    pub(crate) fn end(&mut self) -> ExitStatus {
        loop {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) => return self.child.wait().unwrap(),
                Err(RecvTimeoutError::Timeout) => panic!("does not end:\n{}", self.contents()),
            }
        }
    }

    pub(crate) fn assert_handed_back(&self) {
        let screen = self.terminal.screen();
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert!(!screen.bracketed_paste(), "pastes are still bracketed");
        let mouse = screen.mouse_protocol_mode();
        assert_eq!(mouse, vt100::MouseProtocolMode::None, "the mouse is still listened to");
        assert_eq!(modes(&*self.master), self.modes, "the terminal is still raw");
    }
}

/// Nothing started here is left running.
impl Drop for PtyApp {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a signal, by its name, to a process.
pub(crate) fn signal(process: u32, name: &str) {
    let process = process.to_string();
    let sent = std::process::Command::new("kill").args(["-s", name, &process]).status();
    assert!(sent.unwrap().success(), "{name}");
}

/// Whether a terminal echoes, cooks lines and so on.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}
