//! What happens at the terminal, read on a thread that can be told to keep its
//! hands off while somebody else has the terminal.

use std::io;
use std::sync::mpsc::Sender;

use super::super::message::Msg;
use super::answer::{Ear, Heard};

#[cfg(not(unix))]
pub(in crate::tui) use other::Keyboard;
#[cfg(unix)]
pub(in crate::tui) use unix::Keyboard;

/// So long the last look takes, which finds nothing; none at all would find
/// nothing ever.
const GLANCE: std::time::Duration = std::time::Duration::from_millis(1);

/// So long the rest of an answer may be under way, of which a part has come.
const REST: std::time::Duration = std::time::Duration::from_millis(100);

/// Sends every event that waits. `false` when nobody listens any more.
fn send_all(ear: &mut Ear, messages: &Sender<Msg>) -> io::Result<bool> {
    loop {
        let waits = crossterm::event::poll(if ear.is_amid() { REST } else { GLANCE })?;
        let heard = if waits { ear.hear(crossterm::event::read()?) } else { ear.pause() };
        for heard in heard {
            let msg = match heard {
                Heard::Event(event) => super::message(event),
                Heard::Ground(color) => Some(Msg::Ground(color)),
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

#[cfg(unix)]
mod unix {
    use std::io::{self, PipeReader, PipeWriter, Read, Write};
    use std::os::fd::AsFd;
    use std::sync::mpsc::{Receiver, Sender, channel};

    use rustix::event::{PollFd, PollFlags, poll};

    use super::{Ear, Msg, send_all};

    /// The thread that reads what is typed. It sleeps until there is something
    /// to read, or until it is spoken to.
    pub(in crate::tui) struct Keyboard {
        word: PipeWriter,
        heard: Receiver<()>,
    }

    impl Keyboard {
        /// Begins to read, until the receiver of the messages is gone.
        ///
        /// # Errors
        /// The system has no pipe left.
        pub(in crate::tui) fn listen(messages: Sender<Msg>) -> io::Result<Self> {
            let (words, word) = io::pipe()?;
            let (hearing, heard) = channel();
            std::thread::spawn(move || {
                // An error means that there is no terminal to read from any
                // more, and so nobody to work for.
                let _ = read(&messages, words, &hearing);
                let _ = messages.send(Msg::Terminate);
            });
            Ok(Self { word, heard })
        }

        /// Stops reading; when this returns, nothing typed goes here.
        ///
        /// # Errors
        /// The thread is gone.
        pub(in crate::tui) fn pause(&mut self) -> io::Result<()> {
            self.word.write_all(b"p")?;
            self.heard.recv().map_err(io::Error::other)
        }

        /// Reads on after a pause.
        ///
        /// # Errors
        /// The thread is gone.
        pub(in crate::tui) fn resume(&mut self) -> io::Result<()> {
            self.word.write_all(b"r")
        }
    }

    fn read(messages: &Sender<Msg>, mut words: PipeReader, hearing: &Sender<()>) -> io::Result<()> {
        let terminal = io::stdin();
        let mut ear = Ear::default();
        while send_all(&mut ear, messages)? {
            let (keys, word) = wait(&terminal, &words)?;
            if word.contains(PollFlags::IN) {
                words.read_exact(&mut [0])?;
                hearing.send(()).map_err(io::Error::other)?;
                words.read_exact(&mut [0])?;
            } else if word.contains(PollFlags::HUP) {
                return Ok(());
            } else if keys.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                send_all(&mut ear, messages)?;
                return Ok(());
            }
        }
        Ok(())
    }

    /// Sleeps until something is typed or said; what there is of both.
    fn wait(terminal: &impl AsFd, words: &PipeReader) -> io::Result<(PollFlags, PollFlags)> {
        let mut sources = [PollFd::new(terminal, PollFlags::IN), PollFd::new(words, PollFlags::IN)];
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

    use super::{Ear, Msg, send_all};

    /// The thread that reads what is typed. Here it cannot be woken, so it
    /// looks up ten times a second.
    pub(in crate::tui) struct Keyboard {
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
        ///
        /// # Errors
        /// None here.
        pub(in crate::tui) fn listen(messages: Sender<Msg>) -> io::Result<Self> {
            let state = Arc::new(State::default());
            let shared = Arc::clone(&state);
            std::thread::spawn(move || {
                let mut ear = Ear::default();
                while step(&mut ear, &messages, &shared).unwrap_or(false) {}
                let _ = messages.send(Msg::Terminate);
            });
            Ok(Self { state })
        }

        /// Stops reading; when this returns, nothing typed goes here.
        ///
        /// # Errors
        /// None here.
        pub(in crate::tui) fn pause(&mut self) -> io::Result<()> {
            *self.state.paused() = true;
            Ok(())
        }

        /// Reads on after a pause.
        ///
        /// # Errors
        /// None here.
        pub(in crate::tui) fn resume(&mut self) -> io::Result<()> {
            *self.state.paused() = false;
            self.state.changed.notify_all();
            Ok(())
        }
    }

    /// Reads what there is, holding the lock; false when nobody listens.
    fn step(ear: &mut Ear, messages: &Sender<Msg>, state: &State) -> io::Result<bool> {
        const LOOK: Duration = Duration::from_millis(100);
        let paused = state.paused();
        let _reading = state
            .changed
            .wait_while(paused, |paused| *paused)
            .unwrap_or_else(PoisonError::into_inner);
        if crossterm::event::poll(LOOK)? { send_all(ear, messages) } else { Ok(true) }
    }
}
