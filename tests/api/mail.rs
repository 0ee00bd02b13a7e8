//! Mails of notifications (P9), received by a real mail server.

use anyhow::{Context, Result};
use appshelf::config::{Config, Settings};
use appshelf::domain::instant::Instant;
use appshelf::domain::job::Lane;
use appshelf::domain::notification::{Letter, Mail};
use appshelf::domain::organization::{EditionName, Role};
use appshelf::mail::{Failure, Mailer};
use appshelf::store::job;
use appshelf_tests::api::{Someone, TestApp, monday};
use appshelf_tests::on_each_database;
use appshelf_tests::smtp::{MailServer, folder};
use chrono::Duration;
use serde_json::{Value, json};

async fn speaks(who: &Someone, locale: &str) -> Result<()> {
    let input = json!({ "locale": locale });
    who.act(
        "updatePreferences",
        "UpdatePreferencesInput",
        input,
        "... on User { locale }",
        None,
    )
    .await?;
    Ok(())
}

async fn wants(who: &Someone, topic: &str, email: bool) -> Result<()> {
    let (input, on) = (
        json!({ "topic": topic, "email": email }),
        "... on NotificationPreference { email }",
    );
    let set = who
        .act(
            "setNotificationPreference",
            "SetNotificationPreferenceInput",
            input,
            on,
            None,
        )
        .await?;
    assert_eq!(set["email"], email, "{set}");
    Ok(())
}

/// Another admin of the partner, whose name is what the mail server goes by.
async fn colleague(app: &TestApp, partner: &Someone, name: &str) -> Result<Someone> {
    let acme = partner.organization_id.clone().context("signed in")?;
    app.person(name, "acme", &acme, &[Role::PartnerAdmin]).await
}

