//! Service requests (L25): who may ask and who sees which, the thread with its files, states and times, the partner's overview, and
//! who is told.

use anyhow::{Context, Result};
use appshelf::domain::file::FilePurpose;
use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::{Someone, TestApp};
use appshelf_tests::forms::paths;
use appshelf_tests::on_each_database;
use appshelf_tests::scene::{Scene, ask_partner, picture, text};
use chrono::Duration;
use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::served::Served;

const REQUEST: &str = "... on ServiceRequest { id status version: versionNumber title waitingSince firstResponseAt \
                       firstResponseSeconds closedAt closingSeconds closedBy { name } availableActions }";
const READ: &str = "query($id: ID!) { serviceRequest(id: $id) { id status availableActions instance { id } applicationName \
                    openedBy { name } messages(last: 20) { nodes { kind side text author { name } files { id name } } totalCount } } }";
const LIST: &str = "query($party: OrderParty, $filter: ServiceRequestFilter, $first: Int, $after: String) { \
                    serviceRequests(party: $party, filter: $filter, first: $first, after: $after) { \
                    nodes { title } totalCount pageInfo { hasNextPage endCursor } } }";

/// An application in use, which everybody of the customer may open.
struct Desk {
    scene: Scene,
    instance: String,
}

impl Desk {
    async fn open(app: &TestApp) -> Result<Self> {
        let scene = app.scene("blue", EditionName::Professional).await?;
        let instance = scene.forms_in_use().await?;
        Ok(Self { scene, instance })
    }

    async fn asked(&self) -> Result<String> {
        ask_partner(&self.scene.employee, &self.instance, "每日同步失败").await
    }
}

async fn write(who: &Someone, name: &str, id: &str, text: &str, files: &[String]) -> Result<Value> {
    let input = json!({ "id": id, "text": text, "fileIds": files });
    who.act(name, "ServiceMessageInput", input, REQUEST, None).await
}

async fn answer(who: &Someone, id: &str) -> Result<Value> {
    write(who, "answerServiceRequest", id, "已定位，今晚修复。", &[]).await
}

async fn reply(who: &Someone, id: &str) -> Result<Value> {
    write(who, "replyToServiceRequest", id, "今天又出现了。", &[]).await
}

async fn close(who: &Someone, id: &str, note: Option<&str>) -> Result<Value> {
    let input = json!({ "id": id, "note": note });
    who.act("closeServiceRequest", "CloseServiceRequestInput", input, REQUEST, None)
        .await
}

async fn read(who: &Someone, id: &str) -> Result<Value> {
    Ok(who.ask(READ, json!({ "id": id })).await?["serviceRequest"].take())
}

/// The titles that somebody's list holds; nothing where they may not read it.
async fn listed(who: &Someone, party: &str, filter: Value) -> Result<Option<Vec<String>>> {
    let answer = who.send(LIST, json!({ "party": party, "filter": filter })).await?;
    let nodes = answer["data"]["serviceRequests"]["nodes"].as_array();
    Ok(nodes.map(|nodes| nodes.iter().filter_map(|node| text(&node["title"])).collect()))
}

/// The kinds of what somebody was told and has not read, newest first.
async fn unread(who: &Someone) -> Result<Vec<String>> {
    let document = "{ notifications(first: 50, unread: true) { nodes { kind topic } } }";
    let data = who.ask(document, json!({})).await?;
    let nodes = data["notifications"]["nodes"].as_array().cloned().unwrap_or_default();
    let service = nodes.into_iter().filter(|node| node["topic"] == "SERVICE");
    Ok(service.filter_map(|node| text(&node["kind"])).collect())
}

async fn attachment(who: &Someone) -> Result<String> {
    who.upload(FilePurpose::ServiceAttachment, "截图.png", picture()).await
}

