//! What a project's form must hold (D2–D3 and the table before them). A draft may be as incomplete as its writer likes;
//! submitting asks for everything. Not here: whether a name is free and a file is there, which the store knows.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use super::contact::Mobile;
use super::corp_id::CorpId;
use super::form_check::FormCheck;
use super::id::FileId;
use super::money::Money;
use super::problem::Problem;
use super::project::{ContractFileKind, OrganizationSize};
use super::refusal::Issue;

/// Characters of a project's name.
pub const NAME_MAX: usize = 60;
/// Characters of names of persons, customers and industries.
const SHORT_MAX: usize = 60;
const CUSTOMER_NAME_MAX: usize = 100;
const SCOPE_MAX: usize = 2_000;
const DESCRIPTION_MAX: usize = 5_000;
const MOBILE_MAX: usize = 32;

/// Every field in the order of the form; issues are listed in it.
const ORDER: [&str; 17] = [
    "name",
    "contractAmount",
    "contractAmount.currency",
    "contractFileId",
    "contractFileKind",
    "partOfLargerContract",
    "description",
    "startOn",
    "endOn",
    "deliveryScope",
    "ownerName",
    "customerName",
    "customerCorpId",
    "customerIndustry",
    "customerSize",
    "customerContactName",
    "customerContactMobile",
];
const PREFIX: &str = "fields.";

/// The fields as they were typed.
#[derive(Clone, Debug, Default)]
pub struct ProjectFields {
    pub name: String,
    /// Minor units and currency code.
    pub contract_amount: Option<(i64, String)>,
    pub contract_file_id: Option<String>,
    pub contract_file_kind: Option<ContractFileKind>,
    pub part_of_larger_contract: bool,
    pub description: String,
    pub start_on: Option<NaiveDate>,
    pub end_on: Option<NaiveDate>,
    pub delivery_scope: String,
    pub owner_name: String,
    pub customer_name: String,
    pub customer_corp_id: String,
    pub customer_industry: String,
    pub customer_size: Option<OrganizationSize>,
    pub customer_contact_name: String,
    pub customer_contact_mobile: String,
}

/// The fields in the form in which they are stored: trimmed, folded, bounded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectForm {
    pub name: String,
    pub contract_amount: Option<Money>,
    pub contract_file_id: Option<FileId>,
    pub contract_file_kind: Option<ContractFileKind>,
    pub part_of_larger_contract: bool,
    pub description: String,
    pub start_on: Option<NaiveDate>,
    pub end_on: Option<NaiveDate>,
    pub delivery_scope: String,
    pub owner_name: String,
    pub customer_name: String,
    /// Folded where it is a CorpID, else as it was typed.
    pub customer_corp_id: String,
    pub customer_industry: String,
    pub customer_size: Option<OrganizationSize>,
    pub customer_contact_name: String,
    /// E.164 where it is a mobile number, else as it was typed.
    pub customer_contact_mobile: String,
}

impl ProjectForm {
    /// The fields as they are stored, and what keeps even a draft from being stored: no name, or a text that is too long
    /// or hides characters.
    pub fn clean(fields: &ProjectFields) -> (ProjectForm, Vec<Issue>) {
        let mut check = FormCheck::new(PREFIX);
        let name = check.line("name", &fields.name, NAME_MAX);
        let nothing_typed = fields.name.trim().is_empty();
        check.wrong_if(nothing_typed, "name", Problem::Required);
        let corp_id = check.line("customerCorpId", &fields.customer_corp_id, CorpId::MAX);
        let mobile = check.line("customerContactMobile", &fields.customer_contact_mobile, MOBILE_MAX);
        let form = ProjectForm {
            name,
            contract_amount: check.money("contractAmount", fields.contract_amount.as_ref()),
            contract_file_id: check.id("contractFileId", fields.contract_file_id.as_deref()),
            contract_file_kind: fields.contract_file_kind,
            part_of_larger_contract: fields.part_of_larger_contract,
            description: check.paragraphs("description", &fields.description, DESCRIPTION_MAX),
            start_on: fields.start_on,
            end_on: fields.end_on,
            delivery_scope: check.paragraphs("deliveryScope", &fields.delivery_scope, SCOPE_MAX),
            owner_name: check.line("ownerName", &fields.owner_name, SHORT_MAX),
            customer_name: check.line("customerName", &fields.customer_name, CUSTOMER_NAME_MAX),
            customer_corp_id: CorpId::parse(&corp_id).map_or(corp_id, |folded| folded.to_string()),
            customer_industry: check.line("customerIndustry", &fields.customer_industry, SHORT_MAX),
            customer_size: fields.customer_size,
            customer_contact_name: check.line("customerContactName", &fields.customer_contact_name, SHORT_MAX),
            customer_contact_mobile: Mobile::parse(&mobile).map_or(mobile, |folded| folded.as_str().to_owned()),
        };
        (form, check.issues())
    }

