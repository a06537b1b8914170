//! Layers of settings, and what `check` finds.

use crate::support::{TWO, TestWorkspace};

#[test]
fn the_workspace_decides_over_the_person() {
    let workspace = TestWorkspace::with(TWO);
    let score = || workspace.json(&["rank", "--json"])["ideas"][0]["score"].as_f64().unwrap();
    assert!((score() - 40.575).abs() < 1e-9);
    let config = workspace.path(".config/prospect");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "[score]\nform = \"additive\"\n").unwrap();
    assert!((score() - 66.5).abs() < 1e-9);
    std::fs::write(workspace.file("prospect.toml"), "[score]\nform = \"leaky\"\nleak = 0").unwrap();
    assert!((score() - 36.0).abs() < 1e-9);
    let other = workspace.path("other.toml");
    std::fs::write(&other, "[weights]\nheadroom = 0\n").unwrap();
    let ranking = workspace.json(&["--config", other.to_str().unwrap(), "rank", "--json"]);
    assert_eq!(ranking["ideas"][0]["contributions"]["headroom"], 0.0);
    assert_eq!(workspace.run(&["rank", "--config", "nowhere.toml"]).code, 2);
}

#[test]
fn wrong_settings_stop_every_command_and_are_all_named() {
    let workspace = TestWorkspace::with(TWO);
    let settings = workspace.file("prospect.toml");
    std::fs::write(settings, "[weights]\nheadrom = 1\n[risk]\nappetite = \"brave\"\n").unwrap();
    for arguments in [&["rank"][..], &["set", "narrow", "title=x"], &["--print"]] {
        let ran = workspace.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.stderr.contains("prospect.toml:2:1"), "{}", ran.stderr);
        assert!(ran.stderr.contains("prospect.toml:4:12"), "{}", ran.stderr);
    }
    assert_eq!(workspace.run(&["check"]).code, 2);
    assert!(workspace.run(&["check"]).stdout.contains("prospect.toml:4:12"));
}

#[cfg(unix)]
#[test]
fn settings_are_not_read_through_a_link_out_of_the_workspace() {
    for (target, words) in [("../other.toml", "out of the workspace"), ("no.toml", "not exist")] {
        let workspace = TestWorkspace::with(TWO);
        std::fs::write(workspace.path("other.toml"), "[score]\nform = \"additive\"\n").unwrap();
        std::os::unix::fs::symlink(target, workspace.file("prospect.toml")).unwrap();
        for arguments in [&["rank"][..], &["set", "narrow", "title=x"], &["config"], &["--print"]] {
            let ran = workspace.run(arguments);
            assert_eq!(ran.code, 2, "{arguments:?}");
            assert!(ran.stderr.contains(words), "{}", ran.stderr);
        }
        let checked = workspace.run(&["check"]);
        assert_eq!((checked.code, checked.stdout.matches("prospect.toml").count()), (2, 1));
        assert_eq!(workspace.text(), TWO);
    }
    let workspace = TestWorkspace::with(TWO);
    std::fs::write(workspace.file("shared.toml"), "[score]\nform = \"additive\"\n").unwrap();
    std::os::unix::fs::symlink("shared.toml", workspace.file("prospect.toml")).unwrap();
    assert_eq!(workspace.run(&["rank"]).code, 0);
}

