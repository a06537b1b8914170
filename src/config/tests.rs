use super::*;
use crate::command::Command;
use crate::domain::Criterion;
use crate::judge::{Appetite, Form};

/// A folder with a personal `config.toml` and a workspace's `prospect.toml`.
fn layers(config: &str, workspace: &str) -> Result<Settings, Vec<Problem>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    std::fs::write(&file, config).unwrap();
    std::fs::write(folder.path().join(WORKSPACE_SETTINGS), workspace).unwrap();
    Settings::load(Some(&file), Some(folder.path()))
}

/// Place and code of every problem.
fn faults(config: &str) -> Vec<(usize, usize, &'static str)> {
    let problems = layers(config, "").unwrap_err();
    problems.iter().map(|problem| (problem.line, problem.column, problem.code)).collect()
}

#[test]
fn without_files_everything_is_built_in() {
    assert_eq!(Settings::load(None, None), Ok(Settings::default()));
    let nowhere = Path::new("/nonexistent/config.toml");
    assert_eq!(Settings::load(Some(nowhere), None), Ok(Settings::default()));
}

#[test]
fn the_workspace_goes_over_the_person() {
    let settings = layers(
        "[risk]\nappetite = \"bold\"\nnext_hot_share = 0.25\n[ui]\nname = \"Ada\"\n[duel]\nk = 5\n\
         [stall]\nblock_hours = 20\ndormant_days = 60",
        "[risk]\nappetite = \"cautious\"\n[score]\nform = \"additive\"\nleak = 0\n\
         [triage]\nlenses = [\"Incremental?\"]",
    )
    .unwrap();
    assert_eq!(settings.score.appetite, Appetite::Cautious);
    assert_eq!(settings.score.form, Form::Additive);
    assert_eq!(settings.score.leak, 0.0);
    assert_eq!(settings.next_hot_share, 0.25);
    assert_eq!(settings.pursued, 5);
    assert_eq!((settings.stall.block_hours, settings.stall.dormant_days), (20.0, 60));
    assert_eq!(settings.name.as_deref(), Some("Ada"));
    assert_eq!(settings.lenses, ["Incremental?"]);
}

#[test]
fn weights_are_laid_over_the_defaults_and_then_scaled() {
    let weights = layers("[weights]\nheadroom = 0.5", "[weights]\nstrategy = 0").unwrap();
    let weights = weights.score.weights;
    assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    assert_eq!(weights[Criterion::Strategy.index()], 0.0);
    assert!((weights[Criterion::Headroom.index()] - 0.5 / 1.05).abs() < 1e-12);
}

#[test]
fn every_fault_is_reported_with_its_place() {
    let config = "\u{feff}[weights]\r\nheadroom = -1\r\nbeauty = 3\r\n\r\n[risk]\r\n\
                  appetite = \"brave\"\r\nnext_hot_share = 2\r\n[colours]\r\n[duel]\r\nk = 0";
    let expected = [
        (2, 12, "wrong-value"),
        (3, 1, "unknown-setting"),
        (6, 12, "wrong-value"),
        (7, 18, "wrong-value"),
        (8, 2, "unknown-setting"),
        (10, 5, "wrong-value"),
    ];
    assert_eq!(faults(config), expected);
    let stall = faults("[stall]\nblock_hours = 0\ndormant_days = 2.5\nbetter = 0.9");
    assert_eq!(stall, [(2, 15, "wrong-value"), (3, 16, "wrong-value")]);
    assert_eq!(faults("risk = 3"), [(1, 8, "wrong-type")]);
    assert_eq!(faults("[risk]\nappetite ="), [(2, 11, "syntax")]);
    assert_eq!(faults("[duel]\nk = 1.5\n[ui]\nname = 3").len(), 2);
}

#[test]
fn weights_that_are_all_zero_are_refused() {
    let zero = Criterion::ALL.map(|criterion| format!("{} = 0\n", criterion.id())).concat();
    assert_eq!(faults(&format!("\n[weights]\n{zero}")), [(2, 2, "no-weight")]);
}

#[test]
fn a_wrong_word_comes_with_the_right_ones() {
    let problems = layers("[risk]\nappetite = \"bald\"\n[weihgts]", "").unwrap_err();
    assert!(problems[0].message.contains("\"bold\", \"neutral\", \"cautious\""));
    assert_eq!(problems[0].hint, "did you mean \"bold\"?");
    assert_eq!(problems[1].hint, "did you mean \"weights\"?");
}

#[test]
fn a_name_does_not_belong_into_a_shared_workspace() {
    let problems = layers("", "[ui]\nname = \"Ada\"").unwrap_err();
    assert_eq!(problems[0].code, "unknown-setting");
    let problems = layers("", "[keys]\nundo = \"u\"").unwrap_err();
    assert_eq!(problems[0].code, "unknown-setting");
}

#[test]
fn what_is_not_text_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    std::fs::write(&file, b"[risk]\nappetite = \"\xff\"").unwrap();
    let problems = Settings::load(Some(&file), None).unwrap_err();
    assert_eq!((problems[0].line, problems[0].column), (2, 13));
}

#[test]
fn every_setting_stands_in_one_place() {
    let mut paths: Vec<_> = Setting::all().iter().map(ToString::to_string).collect();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), Setting::all().len());
}

