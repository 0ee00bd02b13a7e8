//! Leads (L24): what becomes one, who looks after it, what each side sees, the day's cap, and the table of them.

use anyhow::{Context, Result};
use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::{Someone, TestApp};
use appshelf_tests::listing::{Listing, listed_as};
use appshelf_tests::on_each_database;
use chrono::Duration;
use serde_json::{Value, json};

use crate::served::Served;

const LEAD: &str = "... on Lead { id source status organizationName personName email phone message lostReason
    channelCode contactedAt closedAt assignedTo { name } availableActions }";

async fn consult(who: &Someone, product: &Value, message: &str, consent: bool) -> Result<Value> {
    let input = json!({ "productId": product["id"], "message": message, "phone": "138 0013 8000", "consent": consent });
    who.act("consultPartner", "ConsultPartnerInput", input, LEAD, None)
        .await
}

async fn step(who: &Someone, name: &str, id: &Value, note: &str) -> Result<Value> {
    let input_type = if name == "loseLead" {
        "LoseLeadInput"
    } else {
        "LeadStepInput"
    };
    who.act(name, input_type, json!({ "id": id, "note": note }), LEAD, None)
        .await
}

async fn assign(who: &Someone, id: &Value, person: &Value) -> Result<Value> {
    let input = json!({ "id": id, "userId": person });
    who.act("assignLead", "AssignLeadInput", input, LEAD, None).await
}

/// Where each lead of a side came from, the newest first.
async fn sources(who: &Someone, party: &str) -> Result<Vec<String>> {
    let document = format!("{{ leads(party: {party}) {{ totalCount nodes {{ source }} }} }}");
    let data = who.ask(&document, json!({})).await?;
    let nodes = data["leads"]["nodes"].as_array().context("a list")?;
    assert_eq!(data["leads"]["totalCount"], nodes.len());
    Ok(nodes
        .iter()
        .filter_map(|node| node["source"].as_str().map(str::to_owned))
        .collect())
}

async fn told(who: &Someone, kind: &str) -> Result<usize> {
    let data = who
        .ask("{ notifications(first: 50) { nodes { kind } } }", json!({}))
        .await?;
    let nodes = data["notifications"]["nodes"].as_array().into_iter().flatten();
    Ok(nodes.filter(|node| node["kind"] == kind).count())
}

async fn id_of(who: &Someone) -> Result<Value> {
    Ok(who.ask("{ viewer { user { id } } }", json!({})).await?["viewer"]["user"]["id"].take())
}

/// A product on the marketplace, a customer of which somebody is an employee.
struct Street {
    listing: Listing,
    product: Value,
    admin: Someone,
    employee: Someone,
}

impl Street {
    async fn open(app: &TestApp) -> Result<Self> {
        let listing = Listing::set(app).await?;
        let product = listing.listed().await?;
        let admin = app.customer("blue", EditionName::Professional).await?;
        let organization = admin.organization_id.clone().context("signed in")?;
        let employee = app
            .person("ce", "blue", &organization, &[Role::CustomerEmployee])
            .await?;
        Ok(Self {
            listing,
            product,
            admin,
            employee,
        })
    }
}