    /// Everything that keeps the form from being submitted.
    pub fn missing(&self) -> Vec<Issue> {
        let mut check = FormCheck::new(PREFIX);
        self.check_contract(&mut check);
        self.check_plan(&mut check);
        self.check_customer(&mut check);
        check.issues()
    }

    fn check_contract(&self, check: &mut FormCheck) {
        match self.contract_amount {
            None => check.wrong("contractAmount", Problem::Required),
            Some(amount) => check.wrong_if(!amount.is_positive(), "contractAmount", Problem::NotPositive),
        }
        check.wrong_if(self.contract_file_id.is_none(), "contractFileId", Problem::Required);
        check.wrong_if(self.contract_file_kind.is_none(), "contractFileKind", Problem::Required);
        if self.description.is_empty() {
            let quotation = self.contract_file_kind == Some(ContractFileKind::Quotation);
            if quotation {
                check.wrong("description", Problem::DescriptionRequiredForQuotation);
            } else if self.part_of_larger_contract {
                check.wrong("description", Problem::DescriptionRequiredForPart);
            }
        }
    }

    fn check_plan(&self, check: &mut FormCheck) {
        required(check, "name", &self.name);
        check.wrong_if(self.start_on.is_none(), "startOn", Problem::Required);
        match (self.start_on, self.end_on) {
            (_, None) => check.wrong("endOn", Problem::Required),
            (Some(start), Some(end)) => check.wrong_if(end < start, "endOn", Problem::EndBeforeStart),
            (None, Some(_)) => {}
        }
        required(check, "deliveryScope", &self.delivery_scope);
        required(check, "ownerName", &self.owner_name);
    }

    fn check_customer(&self, check: &mut FormCheck) {
        required(check, "customerName", &self.customer_name);
        if let Err(problem) = CorpId::parse(&self.customer_corp_id) {
            check.wrong("customerCorpId", problem);
        }
        required(check, "customerIndustry", &self.customer_industry);
        check.wrong_if(self.customer_size.is_none(), "customerSize", Problem::Required);
        required(check, "customerContactName", &self.customer_contact_name);
        if let Err(problem) = Mobile::parse(&self.customer_contact_mobile) {
            check.wrong("customerContactMobile", problem);
        }
    }
}

fn required(check: &mut FormCheck, field: &str, text: &str) {
    check.wrong_if(text.is_empty(), field, Problem::Required);
}

/// One issue a field, the first that was found, in the order of the form.
pub fn in_form_order(issues: impl IntoIterator<Item = Issue>) -> Vec<Issue> {
    let place = |issue: &Issue| {
        let path = issue.path.join(".");
        let field = path.strip_prefix(PREFIX).unwrap_or(&path).to_owned();
        ORDER.iter().position(|known| *known == field).unwrap_or(ORDER.len())
    };
    let mut all: Vec<Issue> = issues.into_iter().collect();
    all.sort_by_key(place);
    // A wrong currency leaves the amount unread, which is no second fault of the person who typed it.
    let wrong_currency = all
        .iter()
        .any(|issue| issue.path.last().is_some_and(|last| last == "currency"));
    all.retain(|issue| !(wrong_currency && issue.path.last().is_some_and(|last| last == "contractAmount")));
    all.dedup_by(|later, first| later.path == first.path);
    all
}

/// The form of a name under which it is unique per partner: folded in width and case.
pub fn name_key(name: &str) -> String {
    name.nfkc()
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Names for a copy, best first: `X（2）`, `X（3）` …; a copy of `X（2）` begins at `X（3）`.
pub fn copy_names(name: &str) -> impl Iterator<Item = String> {
    use unicode_segmentation::UnicodeSegmentation;
    let (base, number) = numbered(name);
    let base = base.to_owned();
    (number.saturating_add(1)..).map(move |next| {
        let ending = format!("（{next}）");
        let room = NAME_MAX - ending.chars().count();
        let kept: String = base.graphemes(true).take(room).collect();
        format!("{}{ending}", kept.trim_end())
    })
}

/// A name without its number, and the number; a name without one counts as the first.
fn numbered(name: &str) -> (&str, u32) {
    let read = || {
        let (base, number) = name.strip_suffix('）')?.rsplit_once('（')?;
        let number: u32 = number.parse().ok().filter(|number| (2..10_000).contains(number))?;
        (!base.is_empty()).then_some((base, number))
    };
    read().unwrap_or((name, 1))
}

#[cfg(test)]
mod tests;
