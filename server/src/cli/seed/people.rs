//! Who appears in the demo: organisations, departments, persons. The accounts are those that the README lists.

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::App;
use crate::domain::id::OrganizationId;
use crate::domain::organization::{EditionName, OrganizationKind, Role};
use crate::services::installation::{self, NewOrganization, NewPerson};
use crate::store::{Actor, Result, Tx};

struct DemoOrganization {
    name: &'static str,
    corp_id: &'static str,
    kinds: &'static [OrganizationKind],
    edition: EditionName,
    departments: &'static [&'static str],
}

/// CorpID of the customer whose projects go well.
pub const BLUE: &str = "dingb1ae0c4f2d7e41d39a5f60c8173e24d5";
/// CorpID of the customer on the free edition.
pub const GREEN: &str = "ding9c52e7a0f6b84b1c8d3e2f7a60915c4e";
/// CorpID of the partner's own place to try what customers see; its edition becomes a lower one.
pub const PRACTICE: &str = "ding5a3c91d7e8b24f60917c3e5d2b8a4f06";
const NEBULA: &str = "ding4e8f1b7c2a9d4f0e8b6c3d5a7f912e60";

const ORGANIZATIONS: &[DemoOrganization] = &[
    DemoOrganization {
        name: "AppShelf 平台",
        corp_id: "ding00000000000000000000000000000001",
        kinds: &[OrganizationKind::Platform],
        edition: EditionName::Exclusive,
        departments: &[],
    },
    DemoOrganization {
        name: "星云软件",
        corp_id: NEBULA,
        kinds: &[OrganizationKind::Partner],
        edition: EditionName::Professional,
        departments: &[],
    },
    DemoOrganization {
        name: "远景数智",
        corp_id: "ding7d20a96be1f34c58a2b4c6d8e0f13579",
        kinds: &[OrganizationKind::Partner],
        edition: EditionName::Lite,
        departments: &[],
    },
    DemoOrganization {
        name: "蓝海制造",
        corp_id: BLUE,
        kinds: &[OrganizationKind::Customer],
        edition: EditionName::Professional,
        departments: &["设备部", "生产部", "采购部"],
    },
    DemoOrganization {
        name: "青禾零售",
        corp_id: GREEN,
        kinds: &[OrganizationKind::Customer],
        edition: EditionName::Free,
        departments: &["门店运营部"],
    },
    DemoOrganization {
        name: "星云体验中心",
        corp_id: PRACTICE,
        kinds: &[OrganizationKind::Customer],
        edition: EditionName::Professional,
        departments: &["交付部"],
    },
    DemoOrganization {
        name: "青藤科技",
        corp_id: "ding2c8f40b7e61d4a95b3f7d09e8c5a1b46",
        kinds: &[OrganizationKind::Partner],
        edition: EditionName::Professional,
        departments: &[],
    },
    DemoOrganization {
        name: "云栈数据",
        corp_id: "ding6e91d5a3c7f048b2a4e8061b9d3f7c25",
        kinds: &[OrganizationKind::Partner],
        edition: EditionName::Professional,
        departments: &[],
    },
    DemoOrganization {
        name: "晴川商贸",
        corp_id: "ding8b3e60f2d5a94c17b0c6e8d1f4a2973e",
        kinds: &[OrganizationKind::Customer],
        edition: EditionName::Professional,
        departments: &[],
    },
];

/// E-mail, name, organisation (its place in the list), roles.
const PEOPLE: &[(&str, &str, usize, &[Role])] = &[
    ("ir@platform.example", "林审", 0, &[Role::InternalReviewer]),
    ("co@platform.example", "陈类目", 0, &[Role::CategoryOperator]),
    ("co2@platform.example", "冯类目", 0, &[Role::CategoryOperator]),
    ("oo@platform.example", "吴开放", 0, &[Role::OpenPlatformOperator]),
    ("sa@platform.example", "郑平台", 0, &[Role::Superadmin]),
    ("pa@partner.example", "周启航", 1, &[Role::PartnerAdmin]),
    ("pa2@partner.example", "沈思远", 1, &[Role::PartnerAdmin]),
    ("pd@partner.example", "何码", 1, &[Role::PartnerDeveloper]),
    ("pa@rival.example", "赵远景", 2, &[Role::PartnerAdmin]),
    ("ca@customer.example", "王海蓝", 3, &[Role::CustomerAdmin]),
    ("ce@customer.example", "李工", 3, &[Role::CustomerEmployee]),
    ("ce2@customer.example", "张敏", 3, &[Role::CustomerEmployee]),
    ("ca@other.example", "孙青禾", 4, &[Role::CustomerAdmin]),
    ("ca@practice.example", "钱体验", 5, &[Role::CustomerAdmin]),
    ("pa@ivy.example", "罗青藤", 6, &[Role::PartnerAdmin]),
    ("pa@stack.example", "许云栈", 7, &[Role::PartnerAdmin]),
    ("ca@river.example", "江晴川", 8, &[Role::CustomerAdmin]),
];

/// Makes everybody in one transaction.
pub async fn create(app: &Arc<App>) -> anyhow::Result<()> {
    let hash = app.passwords.hash(super::PASSWORD.to_owned().into()).await?;
    let actor = Actor {
        request_id: "seed".to_owned(),
        ..Actor::default()
    };
    app.store.write(actor, move |tx| everybody(tx, &hash)).await?;
    Ok(())
}

fn everybody(tx: &mut Tx<'_>, hash: &str) -> Result<()> {
    let mut organizations: Vec<OrganizationId> = Vec::new();
    let mut departments = HashMap::new();
    for demo in ORGANIZATIONS {
        let new = NewOrganization {
            corp_id: demo.corp_id,
            name: demo.name,
            kinds: demo.kinds,
            edition: demo.edition,
        };
        let id = installation::create_organization(tx, &new)?;
        for name in demo.departments {
            departments.insert(*name, installation::create_department(tx, &id, name)?);
        }
        organizations.push(id);
    }
    let mut users = HashMap::new();
    for (email, name, place, roles) in PEOPLE {
        let organization_id = &organizations[*place];
        let new = NewPerson {
            email,
            name,
            password_hash: hash,
            organization_id,
            roles,
        };
        users.insert(*email, installation::create_person(tx, &new)?);
    }
    for (department, email) in [
        ("设备部", "ce@customer.example"),
        ("生产部", "ca@customer.example"),
        ("采购部", "ce2@customer.example"),
        ("门店运营部", "ca@other.example"),
    ] {
        installation::add_to_department(tx, &departments[department], &users[email])?;
    }
    // The partner's own place to try what customers see; its people switch between the two.
    let practice = &organizations[5];
    installation::add_member(tx, practice, &users["pa@partner.example"], &[Role::CustomerAdmin])?;
    installation::add_member(tx, practice, &users["pd@partner.example"], &[Role::CustomerAdmin])?;
    Ok(())
}