on_each_database! {
    async fn l25_a_request_is_answered_closed_and_opened_again_by_a_reply(app) {
        let desk = Desk::open(app).await?;
        let (asker, developer) = (&desk.scene.employee, &desk.scene.developer);
        let id = desk.asked().await?;
        let seen = read(asker, &id).await?;
        assert_eq!((&seen["status"], &seen["availableActions"]), (&json!("OPEN"), &json!(["REPLY", "CLOSE"])), "{seen}");
        assert_eq!(read(developer, &id).await?["availableActions"], json!(["ANSWER", "CLOSE"]));
        app.advance(Duration::minutes(90));
        let answered = answer(developer, &id).await?;
        assert_eq!((&answered["status"], &answered["firstResponseSeconds"]), (&json!("ANSWERED"), &json!(5400)), "{answered}");
        assert!(answered["waitingSince"].is_null(), "{answered}");
        app.advance(Duration::minutes(30));
        let again = reply(asker, &id).await?;
        assert_eq!((&again["status"], &again["firstResponseSeconds"]), (&json!("OPEN"), &json!(5400)), "{again}");
        let bare = close(developer, &id, None).await?;
        assert_eq!((paths(&bare), &bare["code"]), (vec!["note".to_owned()], &json!("VALIDATION")), "a partner says what was done");
        let closed = close(developer, &id, Some("已在 1.0.1 修复。")).await?;
        assert_eq!((&closed["status"], &closed["closingSeconds"], &closed["closedBy"]["name"]), (&json!("CLOSED"), &json!(7200), &json!("pd")), "{closed}");
        let late = answer(developer, &id).await?;
        assert_eq!((&late["code"], &late["fromStatus"], &late["action"]), (&json!("INVALID_STATE"), &json!("CLOSED"), &json!("ANSWER")), "{late}");
        let reopened = reply(asker, &id).await?;
        assert_eq!((&reopened["status"], &reopened["closedAt"], &reopened["closingSeconds"]), (&json!("OPEN"), &Value::Null, &Value::Null), "{reopened}");
        let solved = close(asker, &id, None).await?;
        assert_eq!((&solved["status"], &solved["availableActions"]), (&json!("CLOSED"), &json!(["REPLY"])), "{solved}");
        let thread = read(&desk.scene.partner, &id).await?["messages"].take();
        let kinds: Vec<&Value> = thread["nodes"].as_array().context("messages")?.iter().map(|message| &message["kind"]).collect();
        assert_eq!(kinds, ["OPENED", "ANSWERED", "REOPENED", "CLOSED", "REOPENED", "CLOSED"]);
        assert_eq!((&thread["nodes"][0]["side"], &thread["nodes"][0]["author"]["name"]), (&json!("CUSTOMER"), &json!("ce")));
        app.advance(Duration::days(30));
        let over = reply(asker, &id).await?;
        assert_eq!((&over["code"], &over["fromStatus"]), (&json!("INVALID_STATE"), &json!("CLOSED")), "{over}");
        assert!(over["nextStep"].as_str().is_some_and(|step| step.contains("new request")), "{over}");
        assert_eq!(read(asker, &id).await?["availableActions"], json!([]));
    }

    async fn l25_whoever_may_use_the_application_asks_and_nobody_else(app) {
        let desk = Desk::open(app).await?;
        let scene = &desk.scene;
        let input = |instance: &str| json!({ "instanceId": instance, "kind": "QUESTION", "title": "如何导出", "text": "怎样导出合同？" });
        let open = async |who: &Someone, instance: &str| {
            who.act("openServiceRequest", "OpenServiceRequestInput", input(instance), REQUEST, None).await
        };
        for who in [&scene.customer, &scene.employee] {
            assert_eq!(open(who, &desk.instance).await?["status"], "OPEN");
        }
        let trial = scene.instance().await?;
        assert_eq!(open(&scene.customer, &trial).await?["status"], "OPEN", "an admin asks while they try it");
        assert_eq!(open(&scene.employee, &trial).await?["code"], "NOT_FOUND", "an employee does not see it yet");
        for who in [&scene.partner, &scene.developer, &scene.reviewer] {
            assert_eq!(open(who, &desk.instance).await?["code"], "NO_PERMISSION");
        }
        let stranger = app.customer("green", EditionName::Free).await?;
        assert_eq!(open(&stranger, &desk.instance).await?["code"], "NOT_FOUND");
        let nobody = app.nobody().send("{ serviceRequests { nodes { id } } }", json!({})).await?;
        assert_eq!(nobody["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    }

    async fn l25_the_opener_their_admins_and_the_partner_see_it_and_nobody_else(app) {
        let desk = Desk::open(app).await?;
        let scene = &desk.scene;
        let id = desk.asked().await?;
        let blue = scene.customer.organization_id.clone().context("signed in")?;
        let other = app.person("ce2", "blue", &blue, &[Role::CustomerEmployee]).await?;
        let (rival, stranger) = (app.partner("rival").await?, app.customer("green", EditionName::Free).await?);
        let own = Some(vec!["每日同步失败".to_owned()]);
        for (who, party) in [(&scene.employee, "CUSTOMER"), (&scene.customer, "CUSTOMER"), (&scene.partner, "PARTNER"), (&scene.colleague, "PARTNER"), (&scene.developer, "PARTNER")] {
            assert_eq!(read(who, &id).await?["id"], json!(id));
            assert_eq!(listed(who, party, json!({})).await?, own);
        }
        for (who, party) in [(&other, "CUSTOMER"), (&stranger, "CUSTOMER"), (&rival, "PARTNER")] {
            assert!(read(who, &id).await?.is_null());
            assert_eq!(listed(who, party, json!({})).await?, Some(Vec::new()));
            let wrote = match party {
                "PARTNER" => answer(who, &id).await?,
                _ => reply(who, &id).await?,
            };
            assert_eq!(wrote["code"], "NOT_FOUND");
            assert_eq!(close(who, &id, Some("x")).await?["code"], "NOT_FOUND");
        }
        assert_eq!(listed(&scene.reviewer, "PARTNER", json!({})).await?, None);
        assert_eq!(reply(&scene.partner, &id).await?["code"], "NO_PERMISSION");
        assert_eq!(answer(&scene.customer, &id).await?["code"], "NO_PERMISSION");
        assert_eq!(read(&scene.employee, &id).await?["instance"]["id"], json!(desk.instance));
        assert!(read(&scene.partner, &id).await?["instance"].is_null(), "what is inside is the customer's");
        let gone = json!({ "id": desk.instance });
        scene.customer.act("disableInstance", "InstanceActionInput", gone, "... on AppInstance { id }", None).await?;
        let seen = read(&scene.employee, &id).await?;
        assert_eq!((&seen["instance"], &seen["id"]), (&Value::Null, &json!(id)), "what was asked stays, the application is closed");
    }

    async fn l25_a_file_is_its_uploaders_until_a_message_has_it_then_both_sides_download_it(app) {
        let desk = Desk::open(app).await?;
        let scene = &desk.scene;
        let served = Served::start(app)?;
        let status = async |who: &Someone, file: &str| anyhow::Ok(served.get(who, &format!("/files/{file}")).await?.status().as_u16());
        let answered = served.put(&scene.employee, "purpose=SERVICE_ATTACHMENT&name=a.png", picture()).await?;
        assert_eq!(answered.status(), 201);
        let file = answered.json::<Value>().await?["id"].as_str().unwrap_or_default().to_owned();
        assert_eq!(served.put(&scene.reviewer, "purpose=SERVICE_ATTACHMENT&name=a.png", picture()).await?.status(), 403);
        assert_eq!(served.put(&scene.employee, "purpose=CONTRACT&name=a.png", picture()).await?.status(), 403);
        assert_eq!((status(&scene.employee, &file).await?, status(&scene.customer, &file).await?), (200, 404));
        let stolen = json!({ "instanceId": desk.instance, "kind": "FAULT", "title": "偷看", "text": "x", "fileIds": [file] });
        let refused = scene.customer.act("openServiceRequest", "OpenServiceRequestInput", stolen, REQUEST, None).await?;
        assert_eq!(paths(&refused), ["fileIds.0"], "somebody else's upload: {refused}");
        let id = desk.asked().await?;
        write(&scene.employee, "replyToServiceRequest", &id, "见图", std::slice::from_ref(&file)).await?;
        for who in [&scene.employee, &scene.customer, &scene.partner, &scene.developer] {
            assert_eq!(status(who, &file).await?, 200);
        }
        let blue = scene.customer.organization_id.clone().context("signed in")?;
        let other = app.person("ce2", "blue", &blue, &[Role::CustomerEmployee]).await?;
        for who in [&other, &scene.reviewer, &app.partner("rival").await?, &app.customer("green", EditionName::Free).await?] {
            assert_eq!(status(who, &file).await?, 404);
        }
        let twice = write(&scene.employee, "replyToServiceRequest", &id, "再看", std::slice::from_ref(&file)).await?;
        assert_eq!(paths(&twice), ["fileIds.0"], "a file belongs to one message: {twice}");
        let log = attachment(&scene.developer).await?;
        write(&scene.developer, "answerServiceRequest", &id, "见日志", std::slice::from_ref(&log)).await?;
        assert_eq!(status(&scene.employee, &log).await?, 200);
        let thread = read(&scene.customer, &id).await?["messages"].take();
        assert_eq!((&thread["nodes"][1]["files"][0]["name"], &thread["nodes"][2]["files"][0]["id"]), (&json!("a.png"), &json!(log)), "{thread}");
    }

    async fn l25_everything_wrong_is_refused_at_once_with_its_field(app) {
        let desk = Desk::open(app).await?;
        let by = &desk.scene.employee;
        let open = async |title: &str, text: &str, files: Vec<String>| {
            let input = json!({ "instanceId": desk.instance, "kind": "CHANGE", "title": title, "text": text, "fileIds": files });
            by.act("openServiceRequest", "OpenServiceRequestInput", input, REQUEST, None).await
        };
        assert_eq!(paths(&open("短", " ", vec!["x".to_owned()]).await?), ["title", "text", "fileIds.0"]);
        assert_eq!(paths(&open(&"长".repeat(81), &"长".repeat(5_001), Vec::new()).await?), ["title", "text"]);
        let mut six = Vec::new();
        for _ in 0..6 {
            six.push(attachment(by).await?);
        }
        assert_eq!(paths(&open("六个文件", "x", six.clone()).await?), ["fileIds"]);
        six.pop();
        assert_eq!(open(&"👨‍👩‍👧‍👦".repeat(80), &"长".repeat(5_000), six).await?["status"], "OPEN");
    }

    async fn l25_two_people_who_answer_at_the_same_moment_are_both_heard(app) {
        let desk = Desk::open(app).await?;
        let id = desk.asked().await?;
        let (scene, name) = (&desk.scene, "answerServiceRequest");
        let written = futures_util::future::join_all(
            [&scene.partner, &scene.colleague, &scene.developer, &scene.partner].into_iter().enumerate().map(async |(n, who)| {
                write(who, name, &id, &format!("答复 {n}"), &[]).await
            }),
        );
        for answered in written.await {
            assert_eq!(answered?["status"], "ANSWERED");
        }
        let thread = read(&scene.customer, &id).await?["messages"].take();
        let mut texts: Vec<&str> = thread["nodes"].as_array().context("messages")?.iter().filter_map(|message| message["text"].as_str()).skip(1).collect();
        texts.sort_unstable();
        assert_eq!(texts, ["答复 0", "答复 1", "答复 2", "答复 3"]);
        let both = futures_util::future::join(answer(&scene.partner, &id), reply(&scene.employee, &id)).await;
        assert!(both.0?["id"].is_string() && both.1?["id"].is_string());
        assert_eq!(read(&scene.customer, &id).await?["messages"]["totalCount"], 7);
    }

    async fn l25_a_repeat_with_its_key_writes_once(app) {
        let desk = Desk::open(app).await?;
        let id = desk.asked().await?;
        let input = json!({ "id": id, "text": "已修复" });
        for _ in 0..2 {
            let answered = desk.scene.partner.act("answerServiceRequest", "ServiceMessageInput", input.clone(), REQUEST, Some("k1")).await?;
            assert_eq!(answered["id"], json!(id));
        }
        assert_eq!(read(&desk.scene.partner, &id).await?["messages"]["totalCount"], 2);
    }

    async fn l25_those_whom_it_concerns_are_told_and_what_was_answered_waits_no_more(app) {
        let desk = Desk::open(app).await?;
        let scene = &desk.scene;
        let id = desk.asked().await?;
        for who in [&scene.partner, &scene.colleague] {
            assert_eq!(unread(who).await?, ["SERVICE_REQUESTED"]);
        }
        assert!(unread(&scene.developer).await?.is_empty() && unread(&scene.employee).await?.is_empty());
        let waiting = "{ waiting { kind count items { id name party } } }";
        let waits = async |who: &Someone| {
            let data = who.ask(waiting, json!({})).await?;
            let lists = data["waiting"].as_array().cloned().unwrap_or_default();
            anyhow::Ok(lists.into_iter().find(|list| list["kind"] == "SERVICE_REQUEST_TO_ANSWER"))
        };
        let item = json!({ "id": id, "name": "每日同步失败", "party": "blue Ltd" });
        let list = json!({ "kind": "SERVICE_REQUEST_TO_ANSWER", "count": 1, "items": [item] });
        assert_eq!((waits(&scene.developer).await?, waits(&scene.customer).await?), (Some(list), None));
        answer(&scene.developer, &id).await?;
        assert!(unread(&scene.partner).await?.is_empty(), "answered: nothing to read any more");
        assert_eq!(waits(&scene.partner).await?, None);
        assert_eq!((unread(&scene.employee).await?, unread(&scene.customer).await?), (vec!["SERVICE_ANSWERED".to_owned()], Vec::new()));
        reply(&scene.employee, &id).await?;
        assert!(unread(&scene.employee).await?.is_empty());
        for who in [&scene.partner, &scene.colleague, &scene.developer] {
            assert_eq!(unread(who).await?, ["SERVICE_REPLIED"], "whoever answered before hears of it too");
        }
        close(&scene.partner, &id, Some("已修复")).await?;
        assert_eq!(unread(&scene.employee).await?, ["SERVICE_CLOSED"]);
        reply(&scene.employee, &id).await?;
        close(&scene.employee, &id, None).await?;
        assert_eq!(unread(&scene.developer).await?, ["SERVICE_SOLVED"]);
        let read = "{ notifications(first: 1) { nodes { title body target objectId } } }";
        let told = scene.developer.in_chinese().ask(read, json!({})).await?["notifications"]["nodes"][0].take();
        assert_eq!((&told["title"], &told["target"], &told["objectId"]), (&json!("“blue Ltd”已关闭服务请求“每日同步失败”"), &json!("SERVICE_DESK"), &json!(id)));
    }

    async fn l25_the_overview_counts_what_waits_and_how_long_answers_took(app) {
        let desk = Desk::open(app).await?;
        let scene = &desk.scene;
        let overview = "{ serviceOverview { openCount longestWaiting { title } firstResponse { count meanSeconds medianSeconds } \
                        closing { count meanSeconds medianSeconds } } }";
        let figures = async |who: &Someone| anyhow::Ok(who.ask(overview, json!({})).await?["serviceOverview"].take());
        let none = json!({ "count": 0, "meanSeconds": null, "medianSeconds": null });
        assert_eq!(figures(&scene.partner).await?, json!({ "openCount": 0, "longestWaiting": null, "firstResponse": none, "closing": none }));
        for (title, minutes) in [("一小时", 60), ("两小时", 120), ("九小时", 540), ("四小时", 240)] {
            let id = ask_partner(&scene.employee, &desk.instance, title).await?;
            app.advance(Duration::minutes(minutes));
            answer(&scene.partner, &id).await?;
            if title == "九小时" {
                close(&scene.employee, &id, None).await?;
            }
        }
        for title in ["先来", "后到"] {
            ask_partner(&scene.employee, &desk.instance, title).await?;
            app.advance(Duration::minutes(1));
        }
        let first = json!({ "count": 4, "meanSeconds": 14_400, "medianSeconds": 10_800 });
        let closing = json!({ "count": 1, "meanSeconds": 32_400, "medianSeconds": 32_400 });
        let all = json!({ "openCount": 2, "longestWaiting": { "title": "先来" }, "firstResponse": first, "closing": closing });
        assert_eq!(figures(&scene.developer).await?, all);
        app.advance(Duration::days(31));
        let later = figures(&scene.partner).await?;
        assert_eq!((&later["openCount"], &later["firstResponse"], &later["closing"]), (&json!(2), &none, &none), "{later}");
        for who in [&scene.customer, &scene.reviewer] {
            assert_eq!(who.send(overview, json!({})).await?["errors"][0]["extensions"]["code"], "NO_PERMISSION");
        }
        assert_eq!(figures(&app.partner("rival").await?).await?["openCount"], 0);
    }

    async fn l25_lists_are_narrowed_and_paged_newest_word_first(app) {
        let desk = Desk::open(app).await?;
        let scene = &desk.scene;
        let trial = scene.instance().await?;
        let mut ids = Vec::new();
        for (instance, title) in [(&desk.instance, "甲问"), (&trial, "乙问"), (&desk.instance, "丙问")] {
            ids.push(ask_partner(&scene.customer, instance, title).await?);
            app.advance(Duration::minutes(1));
        }
        answer(&scene.partner, &ids[0]).await?;
        let titles = |titles: &[&str]| Some(titles.iter().map(|title| (*title).to_owned()).collect::<Vec<String>>());
        assert_eq!(listed(&scene.partner, "PARTNER", json!({})).await?, titles(&["甲问", "丙问", "乙问"]), "written in last first");
        assert_eq!(listed(&scene.partner, "PARTNER", json!({ "status": "OPEN" })).await?, titles(&["丙问", "乙问"]));
        assert_eq!(listed(&scene.partner, "PARTNER", json!({ "kind": "CHANGE" })).await?, titles(&[]));
        assert_eq!(listed(&scene.partner, "PARTNER", json!({ "applicationId": scene.application })).await?, titles(&["乙问"]));
        assert_eq!(listed(&scene.customer, "CUSTOMER", json!({ "instanceId": trial })).await?, titles(&["乙问"]));
        let page = async |after: &Value| anyhow::Ok(scene.partner.ask(LIST, json!({ "party": "PARTNER", "first": 2, "after": after })).await?["serviceRequests"].take());
        let first = page(&Value::Null).await?;
        assert_eq!((&first["totalCount"], &first["pageInfo"]["hasNextPage"], first["nodes"].as_array().map(Vec::len)), (&json!(3), &json!(true), Some(2)));
        let second = page(&first["pageInfo"]["endCursor"]).await?;
        assert_eq!(second["nodes"], json!([{ "title": "乙问" }]));
    }

    async fn l25_a_thread_and_the_lists_tell_live_of_what_is_written(app) {
        let desk = Desk::open(app).await?;
        let scene = &desk.scene;
        let id = desk.asked().await?;
        let thread = "subscription($id: ID!) { serviceRequestChanged(id: $id) { request { status } } }";
        let list = "subscription { serviceRequestsChanged { request { id status } } }";
        let mut asker = scene.employee.subscribe(thread, json!({ "id": id })).await?;
        let mut desk_list = scene.colleague.subscribe(list, json!({})).await?;
        let status = |told: Option<Value>, field: &str| told.map(|it| it["data"][field]["request"]["status"].clone());
        assert_eq!(status(asker.next().await, "serviceRequestChanged"), Some(json!("OPEN")));
        assert_eq!(status(desk_list.next().await, "serviceRequestsChanged"), Some(json!("OPEN")));
        answer(&scene.developer, &id).await?;
        assert_eq!(status(asker.next().await, "serviceRequestChanged"), Some(json!("ANSWERED")));
        assert_eq!(status(desk_list.next().await, "serviceRequestsChanged"), Some(json!("ANSWERED")));
        let foreign = app.partner("rival").await?.subscribe(thread, json!({ "id": id })).await?.next().await.unwrap_or_default();
        assert_eq!(foreign["errors"][0]["extensions"]["code"], "NOT_FOUND", "{foreign}");
    }

    async fn l25_each_step_stands_in_both_organisations_logs_without_what_was_written(app) {
        let desk = Desk::open(app).await?;
        let scene = &desk.scene;
        let id = desk.asked().await?;
        answer(&scene.developer, &id).await?;
        reply(&scene.employee, &id).await?;
        close(&scene.partner, &id, Some("已修复")).await?;
        let log = "query($id: String!) { auditEntries(objectId: $id) { nodes { action after } } }";
        for who in [&scene.partner, &scene.customer] {
            let data = who.ask(log, json!({ "id": id })).await?;
            let entries = data["auditEntries"]["nodes"].as_array().cloned().unwrap_or_default();
            let mut actions: Vec<&str> = entries.iter().filter_map(|entry| entry["action"].as_str()).collect();
            actions.reverse();
            assert_eq!(actions, ["service_request.opened", "service_request.answered", "service_request.reopened", "service_request.closed"]);
            assert!(!data.to_string().contains("没有数据"), "{data}");
        }
    }
}
