//! The terminal: taken over, handed back whatever happens, and listened to.

mod keyboard;
mod signals;

use std::io::{self, IsTerminal, Stdout, Write, stdout};
use std::mem::ManuallyDrop;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event,
    KeyCode, KeyEvent, KeyEventKind, KeyModifiers, KeyboardEnhancementFlags, MouseButton,
    MouseEvent, MouseEventKind, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Position, Rect, Size};

use crate::command::{Key, KeyPress};

use super::app::message::Msg;
use super::screens::{Mouse, MouseAction};
use super::theme::Depth;

pub(super) use keyboard::Keyboard;
pub(super) use signals::Signals;

/// A terminal that shows the workbench until it is dropped.
pub struct Terminal {
    /// Never dropped: dropping it prints where showing the cursor fails, which
    /// panics where the terminal is gone. [`restore`] shows the cursor.
    screen: ManuallyDrop<ratatui::Terminal<CrosstermBackend<Stdout>>>,
    mouse: bool,
    /// Whether the keyboard protocol of kitty is in force.
    kitty_keyboard: Arc<AtomicBool>,
}

impl Terminal {
    /// Takes the terminal over. From then on a panic of this thread hands it
    /// back before its message is printed; what happens on other threads is
    /// left to them, because the screen is still in use. The mouse is taken
    /// over only where it is wanted, because then it does not select text.
    ///
    /// # Errors
    /// There is no terminal, or it cannot be set up.
    pub fn start(mouse: bool) -> io::Result<Self> {
        if !stdout().is_terminal() || !io::stdin().is_terminal() {
            return Err(io::Error::other("the workbench needs a terminal"));
        }
        let previous = std::panic::take_hook();
        let owner = std::thread::current().id();
        let kitty_keyboard = Arc::new(AtomicBool::new(false));
        let kitty_for_hook = Arc::clone(&kitty_keyboard);
        std::panic::set_hook(Box::new(move |panic| {
            if std::thread::current().id() == owner {
                restore(kitty_for_hook.load(Ordering::Relaxed));
                previous(panic);
            }
        }));
        enter(mouse, false)?;
        match ratatui::Terminal::new(CrosstermBackend::new(stdout())) {
            Ok(screen) => Ok(Self { screen: ManuallyDrop::new(screen), mouse, kitty_keyboard }),
            Err(error) => {
                restore(false);
                Err(error)
            }
        }
    }

    pub(super) fn draw(&mut self, render: impl FnOnce(&mut ratatui::Frame<'_>)) -> io::Result<()> {
        self.screen.draw(render).map(|_| ())
    }

    pub(super) fn size(&self) -> io::Result<Size> {
        self.screen.size()
    }

    /// Draws everything afresh with the next frame.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        // `clear` would ask the terminal where its cursor is, and the thread
        // that reads keys would take the answer.
        let size = self.size()?;
        self.screen.resize(Rect::from((Position::ORIGIN, size)))
    }

    /// Asks the terminal to take a text to the clipboard (OSC 52), which works over ssh too.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        let in_tmux = std::env::var_os("TMUX").is_some();
        stdout().write_all(clipboard_sequence(text, in_tmux).as_bytes())?;
        stdout().flush()
    }

    /// Listens to the mouse, or leaves it to the terminal.
    pub(super) fn set_mouse_capture(&mut self, wanted: bool) -> io::Result<()> {
        self.mouse = wanted;
        if wanted {
            execute!(stdout(), EnableMouseCapture)
        } else {
            execute!(stdout(), DisableMouseCapture)
        }
    }

    /// Asks the terminal for the colour of its background; true if there may be
    /// an answer. It arrives among the keys, so that nothing waits for it.
    pub(super) fn query_background(&mut self) -> io::Result<bool> {
        let asks = supports_queries();
        if asks {
            stdout().write_all(keyboard::OSC11_QUERY.as_bytes())?;
            stdout().flush()?;
        }
        Ok(asks)
    }

    /// Asks for the keyboard protocol of kitty, which tells Esc from what
    /// begins with it, if the terminal knows it. To be asked only of one that
    /// has answered before: others are waited for in vain, two seconds long.
    pub(super) fn enable_kitty_keyboard(&mut self, keyboard: &mut Keyboard) -> io::Result<()> {
        keyboard.pause()?;
        let knows = crossterm::terminal::supports_keyboard_enhancement().unwrap_or(false);
        if knows && !self.kitty_keyboard.swap(true, Ordering::Relaxed) {
            push_kitty_flags()?;
        }
        keyboard.resume()
    }

    /// Hands the terminal to the shell and stops, until the shell calls again.
    ///
    /// # Errors
    /// The terminal cannot be taken over again.
    #[cfg(unix)]
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        self.restore();
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.enter()?;
        self.clear()
    }

    /// Takes the terminal over again after the program was stopped: the shell has
    /// set it up for itself meanwhile.
    ///
    /// # Errors
    /// The terminal cannot be set up.
    pub(super) fn retake(&mut self) -> io::Result<()> {
        // Raw mode is only put in force by who believes that it is not.
        disable_raw_mode()?;
        enable_raw_mode()?;
        execute!(stdout(), EnableBracketedPaste)?;
        self.set_mouse_capture(self.mouse)?;
        self.clear()
    }

    /// Leaves the terminal to another program, such as an editor.
    ///
    /// # Errors
    /// The thread that reads from it is gone.
    pub(super) fn pause_for_program(
        &mut self,
        keyboard: &mut Keyboard,
        signals: &Signals,
    ) -> io::Result<()> {
        keyboard.pause()?;
        signals.set_suspended(true);
        self.restore();
        Ok(())
    }

    /// Takes the terminal over again from another program.
    ///
    /// # Errors
    /// It cannot be taken over again.
    pub(super) fn resume_after_program(
        &mut self,
        keyboard: &mut Keyboard,
        signals: &Signals,
    ) -> io::Result<()> {
        signals.set_suspended(false);
        self.enter()?;
        keyboard.resume()?;
        self.clear()
    }

    fn enter(&self) -> io::Result<()> {
        enter(self.mouse, self.kitty_keyboard.load(Ordering::Relaxed))
    }

    fn restore(&self) {
        restore(self.kitty_keyboard.load(Ordering::Relaxed));
    }

    /// There is no shell to go back to here: only draws afresh.
    #[cfg(not(unix))]
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        self.clear()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // After a panic the hook has done it, and doing it twice would put the
        // cursor back to where it was before the message.
        if !std::thread::panicking() {
            self.restore();
        }
    }
}

