//! Organisations and people for tests of services, on a database of their own: made as the console makes them, and acting
//! as their sessions would let them.

use std::collections::HashMap;

use crate::auth::viewer::Viewer;
use crate::domain::application::{ApplicationOrigin, VersionStatus};
use crate::domain::file::{FilePurpose, MediaType};
use crate::domain::id::{ApplicationId, ApplicationVersionId, FileId, InstanceId, OrganizationId, SessionId};
use crate::domain::locale::Locale;
use crate::domain::organization::{EditionName, OrganizationKind, Role, Roles};
use crate::domain::permission::PermissionDecision;
use crate::domain::permission_form::PermissionFields;
use crate::domain::project::{ContractFileKind, OrganizationSize};
use crate::domain::project_form::ProjectFields;
use crate::services::installation::{NewOrganization, NewPerson, create_organization, create_person};
use crate::services::permission;
use crate::store::application::{self, Application};
use crate::store::application_version::{self, ApplicationVersion};
use crate::store::conn::Conn;
use crate::store::file::{self, File};
use crate::store::testing::TestStore;
use crate::store::{Error, Result, Tx, record};

/// Acts for an organisation of the world.
pub fn organization(store: &TestStore, corp_id: &str, kind: OrganizationKind) -> OrganizationId {
    let new = NewOrganization {
        corp_id,
        name: corp_id,
        kinds: &[kind],
        edition: EditionName::Professional,
    };
    store
        .system(|tx| create_organization(tx, &new))
        .expect("an organisation")
}

/// A person of the organisation, acting for it.
pub fn person(store: &TestStore, organization: &OrganizationId, name: &str, roles: &[Role]) -> Viewer {
    let email = format!("{name}.{organization}@example.test");
    let new = NewPerson {
        email: &email,
        name,
        password_hash: "$argon2id$none",
        organization_id: organization,
        roles,
    };
    let user_id = store.system(|tx| create_person(tx, &new)).expect("a person");
    Viewer {
        user_id,
        organization_id: organization.clone(),
        session_id: store.system(|tx| Ok(tx.id::<SessionId>())).expect("an id"),
        roles: Roles(roles.to_vec()),
        locale: Locale::ZhCn,
        request_id: "test".to_owned(),
        maintenance: None,
    }
}

/// Runs a use case as the viewer.
pub fn write<T>(store: &TestStore, viewer: &Viewer, work: impl Fn(&mut Tx<'_>, &Viewer) -> Result<T>) -> Result<T> {
    store.write_blocking(&viewer.actor(), &|tx| work(tx, viewer))
}

/// Reads as the viewer.
pub fn read<T>(store: &TestStore, viewer: &Viewer, work: impl FnOnce(&mut Conn, &Viewer) -> Result<T>) -> Result<T> {
    store.read_blocking(|conn| work(conn, viewer))
}

/// How many records each page of an instance has.
pub fn record_counts(store: &TestStore, id: &InstanceId) -> HashMap<String, i64> {
    let counts = store.read_blocking(|conn| record::counts(conn, std::slice::from_ref(id), None));
    counts.unwrap().remove(id).unwrap_or_default()
}

/// The code of a refusal; a success or a fault fails the test.
#[track_caller]
pub fn code<T: std::fmt::Debug>(ended: Result<T>) -> &'static str {
    match ended {
        Err(Error::Refused(refusal)) => refusal.code().as_str(),
        other => panic!("a refusal was expected: {other:?}"),
    }
}

/// The paths of the issues of a refusal.
#[track_caller]
pub fn paths<T: std::fmt::Debug>(ended: Result<T>) -> Vec<String> {
    match ended {
        Err(Error::Refused(refusal)) => refusal.issues().iter().map(|issue| issue.path.join(".")).collect(),
        other => panic!("a refusal was expected: {other:?}"),
    }
}

/// A partner with two admins and a developer, another partner's admin, a customer's admin and a reviewer.
pub struct World {
    pub admin: Viewer,
    pub colleague: Viewer,
    pub developer: Viewer,
    pub stranger: Viewer,
    pub customer: Viewer,
    pub reviewer: Viewer,
}

