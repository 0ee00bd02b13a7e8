//! A notification as a mail: subject, plain text and a simple HTML part, in the person's language. How it is sent is not
//! known here. Names that people gave are escaped in the HTML, and the subject is one line whatever they hold.

use super::Notice;
use crate::domain::instant::Instant;
use crate::domain::locale::Locale;
use crate::domain::wording::is_hidden;

/// Most characters of a subject; mail programs show fewer.
const MAX_SUBJECT: usize = 150;

/// What a mail is made of.
#[derive(Clone, Debug)]
pub struct MailParts<'a> {
    pub notice: &'a Notice,
    /// Name of the organisation in which it concerns the person.
    pub organization: &'a str,
    /// Where the notification leads.
    pub link: &'a str,
    /// Where mails are switched off.
    pub settings: &'a str,
}

/// A mail without its addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// A mail on its way.
#[derive(Clone, Debug)]
pub struct Letter {
    pub to: String,
    /// The same with every attempt, so that mail programs show a mail once that was sent twice.
    pub id: String,
    pub at: Instant,
    pub mail: Mail,
}

struct Words {
    language: &'static str,
    open: &'static str,
    reason: String,
    settings: &'static str,
    full_stop: &'static str,
}

impl MailParts<'_> {
    fn words(&self, locale: Locale) -> Words {
        let organization = self.organization;
        match locale {
            Locale::ZhCn => Words {
                language: "zh-CN",
                open: "查看详情",
                reason: format!("您是“{organization}”的成员，因此收到这封 AppShelf 通知邮件。"),
                settings: "在通知设置中关闭邮件",
                full_stop: "。",
            },
            Locale::En => Words {
                language: "en",
                open: "Open it",
                reason: format!("AppShelf sent you this notification as a member of {organization}."),
                settings: "Switch these mails off in your notification settings",
                full_stop: ".",
            },
        }
    }

    /// The mail in that language.
    pub fn write(&self, locale: Locale) -> Mail {
        let words = self.words(locale);
        let title = self.notice.title().get(locale).to_owned();
        let body = format!("{}{}", self.notice.body().get(locale), words.full_stop);
        let (link, settings) = (self.link, self.settings);
        let text = format!(
            "{title}\n\n{body}\n\n{}: {link}\n\n-- \n{}\n{}: {settings}\n",
            words.open, words.reason, words.settings
        );
        let [e_title, e_body, e_reason, e_link, e_settings] =
            [&title, &body, &words.reason, link, settings].map(|text: &str| escaped(text));
        // HTML takes the line breaks that people typed for blanks.
        let e_body = e_body.replace('\n', "<br>\n");
        let html = format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><title>{e_title}</title></head>\n\
             <body style=\"margin:0;padding:24px;font:16px/1.6 sans-serif;color:#1f2430\">\n\
             <h1 style=\"margin:0 0 12px;font-size:18px\">{e_title}</h1>\n<p style=\"margin:0 0 20px\">{e_body}</p>\n\
             <p style=\"margin:0 0 28px\"><a href=\"{e_link}\">{}</a></p>\n\
             <p style=\"margin:0;padding-top:12px;border-top:1px solid #d5d9e0;font-size:13px;color:#5a6272\">{e_reason}<br>\
             <a href=\"{e_settings}\" style=\"color:#5a6272\">{}</a></p>\n</body>\n</html>\n",
            words.language, words.open, words.settings
        );
        Mail {
            subject: one_line(&title),
            text,
            html,
        }
    }
}

/// A header's worth of a text: no line ends, nothing that hides, not endless.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    let shown = line.chars().filter(|c| !is_hidden(*c)).collect::<String>();
    match shown.char_indices().nth(MAX_SUBJECT) {
        Some((end, _)) => format!("{}…", &shown[..end]),
        None => shown,
    }
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(project: &str, locale: Locale) -> Mail {
        let notice = Notice::ProjectApproved {
            project: project.to_owned(),
        };
        let parts = MailParts {
            notice: &notice,
            organization: "云杉 & Sons",
            link: "https://apps.example/notifications/x?a=1&b=2",
            settings: "https://apps.example/notifications/settings",
        };
        parts.write(locale)
    }

    #[test]
    fn p9_a_mail_speaks_one_language_and_says_how_to_switch_it_off() {
        let chinese = mail("巡检", Locale::ZhCn);
        assert_eq!(chinese.subject, "项目“巡检”审批通过");
        assert!(
            chinese
                .text
                .contains("查看详情: https://apps.example/notifications/x?a=1&b=2\n")
        );
        assert!(
            chinese
                .text
                .contains("在通知设置中关闭邮件: https://apps.example/notifications/settings\n")
        );
        let english = mail("巡检", Locale::En);
        assert_eq!(english.subject, "Project “巡检” was approved");
        assert!(english.html.contains("<html lang=\"en\">"));
        assert!(
            english
                .html
                .contains("href=\"https://apps.example/notifications/x?a=1&amp;b=2\"")
        );
        assert!(english.text.contains("as a member of 云杉 & Sons."));
    }

    #[test]
    fn p9_line_breaks_of_a_reason_stay_in_both_parts() {
        let notice = Notice::PermissionRejected {
            reason: "first\n<second>".to_owned(),
        };
        let parts = MailParts {
            notice: &notice,
            organization: "acme",
            link: "https://apps.example/a",
            settings: "https://apps.example/b",
        };
        let mail = parts.write(Locale::En);
        assert!(mail.text.contains("first\n<second>"), "{}", mail.text);
        assert!(mail.html.contains("first<br>\n&lt;second&gt;"), "{}", mail.html);
    }

    #[test]
    fn p9_what_people_typed_can_neither_add_a_header_nor_markup() {
        let mail = mail(
            "a\r\nBcc: x@y.example\u{202e}\n\n<script>alert('1')</script>",
            Locale::En,
        );
        assert!(!mail.subject.contains(['\r', '\n', '\u{202e}']), "{}", mail.subject);
        assert!(!mail.html.contains("<script>"), "{}", mail.html);
        assert!(mail.html.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"));
        assert!(super::one_line(&"长".repeat(400)).chars().count() == MAX_SUBJECT + 1);
    }
}
