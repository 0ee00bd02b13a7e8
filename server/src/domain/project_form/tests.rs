//! What is accepted and refused in the form of a project.

use super::*;

fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().unwrap())
}

fn complete() -> ProjectFields {
    ProjectFields {
        name: "云杉零售数字化一期".to_owned(),
        contract_amount: Some((12_000_000, "CNY".to_owned())),
        contract_file_id: Some(format!("file_{}", "0".repeat(26))),
        contract_file_kind: Some(ContractFileKind::Contract),
        part_of_larger_contract: false,
        description: String::new(),
        start_on: day("2026-11-21"),
        end_on: day("2026-12-31"),
        delivery_scope: "进销存与门店巡检".to_owned(),
        owner_name: "林晓".to_owned(),
        customer_name: "云杉零售有限公司".to_owned(),
        customer_corp_id: " DingABC12345 ".to_owned(),
        customer_industry: "零售".to_owned(),
        customer_size: Some(OrganizationSize::UpTo500),
        customer_contact_name: "周敏".to_owned(),
        customer_contact_mobile: "138 0013 8000".to_owned(),
    }
}

/// Path and problem of everything that keeps the fields from being submitted.
fn refused(fields: &ProjectFields) -> Vec<(String, Problem)> {
    let (form, issues) = ProjectForm::clean(fields);
    let all = in_form_order(issues.into_iter().chain(form.missing()));
    all.into_iter()
        .map(|issue| (issue.path.join("."), issue.problem))
        .collect()
}

fn changed(change: impl FnOnce(&mut ProjectFields)) -> ProjectFields {
    let mut fields = complete();
    change(&mut fields);
    fields
}

#[test]
fn d3_a_complete_form_may_be_submitted_and_is_stored_folded() {
    assert_eq!(refused(&complete()), []);
    let (form, _) = ProjectForm::clean(&complete());
    assert_eq!(form.customer_corp_id, "dingabc12345");
    assert_eq!(form.customer_contact_mobile, "+8613800138000");
}

#[test]
fn d3_a_draft_needs_a_name_and_nothing_else() {
    let named = ProjectFields {
        name: "  一期 ".to_owned(),
        ..ProjectFields::default()
    };
    let (form, issues) = ProjectForm::clean(&named);
    assert_eq!((form.name.as_str(), issues), ("一期", vec![]));
    let (_, issues) = ProjectForm::clean(&ProjectFields::default());
    assert_eq!(issues, [Issue::new("fields.name", Problem::Required)]);
}

#[test]
fn d3_a_draft_keeps_what_is_not_right_yet() {
    let (form, issues) = ProjectForm::clean(&changed(|fields| {
        fields.customer_corp_id = "ding-1".to_owned();
        fields.customer_contact_mobile = "138".to_owned();
        fields.contract_amount = Some((-1, "CNY".to_owned()));
        fields.end_on = day("2026-01-01");
    }));
    assert_eq!(issues, []);
    assert_eq!(
        (form.customer_corp_id.as_str(), form.customer_contact_mobile.as_str()),
        ("ding-1", "138")
    );
    assert_eq!(form.missing().len(), 4);
}

#[test]
fn d3_submitting_an_empty_form_names_every_field_in_order() {
    let paths: Vec<String> = refused(&ProjectFields::default())
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    let optional = ["contractAmount.currency", "partOfLargerContract", "description"];
    let expected: Vec<String> = ORDER
        .iter()
        .filter(|field| !optional.contains(field))
        .map(|field| format!("fields.{field}"))
        .collect();
    assert_eq!(paths, expected);
}

#[test]
fn every_single_fault_is_told_at_its_field() {
    let long = |max: usize| "长".repeat(max + 1);
    let cases: Vec<(ProjectFields, &str, Problem)> = vec![
        (changed(|f| f.name = long(60)), "name", Problem::TooLong { max: 60 }),
        (
            changed(|f| f.contract_amount = Some((0, "CNY".into()))),
            "contractAmount",
            Problem::NotPositive,
        ),
        (
            changed(|f| f.contract_amount = None),
            "contractAmount",
            Problem::Required,
        ),
        (
            changed(|f| f.contract_file_id = Some("file_1".into())),
            "contractFileId",
            Problem::Unknown,
        ),
        (
            changed(|f| f.contract_file_kind = None),
            "contractFileKind",
            Problem::Required,
        ),
        (
            changed(|f| f.contract_file_kind = Some(ContractFileKind::Quotation)),
            "description",
            Problem::DescriptionRequiredForQuotation,
        ),
        (
            changed(|f| f.part_of_larger_contract = true),
            "description",
            Problem::DescriptionRequiredForPart,
        ),
        (
            changed(|f| f.description = long(5000)),
            "description",
            Problem::TooLong { max: 5000 },
        ),
        (
            changed(|f| f.end_on = day("2026-11-20")),
            "endOn",
            Problem::EndBeforeStart,
        ),
        (
            changed(|f| f.delivery_scope = " \n".into()),
            "deliveryScope",
            Problem::Required,
        ),
        (
            changed(|f| f.customer_corp_id = "ding123".into()),
            "customerCorpId",
            Problem::TooShort { min: 8 },
        ),
        (
            changed(|f| f.customer_contact_mobile = "010-12345678".into()),
            "customerContactMobile",
            Problem::BadFormat {
                what: crate::domain::problem::Format::Mobile,
            },
        ),
    ];
    for (fields, field, problem) in cases {
        assert_eq!(refused(&fields), [(format!("fields.{field}"), problem)], "{field}");
    }
    let wrong = changed(|f| f.contract_amount = Some((1, "人民币".into())));
    assert_eq!(refused(&wrong)[0].0, "fields.contractAmount.currency");
    assert_eq!(refused(&wrong).len(), 1);
}

#[test]
fn a_project_may_start_and_end_on_one_day_and_a_described_quotation_is_fine() {
    assert_eq!(refused(&changed(|f| f.end_on = f.start_on)), []);
    assert_eq!(
        refused(&changed(|f| {
            f.contract_file_kind = Some(ContractFileKind::Quotation);
            f.part_of_larger_contract = true;
            f.description = "报价含二期".to_owned();
        })),
        []
    );
}

#[test]
fn names_that_people_read_alike_are_one_name() {
    assert_eq!(name_key(" ＡＢＣ 一期"), name_key("abc 一期"));
    assert_ne!(name_key("一期"), name_key("二期"));
}

#[test]
fn d3_a_copy_counts_on_from_its_original() {
    let first = |name: &str| copy_names(name).next().unwrap();
    assert_eq!(first("云杉"), "云杉（2）");
    assert_eq!(first("云杉（2）"), "云杉（3）");
    assert_eq!(first("云杉（补充）"), "云杉（补充）（2）");
    assert_eq!(first(&"长".repeat(60)).chars().count(), 60);
}
