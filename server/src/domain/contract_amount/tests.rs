//! D2: amounts are found in every form that contracts use, and nothing else is taken for one.

use proptest::prelude::*;

use super::*;

fn amounts(text: &str) -> Vec<Money> {
    find_amounts(text).into_iter().map(|found| found.money).collect()
}

fn yuan(text: &str) -> Vec<i64> {
    let found = amounts(text);
    assert!(
        found.iter().all(|money| money.currency == Currency::CNY),
        "{text}: {found:?}"
    );
    found.into_iter().map(|money| money.minor).collect()
}

/// 分 as a contract spells it out: 1234050 is 壹万贰仟叁佰肆拾元伍角整.
fn capital(minor: i64) -> String {
    let (yuan, jiao, fen) = (minor / 100, minor / 10 % 10, minor % 10);
    let mut out = String::new();
    if yuan > 0 {
        out = format!("{}元", numerals(yuan, "零壹贰叁肆伍陆柒捌玖", "拾佰仟"));
    }
    match (jiao, fen) {
        (0, 0) => return out + "整",
        (0, _) if yuan > 0 => out.push('零'),
        (0, _) => {}
        _ => out.push_str(&format!("{}角", digit("零壹贰叁肆伍陆柒捌玖", jiao))),
    }
    if fen > 0 {
        out + &format!("{}分", digit("零壹贰叁肆伍陆柒捌玖", fen))
    } else {
        out + "整"
    }
}

fn digit(digits: &str, value: i64) -> char {
    digits.chars().nth(value as usize).unwrap()
}

fn numerals(value: i64, digits: &str, units: &str) -> String {
    let mut out = String::new();
    for (size, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let part = value / size % 10_000;
        let skipped = !out.is_empty() && part < 1000 && part > 0;
        if part == 0 {
            continue;
        }
        if skipped {
            out.push(digit(digits, 0));
        }
        out.push_str(&section(part, digits, units));
        out.push_str(name);
    }
    out
}

fn section(part: i64, digits: &str, units: &str) -> String {
    let (mut out, mut zero) = (String::new(), false);
    for (power, size) in [(3, 1000), (2, 100), (1, 10), (0, 1)] {
        match part / size % 10 {
            0 => zero = !out.is_empty(),
            value => {
                if std::mem::take(&mut zero) {
                    out.push(digit(digits, 0));
                }
                out.push(digit(digits, value));
                if power > 0 {
                    out.push(units.chars().nth(power - 1).unwrap());
                }
            }
        }
    }
    out
}

fn thousands(minor: i64, separator: &str) -> String {
    let whole = (minor / 100).to_string();
    let mut out = String::new();
    for (place, c) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(c);
    }
    format!("{out}.{:02}", minor % 100)
}

fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_ascii_graphic() {
                char::from_u32(c as u32 + 0xfee0).unwrap()
            } else {
                c
            }
        })
        .collect()
}

