//! The parts that every page is made of, one folder each. They know texts, class names and accessibility; they know
//! nothing of partners, projects or the server. Class lists live here and in `layouts`, never in pages.

pub mod agreement;
pub mod alert;
pub mod badge;
pub mod banner;
pub mod button;
pub mod copy_field;
pub mod dialog;
pub mod empty;
pub mod error_summary;
pub mod facts;
pub mod field;
pub mod file_drop;
pub mod filter_bar;
pub mod folded;
pub mod icon;
pub mod layout;
pub mod link_result;
pub mod menu;
pub mod option_list;
pub mod page_header;
pub mod pagination;
pub mod progress;
pub mod search_box;
pub mod skeleton;
pub mod table;
pub mod tabs;
pub mod timeline;
pub mod toast;