on_each_database! {
    async fn l24_a_question_becomes_a_lead_with_what_was_consented_to_and_nothing_without(app) {
        let street = Street::open(app).await?;
        let (partner, employee, product) = (&street.listing.partner, &street.employee, &street.product);
        let silent = consult(employee, product, " ", false).await?;
        let paths: Vec<&Value> = silent["issues"].as_array().into_iter().flatten().map(|issue| &issue["path"]).collect();
        assert_eq!(paths, [&json!(["message"]), &json!(["consent"])], "{silent}");
        assert!(sources(partner, "PARTNER").await?.is_empty());

        let lead = consult(employee, product, "支持私有部署吗？", true).await?;
        assert_eq!(
            (&lead["source"], &lead["status"], &lead["organizationName"], &lead["personName"], &lead["email"], &lead["phone"]),
            (&json!("CONSULTATION"), &json!("NEW"), &json!("blue Ltd"), &json!("ce"), &json!("ce@blue.example"), &json!("+8613800138000")),
            "{lead}"
        );
        assert_eq!(lead["assignedTo"]["name"], "pa", "the product's pre-sales contact looks after it");
        assert_eq!(lead["availableActions"], json!([]), "the customer moves nothing");
        assert_eq!(told(partner, "LEAD_AROSE").await?, 1);

        let again = consult(employee, product, "还想了解报价", true).await?;
        assert_eq!(again["id"], lead["id"], "who asks again adds to the open lead");
        let document = "query($id: ID!) { lead(id: $id) { timeline { nodes { kind note } } } }";
        let steps = partner.ask(document, json!({ "id": lead["id"] })).await?;
        assert_eq!(steps["lead"]["timeline"]["nodes"], json!([
            { "kind": "CREATED", "note": "支持私有部署吗？" }, { "kind": "ASKED_AGAIN", "note": "还想了解报价" },
        ]));
        let refused = employee.send(document, json!({ "id": lead["id"] })).await?;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "NO_PERMISSION", "{refused}");
    }

    async fn l24_trials_and_asked_admins_become_leads_with_consent_alone(app) {
        let street = Street::open(app).await?;
        let (partner, product) = (&street.listing.partner, &street.product);
        let ask = async |shares: bool| {
            let input = json!({ "productId": product["id"], "note": "巡检用", "sharesContact": shares });
            street.employee.act("askAdmins", "AskAdminsInput", input, "... on AskedAdmins { productName }", None).await
        };
        ask(false).await?;
        assert!(sources(partner, "PARTNER").await?.is_empty(), "the admins alone are told");
        ask(true).await?;
        let input = json!({ "productId": product["id"], "way": "TRIAL", "sharesContact": true });
        let opened = street.admin.act("openProduct", "OpenProductInput", input, "... on ProductOrder { status }", None).await?;
        assert_eq!(opened["status"], "PAID", "{opened}");
        assert_eq!(sources(partner, "PARTNER").await?, ["TRIAL", "ASK_ADMINS"]);

        let other = app.customer("green", EditionName::Professional).await?;
        let input = json!({ "productId": product["id"], "way": "TRIAL" });
        other.act("openProduct", "OpenProductInput", input, "... on ProductOrder { status }", None).await?;
        assert_eq!(sources(partner, "PARTNER").await?.len(), 2, "nothing is passed on without consent");
        assert!(sources(&other, "CUSTOMER").await?.is_empty());
        assert_eq!(sources(&street.admin, "CUSTOMER").await?, ["TRIAL", "ASK_ADMINS"], "an admin sees what the organisation passed on");
        assert_eq!(sources(&street.employee, "CUSTOMER").await?, ["ASK_ADMINS"], "an employee what they passed on themselves");
    }

    async fn l24_a_lead_is_given_to_somebody_contacted_and_won_or_lost_with_a_reason(app) {
        let street = Street::open(app).await?;
        let (partner, developer) = (&street.listing.partner, &street.listing.developer);
        let lead = consult(&street.employee, &street.product, "想看演示", true).await?["id"].take();
        assert!(sources(developer, "PARTNER").await?.is_empty(), "who is no admin sees what was given to them");
        assert_eq!(step(developer, "contactLead", &lead, "").await?["code"], "NOT_FOUND");
        assert_eq!(assign(developer, &lead, &id_of(developer).await?).await?["code"], "NO_PERMISSION");
        let stranger = id_of(&street.admin).await?;
        assert_eq!(assign(partner, &lead, &stranger).await?["issues"][0]["path"], json!(["userId"]), "nobody of others");
        let given = assign(partner, &lead, &id_of(developer).await?).await?;
        assert_eq!((&given["assignedTo"]["name"], &given["status"]), (&json!("pd"), &json!("NEW")), "{given}");
        assert_eq!(told(developer, "LEAD_AROSE").await?, 1);

        assert_eq!(step(developer, "winLead", &lead, "").await?["code"], "INVALID_STATE", "first one gets in touch");
        let contacted = step(developer, "contactLead", &lead, "约了周三演示").await?;
        assert_eq!((&contacted["status"], &contacted["availableActions"]), (&json!("CONTACTED"), &json!(["WIN", "LOSE"])), "{contacted}");
        assert_eq!(told(&street.employee, "LEAD_TAKEN").await?, 1);
        let silent = step(developer, "loseLead", &lead, "").await?;
        assert_eq!(silent["issues"][0]["path"], json!(["note"]), "{silent}");
        let lost = step(developer, "loseLead", &lead, "预算不足").await?;
        assert_eq!((&lost["status"], &lost["lostReason"], &lost["availableActions"]), (&json!("LOST"), &json!("预算不足"), &json!([])), "{lost}");
        let document = "query($id: ID!) { lead(id: $id) { status lostReason phone availableActions } }";
        let seen = street.employee.ask(document, json!({ "id": lead })).await?;
        assert_eq!(seen["lead"], json!({ "status": "LOST", "lostReason": "", "phone": "+8613800138000", "availableActions": [] }));
        let rival = app.partner("rival").await?;
        assert_eq!(rival.ask(document, json!({ "id": lead })).await?["lead"], json!(null));

        let anew = consult(&street.employee, &street.product, "明年有预算", true).await?;
        assert_ne!(anew["id"], lead, "what is closed stays closed");
        step(partner, "contactLead", &anew["id"], "").await?;
        assert_eq!(step(partner, "winLead", &anew["id"], "").await?["status"], "WON");
    }

    async fn l24_the_days_cap_is_told_and_ends_with_the_day_in_shanghai(app) {
        let street = Street::open(app).await?;
        let partner = &street.listing.partner;
        let contact = id_of(&street.listing.developer).await?;
        let changes = json!({ "audience": { "industries": [], "dailyTrials": 1 }, "contactIds": [contact, id_of(partner).await?] });
        let product = listed_as(&street.listing, "小应用", &street.listing.category, changes).await?;
        let first = consult(&street.employee, &product, "第一个", true).await?;
        assert_eq!(first["assignedTo"]["name"], "pd", "of two who have nothing to do the first");
        assert_eq!(consult(&street.employee, &product, "补充", true).await?["id"], first["id"], "the same lead is none more");
        let refused = consult(&street.admin, &product, "第二个", true).await?;
        assert_eq!(refused["code"], "LEADS_EXHAUSTED", "{refused}");
        let input = json!({ "productId": product["id"], "note": "", "sharesContact": true });
        let asked = street.employee.act("askAdmins", "AskAdminsInput", input, "... on AskedAdmins { productName }", None).await?;
        assert_eq!(asked["productName"], product["name"], "what somebody else is asked goes on");
        assert_eq!(sources(partner, "PARTNER").await?.len(), 1);
        app.advance(Duration::days(1));
        let second = consult(&street.admin, &product, "第二天", true).await?;
        assert_eq!(second["assignedTo"]["name"], "pa", "the other has nothing to do yet: {second}");
    }

    async fn l24_the_partners_leads_are_exported_as_they_are_filtered(app) {
        let street = Street::open(app).await?;
        consult(&street.employee, &street.product, "=1+1", true).await?;
        let served = Served::start(app)?;
        let path = "/exports/leads.csv";
        let got = served.get(&street.listing.partner.in_chinese(), path).await?;
        assert_eq!(got.status(), 200);
        let table = String::from_utf8(got.bytes().await?.to_vec())?;
        let lines: Vec<&str> = table.trim_end().split("\r\n").collect();
        assert_eq!(lines.len(), 2, "{table}");
        assert!(lines[0].contains("企业,联系人,邮箱,手机,商品,来源"), "{}", lines[0]);
        assert!(lines[1].starts_with("blue Ltd,ce,ce@blue.example,13800138000,设备巡检,咨询,,\"'=1+1\",待联系,pa"), "{}", lines[1]);
        let none = served.get(&street.listing.partner, &format!("{path}?status=WON")).await?.text().await?;
        assert_eq!(none.trim_end().lines().count(), 1, "{none}");
        let others = served.get(&street.listing.developer, path).await?.text().await?;
        assert_eq!(others.trim_end().lines().count(), 1, "who is no admin takes what was given to them: {others}");
        assert_eq!(served.get(&street.admin, path).await?.status(), 403, "a customer has no such table");
        assert_eq!(served.get(&street.listing.partner, &format!("{path}?status=SOLD")).await?.status(), 400);
    }
}
