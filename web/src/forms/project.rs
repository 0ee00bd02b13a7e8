//! The project form: its values as typed, what is wrong with them, and the fields that the contract takes. The checks
//! are the server's, run early so that one sees them beside the field; the server decides.

use crate::{
    api::{
        Date, MoneyInput,
        file::StoredFile,
        project::{ContractFileKind, Project, ProjectFields},
    },
    format,
    i18n::{
        Key, Text,
        texts::{common, portal},
    },
    labels,
};

use super::FieldError;

/// Everything that the form holds, as typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProjectForm {
    pub name: String,
    pub amount: String,
    pub file: Option<StoredFile>,
    pub file_kind: String,
    pub part_of_larger: bool,
    pub description: String,
    pub start_on: String,
    pub end_on: String,
    pub delivery_scope: String,
    pub owner_name: String,
    pub customer_name: String,
    pub corp_id: String,
    pub industry: String,
    pub size: String,
    pub contact_name: String,
    pub contact_mobile: String,
}

/// The form's fields in the order of the screen: name in the contract and label.
pub const FIELDS: [(&str, Key); 16] = [
    ("name", portal::PROJECT_NAME),
    ("contractAmount", portal::CONTRACT_AMOUNT),
    ("contractFileKind", portal::CONTRACT_KIND),
    ("contractFileId", portal::CONTRACT_FILE),
    ("partOfLargerContract", portal::PART_OF_LARGER),
    ("description", portal::PROJECT_DESCRIPTION),
    ("startOn", portal::START_ON),
    ("endOn", portal::END_ON),
    ("deliveryScope", portal::DELIVERY_SCOPE),
    ("ownerName", portal::OWNER_NAME),
    ("customerName", portal::CUSTOMER_NAME),
    ("customerCorpId", portal::CORP_ID),
    ("customerIndustry", portal::INDUSTRY),
    ("customerSize", portal::SIZE),
    ("customerContactName", portal::CUSTOMER_CONTACT),
    ("customerContactMobile", portal::CUSTOMER_MOBILE),
];

/// The label of a field by its name in the contract.
pub fn label(name: &str) -> Option<Text> {
    FIELDS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, label)| Text::from(*label))
}

impl ProjectForm {
    /// The form of a draft that exists.
    pub fn of(project: &Project) -> Self {
        let Some(detail) = &project.detail else {
            return Self::default();
        };
        let text = |day: &Option<Date>| day.as_ref().map(|day| day.0.clone()).unwrap_or_default();
        Self {
            name: project.name.clone(),
            amount: detail
                .contract_amount
                .as_ref()
                .map(|money| format::plain_amount(&money.amount.0))
                .unwrap_or_default(),
            file: detail.contract_file.clone(),
            file_kind: match detail.contract_file_kind {
                Some(ContractFileKind::Contract) => "CONTRACT",
                Some(ContractFileKind::Quotation) => "QUOTATION",
                None => "",
            }
            .to_owned(),
            part_of_larger: detail.part_of_larger_contract,
            description: detail.description.clone(),
            start_on: text(&detail.start_on),
            end_on: text(&detail.end_on),
            delivery_scope: detail.delivery_scope.clone(),
            owner_name: detail.owner_name.clone(),
            customer_name: project.customer_name.clone(),
            corp_id: project.customer_corp_id.clone(),
            industry: detail.customer_industry.clone(),
            size: labels::SIZES
                .iter()
                .find(|(size, ..)| Some(*size) == detail.customer_size)
                .map(|(_, code, _)| (*code).to_owned())
                .unwrap_or_default(),
            contact_name: detail.customer_contact_name.clone(),
            contact_mobile: detail.customer_contact_mobile.clone(),
        }
    }

    /// What is sent. Text that is not an amount or a day is left out; `check` has said so.
    pub fn fields(&self) -> ProjectFields {
        let day = |text: &str| (!text.is_empty()).then(|| Date(text.to_owned()));
        ProjectFields {
            name: self.name.trim().to_owned(),
            contract_amount: format::read_amount(&self.amount).map(|amount| MoneyInput {
                amount,
                currency: "CNY".to_owned(),
            }),
            contract_file_id: self.file.as_ref().map(|file| file.id.clone()),
            contract_file_kind: match self.file_kind.as_str() {
                "CONTRACT" => Some(ContractFileKind::Contract),
                "QUOTATION" => Some(ContractFileKind::Quotation),
                _ => None,
            },
            part_of_larger_contract: self.part_of_larger,
            description: self.description.trim().to_owned(),
            start_on: day(&self.start_on),
            end_on: day(&self.end_on),
            delivery_scope: self.delivery_scope.trim().to_owned(),
            owner_name: self.owner_name.trim().to_owned(),
            customer_name: self.customer_name.trim().to_owned(),
            customer_corp_id: corp_id(&self.corp_id),
            customer_industry: self.industry.trim().to_owned(),
            customer_size: labels::SIZES
                .iter()
                .find(|(_, code, _)| *code == self.size)
                .map(|(size, ..)| *size),
            customer_contact_name: self.contact_name.trim().to_owned(),
            customer_contact_mobile: self.contact_mobile.trim().to_owned(),
        }
    }

    /// What is wrong even for a draft: no name, or text that cannot be stored as what it stands for.
    pub fn check_draft(&self) -> Vec<FieldError> {
        let mut wrong = Wrong::default();
        wrong.unless(!self.name.trim().is_empty(), "name", common::REQUIRED);
        wrong.unless(
            self.amount.trim().is_empty() || self.amount_minor().is_some(),
            "contractAmount",
            portal::AMOUNT_FORM,
        );
        wrong.0
    }

