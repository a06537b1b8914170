//! Merging on disk, and back.

use std::fs;

use prospect::domain::{Date, merge};

use crate::support::TestWorkspace;

const TODAY: Date = Date::constant(2026, 11, 20);

const LEFT: &str = "# header\r\n\r\n[[idea]] # the old one\r\ntitle = \"Old\"   # no id\r\n\
    summary = \"First.\"\r\ntags = [\"a\",  \"b\"] # tags\r\nunknown = 3\r\n\r\n\
    [[idea.log]] # one\r\ndate = 2026-01-01\r\nhours = 2\r\n\r\n\
    [[idea.log]]\r\ndate = 2026-01-05\r\nnote = \"n\" # two\r\n\r\n\
    [[idea]]\r\ntitle = \"Waits\"\r\nstatus = \"parked\"\r\nparked_on = \"old\"\r\n";

const RIGHT: &str = "[[idea]]\nid = \"new\"\ntitle = \"New\"\n\
    ratings = { simplicity = 3 } # inline\n\n[[idea.log]]\ndate = 2026-01-03\n# tail\n";

#[test]
fn a_merge_and_its_undo_give_back_the_same_bytes() {
    let one = format!("{LEFT}{}", RIGHT.replace('\n', "\r\n"));
    for written in [&[("a.toml", one.as_str())][..], &[("a.toml", LEFT), ("b.toml", RIGHT)]] {
        let files = TestWorkspace::with_files(written);
        let mut opened = files.open();
        let edit = merge(&opened.portfolio, "old", "new", TODAY).unwrap();
        opened.edit(&edit);
        let again = files.open();
        assert_eq!(again.portfolio, opened.portfolio);
        assert_eq!(again.idea("old").log.len(), 3);
        assert_eq!(again.idea("waits").parked_on.as_deref(), Some("old"));
        assert!(opened.undo().is_some_and(|label| label.contains("merged into new")));
        for (name, text) in written {
            assert_eq!(fs::read_to_string(files.file(name)).unwrap(), *text, "{name}");
        }
    }
}
