//! Filter that extracts OSC 11 replies (the background colour) from the key
//! stream, where they arrive as `ESC ] 11 ; rgb: … ESC \`.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

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
