//! What Markdown becomes, and what attackers get out of it.

use std::time::{Duration, Instant};

use super::*;

const PICTURE: &str = "file_01ARZ3NDEKTSV4RRFFQ69G5FAV";

fn shows(markdown: &str, html: &str) {
    assert_eq!(render(markdown).replace('\n', ""), html, "{markdown:?}");
}

#[test]
fn l4_a_description_is_shown_as_what_its_marks_mean() {
    shows(
        "**粗** *斜* ~~删~~ `x`",
        "<p><strong>粗</strong> <em>斜</em> <del>删</del> <code>x</code></p>",
    );
    shows("1. 一\n2. 二", "<ol><li>一</li><li>二</li></ol>");
    shows("3. 三", "<ol start=\"3\"><li>三</li></ol>");
    shows("- [x] 好\n- [ ] 待", "<ul><li>☑ 好</li><li>☐ 待</li></ul>");
    shows("> 引用", "<blockquote><p>引用</p></blockquote>");
    shows("```rust\na < b\n```", "<pre><code>a &lt; b</code></pre>");
    shows(
        "| 价 | 量 |\n|---:|---|\n| 1<br>2 | b |",
        "<table><thead><tr><th align=\"right\">价</th><th>量</th></tr></thead>\
         <tbody><tr><td align=\"right\">1<br>2</td><td>b</td></tr></tbody></table>",
    );
}

#[test]
fn headings_stand_below_those_of_the_page() {
    shows("# 一", "<h3>一</h3>");
    shows("## 二", "<h4>二</h4>");
    shows("### 三", "<h5>三</h5>");
    shows("#### 四\n\n###### 六", "<h6>四</h6><h6>六</h6>");
}

#[test]
fn links_lead_to_the_web_or_to_a_mailbox() {
    let rel = "rel=\"noopener noreferrer nofollow\"";
    shows(
        "[a](https://a.example/x?y=1&z=2)",
        &format!("<p><a href=\"https://a.example/x?y=1&amp;z=2\" {rel}>a</a></p>"),
    );
    shows(
        "[a](HTTP://a.example \"t\")",
        &format!("<p><a href=\"http://a.example/\" title=\"t\" {rel}>a</a></p>"),
    );
    shows(
        "<https://a.example>",
        &format!("<p><a href=\"https://a.example/\" {rel}>https://a.example</a></p>"),
    );
    shows(
        "<a@b.example>",
        &format!("<p><a href=\"mailto:a@b.example\" {rel}>a@b.example</a></p>"),
    );
    for other in [
        "/orders",
        "#top",
        "//a.example",
        "ftp://a.example",
        "orders",
        "tel:123",
        "file:///etc/passwd",
        "",
    ] {
        shows(&format!("[a]({other})"), "<p>a</p>");
    }
}

#[test]
fn images_come_from_pictures_alone() {
    shows(
        &format!("![图 *一*](/pictures/{PICTURE} \"t\")"),
        &format!("<p><img src=\"/pictures/{PICTURE}\" alt=\"图 一\" title=\"t\" loading=\"lazy\"></p>"),
    );
    for other in [
        "https://tracker.example/x.png".to_owned(),
        "data:image/svg+xml;base64,PHN2Zz4=".to_owned(),
        "/pictures/../graphql".to_owned(),
        format!("/files/{PICTURE}"),
        format!("//pictures/{PICTURE}"),
        format!("/pictures/{PICTURE}/../../graphql"),
        format!("/pictures/{PICTURE}?x=1"),
        "/pictures/order_01ARZ3NDEKTSV4RRFFQ69G5FAV".to_owned(),
    ] {
        shows(&format!("![图]({other})"), "<p>图</p>");
    }
}

#[test]
fn no_raw_html_passes() {
    shows(
        "<script>alert(1)</script>",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    );
    shows("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>");
}