#[test]
fn check_names_every_problem_with_its_place() {
    let workspace = TestWorkspace::with(TWO);
    assert_eq!(workspace.run(&["check", "--strict"]).code, 0);
    std::fs::write(workspace.ideas_file(), TWO.replace("tags =", "colour = \"red\"\ntags ="))
        .unwrap();
    assert_eq!(workspace.run(&["check"]).code, 0);
    assert_eq!(workspace.run(&["check", "--strict"]).code, 3);
    let problem = &workspace.json(&["check", "--json"])["problems"][0];
    for key in ["file", "line", "column", "severity", "code", "message", "hint"] {
        assert!(problem.get(key).is_some(), "{key}");
    }
    assert_eq!((&problem["line"], &problem["severity"]), (&6.into(), &"warning".into()));
    std::fs::write(workspace.ideas_file(), TWO.replace("headroom = 2", "headroom = 12")).unwrap();
    let ran = workspace.run(&["check"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stdout.contains("ideas.toml:11:12"), "{}", ran.stdout);
    assert_eq!(workspace.run(&["check", "--strict"]).code, 2);
}

/// The settings that a file of settings comes to, without where they are from.
fn in_force(workspace: &TestWorkspace, config: &str) -> Vec<(String, serde_json::Value)> {
    let read = workspace.json(&["--config", config, "config", "--json"]);
    let settings = read["settings"].as_array().unwrap().iter();
    settings.map(|one| (one["name"].to_string(), one["value"].clone())).collect()
}

#[test]
fn the_settings_in_force_are_a_file_of_settings() {
    let workspace = TestWorkspace::with(TWO);
    let settings = "[risk]\nappetite = \"bold\"\n[triage]\nlenses = [\"Why \\\"now\\\"?\"]\n";
    std::fs::write(workspace.file("prospect.toml"), settings).unwrap();
    let mine = "[keys]\nundo = [\"Z\", \"g u\"]\nredo = []\n[theme]\naccent = \"#ff8700\"\n";
    std::fs::write(workspace.path("mine.toml"), mine).unwrap();
    let printed = workspace.ok(&["--config", "mine.toml", "--ascii", "config"]);
    for (value, origin) in [
        ("appetite = \"bold\"", "prospect.toml:2"),
        ("undo = [\"Z\", \"g u\"]", "mine.toml:2"),
        ("redo = []", "mine.toml:3"),
        ("accent = \"#ff8700\"", "mine.toml:5"),
        ("ascii = true", "--ascii"),
    ] {
        let line = printed.lines().find(|line| line.starts_with(value));
        assert!(line.is_some_and(|line| line.ends_with(origin)), "{value}: {printed}");
    }
    std::fs::write(workspace.path("printed.toml"), &printed).unwrap();
    std::fs::write(workspace.path("mine.toml"), format!("{mine}[ui]\nascii = true")).unwrap();
    let before = in_force(&workspace, "mine.toml");
    std::fs::remove_file(workspace.file("prospect.toml")).unwrap();
    assert_eq!(in_force(&workspace, "printed.toml"), before);
}

#[test]
fn wrong_keys_and_colours_stop_no_command_and_are_all_named() {
    let workspace = TestWorkspace::with(TWO);
    let config = "[keys]\nundo = \"Z\"\nrdo = \"x\"\nadd = \"q\"\n[theme]\nname = \"drak\"\n";
    std::fs::write(workspace.path("mine.toml"), config).unwrap();
    let run = |arguments: &[&str]| workspace.run(&[&["--config", "mine.toml"], arguments].concat());
    assert_eq!(run(&["rank"]).code, 0);
    for (arguments, code) in [(&["check"][..], 2), (&["config"], 2), (&["keys"], 0)] {
        let ran = run(arguments);
        assert_eq!(ran.code, code, "{arguments:?}");
        let said = ran.stdout.clone() + &ran.stderr;
        for place in ["mine.toml:3:1", "mine.toml:4:7", "mine.toml:6:8"] {
            assert!(said.contains(place), "{arguments:?}: {place}: {said}");
        }
        assert!(said.contains("did you mean \"redo\"?"), "{said}");
    }
    assert!(run(&["keys"]).stdout.contains("  Z                  Undo the last change"));
    let screen = run(&["--print"]).stdout;
    assert!(screen.contains("3 settings are wrong"), "{screen}");
    let listed = run(&["--keys", "!", "--print", "--size", "100x40"]).stdout;
    assert!(listed.contains("mine.toml:4:7"), "{listed}");
    let json = run(&["config", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["problems"].as_array().unwrap().len(), 3);
}

#[test]
fn the_workspace_is_looked_for_in_order_and_options_stand_anywhere() {
    let workspace = TestWorkspace::with(TWO);
    let named = |name: &str| format!("[[idea]]\nid = \"{name}\"\ntitle = \"T\"\n");
    std::fs::write(workspace.path("option.toml"), named("option")).unwrap();
    std::fs::write(workspace.path("path.toml"), named("path")).unwrap();
    let data = workspace.path(".local/share/prospect");
    std::fs::create_dir_all(&data).unwrap();
    std::fs::write(data.join("ideas.toml"), named("data")).unwrap();
    for (arguments, first) in [
        (&["rank"][..], "narrow"),
        (&["rank", "-w", "option.toml"], "option"),
        (&["-w", "option.toml", "rank"], "option"),
        (&["rank", "--workspace=option.toml", "path.toml"], "path"),
    ] {
        let ranking = workspace.json(&[arguments, &["--json"]].concat());
        assert_eq!(ranking["ideas"][0]["id"], first, "{arguments:?}");
    }
    let output = workspace.command().env("PROSPECT_WORKSPACE", "").arg("rank").output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains(" data "));
}
