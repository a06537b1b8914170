//! Kinds of files that other programs write: each comes in as its author meant it.

use serde_json::{Value, json};

use crate::support::TestWorkspace;

/// The ideas that a file becomes in a new workspace, and what was said on the way.
fn imported(name: &str, text: &str) -> (Vec<Value>, String) {
    let workspace = TestWorkspace::empty();
    std::fs::write(workspace.path(name), text).unwrap();
    let ran = workspace.run(&["import", name]);
    assert_eq!(ran.code, 0, "{text}: {}", ran.stderr);
    let ideas = workspace.json(&["export"])["ideas"].as_array().unwrap().clone();
    // The same bytes once more change nothing, and nothing is amiss.
    let again = workspace.ok(&["import", name]);
    assert_eq!(again, format!("0 ideas added, 0 updated, {} unchanged\n", ideas.len()), "{text}");
    workspace.ok(&["check"]);
    (ideas, ran.stderr)
}

/// The values of some fields of every idea, null where there is none.
fn fields(ideas: &[Value], names: &[&str]) -> Value {
    let of = |idea: &Value| names.iter().map(|name| idea[*name].clone()).collect::<Value>();
    ideas.iter().map(of).collect()
}

#[test]
fn tables_of_other_programs() {
    for (name, text, names, expected) in [
        (
            "s.csv",
            "sep=;\r\nTitle;Tags;Created\r\nProbe;nlp;2024-03-01\r\n",
            &["title", "tags", "created"][..],
            json!([["Probe", ["nlp"], "2024-03-01"]]),
        ),
        (
            "p.csv",
            "Research ideas 2024,,\n,,\nTitle,Tags,Status\nProbe,nlp,active\n",
            &["title", "tags", "status"],
            json!([["Probe", ["nlp"], "active"]]),
        ),
        (
            "j.csv",
            "Summary,Labels,Labels,Labels,Description\nProbe,nlp,data,eval,Look\nSmaller,distil,,,Text\n",
            &["title", "tags", "summary"],
            json!([["Probe", ["nlp", "data", "eval"], "Look"], ["Smaller", ["distil"], "Text"]]),
        ),
        (
            "t.txt",
            "Title\tTags\nProbe\tnlp\nSmaller\tdistil\n",
            &["title"],
            json!([["Probe"], ["Smaller"]]),
        ),
        (
            "f.csv",
            "Timestamp,Email Address,What is your idea?,Keywords\n\
             2024/03/01 10:15:22,a@example.org,Probe,nlp\n2024/03/02 10:15:22,b@example.org,Smaller,x\n",
            &["title", "from", "created"],
            json!([
                ["Probe", "a@example.org", "2024-03-01"],
                ["Smaller", "b@example.org", "2024-03-02"]
            ]),
        ),
        (
            "z.csv",
            "Key,Title,Abstract Note,Date,Date Added,Manual Tags,Automatic Tags,Section,DOI\n\
             AAAA1111,Probe,We look.,1892,2024-03-01 10:00:00,nlp; data,cs.CL,,10.1000/x\n\
             BBBB2222,Smaller,,2019-02-01,2024-03-02 10:00:00,,,Technology,\n",
            &["title", "summary", "tags", "created", "links", "imported"],
            json!([
                [
                    "Probe",
                    "We look.",
                    ["nlp", "data", "cs.CL"],
                    "2024-03-01",
                    ["https://doi.org/10.1000/x"],
                    "doi:10.1000/x"
                ],
                ["Smaller", null, null, "2024-03-02", null, "z.csv#BBBB2222"]
            ]),
        ),
        (
            "n.csv",
            "Title,Notes,Status,Tags\nA,NA,#N/A,\"#nlp, #data\"\nB,NaN,null,#x\nE,Real,In progress,None\n",
            &["title", "summary", "status", "tags"],
            json!([
                ["A", null, "inbox", ["nlp", "data"]],
                ["B", null, "inbox", ["x"]],
                ["E", "Real", "active", null]
            ]),
        ),
        (
            "u.csv",
            "Title,URL\nA,\"https://maps.example.org/@52.1,13.4,12z\"\n",
            &["links"],
            json!([[["https://maps.example.org/@52.1,13.4,12z"]]]),
        ),
        (
            "q.csv",
            "Title\n'+' as an operator\n'-omics' for all\n",
            &["title"],
            json!([["'+' as an operator"], ["'-omics' for all"]]),
        ),
    ] {
        let (ideas, said) = imported(name, text);
        let found = fields(&ideas, names);
        let found = found.to_string().replace("[]", "null").replace("\"\"", "null");
        assert_eq!(found, expected.to_string(), "{name}: {said}");
    }
}