#[test]
fn attacks_leave_text_and_nothing_that_acts() {
    for attack in [
        "<script>alert(1)</script>",
        "<ScRiPt src=//evil.example></sCrIpT>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<iframe src=https://evil.example></iframe>",
        "<style>*{display:none}</style>",
        "<p style=\"position:fixed\">x</p>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<form action=https://evil.example><input></form>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<!--><img src=x onerror=alert(1)>-->",
        "<![CDATA[<img src=x onerror=alert(1)>]]>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](java&Tab;script:alert(1))",
        "[x](java&NewLine;script:alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](&#1;javascript:alert(1))",
        "[x]( javascript:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](vbscript:msgbox(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](blob:https://a.example/1)",
        "[x][1]\n\n[1]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "![x](https://a.example/\" onerror=\"alert(1))",
        "![\" onerror=\"alert(1)](/pictures/file_01ARZ3NDEKTSV4RRFFQ69G5FAV)",
        "![x](/pictures/file_01ARZ3NDEKTSV4RRFFQ69G5FAV \"\\\" onerror=\\\"alert(1)\")",
        "[x](https://a.example \"\\\" onmouseover=\\\"alert(1)\")",
        "[x](https://a.example/\"onmouseover=\"alert(1))",
        "[a [b](javascript:alert(1)) c](javascript:alert(2))",
        "```\"><script>alert(1)</script>\nx\n```",
        "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
        "# <img src=x onerror=alert(1)> {onclick=alert(1)}",
        "<x@y.example\"onclick=alert(1)>",
    ] {
        harmless(attack);
    }
}

#[test]
fn the_second_fence_holds_alone() {
    for attack in [
        "<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)></svg><iframe src=//a.example></iframe>",
        "<a href='JaVaScRiPt:alert(1)'>x</a><a href='java\tscript:alert(1)'>x</a><a href='/orders'>x</a><a href=x>x</a>",
        "<a href='https://a.example' onclick=alert(1) style=color:red id=x class=y target=_top>x</a>",
        "<img src='/pictures/file_01ARZ3NDEKTSV4RRFFQ69G5FAV' onerror=alert(1) style='width:9px'><img src='data:image/png,x'>",
        "<td align='right' style='text-align: left' onclick=x>x</td><h1>x</h1><form><input><b>x</b></form><style>*{}</style>",
    ] {
        harmless_html(attack, &CLEANER.clean(attack).to_string());
    }
    let link = CLEANER
        .clean("<a href='https://a.example' rel='opener'>x</a>")
        .to_string();
    assert_eq!(
        link,
        "<a href=\"https://a.example\" rel=\"noopener noreferrer nofollow\">x</a>"
    );
}

fn harmless(markdown: &str) {
    harmless_html(markdown, &render(markdown));
}

/// Looks at the HTML as browsers do: by its tags and attributes.
fn harmless_html(markdown: &str, html: &str) {
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        assert!(
            ![
                "script", "style", "iframe", "svg", "math", "form", "input", "b", "noscript"
            ]
            .contains(&name),
            "{markdown:?}: {html}"
        );
        // What stands outside of quotes are names of attributes.
        let outside: String = tag.split('"').step_by(2).collect();
        assert!(
            !outside.contains("on") && !outside.contains("style"),
            "{markdown:?}: {html}"
        );
        for address in tag.split("href=\"").skip(1) {
            assert!(
                ["https://", "http://", "mailto:"]
                    .iter()
                    .any(|good| address.starts_with(good)),
                "{markdown:?}: {html}"
            );
        }
        for address in tag.split("src=\"").skip(1) {
            assert!(address.starts_with("/pictures/file_"), "{markdown:?}: {html}");
        }
        rest = &rest[end + 1..];
    }
}

