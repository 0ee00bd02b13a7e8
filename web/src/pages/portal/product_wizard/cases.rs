//! 行业案例: cases of customers, each a title and Markdown.

use leptos::prelude::*;

use super::{Wizard, markdown_field::markdown_field, rows::CaseRow};
use crate::{
    components::{
        button::{Button, Look},
        dynamic::dynamic,
        field::TextInput,
        field_note::list_error,
        icon::Icon,
        layout::{Card, Row, Stack, muted, subheading},
    },
    forms::{interned, product::CaseForm},
    i18n::{Text, texts::shelves as words},
};

const MOST: usize = 10;

pub fn card(wizard: Wizard) -> AnyView {
    let values = wizard.values;
    let add = Callback::new(move |()| {
        let row = values.within(|| CaseRow::of(&CaseForm::default()));
        values.cases.update(|rows| rows.push(row));
    });
    let list = move || {
        let rows = values.cases.get();
        let full = rows.len() >= MOST;
        let items: Vec<AnyView> = rows
            .into_iter()
            .enumerate()
            .map(|(at, row)| case(wizard, at, row))
            .collect();
        let button =
            (!full).then(|| view! { <Button label=words::ADD_CASE on_press=add small=true leading=Icon::Plus /> });
        view! { <Stack>{items}<Row>{button}</Row></Stack> }
    };
    let content = view! { <Stack tight=true>{muted(words::CASES_HINT)}{list_error("cases", wizard.errors)}{dynamic(list)}</Stack> };
    view! { <Card title=words::CASES>{wizard.noted("cases", content.into_any())}</Card> }.into_any()
}

fn case(wizard: Wizard, at: usize, row: CaseRow) -> AnyView {
    let name = move |field: &str| interned(&format!("cases.{at}.{field}"));
    let number = at + 1;
    let title = Text::from(move || words::case_number(&number));
    let label = {
        let title = title.clone();
        Text::from(move || format!("{}: {}", words::REMOVE_CASE.get(), title.get()))
    };
    let remove = Callback::new(move |()| {
        wizard.values.cases.update(|rows| {
            if at < rows.len() {
                rows.remove(at);
            }
        });
    });
    let typed = view! { <TextInput name=name("title") label=words::CASE_TITLE value=row.title errors=wizard.errors required=true limit=60 /> };
    let text = markdown_field(name("text"), words::CASE_TEXT, row.text, 5_000, 5, wizard.errors);
    view! {
        <Stack tight=true>
            <Row spread=true>
                {subheading(title)}
                <Button label=words::REMOVE_CASE name=label on_press=remove small=true look=Look::Quiet leading=Icon::Trash />
            </Row>
            {wizard.noted(name("title"), typed.into_any())}
            {wizard.noted(name("text"), text)}
        </Stack>
    }
    .into_any()
}
