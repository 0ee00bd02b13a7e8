//! Pictures of products: uploaded by partners, made anew, told with their size, shown to everybody; and the Markdown around them.

use std::io::Cursor;

use appshelf::domain::organization::EditionName;
use appshelf_tests::on_each_database;
use image::{DynamicImage, ImageFormat, RgbImage};
use reqwest::Response;
use serde_json::{Value, json};

use crate::served::Served;

const SECRET: &[u8] = b"taken at N31.2304 E121.4737";

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 90]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(image)
        .write_to(&mut bytes, format)
        .expect("a picture");
    bytes.into_inner()
}

/// A photo with a comment in it and something behind it.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let plain = picture(width, height, ImageFormat::Jpeg);
    let length = (SECRET.len() as u16 + 2).to_be_bytes();
    [
        &plain[..2],
        b"\xff\xfe",
        &length,
        SECRET,
        &plain[2..],
        b"PK\x03\x04",
        SECRET,
    ]
    .concat()
}

async fn refused(answer: Response, status: u16, text: &str) -> anyhow::Result<()> {
    assert_eq!(answer.status(), status);
    let body: Value = answer.json().await?;
    assert!(
        body["message"].as_str().is_some_and(|message| message.contains(text)),
        "{body}"
    );
    Ok(())
}