#[test]
fn the_longest_text_renders_in_bounded_time_whatever_it_is() {
    let columns = 2_000;
    let table = format!(
        "{}|\n{}|\n{}",
        "|a".repeat(columns),
        "|-".repeat(columns),
        "|\n".repeat(5_000)
    );
    let repeated = [
        "[",
        "![",
        ">",
        "> ",
        "*",
        "**",
        "_",
        "`",
        "~",
        "<",
        "<a ",
        "<!",
        "(",
        "[]",
        "[](",
        "|",
        "\\",
        "&",
        "- ",
        "1. ",
        "#",
        "*a _b ",
        "a**b",
        "[a](",
        "<b>",
        "\n",
        "a\n\n",
        "- a\n",
        "``a ",
        "<https://a.example>",
        "https://a ",
        "-\n",
    ];
    let mut texts: Vec<String> = repeated
        .iter()
        .map(|part| part.chars().cycle().take(MAX_CHARS).collect())
        .collect();
    texts.push(table);
    texts.push(format!(
        "[a]: https://a.example/{}\n\n{}",
        "x".repeat(9_000),
        "[a]".repeat(3_600)
    ));
    texts.push((0..190).map(|depth| format!("{}- a\n", " ".repeat(depth))).collect());
    for text in texts {
        let begun = Instant::now();
        let html = render(&text);
        let took = begun.elapsed();
        let start: String = text.chars().take(20).collect();
        assert!(took < Duration::from_secs(8), "{start:?} took {took:?}");
        assert!(html.len() < 1 << 20, "{start:?} became {} bytes", html.len());
        harmless_depth(&html, &start);
    }
}

/// Elements within each other, which browsers and people can bear only few of.
fn harmless_depth(html: &str, of: &str) {
    let (mut depth, mut deepest) = (0_i64, 0);
    for tag in html.split('<').skip(1) {
        let empty = ["br", "hr", "img"].iter().any(|name| tag.starts_with(name));
        depth += match (tag.starts_with('/'), empty) {
            (true, _) => -1,
            (false, true) => 0,
            (false, false) => 1,
        };
        deepest = deepest.max(depth);
    }
    assert!(deepest <= 64, "{of:?} is {deepest} deep");
}

/// The ids of the pictures that a page shows, each once.
fn shown_pictures(markdown: &str) -> Vec<String> {
    let html = render(markdown);
    let mut found: Vec<String> = Vec::new();
    for tag in html.split("<img src=\"/pictures/").skip(1) {
        let id = tag.split('"').next().unwrap_or_default().to_owned();
        if !found.contains(&id) {
            found.push(id);
        }
    }
    assert_eq!(
        html.matches("<img").count(),
        html.matches("<img src=\"/pictures/").count(),
        "{html}"
    );
    found
}

#[test]
fn the_pictures_of_a_text_are_those_that_it_shows() {
    let other = "file_01BX5ZZKBKACTAV9WEVGEMMVRZ";
    let text = format!(
        "![a](/pictures/{PICTURE}) [b](/pictures/{other}) `![c](/pictures/{other})`\n\n\
         <img src=\"/pictures/{other}\"> ![d](/pictures/nothing) ![e][r] ![f](/pictures/{PICTURE})\n\n[r]: /pictures/{other}"
    );
    assert_eq!(shown_pictures(&text), [PICTURE, other]);
    assert!(shown_pictures("没有图").is_empty());
}

#[test]
fn the_plain_text_is_what_is_read_cut_between_characters() {
    let text = "# 标题\n\n第一**段**，[链接](https://a.example)\n换行。\n\n![图](/pictures/file_01ARZ3NDEKTSV4RRFFQ69G5FAV)\n\n- 甲\n- 乙\n";
    assert_eq!(plain_text(text, 100), "标题 第一段，链接 换行。 甲 乙");
    assert_eq!(plain_text("一二三四五", 5), "一二三四五");
    assert_eq!(plain_text("一二三四五六", 5), "一二三四…");
    assert_eq!(plain_text("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 2), "👨‍👩‍👧…");
    assert_eq!(plain_text("", 5), "");
    assert_eq!(plain_text(&"a ".repeat(10_000), 9), "a a a a…");
}