impl World {
    /// Nobody has any permission yet.
    pub fn new(store: &TestStore) -> World {
        let partner = organization(store, "dingpartner1", OrganizationKind::Partner);
        let other = organization(store, "dingpartner2", OrganizationKind::Partner);
        let customer = organization(store, "dingcustomer1", OrganizationKind::Customer);
        let platform = organization(store, "dingplatform1", OrganizationKind::Platform);
        World {
            admin: person(store, &partner, "lin", &[Role::PartnerAdmin]),
            colleague: person(store, &partner, "zhou", &[Role::PartnerAdmin]),
            developer: person(store, &partner, "wu", &[Role::PartnerDeveloper]),
            stranger: person(store, &other, "xu", &[Role::PartnerAdmin]),
            customer: person(store, &customer, "chen", &[Role::CustomerAdmin]),
            reviewer: person(store, &platform, "gao", &[Role::InternalReviewer]),
        }
    }

    /// Both partners hold the distribution permission.
    pub fn granted(store: &TestStore) -> World {
        let world = World::new(store);
        for viewer in [&world.admin, &world.stranger] {
            grant(store, viewer, &world.reviewer);
        }
        world
    }
}

/// An application for permission that nothing is wrong with.
pub fn permission_fields() -> PermissionFields {
    use crate::domain::agreement::{Agreement, AgreementKind};
    PermissionFields {
        scenario: "为连锁零售企业交付门店巡检应用".to_owned(),
        references: vec!["云杉零售".to_owned(), "松柏商超".to_owned()],
        contact_name: "林晓".to_owned(),
        contact_mobile: "13800138000".to_owned(),
        agreement_version: Some(Agreement::current(AgreementKind::Distribution).version.to_owned()),
    }
}

/// Lets the partner apply and the reviewer grant.
pub fn grant(store: &TestStore, partner: &Viewer, reviewer: &Viewer) {
    let applied = write(store, partner, |tx, viewer| {
        permission::apply(tx, viewer, &permission_fields())
    });
    let id = applied.expect("an application").id;
    let decision = permission::Decision {
        decision: PermissionDecision::Grant,
        reason: None,
        tier: None,
    };
    write(store, reviewer, |tx, viewer| {
        permission::decide(tx, viewer, &id, &decision)
    })
    .expect("a grant");
}

/// An uploaded file of the viewer's organisation; its bytes are nowhere.
pub fn upload(store: &TestStore, viewer: &Viewer, purpose: FilePurpose) -> FileId {
    let made = write(store, viewer, |tx, viewer| {
        let row = File {
            id: tx.id(),
            organization_id: viewer.organization_id.clone(),
            purpose,
            name: "合同.pdf".to_owned(),
            media_type: MediaType::Pdf,
            size: 1,
            sha256: String::new(),
            storage_key: format!("00/{:030x}", rand::random::<u64>()),
            created_by: viewer.user_id.clone(),
            created_at: tx.now,
            width: None,
            height: None,
        };
        file::insert(tx, &row)?;
        Ok(row.id)
    });
    made.expect("a file")
}

/// A project's fields that nothing is wrong with, for the customer of the world.
pub fn project_fields(name: &str, contract: &FileId) -> ProjectFields {
    ProjectFields {
        name: name.to_owned(),
        contract_amount: Some((12_000_000, "CNY".to_owned())),
        contract_file_id: Some(contract.to_string()),
        contract_file_kind: Some(ContractFileKind::Contract),
        part_of_larger_contract: false,
        description: String::new(),
        start_on: "2026-11-21".parse().ok(),
        end_on: "2026-12-31".parse().ok(),
        delivery_scope: "进销存与门店巡检".to_owned(),
        owner_name: "林晓".to_owned(),
        customer_name: "云杉零售有限公司".to_owned(),
        customer_corp_id: " DingCustomer1 ".to_owned(),
        customer_industry: "零售".to_owned(),
        customer_size: Some(OrganizationSize::UpTo500),
        customer_contact_name: "周敏".to_owned(),
        customer_contact_mobile: "13800138000".to_owned(),
    }
}

