//! Keys and colours of one's own.

use insta::assert_snapshot;
use prospect::config::Settings;
use prospect::tui::{self, Screen};

use super::{Desk, NARROW, last_line};

/// The demo with a config.toml of one's own, after some keys.
fn with(config: &str, keys: &str) -> Screen {
    let desk = Desk::with_demo();
    let mut options = desk.options();
    std::fs::write(&options.paths.config, config).unwrap();
    options.settings = Settings::load(Some(&options.paths.config), None).unwrap();
    tui::replay(options, keys, NARROW).unwrap()
}

const KEYS: &str = "[keys]\nhelp = \"<f1>\"\nundo = [\"Z\", \"<f2>\"]\nredo = []\n\
                    find = \"g f\"\nproblems = \"g p\"\nrate = [\"<digit>\", \", <digit>\"]\n";

#[test]
fn keys_of_one_s_own_show_wherever_keys_are_shown() {
    assert_snapshot!("own_keys_footer", with(KEYS, ",7").to_text());
    assert_snapshot!("own_keys_help", with(KEYS, "<f1>").to_text());
    assert_snapshot!("own_keys_chord", with(KEYS, "g").to_text());
    assert_snapshot!("own_keys_palette", with(KEYS, ":do").to_text());
    let undone = with(KEYS, ",7<f2>").to_text();
    assert!(last_line(&undone).contains("undid:"), "{undone}");
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
    assert!(last_line(&with(config, "j3u").to_text()).contains("undid:"));
}
