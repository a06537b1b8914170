//! The mouse and the colours.

use ratatui::layout::{Position, Size};

use crate::config::{Settings, Theme};
use crate::domain::Winner;
use crate::tui::action::EditorText;
use crate::tui::app::update::edits;
use crate::tui::jobs::{JobKind, JobRequest};
use crate::tui::screens::{Mouse, MouseAction, Screen};

use super::*;

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
    assert!(!model.screens.rank.is_open());
    point(&mut model, MouseAction::Click, 10, 20);
    assert_eq!(under_cursor(&model), Some("fair"), "nothing is there");
    point(&mut model, MouseAction::Click, 10, 4);
    assert!(model.screens.rank.is_open());
}

#[test]
fn the_wheel_moves_and_clicks_decide_nothing() {
    let mut model = model();
    point(&mut model, MouseAction::WheelDown, 5, 5);
    assert_eq!(under_cursor(&model), Some("fair"));
    point(&mut model, MouseAction::WheelUp, 5, 5);
    assert_eq!(under_cursor(&model), Some("best"));
    press(&mut model, "s");
    point(&mut model, MouseAction::Click, 70, 20);
    assert!(model.dialog.is_some(), "nothing is there");
    press(&mut model, "<esc>?");
    point(&mut model, MouseAction::WheelDown, 5, 5);
    assert_eq!(model.overlay.as_ref().map(|overlay| overlay.scroll), Some(3));
    point(&mut model, MouseAction::Click, 12, 0);
    assert!(model.overlay.is_none(), "a tab closes what lies over its screen");
}

#[test]
fn a_click_takes_a_line_of_a_menu_and_of_the_palette() {
    let mut model = model();
    update(&mut model, Msg::Resize(Size::new(80, 24)));
    press(&mut model, ":theme<enter>");
    // The last of five lines above the frame, the message and the keys.
    point(&mut model, MouseAction::Click, 5, 20);
    assert!(model.dialog.is_none());
    assert_eq!(model.appearance.theme, Theme::ColorBlind);
    press(&mut model, ":theme");
    let area = ratatui::layout::Rect::new(0, 0, 80, 24);
    let mut buffer = ratatui::buffer::Buffer::empty(area);
    crate::tui::view::view(&model, &crate::tui::theme::Styles::default(), area, &mut buffer);
    let first = (1..24).find(|y| buffer[(2, *y)].symbol() == "▸").unwrap();
    point(&mut model, MouseAction::Click, 20, first);
    assert_eq!(model.dialog.as_ref().map(|open| open.prompt.label.as_str()), Some("Colours"));
    press(&mut model, "<esc>");
    // The keys of the last line can be clicked while a question is open.
    press(&mut model, "a");
    let footer = |text: &str, model: &Model| {
        let mut buffer = ratatui::buffer::Buffer::empty(area);
        crate::tui::view::view(model, &crate::tui::theme::Styles::default(), area, &mut buffer);
        let line: String = (0..80).map(|x| buffer[(x, 23)].symbol()).collect();
        u16::try_from(line.find(text).expect(&line)).unwrap()
    };
    let cancel = footer("Esc cancel", &model);
    point(&mut model, MouseAction::Click, cancel + 5, 23);
    assert!(model.dialog.is_none());
    // A list with keys of its own is only pointed at.
    press(&mut model, "s");
    point(&mut model, MouseAction::Click, 5, 20);
    assert!(model.dialog.is_some());
}

#[test]
fn a_theme_is_shown_while_it_is_chosen_and_kept_on_request() {
    let mut model = model();
    press(&mut model, ":theme<enter>j");
    assert_eq!(model.appearance.theme, Theme::Dark);
    press(&mut model, "<esc>");
    assert_eq!(model.appearance.theme, Theme::Calm);
    let effects: Vec<Effect> = parse_keys(":theme<enter>jj<enter>")
        .unwrap()
        .into_iter()
        .flat_map(|key| update(&mut model, Msg::Key(key)))
        .collect();
    assert_eq!(model.appearance.theme, Theme::Light);
    assert!(effects.contains(&Effect::Store(Request::KeepTheme(Theme::Light))));
}

fn listed(model: &mut Model) -> Vec<String> {
    press(model, "gg");
    let mut ids = vec![under_cursor(model).unwrap_or_default().to_owned()];
    for _ in 1..model.screens.rank.listed() {
        press(model, "j");
        ids.push(under_cursor(model).unwrap_or_default().to_owned());
    }
    ids
}

#[test]
fn ideas_are_sorted_and_the_cursor_stays_on_its_own() {
    let mut model = model();
    press(&mut model, "jr<c-u>1 of them<enter>o4");
    assert_eq!(under_cursor(&model), Some("good"));
    assert_eq!(model.screens.rank.sorted_by(), Some("title"));
    assert_eq!(listed(&mut model), ["good", "best", "fair"]);
    press(&mut model, "ggL5h<enter>oG<enter>o<up><up><up><enter>");
    assert_eq!(model.screens.rank.sorted_by(), Some("hours"));
    assert_eq!(listed(&mut model), ["good", "best", "fair"], "without hours by rank");
    press(&mut model, "o1");
    assert_eq!(listed(&mut model), ["best", "good", "fair"]);
}

