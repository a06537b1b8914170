//! Keys and colours of one's own.

use insta::assert_snapshot;
use prospect::command::parse_keys;
use prospect::config::Settings;
use prospect::tui::{self, HeadlessApp, Screen};

use crate::support::{NARROW, TestWorkspace, last_line};

/// The demo with a config.toml of one's own, after some keys.
fn with(config: &str, keys: &str) -> Screen {
    let workspace = TestWorkspace::with_demo();
    let mut options = workspace.options();
    std::fs::write(&options.paths.config, config).unwrap();
    options.settings = Settings::load(Some(&options.paths.config), None).unwrap();
    tui::replay(options, keys, NARROW).unwrap()
}

const KEYS: &str = "[keys]\nhelp = \"<f1>\"\nundo = [\"Z\", \"<f2>\"]\nredo = []\n\
                    find = \"g f\"\nproblems = \"g p\"\nrate = [\"<digit>\", \", <digit>\"]\n";

#[test]
fn keys_of_one_s_own_show_wherever_keys_are_shown() {
    assert_snapshot!("own_keys_footer", with(KEYS, "z,7").to_text());
    assert_snapshot!("own_keys_help", with(KEYS, "<f1>").to_text());
    assert_snapshot!("own_keys_chord", with(KEYS, "g").to_text());
    assert_snapshot!("own_keys_palette", with(KEYS, ":do").to_text());
    let undone = with(KEYS, "z,7<f2>").to_text();
    assert!(last_line(&undone).contains("Undone:"), "{undone}");
    let unbound = with(KEYS, "?").to_text();
    assert!(last_line(&unbound).contains("? does nothing here; F1 lists the keys"), "{unbound}");
}

#[test]
fn what_is_wrong_with_the_settings_is_said_and_listed() {
    let config = "[keys]\nundo = \"a\"\nrdo = \"x\"\n[theme]\nname = \"drak\"\n";
    let first = with(config, "").to_text();
    assert!(last_line(&first).contains("3 settings are wrong and stay as built in; ! says why"));
    let listed = with(config, "!").to_text();
    for text in ["a is a key of add already", "did you mean \"redo\"?", "\"dark\""] {
        assert!(listed.contains(text), "{listed}");
    }
    assert!(last_line(&with(config, "zj3u").to_text()).contains("Undone:"));
}

#[test]
fn settings_are_read_again_while_the_workbench_is_open() {
    let workspace = TestWorkspace::with_demo();
    let options = workspace.options();
    let config = options.paths.config.clone();
    let mut app = HeadlessApp::open(options, NARROW).unwrap();
    let mut press = |keys: &str| {
        for key in parse_keys(keys).unwrap() {
            app.press(key);
            app.run_until_idle();
        }
        app.screen().to_text()
    };
    std::fs::write(&config, "[keys]\nhelp = \"<f1>\"\n[ui]\nascii = true\n").unwrap();
    let screen = press("R");
    assert!(last_line(&screen).ends_with("F1 help"), "{screen}");
    assert!(screen.is_ascii(), "{screen}");
    std::fs::write(&config, "[keys]\nhelp = \"<f2>\"\nrdo = \"x\"\n").unwrap();
    let screen = press("R");
    let said = last_line(&screen);
    assert!(said.contains("x config.toml:3:1: there is no command"), "{screen}");
    assert!(last_line(&screen).ends_with("F1 help"), "{screen}");
    assert!(press("!").contains("did you mean \"redo\"?"));
}
