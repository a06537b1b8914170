//! Input thread that can be paused while an editor runs; answers of the terminal are told
//! apart from keys.

use std::io;
use std::sync::mpsc::Sender;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use crate::tui::app::message::Msg;

#[cfg(not(unix))]
pub(crate) use other::Keyboard;
#[cfg(unix)]
pub(crate) use unix::Keyboard;

/// So long the last looks take, which find nothing. crossterm does not even look at
/// what it has read already when its time is over before it begins, as happens to a
/// thread that does not get the processor: events would wait there until the next
/// key. So one look that finds nothing is not enough, and each has more time.
const POLL_TIMEOUTS: [Duration; 3] =
    [Duration::from_millis(1), Duration::from_millis(5), Duration::from_millis(25)];

/// So long the rest of an answer may be under way, of which a part has come.
const REPLY_TIMEOUT: Duration = Duration::from_millis(100);

/// Sends every event that waits. `false` when the receiver is gone.
fn send_all(filter: &mut OscReplyFilter, messages: &Sender<Msg>) -> io::Result<bool> {
    loop {
        let waits = waits(filter)?;
        let inputs = if waits { filter.feed(crossterm::event::read()?) } else { filter.flush() };
        for input in inputs {
            let msg = match input {
                Input::Event(event) => super::message(event),
                Input::Background(color) => Some(Msg::Background(color)),
            };
            if msg.is_some_and(|msg| messages.send(msg).is_err()) {
                return Ok(false);
            }
        }
        if !waits {
            return Ok(true);
        }
    }
}