#[test]
fn conditions_narrow_the_list() {
    let mut model = model();
    press(&mut model, "s3<c-s>jtdata<enter>/status:act<enter>");
    assert_eq!(listed(&mut model), ["best"]);
    press(&mut model, "<esc>/tag:data<enter>");
    assert_eq!(listed(&mut model), ["good"]);
    press(&mut model, "<esc>/sta<tab>inb<tab> fair<enter>");
    assert_eq!(model.screens.rank.query(), Some("status:inbox fair"));
    assert_eq!(listed(&mut model), ["fair"]);
}

#[test]
fn an_idea_that_is_added_during_a_search_is_in_sight() {
    let mut model = model();
    press(&mut model, "/fair<enter>aSomething else<enter>");
    assert_eq!(under_cursor(&model), Some("something-else"));
    assert_eq!(model.screens.rank.query(), Some(""));
    press(&mut model, "/fair<enter>aAnother fair one<enter>");
    assert_eq!(under_cursor(&model), Some("another-fair-one"));
    assert_eq!(model.screens.rank.query(), Some("fair"));
}

#[test]
fn the_last_change_is_made_again_on_another_idea() {
    let mut model = model();
    press(&mut model, ".");
    assert_eq!(toast(&model), "no change yet that could be made again");
    press(&mut model, "2gg.");
    assert_eq!(headroom(&model, "good"), Some(2.0));
    press(&mut model, ".");
    assert_eq!(toast(&model), "there is nothing to change: it is so already");
    press(&mut model, "s5too crowded<c-s>");
    press(&mut model, "gg.");
    let abandoned = model.world.portfolio.iter();
    let abandoned: Vec<&Idea> = abandoned.filter(|idea| idea.status == Status::Abandoned).collect();
    assert_eq!(abandoned.len(), 2);
    assert!(abandoned.iter().all(|idea| idea.decisions[0].why == "too crowded"));
}

#[test]
fn marked_ideas_are_changed_as_one() {
    let mut model = model();
    press(&mut model, "G3gg<space><space>.");
    let Some(Request::Commit { edit: Edit::Group(edits), .. }) = model.save_queue.last() else {
        panic!("{:?}", model.save_queue.last());
    };
    assert_eq!(*edits, [set_headroom("best", 3.0), set_headroom("good", 3.0)]);
    assert!(
        toast(&model).starts_with("headroom of \"BEST\" and 1 more: 3 (was 8)"),
        "{}",
        toast(&model)
    );
    press(&mut model, "<space>q");
    assert!(!model.leaving, "q takes the marks away first");
}

#[test]
fn the_divider_is_dragged_moved_by_keys_and_kept() {
    let kept = |effects: &[Effect]| -> Vec<[u16; 2]> {
        let places = effects.iter().filter_map(|effect| match effect {
            Effect::Store(Request::SaveDivider(places)) => Some(*places),
            _ => None,
        });
        places.collect()
    };
    let mut model = model();
    press(&mut model, "z");
    update(&mut model, Msg::Resize(Size::new(120, 40)));
    // Beside the table of 74 columns, below a title of two rows.
    assert!(kept(&point(&mut model, MouseAction::Drag, 60, 9)).is_empty(), "nobody holds it");
    point(&mut model, MouseAction::Click, 74, 9);
    assert!(kept(&point(&mut model, MouseAction::Drag, 60, 9)).is_empty(), "it is not let go yet");
    let dragged = kept(&point(&mut model, MouseAction::Release, 60, 9));
    assert_eq!(dragged, [[500, 0]]);
    assert!(kept(&point(&mut model, MouseAction::Drag, 20, 9)).is_empty());
    let wider = kept(&press(&mut model, "}"));
    assert!(wider.len() == 1 && wider[0][0] > 500, "{wider:?}");
    assert_eq!(kept(&press(&mut model, "{")), dragged);
    // Above the detail, where there is no room beside it.
    update(&mut model, Msg::Resize(Size::new(80, 24)));
    point(&mut model, MouseAction::Click, 30, 17);
    point(&mut model, MouseAction::Drag, 33, 10);
    assert_eq!(kept(&point(&mut model, MouseAction::Release, 33, 10)), [[500, 12]]);
    press(&mut model, "<enter>}");
    assert_eq!(toast(&model), "one idea fills the screen: Esc first");
}