on_each_database! {
    async fn p9_a_mail_is_in_its_person_s_language_and_leads_to_what_it_tells(app) {
        let Some(mut server) = MailServer::start().await? else { return Ok(()) };
        let app = app.mailing(&server.url())?;
        let scene = app.scene("blue", EditionName::Professional).await?;
        speaks(&scene.colleague, "EN").await?;
        scene.order().await?;
        let wanted = |mail: &Value, subject: &str| mail["headers"]["subject"] == subject;
        let mut english = server.mail_to("pa2@acme.example").await?;
        while !wanted(&english, "blue Ltd bought 设备巡检") {
            english = server.mail_to("pa2@acme.example").await?;
        }
        assert_eq!(english["from"], "no-reply@appshelf.test");
        assert_eq!(english["to"], json!(["pa2@acme.example"]), "nobody sees who else was told");
        let headers = &english["headers"];
        assert_eq!((&headers["from"], &headers["to"]), (&json!("AppShelf 通知 <no-reply@appshelf.test>"), &json!("pa2@acme.example")));
        assert_eq!(headers["auto-submitted"], "auto-generated");
        let newest = scene.colleague.ask("{ inbox { newest { id organization { id } } } }", json!({})).await?;
        let (id, at) = (&newest["inbox"]["newest"]["id"], &newest["inbox"]["newest"]["organization"]["id"]);
        let [id, at] = [id, at].map(|id| id.as_str().unwrap_or_default());
        assert_eq!(headers["message-id"], format!("<{id}@appshelf.test>"));
        let text = english["text"].as_str().context("a text")?;
        assert!(text.contains(&format!("Open it: http://appshelf.test/notifications/{id}?organization={at}")), "{text}");
        assert!(text.contains("waits for the application to be sent"), "{text}");
        assert!(text.contains("http://appshelf.test/notifications/settings"), "{text}");
        assert!(english["html"].as_str().is_some_and(|html| html.contains("<html lang=\"en\">")), "{english}");

        scene.instance().await?;
        let chinese = server.mail_to("ca@blue.example").await?;
        assert_eq!(chinese["headers"]["subject"], "应用“设备巡检”已送达，等待验收（acme Ltd）");
        let text = chinese["text"].as_str().context("a text")?;
        assert!(text.contains("您是“blue Ltd”的成员，因此收到这封 AppShelf 通知邮件。"), "{text}");
        assert!(chinese["html"].as_str().is_some_and(|html| html.contains("<html lang=\"zh-CN\">")), "{chinese}");
    }

    async fn p9_nobody_gets_mails_that_they_switched_off(app) {
        let Some(mut server) = MailServer::start().await? else { return Ok(()) };
        let app = app.mailing(&server.url())?;
        let scene = app.scene("blue", EditionName::Professional).await?;
        let asked = scene.colleague.ask("{ notificationPreferences { mailsAreSent } }", json!({})).await?;
        assert_eq!(asked["notificationPreferences"]["mailsAreSent"], true);
        wants(&scene.colleague, "ORDERS", false).await?;
        scene.order().await?;
        wants(&scene.colleague, "ORDERS", true).await?;
        scene.order().await?;
        let (mut creator, mut other) = (0, 0);
        while creator < 2 || other < 1 {
            let told = server.next().await?;
            if told["mail"]["headers"]["subject"] == "“blue Ltd”购买了应用“设备巡检”" {
                creator += i32::from(told["mail"]["to"][0] == scene.partner.email.as_str());
                other += i32::from(told["mail"]["to"][0] == scene.colleague.email.as_str());
            }
        }
        assert_eq!((creator, other), (2, 1));
    }

    async fn p9_a_server_that_puts_a_mail_off_is_asked_again(app) {
        let Some(mut server) = MailServer::start().await? else { return Ok(()) };
        let app = app.mailing(&server.url())?;
        let scene = app.scene("blue", EditionName::Professional).await?;
        let slow = colleague(&app, &scene.partner, "temporary").await?;
        scene.order().await?;
        let later = || app.advance(Duration::seconds(1));
        let first = server.wait_for(&slow.email, later).await?;
        assert_eq!(first["refused"], 451, "{first}");
        let second = server.wait_for(&slow.email, later).await?;
        assert_eq!(second["mail"]["headers"]["subject"], "“blue Ltd”购买了应用“设备巡检”", "{second}");
    }

    async fn p9_a_mail_that_will_never_be_taken_is_given_up(app) {
        let Some(mut server) = MailServer::start().await? else { return Ok(()) };
        let app = app.mailing(&server.url())?;
        let scene = app.scene("blue", EditionName::Professional).await?;
        let gone = colleague(&app, &scene.partner, "permanent").await?;
        scene.order().await?;
        assert_eq!(server.wait_for(&gone.email, || ()).await?["refused"], 550);
        let mut signals = app.app.store.signals();
        while app.app.store.read(|conn| job::next_due(conn, Lane::Mails)).await?.is_some() {
            // Woken by what is committed; ends with the test's time where the mail is kept for another try.
            let _ = tokio::time::timeout(std::time::Duration::from_millis(200), signals.recv()).await;
        }
    }

    async fn p9_what_was_read_is_not_mailed_any_more(app) {
        let Some(mut server) = MailServer::start().await? else { return Ok(()) };
        let app = app.mailing(&server.url())?;
        let scene = app.scene("blue", EditionName::Professional).await?;
        let slow = colleague(&app, &scene.partner, "temporary").await?;
        scene.order().await?;
        assert_eq!(server.wait_for(&slow.email, || ()).await?["refused"], 451);
        let on = "... on Inbox { unreadCount }";
        slow.act("markAllNotificationsRead", "MarkAllNotificationsReadInput", json!({}), on, None).await?;
        scene.order().await?;
        let mail = server.wait_for(&slow.email, || app.advance(Duration::seconds(1))).await?;
        assert!(mail["mail"]["text"].as_str().is_some_and(|text| text.contains("购买")), "{mail}");
        let newest = slow.ask("{ inbox { newest { id } } }", json!({})).await?["inbox"]["newest"]["id"].take();
        let id = mail["mail"]["headers"]["message-id"].as_str().context("an id")?;
        assert!(id.contains(newest.as_str().context("an id")?), "the second order's: {mail}");
    }
}

fn mailer(settings: Settings) -> Result<Mailer> {
    let config = Config::load(Settings {
        mail_from: Some("no-reply@appshelf.test".to_owned()),
        ..settings
    })?;
    Mailer::open(config.mail.as_ref().context("mails are sent")?, &config.base_url)
}