#[test]
fn json_of_other_programs() {
    let board = json!({
        "name": "Board",
        "actions": [{"id": "a", "type": "updateCard", "data": {"card": {"name": "Probe", "desc": "a longer old text of the card"}}}],
        "cards": [{"id": "c0", "name": "Probe", "desc": "Look.", "closed": false}, {"id": "c1", "name": "Smaller", "desc": "", "closed": true}],
    });
    let tasks = json!([
        {"id": 1, "uuid": "aa-1", "description": "Probe", "project": "nlp.tok", "entry": "20240301T101500Z", "status": "pending",
         "annotations": [{"entry": "20240305T120000Z", "description": "looked at merges"}]},
        {"id": 0, "uuid": "aa-2", "description": "Old", "entry": "20240201T101500Z", "status": "completed"},
        {"id": 0, "uuid": "aa-3", "description": "Dead", "entry": "20240201T101500Z", "status": "deleted"},
    ]);
    let issues = json!([{
        "number": 1, "title": "A", "state": "closed", "state_reason": "not_planned", "url": "https://api.github.com/repos/o/r/issues/1",
        "html_url": "https://github.com/o/r/issues/1", "comments_url": "https://api.github.com/c", "user": {"login": "mara", "avatar_url": "https://avatars.githubusercontent.com/u/1"},
        "labels": [{"id": 7, "name": "idea", "url": "https://api.github.com/l"}], "assignees": [{"login": "tom"}], "created_at": "2024-03-01T10:00:00Z",
    }]);
    let page = "https://github.com/o/r/issues/1";
    for (text, names, expected) in [
        (
            board,
            &["title", "summary", "status"][..],
            json!([["Probe", "Look.", "inbox"], ["Smaller", null, "parked"]]),
        ),
        (
            tasks,
            &["title", "tags", "created", "status", "imported"],
            json!([
                ["Probe", ["nlp.tok"], "2024-03-01", "inbox", "uuid:aa-1"],
                ["Old", null, "2024-02-01", "done", "uuid:aa-2"],
                ["Dead", null, "2024-02-01", "abandoned", "uuid:aa-3"]
            ]),
        ),
        (
            issues,
            &["title", "status", "tags", "people", "from", "links", "imported"],
            json!([["A", "abandoned", ["idea"], ["tom"], "mara", [page], format!("url:{page}")]]),
        ),
        (
            json!([{"Name": "probe_tokens", "Title": "Probe", "Experiment": "Look at merges.", "Interestingness": 8}]),
            &["id", "title", "summary"],
            json!([["probe_tokens", "Probe", "Look at merges."]]),
        ),
        (
            json!({"probe": {"title": "Probe"}, "small": {"title": "Smaller"}, "schema": 2}),
            &["id", "title"],
            json!([["probe", "Probe"], ["small", "Smaller"]]),
        ),
    ] {
        let (ideas, said) = imported("x.json", &text.to_string());
        let found = fields(&ideas, names);
        let found = found.to_string().replace("[]", "null").replace("\"\"", "null");
        assert_eq!(found, expected.to_string(), "{text}: {said}");
    }
    let (ideas, _) = imported(
        "t.json",
        r#"[{"uuid":"a","entry":"20240301","status":"pending","description":"P","annotations":[{"entry":"20240305T120000Z","description":"looked"}]}]"#,
    );
    assert_eq!(
        (&ideas[0]["log"][0]["date"], &ideas[0]["log"][0]["note"]),
        (&json!("2024-03-05"), &json!("looked"))
    );
}