fn waits(filter: &OscReplyFilter) -> io::Result<bool> {
    if filter.in_reply() {
        return crossterm::event::poll(REPLY_TIMEOUT);
    }
    for timeout in POLL_TIMEOUTS {
        if crossterm::event::poll(timeout)? {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(unix)]
mod unix {
    use std::io::{self, PipeReader, PipeWriter, Read, Write};
    use std::os::fd::AsFd;
    use std::sync::mpsc::{Receiver, Sender, channel};

    use rustix::event::{PollFd, PollFlags, poll};

    use super::{Msg, OscReplyFilter, send_all};

    /// The thread that reads what is typed. It sleeps until there is something
    /// to read, or until it is spoken to.
    pub(crate) struct Keyboard {
        control_tx: PipeWriter,
        ack_rx: Receiver<()>,
    }

    impl Keyboard {
        /// Begins to read, until the receiver of the messages is gone.
        ///
        /// # Errors
        /// The system has no pipe left.
        pub(crate) fn listen(messages: Sender<Msg>) -> io::Result<Self> {
            let (control_rx, control_tx) = io::pipe()?;
            let (ack_tx, ack_rx) = channel();
            std::thread::spawn(move || {
                // An error means that there is no terminal to read from any
                // more, and nothing left to do.
                let _ = read(&messages, control_rx, &ack_tx);
                let _ = messages.send(Msg::Terminate);
            });
            Ok(Self { control_tx, ack_rx })
        }

        /// Stops reading; when this returns, nothing typed goes here.
        pub(crate) fn pause(&mut self) -> io::Result<()> {
            self.control_tx.write_all(b"p")?;
            self.ack_rx.recv().map_err(io::Error::other)
        }

        /// Reads on after a pause.
        pub(crate) fn resume(&mut self) -> io::Result<()> {
            self.control_tx.write_all(b"r")
        }
    }

    fn read(
        messages: &Sender<Msg>,
        mut control_rx: PipeReader,
        ack_tx: &Sender<()>,
    ) -> io::Result<()> {
        let terminal = io::stdin();
        let mut filter = OscReplyFilter::default();
        while send_all(&mut filter, messages)? {
            let (keys, control_tx) = wait(&terminal, &control_rx)?;
            if control_tx.contains(PollFlags::IN) {
                control_rx.read_exact(&mut [0])?;
                ack_tx.send(()).map_err(io::Error::other)?;
                control_rx.read_exact(&mut [0])?;
            } else if control_tx.contains(PollFlags::HUP) {
                return Ok(());
            } else if keys.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                send_all(&mut filter, messages)?;
                return Ok(());
            }
        }
        Ok(())
    }

    /// Sleeps until something is typed or said; what there is of both.
    fn wait(terminal: &impl AsFd, control_rx: &PipeReader) -> io::Result<(PollFlags, PollFlags)> {
        let mut sources =
            [PollFd::new(terminal, PollFlags::IN), PollFd::new(control_rx, PollFlags::IN)];
        loop {
            match poll(&mut sources, None) {
                Ok(_) => return Ok((sources[0].revents(), sources[1].revents())),
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

#[cfg(not(unix))]
mod other {
    use std::io;
    use std::sync::mpsc::Sender;
    use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
    use std::time::Duration;

    use super::{Msg, OscReplyFilter, send_all};

    /// The thread that reads what is typed. Here it cannot be woken, so it
    /// looks up ten times a second.
    pub(crate) struct Keyboard {
        state: Arc<State>,
    }

    #[derive(Default)]
    struct State {
        paused: Mutex<bool>,
        changed: Condvar,
    }

    impl State {
        fn paused(&self) -> MutexGuard<'_, bool> {
            self.paused.lock().unwrap_or_else(PoisonError::into_inner)
        }
    }

    impl Keyboard {
        /// Begins to read, until the receiver of the messages is gone.
        pub(crate) fn listen(messages: Sender<Msg>) -> io::Result<Self> {
            let state = Arc::new(State::default());
            let shared = Arc::clone(&state);
            std::thread::spawn(move || {
                let mut filter = OscReplyFilter::default();
                while step(&mut filter, &messages, &shared).unwrap_or(false) {}
                let _ = messages.send(Msg::Terminate);
            });
            Ok(Self { state })
        }

        /// Stops reading; when this returns, nothing typed goes here.
        pub(crate) fn pause(&mut self) -> io::Result<()> {
            *self.state.paused() = true;
            Ok(())
        }

        /// Reads on after a pause.
        pub(crate) fn resume(&mut self) -> io::Result<()> {
            *self.state.paused() = false;
            self.state.changed.notify_all();
            Ok(())
        }
    }

    /// Reads what there is, holding the lock; false when the receiver is gone.
    fn step(
        filter: &mut OscReplyFilter,
        messages: &Sender<Msg>,
        state: &State,
    ) -> io::Result<bool> {
        const POLL_INTERVAL: Duration = Duration::from_millis(100);
        let paused = state.paused();
        let _reading = state
            .changed
            .wait_while(paused, |paused| *paused)
            .unwrap_or_else(PoisonError::into_inner);
        if crossterm::event::poll(POLL_INTERVAL)? { send_all(filter, messages) } else { Ok(true) }
    }
}

/// Query for the background colour of a terminal (xterm's OSC 11).
pub(super) const OSC11_QUERY: &str = "\x1b]11;?\x1b\\";

/// Beginning of a reply, behind the first two bytes.
const REPLY_PREFIX: &str = "11;rgb";

/// Ends of a reply: `ESC \`, or the bell of older terminals.
const TERMINATORS: [(KeyCode, KeyModifiers); 2] =
    [(KeyCode::Char('\\'), KeyModifiers::ALT), (KeyCode::Char('g'), KeyModifiers::CONTROL)];

/// No answer has more letters than this.
const MAX_REPLY_LENGTH: usize = 40;

/// Something that came from the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// A key, the mouse, a change of size.
    Event(Event),
    /// Its background: red, green and blue.
    Background([u8; 3]),
}

/// Extracts replies. Events that may begin one are held back until it turns out
/// to be something else, so that no key is lost.
#[derive(Debug, Default)]
pub(super) struct OscReplyFilter {
    held: Vec<Event>,
    text: String,
}

impl OscReplyFilter {
    /// Takes in an event and gives what is certain now.
    pub(super) fn feed(&mut self, event: Event) -> Vec<Input> {
        let Event::Key(KeyEvent { code, modifiers, .. }) = event else {
            // The mouse, a change of size.
            return vec![Input::Event(event)];
        };
        match (self.held.is_empty(), code, modifiers) {
            (true, KeyCode::Char(']'), KeyModifiers::ALT) => {
                self.held.push(event);
                return Vec::new();
            }
            (false, ..) if self.in_reply() && TERMINATORS.contains(&(code, modifiers)) => {
                self.held.clear();
                let background = background(&std::mem::take(&mut self.text));
                return background.map(Input::Background).into_iter().collect();
            }
            (false, KeyCode::Char(c), KeyModifiers::NONE) if self.continues_reply(c) => {
                self.held.push(event);
                self.text.push(c);
                return Vec::new();
            }
            _ => {}
        }
        let mut inputs = self.flush();
        inputs.push(Input::Event(event));
        inputs
    }

    /// Whether what is held back is an answer, and not something typed, which
    /// does not come in that quickly.
    pub(super) fn in_reply(&self) -> bool {
        self.text.starts_with(REPLY_PREFIX)
    }

    /// Nothing more waits, or nothing that belongs to an answer: what was held
    /// back is keys, unless it is an answer that has broken off.
    pub(super) fn flush(&mut self) -> Vec<Input> {
        if self.in_reply() {
            self.held.clear();
        }
        self.text.clear();
        self.held.drain(..).map(Input::Event).collect()
    }

    fn continues_reply(&self, c: char) -> bool {
        match REPLY_PREFIX.chars().nth(self.text.chars().count()) {
            Some(next) => c == next,
            None => {
                self.text.len() < MAX_REPLY_LENGTH
                    && (c.is_ascii_hexdigit() || matches!(c, ':' | '/'))
            }
        }
    }
}

/// The colour of `11;rgb:1e1e/1e1e/2e2e`; parts have one to four digits.
fn background(reply: &str) -> Option<[u8; 3]> {
    let parts = reply.split_once(':')?.1;
    let mut parts = parts.split('/').map(|part| {
        let most = 16_u32.checked_pow(u32::try_from(part.len()).ok()?)?.checked_sub(1)?;
        let level = u32::from_str_radix(part, 16).ok()?;
        u8::try_from((level * 255).checked_div(most)?).ok()
    });
    Some([parts.next()??, parts.next()??, parts.next()??])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(c: char, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    /// Bytes as crossterm makes them events.
    fn events(text: &str) -> Vec<Event> {
        let mut events = Vec::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            events.push(match c {
                '\x1b' => key(chars.next().unwrap(), KeyModifiers::ALT),
                '\x07' => key('g', KeyModifiers::CONTROL),
                c => key(c, KeyModifiers::NONE),
            });
        }
        events
    }

    fn filtered(text: &str) -> Vec<Input> {
        let mut filter = OscReplyFilter::default();
        let mut inputs: Vec<Input> =
            events(text).into_iter().flat_map(|event| filter.feed(event)).collect();
        inputs.extend(filter.flush());
        inputs
    }

    #[test]
    fn an_answer_is_taken_out_and_keys_stay() {
        let keys = |text: &str| events(text).into_iter().map(Input::Event).collect::<Vec<_>>();
        let dark = vec![Input::Background([0x1e, 0x1e, 0x2e])];
        assert_eq!(filtered("\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\"), dark);
        assert_eq!(filtered("\x1b]11;rgb:1e/1e/2e\x07"), dark);
        assert_eq!(filtered("\x1b]11;rgba:ffff/ffff/ffff/ffff\x07"), [Input::Background([255; 3])]);
        let around = filtered("j\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\k");
        assert_eq!(around, [keys("j"), dark, keys("k")].concat());
        for typed in ["]11;rgb", "\x1b]", "\x1b]x", "\x1b]11;x", "\x1b]\x1b]q", "g", "\x07"] {
            assert_eq!(filtered(typed), keys(typed), "{typed:?}");
        }
    }

    #[test]
    fn what_has_broken_off_is_no_key_and_holds_nothing_up() {
        let mut filter = OscReplyFilter::default();
        let take = |filter: &mut OscReplyFilter, text: &str| -> Vec<Input> {
            events(text).into_iter().flat_map(|event| filter.feed(event)).collect()
        };
        assert_eq!(take(&mut filter, "\x1b]11;rgb:ff"), []);
        assert_eq!(take(&mut filter, "/ff/ff\x07"), [Input::Background([255; 3])], "in two pieces");
        assert_eq!(take(&mut filter, "\x1b]11;rgb:\x07"), [], "without a colour");
        assert_eq!(take(&mut filter, "\x1b]11;rgb:ff"), []);
        assert!(filter.in_reply());
        assert_eq!(filter.flush(), []);
        assert!(!filter.in_reply());
        let z = events("z").into_iter().map(Input::Event).collect::<Vec<_>>();
        assert_eq!(filtered("\x1b]11;rgb:z"), z);
        let size = Input::Event(Event::Resize(80, 24));
        assert_eq!(take(&mut filter, "\x1b]11;rgb:ff"), []);
        assert_eq!(filter.feed(Event::Resize(80, 24)), [size], "goes past what is held back");
        assert!(filter.in_reply());
    }
}