/// Place and code of what is wrong with keys and colours, which do not stop the program.
fn looks(config: &str) -> (Settings, Vec<(usize, usize, &'static str)>) {
    let settings = layers(config, "").unwrap();
    let faults = settings.ui_problems.iter();
    let places = faults.map(|fault| (fault.line, fault.column, fault.code)).collect();
    (settings, places)
}

#[test]
fn every_fault_of_the_keys_is_named_and_the_good_ones_count() {
    let (settings, faults) = looks(
        "[keys]\nundo = \"Z\"\nrdo = \"x\"\nhelp = [\"<f1>\", \"<hepl>\"]\nsave = 3\n\
         top = [\"a\"]\nfind = \"g\"\nbottom = []\nrate = \", <digit>\"",
    );
    let expected = [
        (3, 1, "unknown-command"),
        (4, 17, "wrong-key"),
        (5, 8, "wrong-value"),
        (6, 8, "wrong-key"),
        (7, 8, "wrong-key"),
    ];
    assert_eq!(faults, expected);
    assert_eq!(settings.ui_problems[0].hint, "did you mean \"redo\"?");
    assert!(
        settings.ui_problems[1].hint.ends_with("(built in for help: ?)"),
        "{}",
        settings.ui_problems[1].hint
    );
    let keys = |command| settings.keymap.written(command);
    assert_eq!(keys(Command::Undo), ["Z"]);
    assert_eq!(keys(Command::Help), ["?"]);
    assert_eq!(keys(Command::Bottom), Vec::<String>::new());
    assert_eq!(keys(Command::Rate), [", <digit>"]);
    assert_eq!(looks("keys = 3").1, [(1, 8, "wrong-type")]);
}

#[test]
fn of_two_that_want_the_same_key_the_first_in_the_file_has_it() {
    let (settings, faults) = looks("[keys]\nundo = \"Z\"\nadd = \"Z\"");
    assert_eq!(faults, [(3, 7, "wrong-key")]);
    assert_eq!(settings.keymap.written(Command::Undo), ["Z"]);
    assert_eq!(settings.keymap.written(Command::Add), ["a"]);
}

#[test]
fn colours_of_one_s_own_go_over_those_of_a_theme() {
    let (settings, faults) = looks(
        "[theme]\nname = \"auto\"\naccent = \"#ff8700\"\nbad = \"bright-red\"\ngood = 34\n\
         faint = \"gray\"\nselection = 256\ncaution = \"bright-yelow\"\ntext = 3",
    );
    assert_eq!(settings.theme, None);
    assert_eq!(settings.colors.get(Role::Accent), Some(Color::Rgb(255, 135, 0)));
    assert_eq!(settings.colors.get(Role::Bad), Some(Color::Indexed(9)));
    assert_eq!(settings.colors.get(Role::Good), Some(Color::Indexed(34)));
    let expected = [
        (6, 9, "wrong-value"),
        (7, 13, "wrong-value"),
        (8, 11, "wrong-value"),
        (9, 1, "unknown-setting"),
    ];
    assert_eq!(faults, expected);
    assert_eq!(settings.ui_problems[2].hint, "did you mean \"bright-yellow\"?");
    let (wrong, _) = looks("[theme]\nname = \"drak\"");
    assert_eq!(wrong.ui_problems[0].hint, "did you mean \"dark\"?");
}

#[test]
fn every_value_has_its_origin() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    let keys =
        "[risk]\nappetite = \"bold\"\nnext_hot_share = 0.2\n[keys]\nundo = \"Z\"\nredo = \"a\"";
    std::fs::write(&config, keys).unwrap();
    let workspace = folder.path().join(WORKSPACE_SETTINGS);
    std::fs::write(&workspace, "\n[risk]\nappetite = \"cautious\"").unwrap();
    let report = LoadReport::of(Some(&config), Some(folder.path()));
    let from = |setting| match report.origin(setting) {
        Origin::File { line, is_workspace, .. } => Some((line, is_workspace)),
        _ => None,
    };
    assert_eq!(from("risk.appetite"), Some((3, true)));
    assert_eq!(from("risk.next_hot_share"), Some((3, false)));
    assert_eq!(from("keys.undo"), Some((5, false)));
    assert_eq!(from("keys.redo"), None);
    assert_eq!(report.origin("duel.k"), Origin::BuiltIn);
}

#[test]
fn saved_filters_come_in_layers_and_faults_stop_nobody() {
    let (settings, faults) = looks(
        "[filters]\nmine = \"tag:a\"\nold = 'status:inbox  staus:x'\n\"two words\" = \"tag:a\"\n\
         none = \"\"\nnumber = 3\nlater = \"bet:\"\n",
    );
    let expected = [
        (3, 22, "wrong-filter"),
        (4, 1, "wrong-name"),
        (5, 8, "wrong-filter"),
        (6, 10, "wrong-value"),
        (7, 10, "wrong-filter"),
    ];
    assert_eq!(faults, expected);
    assert_eq!(settings.ui_problems[0].hint, "did you mean \"status\"?");
    assert_eq!(settings.filters.iter().collect::<Vec<_>>(), [("mine", "tag:a")]);
    let layered =
        layers("[filters]\nmine = \"tag:a\"\nyours = \"tag:b\"\n", "[filters]\nmine = \"tag:c\"\n");
    let layered = layered.unwrap().filters;
    assert_eq!(layered.iter().collect::<Vec<_>>(), [("mine", "tag:c"), ("yours", "tag:b")]);
    assert_eq!(layers("filters = 3", "").unwrap().ui_problems[0].code, "wrong-type");
    let text = "[weights]\nheadroom = 1\n[filters]\nmine = \"flag:x\"\n";
    let faults = Settings::problems_in(Path::new("prospect.toml"), text);
    assert_eq!((faults.len(), faults[0].line, faults[0].column), (1, 4, 9));
}