fn wan(minor: i64) -> String {
    let text = format!("{}.{:06}", minor / 1_000_000, minor % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[test]
fn d2_forms_that_contracts_use() {
    for (text, minor) in [
        ("¥120,000.00", 12_000_000),
        ("￥ 120000", 12_000_000),
        ("120,000.00 元", 12_000_000),
        ("１２０，０００．００元", 12_000_000),
        ("人民币120000元整", 12_000_000),
        ("人民币（小写）：120000.00", 12_000_000),
        ("小写：120,000.00", 12_000_000),
        ("RMB120,000", 12_000_000),
        ("CNY 120,000.00", 12_000_000),
        ("120,000.00 CNY", 12_000_000),
        ("120,000.00（元）", 12_000_000),
        ("合同金额（元）：120000", 12_000_000),
        ("合同总价（万元）：12.5", 12_500_000),
        ("合同金额：120,000.00", 12_000_000),
        ("12万元", 12_000_000),
        ("12 万元", 12_000_000),
        ("12.5万元", 12_500_000),
        ("¥12万", 12_000_000),
        ("1.2亿元", 12_000_000_000),
        ("120千元", 12_000_000),
        ("3百万元", 300_000_000),
        ("5千万元", 5_000_000_000),
        ("12万5千元", 12_500_000),
        ("1亿2000万元", 12_000_000_000),
        ("12万3456.78元", 12_345_678),
        ("12元5角", 1250),
        ("12元3分", 1203),
        ("壹拾贰万元整", 12_000_000),
        ("拾万元", 10_000_000),
        ("贰仟零伍拾元伍角叁分", 205_053),
        ("壹拾贰萬圓正", 12_000_000),
        ("兩仟元", 200_000),
        ("貳佰參拾陸元", 23_600),
        ("人民币壹拾贰万整", 12_000_000),
        ("人民币十二万", 12_000_000),
        ("壹佰万零伍佰元零叁分", 100_050_003),
        ("壹拾贰万零仟零佰零拾零元零角零分", 12_000_000),
        ("壹亿零叁拾万元整", 10_030_000_000),
        ("伍角叁分", 53),
        ("十二万元", 12_000_000),
        ("一百零五万六千元", 105_600_000),
        ("两千元", 200_000),
        ("二十元", 2000),
        ("12,0000.00元", 12_000_000),
    ] {
        assert_eq!(yuan(text), [minor], "{text}");
    }
}

#[test]
fn d2_blanks_and_line_ends_inside_an_amount() {
    for (text, minor) in [
        ("¥ 120,\n000.00", 12_000_000),
        ("120,000 .00 元", 12_000_000),
        ("1 2 0 , 0 0 0 . 0 0 元", 12_000_000),
        ("¥ 1 2 0 0 0 0 . 0 0", 12_000_000),
        ("¥120 000.00", 12_000_000),
        ("120,000.00\n元", 12_000_000),
        ("壹 拾 贰\n万 元 整", 12_000_000),
        ("人 民 币 1 2 0 , 0 0 0 . 0 0", 12_000_000),
        ("⼈⺠币⼗⼆万元", 12_000_000),
        ("120,\u{200b}000\u{a0}元", 12_000_000),
    ] {
        assert_eq!(yuan(text), [minor], "{text:?}");
    }
}

#[test]
fn d2_other_currencies_keep_theirs() {
    for (text, code, minor) in [
        ("USD 1,200.50", "USD", 120_050),
        ("US$1,200.50", "USD", 120_050),
        ("100万美元", "USD", 100_000_000),
        ("美元100万元", "USD", 100_000_000),
        ("HK$ 500", "HKD", 50_000),
        ("500港币", "HKD", 50_000),
        ("€99.90", "EUR", 9990),
        ("日元 5000", "JPY", 5000),
        ("£5.00", "GBP", 500),
    ] {
        let money = Money::new(minor, Currency::parse(code).unwrap());
        assert_eq!(amounts(text), [money], "{text}");
    }
}

#[test]
fn d2_what_is_not_an_amount() {
    for text in [
        "签订日期：2026年11月21日",
        "2026-11-21 / 2026.11.21 / 11:30",
        "二〇二六年十一月二十一日",
        "联系电话 13800138000，010-12345678",
        "合同编号：HT-2026-120000",
        "编号HT-2026-0120元",
        "预付 30%，尾款 70 ％",
        "人民币 30% 的违约金",
        "共 3 台服务器，12 套软件，5 人月",
        "人民币\n3. 付款方式",
        "第十二条 三十日内",
        "人民币（大写）：    拾    万    仟    佰    拾    元    角    分",
        "二元化结构、5圆桌、3元件",
        "统一社会信用代码 91330100MA2B12345X",
        "0.00元",
        "版本 1.2.3.4",
        "合计 3 台",
        "单价 0.0035元",
        "三分之二",
        "第三整改期、二正本",
        "编号 A-120,000.00，120,000.00%",
        "人口 1,400,000 人",
        "",
    ] {
        assert_eq!(amounts(text), [], "{text}");
    }
}

#[test]
fn d2_an_amount_among_other_numbers() {
    let text = "第三条 价款\n合同编号 HT-2026-001，共 3 套，含税 6%。\n\
                合同总价为人民币（大写）壹拾贰万元整（¥120,000.00），首付30%即人民币36,000.00元，\n\
                余款8.4万元于2026年12月31日前付清。";
    let found = find_amounts(text);
    let shown: Vec<(&str, i64)> = found.iter().map(|f| (f.text.as_str(), f.money.minor)).collect();
    assert_eq!(
        shown,
        [
            ("壹拾贰万元整", 12_000_000),
            ("¥120,000.00", 12_000_000),
            ("人民币36,000.00元", 3_600_000),
            ("8.4万元", 8_400_000),
        ]
    );
    assert!(found.iter().all(|f| text[f.offset..].starts_with(&f.text)));
}

#[test]
fn d2_amounts_as_contracts_say_them_twice() {
    for text in [
        "合同总金额：人民币 壹拾贰万元整（￥120000.00元）。",
        "总价款120,000.00元（大写：人民币拾贰万圆整）",
        "本合同价税合计¥120,000.00元/年，（大写）壹拾贰万圆整",
        "Total contract price: CNY 120,000.00 (say RMB 120,000)",
    ] {
        let found = yuan(text);
        assert!(
            found.len() == 2 && found.iter().all(|minor| *minor == 12_000_000),
            "{text}: {found:?}"
        );
    }
    assert_eq!(
        yuan("应于2026年3月1日前支付合同总价的50％，即60,000元，逾期按日万分之五计"),
        [6_000_000]
    );
    assert_eq!(yuan("违约金为合同总价的百分之十，且不超过壹万元"), [1_000_000]);
    assert_eq!(
        yuan("单价（元） 数量 金额（元）\n40,000.00 3 120,000.00"),
        [4_000_000, 12_000_000]
    );
    assert_eq!(
        yuan("名称 数量 金额（万元）\n软件 3 1,200.00\n硬件 2 80"),
        [1_200_000_000]
    );
    assert_eq!(yuan("实施服务费 1 120,000.00"), [12_000_000]);
}

#[test]
fn a_column_of_a_table_is_not_part_of_the_next() {
    assert_eq!(yuan("软件开发   3   120,000.00元"), [12_000_000]);
    assert_eq!(yuan("RMB 100 RMB 200"), [10_000, 20_000]);
    assert_eq!(yuan("100 RMB\n200 RMB"), [10_000, 20_000]);
    assert_eq!(yuan("¥100,20元"), [10_000, 2000]);
    assert_eq!(yuan("3 十二万元"), [12_000_000]);
}

#[test]
fn d2_the_verdict_helps_and_unreadable_means_that_nothing_was_found() {
    let declared = Money::cny(12_000_000);
    let found = find_amounts("总价¥120,000.00，首付¥36,000.00");
    assert_eq!(verdict(declared, Some(&found)), Verdict::Match);
    assert_eq!(verdict(Money::cny(12_000_001), Some(&found)), Verdict::Mismatch);
    assert_eq!(
        verdict(Money::new(12_000_000, Currency::USD), Some(&found)),
        Verdict::Mismatch
    );
    assert_eq!(verdict(declared, Some(&[])), Verdict::Unreadable);
    assert_eq!(verdict(declared, None), Verdict::Unreadable);
}

#[test]
fn hostile_texts_take_linear_time() {
    let many = 100_000;
    for text in [
        "1".repeat(many),
        "1 ".repeat(many),
        "1,".repeat(many),
        "¥1 111 ".repeat(many / 8),
        "¥".repeat(many),
        "(".repeat(many) + "1",
        "壹拾".repeat(many / 3),
        "零".repeat(many) + "元",
        "万亿".repeat(many / 3),
        "1.1".repeat(many / 2),
        "金额".repeat(many / 3),
        "9万9千9百".repeat(many / 8),
        (1..10_000).map(|n| format!("¥{n} ")).collect(),
    ] {
        let started = std::time::Instant::now();
        let found = find_amounts(&text);
        assert!(found.len() <= MOST_FOUND);
        // Quadratic work on so many characters takes hours; a busy machine takes a few seconds.
        assert!(
            started.elapsed().as_secs() < 20,
            "{:?} {}",
            started.elapsed(),
            &text[..9]
        );
    }
}

proptest! {
    #[test]
    fn d2_an_amount_in_any_form_is_found_again_exactly(minor in 1..100_000_000_000_000_i64, form in 0..14) {
        let plain = format!("{}.{:02}", minor / 100, minor % 100);
        let grouped = thousands(minor, ",");
        let text = match form {
            0 => format!("¥{plain}"),
            1 => format!("￥ {grouped}"),
            2 => format!("{plain}元"),
            3 => format!("{grouped} 元整"),
            4 => format!("人民币{grouped}"),
            5 => format!("CNY {grouped}"),
            6 => format!("{grouped} RMB"),
            7 => full_width(&format!("¥{grouped}")),
            8 => format!("{}万元", wan(minor)),
            9 => capital(minor),
            10 => format!("人民币（大写）：{}", capital(minor)),
            11 => capital(minor).replace('元', "圆").replace('贰', "貳").replace('万', "萬").replace('整', "正"),
            12 => thousands(minor, ", "),
            _ => grouped.chars().map(|c| format!("{c} ")).collect::<String>(),
        };
        let text = if form >= 12 { format!("¥{text}") } else { text };
        prop_assert_eq!(yuan(&text), [minor], "{}", text);
        let within = format!("合同 HT-2026-9 第3条：{text}，共2台，2026年1月1日起");
        prop_assert_eq!(yuan(&within), [minor], "{}", within);
    }

    #[test]
    fn d2_an_everyday_amount_is_found_again_exactly(yuan_part in 1..1_000_000_000_000_i64) {
        let text = format!("{}元", numerals(yuan_part, "零一二三四五六七八九", "十百千"));
        prop_assert_eq!(yuan(&text), [yuan_part * 100], "{}", text);
    }

    #[test]
    fn d2_blanks_inside_a_capital_amount_do_not_matter(minor in 1..100_000_000_000_000_i64, holes: Vec<u8>) {
        let mut text = String::new();
        for (place, c) in capital(minor).chars().enumerate() {
            text.push(c);
            match holes.get(place) {
                Some(0..60) => text.push(' '),
                Some(60..80) => text.push('\n'),
                _ => {}
            }
        }
        prop_assert_eq!(yuan(&text), [minor], "{}", text);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC*") {
        find_amounts(&text);
    }

    #[test]
    fn no_heap_of_numbers_makes_it_panic(text in "[0-9,. \n¥元万亿千百十零壹贰拾佰仟角分整()（）A-Z:%小写金额人民币-]{0,80}") {
        for found in find_amounts(&text) {
            prop_assert!(found.money.minor > 0);
            prop_assert!(text.is_char_boundary(found.offset));
        }
    }
}
