//! A page of a table whose window, filters and order stand in the address: its shape while it comes, its rows and the way to
//! the next page; what this place is for while nothing is there, and a word where the filters leave nothing. Filters, tabs and
//! buttons around it are the page's.

use leptos::prelude::*;

use crate::{
    api::{
        Problem,
        page::{Page, Window},
    },
    components::{
        empty::Empty,
        icon::Icon,
        layout::Stack,
        pagination::{Pagination, Position},
        skeleton::Skeleton,
        table::{Column, Table},
    },
    i18n::{Text, texts::portal},
    load::{Loaded, load, show, show_steadily},
    navigation,
};

const SKELETON: Skeleton = Skeleton::Rows(6);

/// Loads the page of a list that the address asks for, and again whenever that or what `source` reads changes.
pub fn load_page<P, F>(source: impl Fn(Window) -> F + 'static) -> Loaded<P>
where
    P: Send + Sync + 'static,
    F: Future<Output = Result<P, Problem>> + 'static,
{
    load(move || source(Window::of_address()))
}

/// What is around the rows.
pub struct PagedList {
    label: Text,
    columns: Vec<Column>,
    nothing: Box<dyn Fn() -> AnyView + Send + Sync>,
    filters: &'static [&'static str],
    nothing_found: Text,
}

/// A list with this caption; `nothing` is what stands there while nothing does, usually an `Empty` with the next step.
pub fn paged_list(
    label: impl Into<Text>,
    columns: Vec<Column>,
    nothing: impl Fn() -> AnyView + Send + Sync + 'static,
) -> PagedList {
    PagedList {
        label: label.into(),
        columns,
        nothing: Box::new(nothing),
        filters: &[],
        nothing_found: portal::NOTHING_FOUND_HINT.into(),
    }
}

impl PagedList {
    /// The values of the address that narrow the list: where one is set, an empty page says that nothing was found.
    pub fn narrowed_by(mut self, filters: &'static [&'static str]) -> Self {
        self.filters = filters;
        self
    }

    /// What to do where nothing was found, in place of the usual advice.
    pub fn advice(mut self, nothing_found: impl Into<Text>) -> Self {
        self.nothing_found = nothing_found.into();
        self
    }

    /// Shows the list; `row` makes the cells of a row, one a column.
    pub fn show<P>(self, list: Loaded<P>, row: impl Fn(P::Row) -> Vec<AnyView> + Send + Sync + 'static) -> AnyView
    where
        P: Page + Clone + Send + Sync + 'static,
    {
        show(list, SKELETON, move |page: P| self.page(page, &row))
    }

    /// As `show`, for a list that is asked for again and again.
    pub fn show_steadily<P>(
        self,
        list: Loaded<P>,
        row: impl Fn(P::Row) -> Vec<AnyView> + Send + Sync + 'static,
    ) -> AnyView
    where
        P: Page + Clone + PartialEq + Send + Sync + 'static,
    {
        show_steadily(list, SKELETON, move |page: P| self.page(page, &row))
    }

    fn page<P: Page>(&self, page: P, row: &impl Fn(P::Row) -> Vec<AnyView>) -> AnyView {
        let (rows, position) = page.into_rows();
        self.view(rows.into_iter().map(row).collect(), position)
    }

    fn view(&self, rows: Vec<Vec<AnyView>>, position: Position) -> AnyView {
        if rows.is_empty() && self.is_narrowed() {
            let hint = self.nothing_found.clone();
            return view! { <Empty picture=Icon::Search title=portal::NOTHING_FOUND hint=hint /> }.into_any();
        }
        if rows.is_empty() {
            return (self.nothing)();
        }
        let (label, columns) = (self.label.clone(), self.columns.clone());
        view! {
            <Stack tight=true>
                <Table label=label columns=columns rows=rows />
                <Pagination position=position />
            </Stack>
        }
        .into_any()
    }

    fn is_narrowed(&self) -> bool {
        let location = navigation::location_now();
        self.filters
            .iter()
            .any(|name| location.value(name).is_some_and(|value| !value.is_empty()))
    }
}