/// An application of the viewer's organisation with one version.
pub fn application(
    store: &TestStore,
    viewer: &Viewer,
    origin: ApplicationOrigin,
    status: VersionStatus,
) -> ApplicationId {
    let made = write(store, viewer, |tx, viewer| {
        let row = Application {
            id: tx.id(),
            organization_id: viewer.organization_id.clone(),
            name: "门店巡检".to_owned(),
            summary: String::new(),
            origin,
            created_at: tx.now,
            updated_at: tx.now,
        };
        application::insert(tx, &row)?;
        let version = ApplicationVersion {
            id: tx.id(),
            application_id: row.id.clone(),
            organization_id: row.organization_id.clone(),
            number: "1.0.0".to_owned(),
            status,
            description: String::new(),
            component_count: 0,
            sample_row_count: 0,
            created_by: viewer.user_id.clone(),
            created_at: tx.now,
            published_at: (status == VersionStatus::Published).then_some(tx.now),
        };
        application_version::insert(tx, &version)?;
        Ok(row.id)
    });
    made.expect("an application")
}

/// An active project of the world's partner with its customer, and the token of a link for one application.
pub struct Sale {
    pub project: crate::domain::id::ProjectId,
    pub link: crate::domain::id::DistributionLinkId,
    pub token: String,
}

/// Makes and approves a project, and gets a link for the application.
pub fn sale(store: &TestStore, world: &World, name: &str, application: &ApplicationId) -> Sale {
    use crate::domain::link_token::LinkToken;
    use crate::domain::project::ReviewDecision;
    use crate::services::distribution_link::{self, NewLink};
    use crate::services::project::{self, Review};
    const SECRET: &[u8] = b"a secret of the tests";

    let contract = upload(store, &world.admin, FilePurpose::Contract);
    let fields = ProjectFields {
        customer_corp_id: "dingcustomer1".to_owned(),
        ..project_fields(name, &contract)
    };
    let made = write(store, &world.admin, |tx, viewer| {
        project::create(tx, viewer, &fields, true)
    });
    let made = made.expect("a project");
    let approve = Review {
        decision: ReviewDecision::Approve,
        amount_mismatch: false,
        reason: None,
    };
    write(store, &world.reviewer, |tx, viewer| {
        project::review(tx, viewer, &made.id, &approve)
    })
    .expect("an approval");
    let wanted = NewLink {
        project_id: made.id.clone(),
        application_id: application.clone(),
        expires_at: None,
        seats: None,
    };
    let (link, _) = write(store, &world.admin, |tx, viewer| {
        distribution_link::create(tx, viewer, &wanted, SECRET)
    })
    .expect("a link");
    Sale {
        project: made.id,
        token: LinkToken::of(SECRET, link.id.as_str()).expose().to_owned(),
        link: link.id,
    }
}

/// A component of a version that is to be made.
#[derive(Clone, Debug)]
pub struct NewComponent {
    pub key: String,
    pub name: String,
    pub kind: crate::domain::component::ComponentKind,
    pub definition: serde_json::Value,
    pub dependencies: Vec<String>,
    pub required_features: Vec<crate::domain::component::Feature>,
    pub sample_rows: usize,
}

impl NewComponent {
    /// A plain one.
    pub fn new(key: &str, kind: crate::domain::component::ComponentKind) -> Self {
        Self {
            key: key.to_owned(),
            name: format!("名 {key}"),
            kind,
            definition: serde_json::json!({"schema": {"type": "object", "properties": {"n": {"type": "integer"}}}, "ui": {"fields": {}}}),
            dependencies: Vec::new(),
            required_features: Vec::new(),
            sample_rows: 0,
        }
    }
}

/// A published application of the viewer's organisation, made of these components.
pub fn application_of(store: &TestStore, viewer: &Viewer, components: &[NewComponent]) -> ApplicationId {
    let id = application(store, viewer, ApplicationOrigin::Own, VersionStatus::Published);
    let found = store.read_blocking(|conn| application_version::published(conn, &id));
    fill(
        store,
        viewer,
        &found.expect("a version").expect("it was published").id,
        components,
    );
    id
}

