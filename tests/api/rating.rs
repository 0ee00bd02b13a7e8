//! Ratings (L12): who rates, who answers, who takes from view, and what everybody else is told.

use anyhow::Result;
use appshelf::domain::organization::EditionName;
use appshelf_tests::api::Someone;
use appshelf_tests::buying::{self, Wanted, order, paid, refund};
use appshelf_tests::listing::Listing;
use appshelf_tests::on_each_database;
use serde_json::{Value, json};

const RATING: &str =
    "... on ProductRating { id stars text answer hiddenAt hiddenReason organizationName availableActions }";

async fn rate(who: &Someone, product: &Value, stars: i32, text: &str) -> Result<Value> {
    let input = json!({ "productId": product["id"], "stars": stars, "text": text });
    who.act("rateProduct", "RateProductInput", input, RATING, None).await
}

/// What somebody reads of a product's ratings: stars and answers, and the summary.
async fn read(who: &Someone, product: &Value) -> Result<(Value, Value)> {
    let document = "query($id: ID!) { productRatings(productId: $id) { totalCount nodes { stars answer organizationName hiddenReason availableActions } }
        marketProduct(id: $id) { rating { count average } } }";
    let mut data = who.ask(document, json!({ "id": product["id"] })).await?;
    Ok((data["productRatings"].take(), data["marketProduct"]["rating"].take()))
}

on_each_database! {
    async fn l12_organisations_that_bought_rate_once_and_the_partner_answers(app) {
        let listing = Listing::set(app).await?;
        let product = listing.listed().await?;
        let customer = app.customer("blue", EditionName::Professional).await?;
        assert_eq!(rate(&customer, &product, 5, "").await?["code"], "NOT_BOUGHT");
        buying::open(&customer, &product, "TRIAL").await?;
        assert_eq!(rate(&customer, &product, 5, "").await?["code"], "NOT_BOUGHT", "a trial is not bought");
        let placed = order(&customer, &product, Wanted(0, 5, Some(12))).await?;
        let bought = paid(&listing.partner, &placed).await?;
        let wrong = rate(&customer, &product, 6, &"长".repeat(1001)).await?;
        assert_eq!(wrong["issues"].as_array().map(Vec::len), Some(2), "{wrong}");
        let rated = rate(&customer, &product, 4, "巡检省了一半时间").await?;
        assert_eq!((&rated["stars"], &rated["organizationName"]), (&json!(4), &json!("blue Ltd")), "{rated}");
        let again = rate(&customer, &product, 5, "更好了").await?;
        assert_eq!(again["id"], rated["id"], "one of an organisation");

        let input = json!({ "id": rated["id"], "answer": "谢谢" });
        assert_eq!(customer.act("answerRating", "AnswerRatingInput", input.clone(), RATING, None).await?["code"], "NO_PERMISSION");
        let rival = app.partner("rival").await?;
        assert_eq!(rival.act("answerRating", "AnswerRatingInput", input.clone(), RATING, None).await?["code"], "NOT_FOUND");
        let answered = listing.partner.act("answerRating", "AnswerRatingInput", input, RATING, None).await?;
        assert_eq!((&answered["answer"], &answered["organizationName"]), (&json!("谢谢"), &json!("blue Ltd")), "{answered}");
        let (ratings, summary) = read(&app.nobody(), &product).await?;
        let expected = json!({ "stars": 5, "answer": "谢谢", "organizationName": null, "hiddenReason": "", "availableActions": [] });
        assert_eq!((&ratings["totalCount"], &ratings["nodes"][0]), (&json!(1), &expected), "visitors read it without the name");
        assert_eq!(summary, json!({ "count": 1, "average": 500 }));

        refund(&customer, &bought, "").await?;
        assert_eq!(rate(&customer, &product, 1, "").await?["code"], "NOT_BOUGHT", "what was given back was not bought");
    }

    async fn l12_an_operator_of_the_category_takes_a_rating_from_view_and_shows_it_again(app) {
        let listing = Listing::set(app).await?;
        let product = listing.listed().await?;
        let customer = app.customer("blue", EditionName::Professional).await?;
        let placed = order(&customer, &product, Wanted(0, 5, Some(12))).await?;
        paid(&listing.partner, &placed).await?;
        let rated = rate(&customer, &product, 1, "广告：加微信").await?;
        let hide = json!({ "id": rated["id"], "reason": "广告" });
        for (who, code) in [(&listing.stranger, "NO_PERMISSION"), (&listing.partner, "NO_PERMISSION"), (&customer, "NO_PERMISSION")] {
            assert_eq!(who.act("hideRating", "HideRatingInput", hide.clone(), RATING, None).await?["code"], code);
        }
        let silent = listing.operator.act("hideRating", "HideRatingInput", json!({ "id": rated["id"], "reason": "" }), RATING, None).await?;
        assert_eq!(silent["issues"][0]["path"], json!(["reason"]), "{silent}");
        let hidden = listing.operator.act("hideRating", "HideRatingInput", hide.clone(), RATING, None).await?;
        assert_eq!(hidden["availableActions"], json!(["SHOW"]), "{hidden}");
        assert_eq!(listing.operator.act("hideRating", "HideRatingInput", hide, RATING, None).await?["code"], "INVALID_STATE");
        let (ratings, summary) = read(&app.nobody(), &product).await?;
        assert_eq!((&ratings["totalCount"], &summary["count"], &summary["average"]), (&json!(0), &json!(0), &json!(null)));
        for who in [&listing.partner, &listing.operator] {
            assert_eq!(read(who, &product).await?.0["nodes"][0]["hiddenReason"], "广告");
        }
        let own = customer.ask("query($id: ID!) { ownRating(productId: $id) { mayRate rating { stars hiddenReason } } }", json!({ "id": product["id"] })).await?;
        assert_eq!(own["ownRating"], json!({ "mayRate": true, "rating": { "stars": 1, "hiddenReason": "广告" } }));
        let changed = rate(&customer, &product, 2, "改好了").await?;
        assert_eq!(changed["hiddenReason"], "广告", "a change does not bring it back by itself: {changed}");
        listing.operator.act("showRating", "ShowRatingInput", json!({ "id": rated["id"] }), RATING, None).await?;
        assert_eq!(read(&app.nobody(), &product).await?.1, json!({ "count": 1, "average": 200 }));
    }
}
