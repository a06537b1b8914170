//! Signals of the system, sent as messages.

use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use crate::tui::app::message::Msg;

/// What was typed before the signal that ends the program is taken in for so long.
const TIME_TO_END: Duration = Duration::from_millis(500);

/// An interrupt that was typed for another program may be heard so late.
const LATE: Duration = Duration::from_secs(1);

/// What the signals have said so far. Every signal that would end the program is
/// listened to, because the system would end it with the terminal in its hands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signals {
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The first signal that ends the program, and when it came.
    end: OnceLock<(i32, Instant)>,
    possession: Mutex<Possession>,
}

/// Which program has the terminal.
#[derive(Clone, Copy, Debug, Default)]
enum Possession {
    /// This one has had it from the beginning.
    #[default]
    Own,
    /// Another one, such as an editor.
    Suspended,
    /// This one has it again, since then.
    Back(Instant),
}

impl Signals {
    /// The signal that ends the program, if one has come.
    pub(crate) fn end(&self) -> Option<i32> {
        self.state.end.get().map(|(signal, _)| *signal)
    }

    /// Whether the program should have ended by now.
    pub(crate) fn is_end_overdue(&self) -> bool {
        self.state.end.get().is_some_and(|(_, since)| since.elapsed() > TIME_TO_END)
    }

    /// Notes whether another program has the terminal.
    pub(super) fn set_suspended(&self, suspended: bool) {
        let now = if suspended { Possession::Suspended } else { Possession::Back(Instant::now()) };
        *self.state.possession.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }

    /// Begins to listen, on a thread of its own, until the receiver is gone.
    ///
    /// # Errors
    /// The system does not let it.
    #[cfg(unix)]
    pub(crate) fn listen(messages: &Sender<Msg>) -> io::Result<Self> {
        use signal_hook::consts::{
            SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGWINCH,
        };
        let all = [
            SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGWINCH,
        ];
        let mut incoming = signal_hook::iterator::Signals::new(all)?;
        let signals = Self::default();
        let (state, messages) = (Arc::clone(&signals.state), messages.clone());
        std::thread::spawn(move || {
            for signal in incoming.forever() {
                if state.message(signal).is_some_and(|msg| messages.send(msg).is_err()) {
                    break;
                }
            }
        });
        Ok(signals)
    }

    /// There are no signals here.
    #[cfg(not(unix))]
    pub(crate) fn listen(_messages: &Sender<Msg>) -> io::Result<Self> {
        Ok(Self::default())
    }
}

#[cfg(unix)]
impl State {
    /// What a signal means, if anything.
    fn message(&self, signal: i32) -> Option<Msg> {
        use ratatui::layout::Size;
        use signal_hook::consts::{SIGCONT, SIGINT, SIGQUIT, SIGTSTP, SIGWINCH};
        let possession = *self.possession.lock().unwrap_or_else(PoisonError::into_inner);
        let is_suspended = matches!(possession, Possession::Suspended);
        let was_suspended = matches!(possession, Possession::Back(since) if since.elapsed() < LATE);
        match signal {
            SIGWINCH => {
                let (width, height) = crossterm::terminal::size().ok()?;
                Some(Msg::Resize(Size::new(width, height)))
            }
            // Keys give these to every program at the terminal, and they are meant
            // for the one that has it.
            SIGINT | SIGQUIT if is_suspended || was_suspended => None,
            SIGCONT if is_suspended => None,
            SIGTSTP if is_suspended => {
                let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
                None
            }
            SIGTSTP => Some(Msg::Suspend),
            SIGCONT => Some(Msg::Continued),
            _ => {
                let _ = self.end.set((signal, Instant::now()));
                Some(Msg::Terminate)
            }
        }
    }
}
