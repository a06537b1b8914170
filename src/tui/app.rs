//! The root of the workbench: its state, the messages that it takes, and what
//! they change.

mod activity_timer;
mod appearance;
pub(super) mod external_changes;
pub(super) mod message;
pub(super) mod model;
mod save_queue;
pub(super) mod update;
