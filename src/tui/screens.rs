//! The screens. Each knows the domain, its own state and the widgets; none
//! knows another, the store or the terminal. A screen proposes, the root
//! applies.

mod deciding;
pub(super) mod duel;
pub(super) mod map;
mod question;
pub(super) mod rank;
mod rating;
pub(super) mod review;
mod screen;
pub(super) mod taste;
pub(super) mod triage;

use super::jobs::JobKind;
use super::world::World;

pub(super) use super::action::{Action, Reversal};
pub(super) use rating::shown as shown_rating;
pub(super) use screen::{KeyWords, Mouse, MouseAction, Screen, Unavailable};

/// Declares the screens in the order of their tabs: a typed field for each, and
/// the id by which the root names it.
macro_rules! screens {
    ($($id:ident => $field:ident: $screen:ty,)+) => {
        /// A screen, by the word on its tab.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum ScreenId {
            $($id,)+
        }

        impl ScreenId {
            /// All screens, in the order of their tabs.
            pub(super) const ALL: &[Self] = &[$(Self::$id,)+];

            /// The word on its tab.
            pub(super) const fn title(self) -> &'static str {
                match self {
                    $(Self::$id => stringify!($id),)+
                }
            }
        }

        /// The state of every screen.
        #[derive(Debug)]
        pub(super) struct Screens {
            $(pub $field: $screen,)+
        }

        impl Screens {
            /// All screens as they open.
            pub(super) fn new(world: &World) -> Self {
                Self { $($field: <$screen>::new(world),)+ }
            }

            pub(super) fn get(&self, id: ScreenId) -> &dyn Screen {
                match id {
                    $(ScreenId::$id => &self.$field,)+
                }
            }

            pub(super) fn get_mut(&mut self, id: ScreenId) -> &mut dyn Screen {
                match id {
                    $(ScreenId::$id => &mut self.$field,)+
                }
            }
        }
    };
}

screens! {
    Rank => rank: rank::RankScreen,
    Triage => triage: triage::TriageScreen,
    Duel => duel: duel::DuelScreen,
    Review => review: review::ReviewScreen,
    Map => map: map::MapScreen,
    Taste => taste: taste::TasteScreen,
}

impl ScreenId {
    /// The number on its tab, from 1.
    pub(super) const fn number(self) -> usize {
        self as usize + 1
    }

    /// The screen so many tabs further on, around the end.
    pub(super) const fn after(self, steps: isize) -> Self {
        let count = Self::ALL.len();
        Self::ALL[(self as usize + count).saturating_add_signed(steps) % count]
    }
}

impl Screens {
    /// Puts the cursor on an idea that has just been changed, as soon as it is listed.
    pub(super) fn go_to(&mut self, id: &str, world: &World) {
        self.rank.go_to(id, world);
        self.review.go_to(id);
        self.triage.go_to(id, world);
    }

    /// Lets every screen take in that a job has a new result.
    pub(super) fn take_result(&mut self, job: JobKind, world: &World) {
        for id in ScreenId::ALL {
            self.get_mut(*id).take_result(job, world);
        }
    }

    /// Lets every screen take in that the ideas or the settings have changed.
    pub(super) fn refresh(&mut self, world: &World) {
        for id in ScreenId::ALL {
            self.get_mut(*id).refresh(world);
        }
    }
}