/// How many colours the terminal has, by what the environment says.
pub(super) fn depth() -> Depth {
    let variable = |name| std::env::var(name).unwrap_or_default();
    Depth::of(&variable("TERM"), &variable("COLORTERM"))
}

/// Whether a terminal at least passes over a question that it does not know. Others show it.
fn supports_queries() -> bool {
    let term = std::env::var("TERM").unwrap_or_default();
    !matches!(term.as_str(), "" | "dumb" | "linux" | "cons25") && !term.starts_with("vt")
}

fn enter(mouse: bool, kitty_keyboard: bool) -> io::Result<()> {
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    if kitty_keyboard {
        push_kitty_flags()?;
    }
    if mouse { execute!(stdout(), EnableMouseCapture) } else { Ok(()) }
}

/// Puts the keyboard protocol of kitty in force, for this screen only.
fn push_kitty_flags() -> io::Result<()> {
    let flags = KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES;
    execute!(stdout(), PushKeyboardEnhancementFlags(flags))
}

/// Undoes [`enter`]; where one part fails the others still count.
fn restore(kitty_keyboard: bool) {
    if kitty_keyboard {
        let _ = execute!(stdout(), PopKeyboardEnhancementFlags);
    }
    let _ = execute!(
        stdout(),
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = disable_raw_mode();
}

/// Sends what is typed as messages, from a thread of its own, until the receiver is gone.
///
/// # Errors
/// The terminal cannot be listened to.
pub(super) fn listen(messages: &Sender<Msg>) -> io::Result<Keyboard> {
    // This sets up what notices a change of size, so that none is missed until
    // the thread begins to read.
    crossterm::event::poll(Duration::ZERO)?;
    Keyboard::listen(messages.clone())
}

fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) => press(key).map(Msg::Key),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(width, height) => Some(Msg::Resize(Size::new(width, height))),
        Event::Mouse(event) => mouse(event).map(Msg::Mouse),
        Event::FocusGained | Event::FocusLost => None,
    }
}

/// What the mouse did, if it means something here.
fn mouse(event: MouseEvent) -> Option<Mouse> {
    let action = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseAction::Click,
        MouseEventKind::Drag(MouseButton::Left) => MouseAction::Drag,
        MouseEventKind::Up(MouseButton::Left) => MouseAction::Release,
        MouseEventKind::ScrollUp => MouseAction::WheelUp,
        MouseEventKind::ScrollDown => MouseAction::WheelDown,
        _ => return None,
    };
    Some(Mouse { action, at: Position::new(event.column, event.row) })
}

/// A key as the keymap knows it; releases and unknown keys are nothing.
fn press(event: KeyEvent) -> Option<KeyPress> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    if event.modifiers.contains(KeyModifiers::ALT) {
        return None;
    }
    let key = match event.code {
        KeyCode::Char(c) if control => Key::Char(c.to_ascii_lowercase()),
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::F(number) => Key::Function(number),
        _ => return None,
    };
    Some(KeyPress { key, control })
}

/// The sequence that asks a terminal to take a text. In tmux it is said twice: to tmux, which takes
/// it with `set-clipboard on`, and past it, which it lets through with `allow-passthrough on`.
fn clipboard_sequence(text: &str, in_tmux: bool) -> String {
    let mut plain = String::new();
    // A string takes everything that is written to it.
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut plain);
    if in_tmux {
        let doubled = plain.replace('\x1b', "\x1b\x1b");
        format!("{plain}\x1bPtmux;{doubled}\x1b\\")
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tmux_takes_the_text_and_passes_it_on() {
        let plain = "\x1b]52;c;Zg==\x1b\\";
        assert_eq!(clipboard_sequence("f", false), plain);
        let past = "\x1bPtmux;\x1b\x1b]52;c;Zg==\x1b\x1b\\\x1b\\";
        assert_eq!(clipboard_sequence("f", true), format!("{plain}{past}"));
    }

    fn event(code: KeyCode, modifiers: KeyModifiers, kind: KeyEventKind) -> KeyEvent {
        KeyEvent::new_with_kind(code, modifiers, kind)
    }

    #[test]
    fn a_key_counts_when_it_goes_down() {
        let code = KeyCode::Char('j');
        let none = KeyModifiers::NONE;
        let down = press(event(code, none, KeyEventKind::Press));
        assert_eq!(down, Some(KeyPress::plain(Key::Char('j'))));
        assert_eq!(press(event(code, none, KeyEventKind::Release)), None);
    }

    #[test]
    fn control_and_shift_arrive_as_the_table_writes_them() {
        let down = KeyEventKind::Press;
        let control = press(event(KeyCode::Char('D'), KeyModifiers::CONTROL, down));
        assert_eq!(control, Some(KeyPress { key: Key::Char('d'), control: true }));
        let shift = press(event(KeyCode::Char('G'), KeyModifiers::SHIFT, down));
        assert_eq!(shift, Some(KeyPress::plain(Key::Char('G'))));
    }
}
