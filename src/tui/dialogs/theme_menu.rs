//! The theme: shown while it is chosen, and kept on request.

use crate::config::Theme;
use crate::tui::action::Action;
use crate::tui::world::World;

use super::dialog::{Answer, Dialog, Form, Prompt};

#[derive(Debug)]
pub(crate) struct ThemeMenu {
    /// The theme that is shown before.
    pub before: Theme,
}

/// What a theme is for, in a few words.
const fn meaning(theme: Theme) -> &'static str {
    match theme {
        Theme::Calm => "quiet colours on a dark ground",
        Theme::Dark => "clear colours on a dark ground",
        Theme::Light => "for a light ground",
        Theme::HighContrast => "strong colours, nothing faint",
        Theme::ColorBlind => "blue and orange in place of green and red",
    }
}

/// A name as it begins a sentence: `High-contrast`.
fn name(theme: Theme) -> String {
    let id = theme.id();
    let (first, rest) = id.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

impl ThemeMenu {
    fn chosen(answer: &Answer) -> Option<Theme> {
        answer.chosen().and_then(|line| Theme::ALL.get(line)).copied()
    }
}

impl Dialog for ThemeMenu {
    fn prompt(&self, _: &World) -> Prompt {
        let line = |theme: &Theme| format!("{:<14} {}", name(*theme), meaning(*theme));
        let at = Theme::ALL.iter().position(|theme| *theme == self.before).unwrap_or(0);
        Prompt::new("theme", "Colours", Form::list(Theme::ALL.iter().map(line), at)).verb("keep it")
    }

    fn about(&self, answer: &Answer, _world: &World) -> Vec<String> {
        let theme = Self::chosen(answer).unwrap_or(self.before);
        vec![format!("{}. Enter keeps it as your default (config.toml).", name(theme))]
    }

    fn changed(&self, answer: &Answer, _world: &World) -> Vec<Action> {
        Self::chosen(answer).map(Action::ShowTheme).into_iter().collect()
    }

    fn cancelled(&mut self, _world: &World) -> Vec<Action> {
        vec![Action::ShowTheme(self.before)]
    }

    fn submit(&mut self, answer: &Answer, _world: &World) -> Result<Vec<Action>, String> {
        let theme = Self::chosen(answer).unwrap_or(self.before);
        Ok(vec![Action::ShowTheme(theme), Action::KeepTheme(theme)])
    }
}