    /// Everything that submitting asks for, at once.
    pub fn check_submission(&self) -> Vec<FieldError> {
        let mut wrong = Wrong::default();
        let filled = |text: &str| !text.trim().is_empty();
        wrong.unless(filled(&self.name), "name", common::REQUIRED);
        wrong.unless(self.name.chars().count() <= 60, "name", portal::NAME_LENGTH);
        match self.amount_minor() {
            _ if !filled(&self.amount) => wrong.say("contractAmount", common::REQUIRED),
            None => wrong.say("contractAmount", portal::AMOUNT_FORM),
            Some(0) => wrong.say("contractAmount", portal::AMOUNT_POSITIVE),
            Some(_) => {}
        }
        wrong.unless(filled(&self.file_kind), "contractFileKind", portal::CHOOSE_ONE);
        wrong.unless(self.file.is_some(), "contractFileId", portal::FILE_REQUIRED);
        let must_explain = self.part_of_larger || self.file_kind == "QUOTATION";
        wrong.unless(
            !must_explain || filled(&self.description),
            "description",
            portal::DESCRIPTION_REQUIRED,
        );
        wrong.unless(filled(&self.start_on), "startOn", common::REQUIRED);
        wrong.unless(filled(&self.end_on), "endOn", common::REQUIRED);
        // Days as text compare like days.
        let ordered = !filled(&self.start_on) || !filled(&self.end_on) || self.end_on >= self.start_on;
        wrong.unless(ordered, "endOn", portal::END_BEFORE_START);
        for (name, value) in [
            ("deliveryScope", &self.delivery_scope),
            ("ownerName", &self.owner_name),
            ("customerName", &self.customer_name),
            ("customerIndustry", &self.industry),
            ("customerSize", &self.size),
            ("customerContactName", &self.contact_name),
        ] {
            wrong.unless(filled(value), name, common::REQUIRED);
        }
        match (filled(&self.corp_id), corp_id_is_well_formed(&self.corp_id)) {
            (false, _) => wrong.say("customerCorpId", common::REQUIRED),
            (true, false) => wrong.say("customerCorpId", portal::CORP_ID_FORM),
            (true, true) => {}
        }
        match (
            filled(&self.contact_mobile),
            mobile_is_well_formed(&self.contact_mobile),
        ) {
            (false, _) => wrong.say("customerContactMobile", common::REQUIRED),
            (true, false) => wrong.say("customerContactMobile", portal::MOBILE_FORM),
            (true, true) => {}
        }
        wrong.0
    }

    fn amount_minor(&self) -> Option<u64> {
        format::read_amount(&self.amount)?.0.parse().ok()
    }
}

#[derive(Default)]
struct Wrong(Vec<FieldError>);

impl Wrong {
    fn say(&mut self, name: &str, message: Key) {
        self.0.push(FieldError {
            name: name.to_owned(),
            message: message.into(),
        });
    }

    fn unless(&mut self, fine: bool, name: &str, message: Key) {
        if !fine {
            self.say(name, message);
        }
    }
}

/// A CorpID as it is compared: trimmed and case-folded.
pub fn corp_id(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// 8 to 64 letters and digits.
pub fn corp_id_is_well_formed(typed: &str) -> bool {
    let id = corp_id(typed);
    (8..=64).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// `+` and 8 to 15 digits, or eleven digits of a mainland number; spaces and hyphens do not count.
pub fn mobile_is_well_formed(typed: &str) -> bool {
    let plain: String = typed.chars().filter(|letter| !matches!(letter, ' ' | '-')).collect();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match plain.strip_prefix('+') {
        Some(number) => digits(number) && (8..=15).contains(&number.len()) && !number.starts_with('0'),
        None => digits(&plain) && plain.len() == 11 && plain.starts_with('1') && plain.as_bytes()[1] >= b'3',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corp_id_is_trimmed_and_case_folded_before_it_is_checked() {
        assert_eq!(corp_id("  DING0A1B "), "ding0a1b");
        assert!(corp_id_is_well_formed(" Ding0123456789abcdef0123456789ABCDEF "));
        for wrong in ["", "ding", "ding-0123456789", "钉钉01234567", &"a".repeat(65)] {
            assert!(!corp_id_is_well_formed(wrong), "{wrong}");
        }
    }

    #[test]
    fn mobiles_are_mainland_or_international() {
        for right in ["13800138000", "138 0013 8000", "+8613800138000", "+1 415-555-2671"] {
            assert!(mobile_is_well_formed(right), "{right}");
        }
        for wrong in ["", "12345678901", "1380013800", "+0123456789", "+86138x0138000"] {
            assert!(!mobile_is_well_formed(wrong), "{wrong}");
        }
    }

    #[test]
    fn submitting_names_everything_that_is_missing_at_once() {
        let names: Vec<String> = ProjectForm::default()
            .check_submission()
            .into_iter()
            .map(|error| error.name)
            .collect();
        assert_eq!(
            names,
            [
                "name",
                "contractAmount",
                "contractFileKind",
                "contractFileId",
                "startOn",
                "endOn",
                "deliveryScope",
                "ownerName",
                "customerName",
                "customerIndustry",
                "customerSize",
                "customerContactName",
                "customerCorpId",
                "customerContactMobile",
            ]
        );
        let quotation = ProjectForm {
            file_kind: "QUOTATION".to_owned(),
            ..ProjectForm::default()
        };
        assert!(
            quotation
                .check_submission()
                .iter()
                .any(|error| error.name == "description")
        );
    }
}
