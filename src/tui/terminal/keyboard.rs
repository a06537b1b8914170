//! Input thread that can be paused while an editor runs.

use std::io;
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::osc_reply::{Input, OscReplyFilter};
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

/// Whether there is an event.
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
