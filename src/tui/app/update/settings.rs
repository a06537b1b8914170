//! The user's own settings, changed while the workbench is open.

use crate::config::Settings;
use crate::domain::Problem;
use crate::tui::app::message::Effect;
use crate::tui::app::model::{Model, Tone};

/// Lets new settings take effect. While anything is wrong with them, the last
/// good ones stay in force, and what is wrong is named.
pub(super) fn take(model: &mut Model, read: Result<Box<Settings>, Vec<Problem>>) -> Vec<Effect> {
    match read {
        Ok(settings) => {
            let was_wrong = !model.settings_problems.is_empty();
            let mouse = model.world.settings.current().mouse;
            if model.world.settings.set_user(*settings) || was_wrong {
                model.apply_ui_settings();
                model.apply_settings();
                model.refresh();
                model.say(Tone::Done, "your settings have changed and are in force");
            }
            let now = model.world.settings.current().mouse;
            if mouse == now { Vec::new() } else { vec![Effect::CaptureMouse(now)] }
        }
        Err(problems) => {
            if let Some(first) = problems.first() {
                // The place comes first: the end may be cut off.
                let name = first.file.file_name().unwrap_or_default().to_string_lossy();
                let Problem { line, column, message, .. } = first;
                let text = format!("{name}:{line}:{column}: {message}; settings stay as they were");
                model.say(Tone::Trouble, text);
            }
            model.settings_problems = problems;
            Vec::new()
        }
    }
}