#[test]
fn what_is_not_taken_is_said_with_its_line() {
    for (text, said) in [
        (
            "Title,Notes\nA,one\nB,\"two\nC,three\nD,four\n",
            "x.csv:3: a quote is opened here and never closed",
        ),
        (
            "title,date,hours,traction,note\nProbe,2024-03-01,2,5,read\nProbe,2024-03-02,1:30,low,ran\n",
            "x.csv:3: traction: must be a number from 0 to 10; found \"low\"",
        ),
        (
            "title,date,hours\nProbe,2024-03-01,soon\nProbe,2024-03-02,2\n",
            "x.csv:2: hours: must be hours such as 1.5, 1:30 or 90m; found \"soon\"",
        ),
        (
            "Title,Created\nA,03/04/2024\nB,03/04/2024\n",
            "x.csv:2: Created: 03/04/2024: day or month first?",
        ),
        (
            "title,date,hours\nProbe,03/04/2024,2\nProbe,2024-03-01,1\n",
            "x.csv:2: date: 03/04/2024: day or month first?",
        ),
        (
            "Name,Status\nA,Not started\nB,whatever\nC,completed\n",
            "x.csv:3: Status: status must be one of",
        ),
        ("Exported on 1 March\nTitle,Tags\nA,b\n", "x.csv:1: above the header of the table"),
    ] {
        let (_, stderr) = imported("x.csv", text);
        assert!(stderr.contains(said), "{text}: {stderr}");
    }
}

#[test]
fn hours_are_read_however_they_are_written() {
    for (hours, expected) in [
        ("1:30", 1.5),
        ("01:30:00", 1.5),
        ("90m", 1.5),
        ("1.5h", 1.5),
        ("1h 15m", 1.25),
        ("\"2,5\"", 2.5),
    ] {
        let text = format!(
            "title,date,hours,note\nProbe,2024-03-01,{hours},read\nProbe,2024-03-02,2h,ran\n"
        );
        let (ideas, said) = imported("k.csv", &text);
        assert_eq!(ideas.len(), 1, "{hours}: {said}");
        assert_eq!(ideas[0]["log"][0]["hours"], json!(expected), "{hours}");
    }
}

#[test]
fn dates_are_read_however_they_are_written() {
    for date in [
        "20240301T101500Z",
        "20240301",
        "\"March 1, 2024 10:15 AM\"",
        "Fri Mar 01 2024 10:00:00 GMT+0000 (GMT)",
        "01/Mar/24 10:15 AM",
    ] {
        let (ideas, said) = imported("d.csv", &format!("Title,Created\nA,{date}\nB,{date}\n"));
        assert_eq!(
            fields(&ideas, &["created"]),
            json!([["2024-03-01"], ["2024-03-01"]]),
            "{date}: {said}"
        );
    }
}

#[test]
fn links_are_set_and_papers_are_made_whole() {
    let workspace = TestWorkspace::with("[[idea]]\nid = \"a\"\ntitle = \"A\"\n");
    workspace.ok(&[
        "set",
        "a",
        "links=https://m.example.org/@52.1,13.4,12z, arXiv:2401.12345, 10.1000/x",
    ]);
    let links = json!([
        "https://m.example.org/@52.1,13.4,12z",
        "https://arxiv.org/abs/2401.12345",
        "https://doi.org/10.1000/x"
    ]);
    assert_eq!(workspace.json(&["show", "a", "--json"])["links"], links);
    let shown = workspace.ok(&["show", "a"]);
    assert!(
        shown.find("arxiv").unwrap() < shown.find("m.example").unwrap_or(usize::MAX),
        "{shown}"
    );
    let id = workspace.ok(&["add", "arXiv:2401.12345"]);
    assert_eq!(
        workspace.json(&["show", id.trim(), "--json"])["links"],
        json!(["https://arxiv.org/abs/2401.12345"])
    );
}

#[test]
fn ids_that_are_written_are_short() {
    let title = "Train on the work log, not only on the answer that stands at its end";
    let (ideas, _) =
        imported("ids.csv", &format!("Title,Notes\n\"{title}\",one\n\"{title}!\",two\n"));
    let expected =
        json!([["train-on-the-work-log-not-only"], ["train-on-the-work-log-not-only-2"]]);
    assert_eq!(fields(&ideas, &["id"]), expected);
    let workspace = TestWorkspace::empty();
    let add = || workspace.ok(&["add", title]);
    assert_eq!(
        [add(), add()],
        expected
            .as_array()
            .unwrap()
            .iter()
            .map(|id| format!("{}\n", id[0].as_str().unwrap()))
            .collect::<Vec<_>>()[..]
    );
}

