//! Columns hold whatever script a title is written in.

use prospect::text::width;

use crate::support::{NARROW, TestWorkspace, WIDE};

const TITLES: [&str; 8] = [
    "Plain words",
    "日本語の研究テーマは二倍の幅で表示される、とても長い題名",
    "n\u{303}o\u{308}u\u{301} e\u{301}tude a\u{30a}\u{323}ngstro\u{308}m with combining marks everywhere",
    "שלום: text from right to left, and back",
    "مرحبا بالعالم",
    "👩‍🔬👨‍👩‍👧‍👦 🇪🇺 flags and families ❤️",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "한국어 아주 긴 제목이 여기에 있습니다 그리고 계속됩니다 끝까지",
];

/// Ideas with these titles that differ in nothing that is shown beside them.
fn workspace_in_many_scripts() -> TestWorkspace {
    let ideas = TITLES.iter().enumerate().map(|(at, title)| {
        format!(
            "[[idea]]\nid = \"i{at}\"\ntitle = \"{title}\"\nsummary = \"{title} {title}\"\n\
             status = \"active\"\ntags = [\"one\"]\nratings = {{ simplicity = 5, generality = 5, \
             longevity = 5, headroom = 5 }}\nbet = {{ kind = \"hot\", edge = 5, commitment = 5, \
             crowding = 5 }}\n\n"
        )
    });
    TestWorkspace::with(&ideas.collect::<String>())
}

/// The columns at which a text stands in the lines that hold it.
fn columns(screen: &str, text: &str) -> Vec<usize> {
    let at = |line: &str| line.rfind(text).map(|at| width(&line[..at]));
    screen.lines().filter_map(at).collect()
}

#[test]
fn what_stands_beside_a_title_stands_in_one_column() {
    let workspace = workspace_in_many_scripts();
    for size in [NARROW, WIDE] {
        for (keys, beside) in [("", "active  "), ("z", "48.8"), ("g4", "quiet"), ("g5", "%")] {
            let screen = workspace.press(keys, size).to_text();
            let found = columns(&screen, beside);
            let table = found.get(..6).unwrap_or_default();
            assert!(table.len() == 6, "{keys} {beside}:\n{screen}");
            assert!(table.iter().all(|column| *column == table[0]), "{found:?}\n{screen}");
        }
    }
}

#[test]
fn no_line_is_wider_than_the_terminal_on_any_screen() {
    let workspace = workspace_in_many_scripts();
    for size in [NARROW, WIDE, (60, 16)] {
        for keys in
            ["", "z", "<enter>", "g2", "g2v", "g3", "g3z", "g3p", "g4", "g5", "g5p", "/日本"]
        {
            let screen = workspace.press(keys, size).to_text();
            for line in screen.lines() {
                assert!(width(line) <= usize::from(size.0), "{keys} at {size:?}: {line}");
            }
        }
    }
}

#[test]
fn cards_of_a_duel_keep_their_frames() {
    let workspace = workspace_in_many_scripts();
    for size in [NARROW, WIDE] {
        let screen = workspace.press("g3", size).to_text();
        let frames: Vec<Vec<usize>> = screen
            .lines()
            .filter(|line| line.matches('│').count() >= 4)
            .map(|line| line.match_indices('│').map(|(at, _)| width(&line[..at])).collect())
            .collect();
        assert!(frames.len() > 5, "{screen}");
        assert!(frames.iter().all(|frame| *frame == frames[0]), "{screen}");
    }
}