fn letter(to: &str) -> Letter {
    Letter {
        to: to.to_owned(),
        id: "notification_x".to_owned(),
        at: Instant::from(monday()),
        mail: Mail {
            subject: "审批通过\r\nBcc: spy@rival.example".to_owned(),
            text: "一\n.\n二".to_owned(),
            html: "<p>一</p>".to_owned(),
        },
    }
}

#[tokio::test]
async fn p9_a_guarded_server_takes_mails_over_tls_from_those_who_know_the_password() -> Result<()> {
    let Some(mut server) = MailServer::start_guarded().await? else {
        return Ok(());
    };
    let secrets = tempfile::tempdir()?;
    let password = secrets.path().join("password");
    std::fs::write(&password, "p/w 1\n")?;
    let trusted = Some(folder().join("ca.pem").display().to_string());
    let url = |user: &str| Some(format!("smtp://{user}@localhost:{}?tls=required", server.port()));
    let from_url = Settings {
        smtp_url: url("appshelf:p%2Fw%201"),
        smtp_ca: trusted.clone(),
        ..Settings::default()
    };
    let from_file = Settings {
        smtp_url: url("appshelf"),
        smtp_password_file: Some(password.display().to_string()),
        smtp_ca: trusted.clone(),
        ..Settings::default()
    };
    let wrong = Settings {
        smtp_url: url("appshelf:hunter2"),
        smtp_ca: trusted,
        ..Settings::default()
    };
    let untrusted = Settings {
        smtp_ca: None,
        ..from_url.clone()
    };
    for settings in [from_url, from_file] {
        mailer(settings)?.send(&letter("ann@appshelf.test")).await?;
        let told = server.next().await?;
        assert_eq!(
            (&told["encrypted"], &told["user"]),
            (&json!(true), &json!(true)),
            "{told}"
        );
    }
    let refused = mailer(wrong)?.send(&letter("ann@appshelf.test")).await;
    let expected = Failure::Temporary("the mail server answered 535: check APPSHELF_SMTP_URL".to_owned());
    assert_eq!(
        refused,
        Err(expected),
        "whoever runs the server has to mend it; the mail waits"
    );
    let refused = mailer(untrusted)?.send(&letter("ann@appshelf.test")).await;
    assert!(
        matches!(&refused, Err(Failure::Temporary(why)) if why.contains("ertificate")),
        "{refused:?}"
    );
    Ok(())
}

#[tokio::test]
async fn p9_no_header_can_be_slipped_in_and_no_address_gets_into_a_failure() -> Result<()> {
    let Some(mut server) = MailServer::start().await? else {
        return Ok(());
    };
    let mailer = mailer(Settings {
        smtp_url: Some(server.url()),
        ..Settings::default()
    })?;
    mailer.send(&letter("ann@appshelf.test")).await?;
    let told = server.next().await?["mail"].take();
    assert_eq!(told["to"], json!(["ann@appshelf.test"]));
    let names = told["names"].as_array().context("names")?;
    assert!(!names.contains(&json!("bcc")), "{told}");
    assert_eq!(told["text"].as_str().map(str::trim_end), Some("一\r\n.\r\n二"));
    let refused = mailer.send(&letter("permanent@appshelf.test")).await;
    assert_eq!(
        refused,
        Err(Failure::Permanent("the mail server answered 550".to_owned()))
    );
    let refused = mailer.send(&letter("temporary@appshelf.test")).await;
    assert_eq!(
        refused,
        Err(Failure::Temporary("the mail server answered 451".to_owned()))
    );
    let refused = mailer.send(&letter("x@y.example>\r\nRCPT TO:<spy@rival.example")).await;
    assert!(matches!(refused, Err(Failure::Permanent(_))), "{refused:?}");
    drop(server);
    let refused = mailer.send(&letter("ann@appshelf.test")).await;
    assert!(
        matches!(&refused, Err(Failure::Temporary(why)) if !why.contains("ann@")),
        "{refused:?}"
    );
    Ok(())
}