#[test]
fn tables_in_other_languages_are_understood() {
    for (name, text, expected) in [
        (
            "fr.csv",
            "Titre;Résumé;Mots-clés;Statut;Date de création\r\nSonde;Un texte;nlp, données;En cours;15/03/2024\r\n",
            json!([["Sonde", "Un texte", ["nlp", "données"], "active", "2024-03-15"]]),
        ),
        (
            "de.csv",
            "Titel;Beschreibung;Stichwörter;Status;Erstellt am\nSonde;Text;nlp;zurückgestellt;1. März 2024\n",
            json!([["Sonde", "Text", ["nlp"], "parked", "2024-03-01"]]),
        ),
        (
            "zh.csv",
            "标题,摘要,标签,状态,创建日期\n探针,文本,nlp、数据,已完成,2024年3月1日\n",
            json!([["探针", "文本", ["nlp", "数据"], "done", "2024-03-01"]]),
        ),
        (
            "ru.csv",
            "Название\tОписание\tТеги\tСтатус\tДата создания\nПроба\tТекст\tnlp\tВ работе\t1 марта 2024\n",
            json!([["Проба", "Текст", ["nlp"], "active", "2024-03-01"]]),
        ),
    ] {
        let (ideas, said) = imported(name, text);
        let names = ["title", "summary", "tags", "status", "created"];
        assert_eq!(fields(&ideas, &names), expected, "{name}: {said}");
    }
}

#[test]
fn encodings_and_copied_lists_are_understood() {
    let workspace = TestWorkspace::empty();
    let text = "Title\tTags\tNotes\r\nProbe\tnlp\t\"two\r\nlines\"\r\n";
    let units = [0xfeff].into_iter().chain(text.encode_utf16());
    let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
    std::fs::write(workspace.path("unicode.txt"), bytes).unwrap();
    workspace.ok(&["import", "unicode.txt"]);
    let ideas = workspace.json(&["export"])["ideas"].as_array().unwrap().clone();
    let expected = json!([["Probe", ["nlp"], "two\nlines"]]);
    assert_eq!(fields(&ideas, &["title", "tags", "summary"]), expected);

    let copied = "• First\n•\tSecond\n– Third\n☐ Fourth\n☑ Fifth\n";
    let (ideas, _) = imported("copied.txt", copied);
    let expected = json!([
        ["First", "inbox"],
        ["Second", "inbox"],
        ["Third", "inbox"],
        ["Fourth", "inbox"],
        ["Fifth", "done"]
    ]);
    assert_eq!(fields(&ideas, &["title", "status"]), expected);

    // Items among lines that are none lose their marks, too.
    let mixed = "First, at last\nSecond\n- Third\n- [x] Fourth\nFifth\n";
    let (ideas, said) = imported("mixed.txt", mixed);
    let titles = ["First, at last", "Second", "Third", "Fourth", "Fifth"].map(|title| [title]);
    assert_eq!(fields(&ideas, &["title"]), json!(titles));
    assert!(said.contains("read as plain text"), "{said}");

    // Boards and tasks of Obsidian.
    let board = "---\nkanban-plugin: board\n---\n\n## Backlog\n\n- [ ] Probe 📅 2024-05-01 ➕ 2024-03-01 #nlp\n- [ ] Smaller\n\n\
                 ## Done\n\n**Complete**\n- [x] Fourth ✅ 2024-04-01\n\n%% kanban:settings\n```\n{}\n```\n%%\n";
    let (ideas, _) = imported("board.md", board);
    let expected = json!([["Probe", "inbox"], ["Smaller", "inbox"], ["Fourth", "done"]]);
    assert_eq!(fields(&ideas, &["title", "status"]), expected);
    assert_eq!(ideas[0]["created"], "2024-03-01");

    let table =
        "# Ideas\n\n| Title | Tags |\n|---|---|\n| [Smaller](https://example.org/s) | distil |\n";
    let (ideas, _) = imported("table.md", table);
    let expected = json!([["Smaller", ["distil"], ["https://example.org/s"]]]);
    assert_eq!(fields(&ideas, &["title", "tags", "links"]), expected);
}
