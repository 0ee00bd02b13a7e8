//! One line of a catalogue, and what is made of it: a package with one form, the content of a product, pictures of a category.

use std::io::Cursor;

use anyhow::{Context, ensure};
use image::{DynamicImage, ImageFormat, RgbImage};
use serde::Deserialize;
use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::product_form::{NAME_MAX, NAME_MIN, SUMMARY_MAX, TAG_MAX, TAGS_MAX};
use crate::domain::{category, markdown};

#[derive(Deserialize)]
struct Raw {
    name: String,
    description: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    licenses: Vec<String>,
    #[serde(default)]
    platforms: Vec<String>,
    #[serde(default)]
    website: Option<String>,
}

/// A product of the catalogue.
pub struct Line {
    pub name: String,
    /// What it is filed under: what its first tag begins with.
    pub category: String,
    description: String,
    tags: Vec<String>,
    licenses: Vec<String>,
    website: Option<String>,
}

/// The beginning of a text, whole characters.
fn cut(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.graphemes(true).count() > most {
        true => text
            .graphemes(true)
            .take(most)
            .collect::<String>()
            .trim_end()
            .to_owned(),
        false => text,
    }
}

impl Line {
    /// Reads a line.
    pub fn parse(line: &str) -> anyhow::Result<Self> {
        let raw: Raw = serde_json::from_str(line)?;
        let mut name = cut(&raw.name, NAME_MAX);
        ensure!(!name.is_empty(), "a product has a name");
        if name.graphemes(true).count() < NAME_MIN {
            name.push_str(" app");
        }
        let first = raw.tags.first().map_or("Miscellaneous", String::as_str);
        let area = first.split(" - ").next().unwrap_or(first);
        let mut tags: Vec<String> = Vec::new();
        let pieces = raw.tags.iter().flat_map(|tag| tag.split(" - "));
        for tag in pieces.chain(raw.platforms.iter().map(String::as_str)) {
            let tag = tag.trim();
            let fits = !tag.is_empty() && tag.graphemes(true).count() <= TAG_MAX && tags.len() < TAGS_MAX;
            if fits && !tags.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
                tags.push(tag.to_owned());
            }
        }
        Ok(Self {
            name,
            category: cut(area, category::NAME_MAX),
            description: raw.description,
            tags,
            licenses: raw.licenses,
            website: raw.website.filter(|site| site.starts_with("https://")),
        })
    }

    /// The application.
    pub fn package(&self) -> Value {
        form_package(&self.name, &cut(&self.description, SUMMARY_MAX), "1.0.0")
    }

    /// What the wizard holds, without pictures.
    pub fn content(&self, category: &Value, contact: &Value) -> Value {
        let summary = match self.description.graphemes(true).count() < 4 {
            true => format!("{}: {}", self.name, self.category),
            false => markdown::plain_text(&self.description, SUMMARY_MAX),
        };
        let mut description = self.description.clone();
        if !self.licenses.is_empty() {
            description.push_str(&format!("\n\n- License: {}", self.licenses.join(", ")));
        }
        if let Some(site) = &self.website {
            description.push_str(&format!("\n- Website: <{site}>"));
        }
        let site = self.website.as_deref().unwrap_or("https://catalogue.example/");
        json!({
            "name": self.name, "summary": summary, "description": description, "categoryId": category,
            "chargeForm": "FREE", "chargingRule": "PER_SEAT", "tags": self.tags, "contactIds": [contact],
            "privacyUrl": site, "termsUrl": site, "promotionMode": "MARKETPLACE",
        })
    }
}

/// The package of a small application: a form in which a team keeps its requests.
pub fn form_package(name: &str, summary: &str, version: &str) -> Value {
    let form = json!({
        "key": "request", "kind": "FORM_PAGE", "name": "使用登记",
        "definition": {
            "schema": {
                "type": "object", "required": ["subject"],
                "properties": { "subject": { "type": "string", "minLength": 1, "maxLength": 100 } }
            },
            "ui": { "order": ["subject"], "fields": { "subject": { "widget": "text", "label": "事项" } } }
        }
    });
    json!({
        "format": "appshelf.package/1", "name": name, "version": version, "summary": summary, "components": [form],
    })
}

/// An icon and a screenshot in the colour of a category.
pub fn pictures(category: &str) -> anyhow::Result<(Vec<u8>, Vec<u8>)> {
    let seed = category
        .bytes()
        .fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    let [red, green, blue, _] = seed.to_le_bytes();
    let drawn = |width: u32, height: u32| -> anyhow::Result<Vec<u8>> {
        let image = RgbImage::from_fn(width, height, |x, y| {
            let light = u8::try_from((x + y) * 60 / (width + height)).unwrap_or(0);
            image::Rgb([red / 2 + light, green / 2 + light, blue / 2 + light])
        });
        let mut bytes = Cursor::new(Vec::new());
        let written = DynamicImage::from(image).write_to(&mut bytes, ImageFormat::Png);
        written.context("a picture can be written")?;
        Ok(bytes.into_inner())
    };
    Ok((drawn(240, 240)?, drawn(640, 400)?))
}
