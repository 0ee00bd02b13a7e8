//! Signing in, switching, signing out.

use appshelf::domain::organization::{EditionName, Role};
use appshelf_tests::api::PASSWORD;
use appshelf_tests::on_each_database;
use serde_json::json;

const WHO: &str = "{ viewer { user { email } organization { corpId name } roles memberships { roles } } }";

on_each_database! {
    async fn signing_in_answers_who_is_asking(app) {
        let partner = app.partner("acme").await?;
        let nobody = app.nobody();
        let session = "... on Session { accessToken viewer { user { email } roles } }";
        let input = json!({ "email": "PA@acme.example", "password": PASSWORD });
        let signed_in = nobody.act("signIn", "SignInInput", input, session, None).await?;
        assert_eq!(signed_in["viewer"]["user"]["email"], "pa@acme.example", "{signed_in}");
        let wrong = json!({ "email": "pa@acme.example", "password": "guess" });
        let refused = nobody.act("signIn", "SignInInput", wrong, session, None).await?;
        assert_eq!(refused["code"], "BAD_CREDENTIALS");
        let who = partner.ask(WHO, json!({})).await?;
        assert_eq!(who["viewer"]["roles"], json!(["PARTNER_ADMIN"]));
        assert_eq!(nobody.ask(WHO, json!({})).await?["viewer"], json!(null));
    }

    async fn signing_out_bites_on_the_next_request(app) {
        let partner = app.partner("acme").await?;
        partner.ask("mutation { signOut { ... on SignedOut { done } } }", json!({})).await?;
        let after = partner.send(WHO, json!({})).await?;
        assert_eq!(after["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{after}");
    }

    async fn a_person_switches_between_their_organisations_and_no_others(app) {
        let partner = app.partner("acme").await?;
        let customer = app.customer("blue", EditionName::Free).await?;
        let foreign = app.customer("other", EditionName::Free).await?;
        let blue = customer.organization_id.clone().expect("signed in");
        app.member(&partner.email, "blue", &blue, &[Role::CustomerEmployee]).await?;
        let switched = "... on Session { accessToken viewer { organization { corpId } roles } }";
        let input = json!({ "organizationId": blue.as_str() });
        let done = partner.act("switchOrganization", "SwitchOrganizationInput", input, switched, None).await?;
        assert_eq!(done["viewer"]["roles"], json!(["CUSTOMER_EMPLOYEE"]), "{done}");
        let old = partner.send(WHO, json!({})).await?;
        assert_eq!(old["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "the token of the other organisation is over");
        let mut again = partner.clone();
        again.bearer = done["accessToken"].as_str().map(str::to_owned);
        for id in [foreign.organization_id.expect("signed in").to_string(), "organization_x".to_owned()] {
            let input = json!({ "organizationId": id });
            let refused = again.act("switchOrganization", "SwitchOrganizationInput", input, switched, None).await?;
            assert_eq!(refused["code"], "NOT_FOUND");
        }
    }

    async fn the_language_is_the_persons_else_the_requests(app) {
        let partner = app.partner("acme").await?;
        let asked = "{ viewer { user { locale } } }";
        assert_eq!(partner.ask(asked, json!({})).await?["viewer"]["user"]["locale"], "EN");
        assert_eq!(partner.in_chinese().ask(asked, json!({})).await?["viewer"]["user"]["locale"], "ZH_CN");
        let chosen = "mutation { updatePreferences(input: { locale: EN }) { ... on User { locale } } }";
        partner.ask(chosen, json!({})).await?;
        assert_eq!(partner.in_chinese().ask(asked, json!({})).await?["viewer"]["user"]["locale"], "EN");
    }
}
