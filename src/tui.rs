//! The workbench: event → keymap → command → message → update → view.

mod answers;
mod ask;
mod backlog;
pub mod finder;
mod message;
mod model;
mod outbox;
mod pages;
mod screens;
mod theme;
mod update;
mod view;
pub mod widgets;