on_each_database! {
    async fn l4_a_picture_is_made_anew_and_its_size_is_told(app) {
        let served = Served::start(app)?;
        let partner = app.partner("acme").await?;
        let answer = served.put(&partner, "purpose=PRODUCT_SCREENSHOT&name=%E6%88%AA%E5%9B%BE.png", photo(3_000, 1_500)).await?;
        assert_eq!(answer.status(), 201);
        let file: Value = answer.json().await?;
        assert_eq!((file["name"].as_str(), file["mediaType"].as_str()), (Some("截图.png.jpg"), Some("image/jpeg")));
        assert_eq!((&file["width"], &file["height"]), (&json!(2_560), &json!(1_280)));
        let node = "query($id: ID!) { node(id: $id) { ... on File { width height mediaType size } } }";
        let read = partner.ask(node, json!({ "id": file["id"] })).await?;
        assert_eq!(
            read["node"],
            json!({ "width": 2_560, "height": 1_280, "mediaType": "image/jpeg", "size": file["size"] })
        );
        let id = file["id"].as_str().unwrap_or_default();
        let bytes = served.get(&partner, &format!("/files/{id}")).await?.bytes().await?;
        assert_eq!(Some(bytes.len() as u64), file["size"].as_u64());
        assert!(!bytes.windows(SECRET.len()).any(|window| window == SECRET));
        assert_eq!(image::load_from_memory(&bytes)?.width(), 2_560);

        // Other files have no size in pixels.
        let contract: Value = served.put(&partner, "purpose=CONTRACT&name=a.pdf", "%PDF-1.4\n").await?.json().await?;
        assert!(contract["width"].is_null() && contract.get("height").is_some(), "{contract}");
        let read = partner.ask(node, json!({ "id": contract["id"] })).await?;
        assert!(read["node"]["width"].is_null());
    }

    async fn l5_what_is_wrong_with_a_picture_is_said_in_both_languages(app) {
        let served = Served::start(app)?;
        let partner = app.partner("acme").await?;
        let chinese = partner.in_chinese();
        let icon = "purpose=PRODUCT_ICON&name=a.png";
        let screenshot = "purpose=PRODUCT_SCREENSHOT&name=a.png";
        let png = |width, height| picture(width, height, ImageFormat::Png);
        assert_eq!(served.put(&partner, icon, png(240, 240)).await?.status(), 201);
        refused(served.put(&partner, icon, png(240, 241)).await?, 400, "must be square").await?;
        refused(served.put(&chinese, icon, png(240, 241)).await?, 400, "必须为正方形").await?;
        refused(served.put(&partner, icon, png(239, 239)).await?, 400, "at least 240 px wide").await?;
        refused(served.put(&chinese, screenshot, png(319, 900)).await?, 400, "宽度至少 320 像素").await?;
        refused(served.put(&partner, screenshot, png(12_001, 1)).await?, 400, "at most 40 megapixels and 12000 px").await?;
        refused(served.put(&chinese, screenshot, png(12_001, 1)).await?, 400, "最多 4000 万，单边最多 12000 像素").await?;
        refused(served.put(&partner, icon, "PK\u{3}\u{4}").await?, 415, "use PNG, JPEG").await?;
        refused(served.put(&partner, icon, "%PDF-1.4\n").await?, 415, "use PNG, JPEG").await?;
        let half = picture(400, 400, ImageFormat::Jpeg);
        refused(served.put(&chinese, icon, half[..half.len() / 2].to_vec()).await?, 400, "已损坏").await?;
        let mut large = png(240, 240);
        large.resize(2 * 1024 * 1024, 0);
        assert_eq!(served.put(&partner, icon, large.clone()).await?.status(), 201);
        large.push(0);
        refused(served.put(&partner, icon, large).await?, 413, "at most 2 MiB").await?;
        let customer = app.customer("blue", EditionName::Free).await?;
        refused(served.put(&customer, icon, png(240, 240)).await?, 403, "No permission").await?;
        refused(served.put(&app.nobody(), icon, png(240, 240)).await?, 401, "").await?;
    }

    async fn l5_a_picture_is_shown_to_everybody_and_nothing_else_is(app) {
        let served = Served::start(app)?;
        let partner = app.partner("acme").await?;
        let customer = app.customer("blue", EditionName::Free).await?;
        let stranger = app.nobody();
        for (query, width, media_type) in [
            ("purpose=PRODUCT_ICON&name=a.png", 300, "image/png"),
            ("purpose=PRODUCT_SCREENSHOT&name=a.png", 400, "image/png"),
            ("purpose=PRODUCT_IMAGE&name=a.png", 10, "image/png"),
        ] {
            let file: Value = served.put(&partner, query, picture(width, width, ImageFormat::Png)).await?.json().await?;
            let id = file["id"].as_str().unwrap_or_default();
            for who in [&partner, &customer, &stranger] {
                let shown = served.get(who, &format!("/pictures/{id}")).await?;
                assert_eq!(shown.status(), 200, "{file}");
                let header = |name: &str| shown.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
                assert_eq!(header("content-type"), media_type);
                assert_eq!(header("content-disposition"), "inline");
                assert_eq!(header("cache-control"), "private, max-age=31536000, immutable");
                assert_eq!(header("x-content-type-options"), "nosniff");
                assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
                assert_eq!(image::load_from_memory(&shown.bytes().await?)?.width(), width);
            }
            // Saving it from the place of files stays what it was: the uploader's alone.
            assert_eq!(served.get(&customer, &format!("/files/{id}")).await?.status(), 404);
            assert_eq!(served.get(&stranger, &format!("/files/{id}")).await?.status(), 401);
        }
        let png = picture(400, 400, ImageFormat::Png);
        for query in ["purpose=CONTRACT&name=a.png", "purpose=ACCEPTANCE_CERTIFICATE&name=a.png", "purpose=SELF_TEST_EVIDENCE&name=a.png"] {
            let file: Value = served.put(&partner, query, png.clone()).await?.json().await?;
            let id = file["id"].as_str().unwrap_or_default();
            assert_eq!(served.get(&partner, &format!("/files/{id}")).await?.status(), 200);
            for who in [&partner, &stranger] {
                refused(served.get(who, &format!("/pictures/{id}")).await?, 404, "").await?;
            }
        }
        for missing in ["file_01ARZ3NDEKTSV4RRFFQ69G5FAV", "order_01ARZ3NDEKTSV4RRFFQ69G5FAV", "..%2Fsecret", "x"] {
            refused(served.get(&stranger, &format!("/pictures/{missing}")).await?, 404, "").await?;
        }
    }

    async fn l5_markdown_is_shown_before_it_is_saved(app) {
        let partner = app.partner("acme").await?;
        let document = "query($text: String!) { renderedMarkdown(text: $text) }";
        for who in [&partner, &app.customer("blue", EditionName::Free).await?, &app.reviewer().await?] {
            let shown = who.ask(document, json!({ "text": "# 一\r\n\r\n[x](javascript:alert(1)) <script>" })).await?;
            assert_eq!(shown["renderedMarkdown"], "<h3>一</h3>\n<p>x &lt;script&gt;</p>\n");
        }
        let longest = partner.ask(document, json!({ "text": "字".repeat(20_000) })).await?;
        assert!(longest["renderedMarkdown"].as_str().is_some_and(|html| html.starts_with("<p>字")));
        let refused = partner.send(document, json!({ "text": "字".repeat(20_001) })).await?;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "VALIDATION", "{refused}");
        assert_eq!(refused["errors"][0]["message"], "At most 20000 characters");
        let nobody = app.nobody().send(document, json!({ "text": "x" })).await?;
        assert_eq!(nobody["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{nobody}");
    }
}
