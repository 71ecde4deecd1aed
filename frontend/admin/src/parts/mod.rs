//! What pages are made of.

pub mod access;
pub mod audit_filter;
pub mod day_chart;
pub mod days;
pub mod filter;
pub mod frame;
pub mod live_feed;
pub mod order_history;
pub mod order_items;
pub mod order_moves;
pub mod order_news;
pub mod order_note;
pub mod order_people;
pub mod order_table;
pub mod paged;
pub mod review_card;
pub mod scale;
pub mod stats_figures;
pub mod stats_lists;
pub mod status_badge;
pub mod system_facts;
pub mod variant_options;
