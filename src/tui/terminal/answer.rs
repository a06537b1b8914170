//! The terminal's answer to the question for its ground, taken out of what is
//! typed: it arrives among the keys, as `ESC ] 11 ; rgb: … ESC \`.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// What asks a terminal for the colour of its ground (xterm's OSC 11).
pub(super) const QUESTION: &str = "\x1b]11;?\x1b\\";

/// What an answer begins with, behind the first two bytes.
const HEAD: &str = "11;rgb";

/// What ends an answer: `ESC \`, or the bell of older terminals.
const ENDS: [(KeyCode, KeyModifiers); 2] =
    [(KeyCode::Char('\\'), KeyModifiers::ALT), (KeyCode::Char('g'), KeyModifiers::CONTROL)];

/// No answer has more letters than this.
const LONGEST: usize = 40;

/// Something that came from the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// A key, the mouse, a change of size.
    Event(Event),
    /// Its ground: red, green and blue.
    Ground([u8; 3]),
}

/// Sorts the answer out. What may be the beginning of one is held back until it
/// turns out to be something else, so that no key is lost.
#[derive(Debug, Default)]
pub(super) struct Ear {
    held: Vec<Event>,
    text: String,
}

impl Ear {
    /// Takes in an event and gives what is certain now.
    pub(super) fn hear(&mut self, event: Event) -> Vec<Heard> {
        let Event::Key(KeyEvent { code, modifiers, .. }) = event else {
            // The mouse, a change of size.
            return vec![Heard::Event(event)];
        };
        match (self.held.is_empty(), code, modifiers) {
            (true, KeyCode::Char(']'), KeyModifiers::ALT) => {
                self.held.push(event);
                return Vec::new();
            }
            (false, ..) if self.is_amid() && ENDS.contains(&(code, modifiers)) => {
                self.held.clear();
                let ground = ground(&std::mem::take(&mut self.text));
                return ground.map(Heard::Ground).into_iter().collect();
            }
            (false, KeyCode::Char(c), KeyModifiers::NONE) if self.may_go_on(c) => {
                self.held.push(event);
                self.text.push(c);
                return Vec::new();
            }
            _ => {}
        }
        let mut heard = self.pause();
        heard.push(Heard::Event(event));
        heard
    }

    /// Whether what is held back is an answer, and not something typed: nobody
    /// types that much at once.
    pub(super) fn is_amid(&self) -> bool {
        self.text.starts_with(HEAD)
    }

    /// Nothing more waits, or nothing that belongs to an answer: what was held
    /// back is keys, unless it is an answer that has broken off.
    pub(super) fn pause(&mut self) -> Vec<Heard> {
        if self.is_amid() {
            self.held.clear();
        }
        self.text.clear();
        self.held.drain(..).map(Heard::Event).collect()
    }

    fn may_go_on(&self, c: char) -> bool {
        match HEAD.chars().nth(self.text.chars().count()) {
            Some(next) => c == next,
            None => self.text.len() < LONGEST && (c.is_ascii_hexdigit() || matches!(c, ':' | '/')),
        }
    }
}

/// The colour of `11;rgb:1e1e/1e1e/2e2e`; parts have one to four digits.
fn ground(answer: &str) -> Option<[u8; 3]> {
    let parts = answer.split_once(':')?.1;
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

    fn heard(text: &str) -> Vec<Heard> {
        let mut ear = Ear::default();
        let mut heard: Vec<Heard> =
            events(text).into_iter().flat_map(|event| ear.hear(event)).collect();
        heard.extend(ear.pause());
        heard
    }

    #[test]
    fn an_answer_is_taken_out_and_keys_stay() {
        let keys = |text: &str| events(text).into_iter().map(Heard::Event).collect::<Vec<_>>();
        let dark = vec![Heard::Ground([0x1e, 0x1e, 0x2e])];
        assert_eq!(heard("\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\"), dark);
        assert_eq!(heard("\x1b]11;rgb:1e/1e/2e\x07"), dark);
        assert_eq!(heard("\x1b]11;rgba:ffff/ffff/ffff/ffff\x07"), [Heard::Ground([255; 3])]);
        let around = heard("j\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\k");
        assert_eq!(around, [keys("j"), dark, keys("k")].concat());
        for typed in ["]11;rgb", "\x1b]", "\x1b]x", "\x1b]11;x", "\x1b]\x1b]q", "g", "\x07"] {
            assert_eq!(heard(typed), keys(typed), "{typed:?}");
        }
    }

    #[test]
    fn what_has_broken_off_is_no_key_and_holds_nothing_up() {
        let mut ear = Ear::default();
        let take = |ear: &mut Ear, text: &str| -> Vec<Heard> {
            events(text).into_iter().flat_map(|event| ear.hear(event)).collect()
        };
        assert_eq!(take(&mut ear, "\x1b]11;rgb:ff"), []);
        assert_eq!(take(&mut ear, "/ff/ff\x07"), [Heard::Ground([255; 3])], "in two pieces");
        assert_eq!(take(&mut ear, "\x1b]11;rgb:\x07"), [], "without a colour");
        assert_eq!(take(&mut ear, "\x1b]11;rgb:ff"), []);
        assert!(ear.is_amid());
        assert_eq!(ear.pause(), []);
        assert!(!ear.is_amid());
        let z = events("z").into_iter().map(Heard::Event).collect::<Vec<_>>();
        assert_eq!(heard("\x1b]11;rgb:z"), z);
        let size = Heard::Event(Event::Resize(80, 24));
        assert_eq!(take(&mut ear, "\x1b]11;rgb:ff"), []);
        assert_eq!(ear.hear(Event::Resize(80, 24)), [size], "goes past what is held back");
        assert!(ear.is_amid());
    }
}