/// One more published version of an application, made of these components.
pub fn version_of(
    store: &TestStore,
    viewer: &Viewer,
    application: &ApplicationId,
    number: &str,
    components: &[NewComponent],
) -> ApplicationVersionId {
    let made = write(store, viewer, |tx, viewer| {
        let version = ApplicationVersion {
            id: tx.id(),
            application_id: application.clone(),
            organization_id: viewer.organization_id.clone(),
            number: number.to_owned(),
            status: VersionStatus::Published,
            description: String::new(),
            component_count: i32::try_from(components.len()).unwrap_or(i32::MAX),
            sample_row_count: 0,
            created_by: viewer.user_id.clone(),
            created_at: tx.now,
            published_at: Some(tx.now),
        };
        application_version::insert(tx, &version)?;
        Ok(version.id)
    });
    let id = made.expect("a version");
    fill(store, viewer, &id, components);
    id
}

/// A row that fills in every field of a form.
fn sample(form: &appshelf_rules::Form, row: usize) -> serde_json::Value {
    use appshelf_rules::Widget;
    let value = |field: &appshelf_rules::Field| match field.widget {
        Widget::Number => serde_json::json!(row),
        Widget::Link => serde_json::json!([{"position": row, "title": format!("行 {row}")}]),
        _ => serde_json::json!(format!("{} {row}", field.key)),
    };
    let fields = form.fields.iter();
    fields.map(|field| (field.key.clone(), value(field))).collect()
}

/// Gives a version its components, with the features that their kinds imply, as an import does.
fn fill(store: &TestStore, viewer: &Viewer, version: &ApplicationVersionId, components: &[NewComponent]) {
    use crate::store::application_component::{self, Component, NewSampleRow};
    let written = write(store, viewer, |tx, _| {
        let mut rows = Vec::new();
        let mut samples = Vec::new();
        for (position, new) in (0..).zip(components) {
            let mut features = new.required_features.clone();
            features.extend(new.kind.implied_feature());
            features.sort_unstable();
            features.dedup();
            rows.push(Component {
                version_id: version.clone(),
                key: new.key.clone(),
                position,
                kind: new.kind,
                name: new.name.clone(),
                folder: None,
                definition: new.definition.to_string(),
                dependencies: serde_json::to_string(&new.dependencies)?,
                required_features: serde_json::to_string(&features)?,
            });
            let form = appshelf_rules::Form::read(&new.definition);
            for row in 0..new.sample_rows {
                let position = i32::try_from(row).unwrap_or(i32::MAX);
                let data = sample(&form, row).to_string();
                samples.push(NewSampleRow::new(
                    version.clone(),
                    new.key.clone(),
                    position,
                    data,
                    &form,
                )?);
            }
        }
        application_component::insert(tx, &rows)?;
        application_component::insert_sample_rows(tx, &samples)
    });
    written.expect("components");
}

/// An application of those components as it arrived at the world's customer, in development maintenance.
pub fn arrived(store: &TestStore, world: &World, components: &[NewComponent]) -> crate::store::instance::AppInstance {
    use crate::domain::agreement::{Agreement, AgreementKind};
    use crate::services::deliver::{self, Progress};
    use crate::services::delivery::{DeliveryOptions, send};
    use crate::services::purchase;
    use crate::store::{delivery, instance, order};

    let application = application_of(store, &world.admin, components);
    // A partner's projects have names of their own.
    let sale = sale(store, world, &format!("一期 {application}"), &application);
    let order = write(store, &world.customer, |tx, viewer| {
        purchase::buy(tx, viewer, &sale.token, true)
    });
    let order = order.expect("an order");
    let options = DeliveryOptions {
        include_sample_data: true,
        include_connectors: true,
        open_edit_permission: false,
    };
    let version = Agreement::current(AgreementKind::Distribution).version;
    let sent = write(store, &world.developer, |tx, viewer| {
        send(tx, viewer, &order.id, options, Some(version))
    });
    let id = sent.expect("a delivery").id;
    let found = store
        .read_blocking(|conn| delivery::get(conn, &id))
        .expect("it was made");
    let mut from = deliver::START;
    loop {
        let step = store.write_blocking(&deliver::actor(&found), &|tx| deliver::step(tx, &id, from));
        match step.expect("a step") {
            Progress::More(next) => from = next,
            Progress::Ended => break,
        }
    }
    let arrived = store.read_blocking(|conn| {
        let order = order::get(conn, &order.id)?;
        instance::by_ids(conn, &order.instance_id.into_iter().collect::<Vec<_>>())
    });
    arrived.expect("a read").pop().expect("it arrived")
}
