//! Execution of the actions that a screen or an answer proposes.

use crate::tui::action::Action;
use crate::tui::app::message::{Effect, Request};
use crate::tui::app::model::{Model, Tone};
use crate::tui::screens::ScreenId;

use super::{answers, duels, edits, files, filters, imports, navigation, writing};

/// Does what a screen or an answer proposes.
pub(super) fn apply(model: &mut Model, actions: Vec<Action>) {
    for action in actions {
        match action {
            Action::Edit(edit) => edits::edit(model, edit),
            Action::Say(text) => model.say(Tone::Note, text),
            Action::Ask(dialog) => model.ask(dialog),
            Action::Run(invocation) => answers::run(model, invocation),
            Action::Show => navigation::show(model),
            Action::AskBet if model.screen == ScreenId::Triage => {
                // The questions of the bet are on the card already.
            }
            Action::AskBet => model.screens.rank.open_card(),
            Action::Answer { instead_of, answer } => {
                let edit = duels::signed(instead_of, answer, &model.world);
                edits::edit(model, edit);
            }
            Action::ShowTheme(theme) => model.appearance.show(theme),
            Action::KeepTheme(theme) => {
                model.deferred_effects.push(Effect::Store(Request::KeepTheme(theme)));
            }
            Action::RankByDuels => duels::rank_by_duels(model),
            Action::ShowCuriosities => duels::show_curiosities(model),
            Action::KeepPair(answer) => {
                model.world.practice.pairs.push(answer.clone());
                model.deferred_effects.push(Effect::Store(Request::SavePair(answer)));
            }
            Action::KeepGuess(guess) => {
                model.world.practice.guesses.push(guess.clone());
                model.deferred_effects.push(Effect::Store(Request::SaveGuess(guess)));
                model.screens.refresh(&model.world);
            }
            Action::PutOffQuarter => {
                let today = model.world.portfolio.as_of();
                model.world.quarter_put_off = Some(today);
                model.deferred_effects.push(Effect::Store(Request::SaveQuarterPutOff(today)));
                model.screens.refresh(&model.world);
            }
            Action::Limit(pool) => duels::limit(model, pool),
            Action::Reverse(reversal) => edits::reverse(model, reversal),
            Action::Filter(query) => filter(model, &query),
            Action::ShowFilter(name) => filters::show(model, &name),
            Action::SaveFilter { name, search } => filters::save(model, &name, search),
            Action::Sort(column) => model.screens.rank.sort(column, &model.world),
            Action::Settle { keep_mine } => files::settle(model, keep_mine),
            Action::LeaveText(choice) => writing::left(model, choice),
            Action::EditAgain(draft) => {
                model.deferred_effects.push(Effect::OpenEditor(draft));
            }
            Action::CopyTo(folder) => model.save_queue.push(Request::CopyTo(folder)),
            Action::Quit => model.leaving = true,
            Action::ChooseImport => imports::choose(model),
            Action::ListFolder(folder) => {
                model.deferred_effects.push(Effect::Store(Request::ListFolder(folder)));
            }
            Action::Import(list) => imports::open(model, list),
            Action::Open { demo } => {
                model.save_queue.push(if demo { Request::OpenDemo } else { Request::OpenEmpty });
            }
        }
    }
}

/// Shows only what a search finds, on the page that is open or on the screen.
fn filter(model: &mut Model, query: &str) {
    match &mut model.overlay {
        Some(overlay) => {
            query.clone_into(&mut overlay.query);
            overlay.scroll = 0;
        }
        None => model.filter(query),
    }
}