#[test]
fn what_is_copied_goes_to_the_terminal_and_is_named() {
    let mut model = model();
    let copied = |effects: Vec<Effect>| {
        effects.into_iter().find_map(|effect| match effect {
            Effect::Copy(text) => Some(text),
            _ => None,
        })
    };
    assert_eq!(copied(press(&mut model, "Yi")).as_deref(), Some("best"));
    assert_eq!(toast(&model), "to the clipboard: best");
    let asked = press(&mut model, "Yt");
    assert_eq!(asked, [Effect::Store(Request::Text { id: "best".into(), to_copy: true })]);
    let text = |text: &str| {
        let (id, before, text) = ("best".to_owned(), String::new(), text.to_owned());
        Msg::StoreReply(StoreReply::Text(EditorText {
            id,
            before,
            text,
            line: 1,
            file: "a.toml".into(),
        }))
    };
    let toml = "[[idea]]\ntitle = \"Best\"\n";
    assert_eq!(copied(update(&mut model, text(toml))).as_deref(), Some(toml));
    assert_eq!(toast(&model), "to the clipboard: 2 lines, the TOML of best");
    press(&mut model, "Yt");
    let long = "x".repeat(super::super::idea_text::MOST_BYTES + 1);
    assert_eq!(copied(update(&mut model, text(&long))), None);
    assert!(toast(&model).contains("too many for the clipboard"), "{}", toast(&model));
}

#[test]
fn copying_can_be_switched_off() {
    let mut model = model();
    let settings = Settings { clipboard: false, ..Settings::default() };
    update(&mut model, Msg::SettingsLoaded(Ok(Box::new(settings))));
    assert_eq!(press(&mut model, "Yi"), []);
    assert_eq!(toast(&model), "switched off: [ui] clipboard in the settings");
}

fn on_the_shortlist() -> Model {
    let mut ideas: Vec<Idea> = ideas().iter().cloned().collect();
    ideas.extend(["late", "later", "latest"].map(|id| rated(id, 5.0)));
    for idea in &mut ideas {
        idea.status = Status::Shortlist;
    }
    let portfolio = Portfolio::new(ideas, Vec::new());
    Model::new("test".into(), portfolio, Vec::new(), ScoreRule::default(), date(2026, 3, 1))
}

/// The rounds that are asked for: the next one, and those that may come next.
fn rounds(effects: Vec<Effect>) -> Vec<JobRequest> {
    let is_round = |job: &JobRequest| matches!(job.kind(), JobKind::NextPair | JobKind::LookAhead);
    let job = |effect| match effect {
        Effect::Job(job) if is_round(&job) => Some(job),
        _ => None,
    };
    effects.into_iter().filter_map(job).collect()
}

/// What keys lead to, jobs among it.
fn press_all(model: &mut Model, keys: &str) -> Vec<Effect> {
    let keys = parse_keys(keys).unwrap();
    keys.into_iter().flat_map(|press| update(model, Msg::Key(press))).collect()
}

/// Works everything out that is asked for, and what that leads to.
fn work_out(model: &mut Model, effects: Vec<Effect>) {
    let mut waiting = rounds(effects);
    while let Some(job) = waiting.pop() {
        waiting.extend(rounds(update(model, Msg::JobDone(job.run()))));
    }
}

#[test]
fn nothing_is_worked_out_until_the_screen_is_shown() {
    let mut model = on_the_shortlist();
    assert!(rounds(press_all(&mut model, "jj7")).is_empty());
    let first = rounds(press_all(&mut model, "g3"));
    assert_eq!(first.len(), 1);
    assert_eq!(first[0].kind(), JobKind::NextPair);
    assert!(rounds(press_all(&mut model, "zz")).is_empty(), "it has been asked for");
    press(&mut model, "l");
    let toast = model.toast.clone().unwrap();
    assert!(toast.text.contains("worked out"), "{toast:?}");
}

#[test]
fn what_follows_from_each_answer_is_there_before_it_is_given() {
    for (key, winner) in [("h", Winner::Left), ("l", Winner::Right), ("t", Winner::Tie)] {
        let mut model = on_the_shortlist();
        let effects = press_all(&mut model, "g3");
        work_out(&mut model, effects);
        let effects = press_all(&mut model, key);
        let standing = model.world.portfolio.duels().standing(date(2026, 3, 1));
        assert_eq!(standing.iter().map(|duel| duel.winner).collect::<Vec<_>>(), [winner]);
        let commits = effects.iter().filter(|effect| matches!(effect, Effect::Store(_))).count();
        assert_eq!(commits, 1);
        let next = rounds(effects);
        assert!(
            !next.is_empty() && next.iter().all(|job| job.kind() == JobKind::LookAhead),
            "the next pair is there"
        );
        // So the next answer is taken at once.
        press_all(&mut model, key);
        let answers = model.world.portfolio.duels().standing(date(2026, 3, 1)).len();
        assert_eq!(answers, 2);
    }
}

#[test]
fn a_round_that_comes_too_late_is_not_shown() {
    let mut model = on_the_shortlist();
    let late = rounds(press_all(&mut model, "g3")).remove(0);
    let elsewhere = Edit::Remove { id: "late".into() };
    edits::edit(&mut model, elsewhere);
    update(&mut model, Msg::FilesChanged);
    let effects = update(&mut model, Msg::JobDone(late.run()));
    assert!(rounds(effects).is_empty());
    press(&mut model, "l");
    assert!(model.toast.clone().unwrap().text.contains("worked out"));
}
