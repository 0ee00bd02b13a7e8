//! Media types of GraphQL over HTTP: which one an answer has, and whether a body is one that we read.

/// The two media types of answers. They differ in how request errors are told: by status, or inside a 200.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// `application/graphql-response+json`
    GraphqlResponse,
    /// `application/json`, also what clients get that do not say.
    Json,
}

impl Media {
    pub fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// Chooses by quality; of equals the one named first, and of wildcards JSON. `None`: nothing fits, answer 406.
pub fn answer(accept: Option<&str>) -> Option<Media> {
    let Some(accept) = accept.filter(|text| !text.trim().is_empty()) else {
        return Some(Media::Json);
    };
    let mut best: Option<(f32, Media)> = None;
    let mut refused = [false; 2];
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
        let media = match kind.as_str() {
            "application/graphql-response+json" => Media::GraphqlResponse,
            "application/json" | "application/*" | "*/*" => Media::Json,
            _ => continue,
        };
        let (mut quality, mut utf8) = (1.0f32, true);
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match name.trim().to_ascii_lowercase().as_str() {
                "q" => quality = value.trim().parse().unwrap_or(0.0),
                "charset" => utf8 = is_utf8(value),
                _ => {}
            }
        }
        if quality <= 0.0 || !utf8 {
            // `application/json;q=0, */*` refuses JSON by name.
            refused[media as usize] |= !kind.contains('*') && quality <= 0.0;
        } else if best.is_none_or(|(known, _)| quality > known) {
            best = Some((quality, media));
        }
    }
    match best? {
        (_, media) if !refused[media as usize] => Some(media),
        _ if !refused[Media::GraphqlResponse as usize] => Some(Media::GraphqlResponse),
        _ => None,
    }
}

/// Whether a body of this type is JSON in UTF-8. Forms, multipart and plain text, which a foreign page may send
/// without asking, are not.
pub fn is_json(content_type: Option<&str>) -> bool {
    let Some(content_type) = content_type else { return false };
    let mut parts = content_type.split(';').map(str::trim);
    let json = parts
        .next()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
    json && parts.all(|part| match part.split_once('=') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("charset") => is_utf8(value),
        _ => true,
    })
}

fn is_utf8(charset: &str) -> bool {
    let charset = charset.trim().trim_matches('"');
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_s_type_is_what_accept_prefers() {
        use Media::{GraphqlResponse, Json};
        for (accept, expected) in [
            (None, Some(Json)),
            (Some(""), Some(Json)),
            (Some("*/*"), Some(Json)),
            (Some("application/*;q=0.5"), Some(Json)),
            (Some("application/graphql-response+json"), Some(GraphqlResponse)),
            (
                Some("Application/GraphQL-Response+JSON; charset=UTF-8"),
                Some(GraphqlResponse),
            ),
            (Some("application/json, application/graphql-response+json"), Some(Json)),
            (
                Some("application/graphql-response+json, application/json"),
                Some(GraphqlResponse),
            ),
            (
                Some("application/json;q=0.5, application/graphql-response+json;q=0.9"),
                Some(GraphqlResponse),
            ),
            (Some("text/html, application/json;q=0.1"), Some(Json)),
            (Some("application/json;q=0, */*"), Some(GraphqlResponse)),
            (Some("application/json; charset=latin1"), None),
            (Some("application/json;q=0"), None),
            (Some("text/html"), None),
        ] {
            assert_eq!(answer(accept), expected, "{accept:?}");
        }
    }

    #[test]
    fn only_json_in_utf_8_is_read() {
        for (kind, expected) in [
            ("application/json", true),
            ("application/json; charset=utf-8", true),
            ("APPLICATION/JSON;charset=\"UTF-8\"", true),
            ("application/json; charset=utf-16", false),
            ("application/jsonp", false),
            ("text/plain", false),
            ("application/x-www-form-urlencoded", false),
            ("multipart/form-data; boundary=x", false),
            ("application/graphql", false),
        ] {
            assert_eq!(is_json(Some(kind)), expected, "{kind}");
        }
        assert!(!is_json(None));
    }
}
