//! The mouse and the colours.

use ratatui::layout::{Position, Size};

use super::*;
use crate::config::Theme;
use crate::tui::message::{Mouse, MouseAction};

fn point(model: &mut Model, action: MouseAction, x: u16, y: u16) -> Vec<Effect> {
    update(model, Msg::Mouse(Mouse { action, at: Position::new(x, y) }))
}

#[test]
fn a_click_selects_and_a_second_one_opens() {
    let mut model = model();
    update(&mut model, Msg::Resize(Size::new(80, 24)));
    // Below the title and the headings of the columns.
    point(&mut model, MouseAction::Click, 10, 4);
    assert_eq!(under_cursor(&model), Some("fair"));
    assert!(!model.rank.is_open());
    point(&mut model, MouseAction::Click, 10, 20);
    assert_eq!(under_cursor(&model), Some("fair"), "nothing is there");
    point(&mut model, MouseAction::Click, 10, 4);
    assert!(model.rank.is_open());
}

#[test]
fn the_wheel_moves_and_clicks_decide_nothing() {
    let mut model = model();
    point(&mut model, MouseAction::WheelDown, 5, 5);
    assert_eq!(under_cursor(&model), Some("fair"));
    point(&mut model, MouseAction::WheelUp, 5, 5);
    assert_eq!(under_cursor(&model), Some("best"));
    press(&mut model, "s");
    point(&mut model, MouseAction::Click, 3, 20);
    assert!(model.prompt.is_some());
    press(&mut model, "<esc>?");
    point(&mut model, MouseAction::WheelDown, 5, 5);
    assert_eq!(model.page.as_ref().map(|page| page.scroll), Some(3));
    point(&mut model, MouseAction::Click, 12, 0);
    assert!(model.page.is_none(), "a tab closes what lies over its screen");
}

#[test]
fn colours_follow_each_other_round() {
    let mut model = model();
    for theme in Theme::ALL.iter().cycle().skip(1).take(Theme::ALL.len()) {
        press(&mut model, ":other colours<enter>");
        assert_eq!(model.theme, *theme);
    }
    assert_eq!(model.theme, Theme::default());
}
