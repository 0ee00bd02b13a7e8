//! The rules of promotion links at their limits.

use super::*;
use chrono::{DateTime, Duration};

fn now() -> Instant {
    Instant::from(DateTime::from_timestamp(1_800_000_000, 0).unwrap())
}

#[test]
fn l18_a_channel_code_has_one_to_thirty_two_characters() {
    for length in [1, 31, 32] {
        assert_eq!(channel_code(&"a".repeat(length)), Ok("a".repeat(length)));
    }
    assert_eq!(channel_code(&"a".repeat(33)), Err(Problem::TooLong { max: 32 }));
    assert_eq!(channel_code("  "), Err(Problem::Required));
    assert_eq!(channel_code(" Fair_2026-A "), Ok("Fair_2026-A".to_owned()));
}

#[test]
fn l18_a_channel_code_holds_letters_digits_bars_and_dashes_and_nothing_else() {
    for found in ['é', '展', ' ', '.', '/', '+', '\u{202e}', '\0', 'а'] {
        let what = Format::ChannelCode;
        let refused = Err(Problem::BadCharacter { found, what });
        assert_eq!(channel_code(&format!("a{found}b")), refused, "{found:?}");
    }
}

#[test]
fn l18_every_problem_of_a_form_is_told_at_once_with_its_field() {
    let validity = Validity {
        from: Some(now() + Duration::days(2)),
        to: Some(now() + Duration::days(1)),
    };
    let form = LinkForm {
        name: "x".repeat(61),
        channel_code: "展会".to_owned(),
        validity,
        product_id: None,
    };
    let (_, issues) = checked(&form, now());
    let places: Vec<_> = issues.iter().map(|issue| issue.path.join(".")).collect();
    assert_eq!(places, ["name", "validTo", "channelCode"]);
    let past = Validity {
        from: None,
        to: Some(now()),
    };
    let (_, issues) = checked_change("展会", past, now());
    assert_eq!(issues, [Issue::new("validTo", Problem::NotInFuture)]);
}

#[test]
fn l20_a_link_sells_between_its_bounds_while_its_product_is_sold() {
    use PromotionLinkStatus as S;
    let approved = ProductStatus::Approved;
    let validity = Validity {
        from: Some(now()),
        to: Some(now() + Duration::days(1)),
    };
    let second = Duration::seconds(1);
    let at = |disabled, product, instant| S::at(disabled, product, validity, instant);
    assert_eq!(at(false, approved, now() - second), S::NotYetValid);
    assert_eq!(at(false, approved, now()), S::Open);
    assert_eq!(at(false, approved, now() + Duration::days(1) - second), S::Open);
    assert_eq!(at(false, approved, now() + Duration::days(1)), S::Expired);
    assert_eq!(at(true, approved, now()), S::Disabled);
    for product in ProductStatus::ALL {
        let open = matches!(product, ProductStatus::Approved | ProductStatus::Listed);
        assert_eq!(at(false, *product, now()) == S::Open, open, "{product}");
    }
}

#[test]
fn l20_a_dead_link_says_so_with_its_date() {
    use super::super::locale::Locale;
    let validity = Validity {
        from: None,
        to: Some(now()),
    };
    let refusal = PromotionLinkStatus::Expired.require_open(validity).unwrap_err();
    assert_eq!(refusal.code(), Code::PromotionExpired);
    for locale in Locale::ALL {
        assert!(
            refusal.message(locale).contains("2027-01-15 16:00"),
            "{}",
            refusal.message(locale)
        );
    }
    assert!(PromotionLinkStatus::Open.require_open(validity).is_ok());
    for status in [
        PromotionLinkStatus::Disabled,
        PromotionLinkStatus::NotSold,
        PromotionLinkStatus::NotYetValid,
    ] {
        assert!(status.require_open(validity).is_err());
    }
}

#[test]
fn l18_a_link_is_disabled_or_enabled_and_not_twice() {
    use PromotionLinkAction as A;
    assert!(require_action(false, A::Disable).is_ok() && require_action(true, A::Enable).is_ok());
    assert!(require_action(true, A::Disable).is_err() && require_action(false, A::Enable).is_err());
    for disabled in [true, false] {
        assert!(require_action(disabled, A::Change).is_ok() && require_action(disabled, A::Copy).is_ok());
    }
}

#[test]
fn l19_a_visitor_is_a_random_number_of_some_length() {
    assert!(visitor_id(&"f".repeat(16)).is_ok() && visitor_id(&"f".repeat(64)).is_ok());
    for wrong in [
        "f".repeat(15),
        "f".repeat(65),
        String::new(),
        format!("{}é", "f".repeat(20)),
    ] {
        let refusal = visitor_id(&wrong).unwrap_err();
        assert_eq!(refusal.issues()[0].path, ["visitorId"], "{wrong}");
    }
}
