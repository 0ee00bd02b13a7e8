//! A page of a list: which part is asked for, read from the address, and where the answer stands.

use super::schema;
use crate::{components::pagination::Position, navigation};

/// Rows on a page of a table.
pub const PAGE_SIZE: i32 = 20;

read! {
    #[derive(cynic::QueryFragment, Clone, Debug, Default, PartialEq)]
    pub struct PageInfo {
        pub has_next_page: bool,
        pub has_previous_page: bool,
        pub start_cursor: Option<String>,
        pub end_cursor: Option<String>,
    }
}

impl PageInfo {
    /// A list that is one page.
    pub fn alone() -> Self {
        Self {
            has_next_page: false,
            has_previous_page: false,
            start_cursor: None,
            end_cursor: None,
        }
    }

    pub fn position(&self, total: i32) -> Position {
        Position {
            before: self.start_cursor.clone().filter(|_| self.has_previous_page),
            after: self.end_cursor.clone().filter(|_| self.has_next_page),
            total: Some(total),
        }
    }
}

/// A page of a list: its rows, and where it stands.
pub trait Page {
    type Row;
    fn into_rows(self) -> (Vec<Self::Row>, Position);
}

/// Makes connections of the contract pages of a list.
#[macro_export]
macro_rules! pages {
    ($($page:ident of $row:ident),+ $(,)?) => {
        $(impl $crate::api::page::Page for $page {
            type Row = $row;
            fn into_rows(self) -> (Vec<$row>, $crate::components::pagination::Position) {
                let position = self.page_info.position(self.total_count);
                (self.nodes, position)
            }
        })+
    };
}

/// The cursor arguments of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Window {
    pub first: Option<i32>,
    pub after: Option<String>,
    pub last: Option<i32>,
    pub before: Option<String>,
}

impl Window {
    /// The part of the list that the address asks for; views that read it follow the address.
    pub fn of_address() -> Self {
        let location = navigation::location();
        let value = |name: &str| {
            location
                .value(name)
                .filter(|value| !value.is_empty())
                .map(str::to_owned)
        };
        match (value("before"), value("after")) {
            (Some(before), _) => Self {
                last: Some(PAGE_SIZE),
                before: Some(before),
                ..Self::default()
            },
            (None, after) => Self {
                first: Some(PAGE_SIZE),
                after,
                ..Self::default()
            },
        }
    }

    /// The first `count` rows.
    pub fn first(count: i32) -> Self {
        Self {
            first: Some(count),
            ..Self::default()
        }
    }
}
