//! Words, ranks, sets and facets, without a database: an index in memory is searched as the stored one is.

use std::collections::BTreeMap;

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

use super::facets::{CELL, Cells, Narrowing, narrowed};
use super::numbers::{self, BLOCK, LARGEST, Numbers};
use super::ranking::{self, Place, Rank, ranked};
use super::token::{Field, MarketText, Probe, normalised, search, tokens};
use super::traits::{Condition, Traits};
use super::*;

fn text(name: &str, tags: &[&str], summary: &str, description: &str, partner: &str) -> MarketText {
    MarketText {
        name: name.to_owned(),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        summary: summary.to_owned(),
        description: description.to_owned(),
        partner: partner.to_owned(),
    }
}

/// The numbers of the texts that a search finds, best rank first.
fn found(texts: &[MarketText], searched: &str) -> Vec<usize> {
    let mut index: BTreeMap<(String, Field), Numbers> = BTreeMap::new();
    for (number, text) in (0_u64..).zip(texts) {
        for (field, token) in tokens(text) {
            index.entry((token, field)).or_default().insert(number);
        }
    }
    let holding = |probe: &Probe, field: Field| {
        let held = index.iter().filter(|((token, at), _)| {
            *at == field
                && match probe {
                    Probe::Token(probe) => token == probe,
                    Probe::Beginning(word) => token.starts_with(word),
                }
        });
        held.fold(Numbers::default(), |mut all, (_, numbers)| {
            all.add(numbers);
            all
        })
    };
    let ranks = ranked(&search(searched), holding).into_iter();
    ranks
        .flat_map(|(_, numbers)| numbers.iter().collect::<Vec<_>>())
        .map(|it| it as usize)
        .collect()
}

#[test]
fn l11_every_two_character_word_finds_all_texts_that_contain_it() {
    let mut random = StdRng::seed_from_u64(20_261_126);
    let characters: Vec<char> = "审批流程客户管理设备巡检财务报表，。CRM ab1\n".chars().collect();
    let mut some = |most: usize| -> String {
        let length = random.random_range(0..most);
        (0..length)
            .map(|_| characters[random.random_range(0..characters.len())])
            .collect()
    };
    let texts: Vec<MarketText> = (0..300)
        .map(|_| text(&some(8), &[&some(5), &some(5)], &some(20), &some(60), &some(6)))
        .collect();
    let whole = |it: &MarketText| -> Vec<String> {
        let parts = it
            .tags
            .iter()
            .chain([&it.name, &it.summary, &it.description, &it.partner]);
        parts.map(|part| normalised(part)).collect()
    };
    let chinese: Vec<char> = characters
        .iter()
        .copied()
        .filter(|it| *it as u32 > 0x4e00 && it.is_alphanumeric())
        .collect();
    for one in &chinese {
        for other in &chinese {
            let word: String = [*one, *other].iter().collect();
            let contain = texts
                .iter()
                .enumerate()
                .filter(|(_, it)| whole(it).iter().any(|part| part.contains(&word)));
            let contain: Vec<usize> = contain.map(|(at, _)| at).collect();
            let mut told = found(&texts, &word);
            told.sort_unstable();
            assert_eq!(told, contain, "{word}");
        }
    }
}

#[test]
fn l11_longer_chinese_words_are_found_wherever_they_stand() {
    let texts = [
        text("费控", &[], "员工报销审批流程自动化", "", ""),
        text("审批", &["流程"], "", "审批与流程", ""),
    ];
    assert_eq!(found(&texts, "审批流程"), [0]);
    assert_eq!(found(&texts, "审批 流程"), [1, 0]);
    assert_eq!(found(&texts, "动"), [0]);
    assert_eq!(found(&texts, "批审"), [] as [usize; 0]);
}

#[test]
fn l11_english_words_are_found_by_their_beginnings_however_they_are_written() {
    let texts = [
        text(
            "Ｎｅｘｔｃｌｏｕｄ",
            &["File Transfer"],
            "Self-hosted productivity",
            "",
            "Nextcloud GmbH",
        ),
        text("Inventory", &[], "spare parts", "warehouses, spreadsheets", ""),
    ];
    for (searched, expected) in [
        ("next", &[0][..]),
        ("NEXTCLOUD", &[0]),
        ("productiv", &[0]),
        ("hosted", &[0]),
        ("warehouse parts", &[1]),
        ("warehouses inv", &[1]),
        ("cloud", &[]),
        ("spreadsheetss", &[]),
        ("s", &[1, 0]),
        ("next parts", &[]),
        ("！？", &[]),
    ] {
        let mut told = found(&texts, searched);
        told.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(told, expected, "{searched}");
    }
}

#[test]
fn l11_the_name_comes_before_tags_and_tags_before_the_summary_and_that_before_the_description() {
    let texts = [
        text("甲", &[], "", "内含审批", ""),
        text("乙", &[], "轻松审批", "", ""),
        text("丙", &["审批"], "", "", ""),
        text("智能审批", &[], "", "", ""),
        text("审批管家", &[], "", "", ""),
        text("审批", &[], "", "", ""),
        text("丁", &[], "", "", "审批科技"),
    ];
    assert_eq!(found(&texts, "审批"), [5, 4, 3, 2, 1, 0, 6]);
    let texts = [
        text("Team CRM", &["open"], "", "", ""),
        text("Open CRM", &[], "", "", ""),
        text("CRM", &[], "", "open source", ""),
    ];
    assert_eq!(found(&texts, "open crm"), [1, 0, 2], "an entry ranks by its worst word");
    assert_eq!(found(&texts, "crm"), [2, 0, 1], "what it is called whole comes first");
}

#[test]
fn sets_are_stored_in_blocks_and_read_as_they_were() {
    let mut random = StdRng::seed_from_u64(7);
    let mut expected = std::collections::BTreeSet::new();
    let mut stored: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    for step in 0..6_000 {
        let number = random.random_range(0..3 * BLOCK);
        let present = step < 4_000 || random.random_bool(0.4);
        match present {
            true => expected.insert(number),
            false => expected.remove(&number),
        };
        let (block, within) = numbers::place(number);
        let before = stored.remove(&block).unwrap_or_default();
        stored.extend(numbers::changed(&before, within, present).map(|after| (block, after)));
        assert!(stored.values().all(|bytes| bytes.len() <= 512));
    }
    let mut read = Numbers::default();
    for (block, bytes) in &stored {
        read.add_block(*block, bytes);
    }
    assert_eq!(
        read.iter().collect::<Vec<_>>(),
        expected.iter().copied().collect::<Vec<_>>()
    );
    assert_eq!(read.len(), expected.len());
    assert!(expected.iter().all(|number| read.contains(*number)));
    let one = numbers::changed(&[], 5, true).unwrap_or_default();
    assert_eq!(numbers::changed(&one, 5, false), None, "nothing is stored of nothing");
}

#[test]
fn l11_pages_follow_each_other_without_gaps_in_every_sort_and_both_ways() {
    let mut random = StdRng::seed_from_u64(11);
    let installs: Vec<u32> = (0..500).map(|_| random.random_range(0..20)).collect();
    let even: Numbers = (1..500).filter(|number: &u64| number.is_multiple_of(2)).collect();
    let odd: Numbers = (1..500).filter(|number: &u64| !number.is_multiple_of(2)).collect();
    let all = vec![(Rank::of(Field::Name), even), (Rank::of(Field::Text), odd)];
    for sort in MarketSort::ALL.iter().copied() {
        let rank = |number: u64| {
            Rank::of(if number.is_multiple_of(2) {
                Field::Name
            } else {
                Field::Text
            })
        };
        let of = |number: u64| installs[number as usize];
        let mut expected: Vec<u64> = (1..500).collect();
        expected.sort_by_key(|number| {
            let installed = std::cmp::Reverse(of(*number));
            let newest = std::cmp::Reverse(*number);
            match sort {
                MarketSort::Relevance => (Some(rank(*number)), Some(installed), newest),
                MarketSort::MostInstalled => (None, Some(installed), newest),
                MarketSort::Newest => (None, None, newest),
            }
        });
        for backwards in [false, true] {
            let (mut told, mut from) = (Vec::new(), None);
            loop {
                let places = ranking::next(&all, sort, of, from, backwards, 37);
                let Some(last) = places.last() else { break };
                from = Some(Place::parse(sort, &last.key(sort)).unwrap());
                told.extend(places.iter().map(|place| place.number()));
            }
            let mut expected = expected.clone();
            if backwards {
                expected.reverse();
            }
            assert_eq!(told, expected, "{sort} {backwards}");
        }
    }
    let place = Place::of(MarketSort::Newest, Rank::of(Field::Name), 0, LARGEST);
    assert!(Place::parse(MarketSort::Relevance, &place.key(MarketSort::Newest)).is_err());
}

#[test]
fn l11_a_facet_counts_what_another_choice_of_it_would_lead_to() {
    let audience = |industries: &[Industry]| Audience {
        industries: industries.to_vec(),
        ..Audience::default()
    };
    let entries = [
        (ChargeForm::Free, 0, audience(&[])),
        (ChargeForm::Paid, 0, audience(&[Industry::Retail])),
        (ChargeForm::Paid, 1, audience(&[Industry::Retail, Industry::Finance])),
        (ChargeForm::Free, 1, audience(&[Industry::Finance])),
    ];
    let cells = entries
        .iter()
        .map(|(charge, category, audience)| Traits::new(*charge, *category, audience).0);
    let bytes: Vec<u8> = cells.flat_map(u32::to_le_bytes).chain([0; CELL]).collect();
    let mut traits = Cells::default();
    traits.add_block(0, &bytes);
    assert_eq!(traits.present().len(), 4, "where nothing is said there is nothing");
    let all = vec![(Rank::of(Field::Name), traits.present())];
    let wanted = Narrowing {
        charge_form: Some(ChargeForm::Paid),
        category: Some(Some(1)),
        ..Narrowing::default()
    };
    let (left, counts) = narrowed(&all, &traits, &wanted, true);
    let counts = counts.unwrap();
    assert_eq!(left[0].1.iter().collect::<Vec<_>>(), [2]);
    assert_eq!(counts.categories[..2], [1, 1]);
    assert_eq!(counts.charge_forms, [(ChargeForm::Free, 1), (ChargeForm::Paid, 1)]);
    let retail = counts.industries.iter().find(|(it, _)| *it == Industry::Retail);
    assert_eq!(retail, Some(&(Industry::Retail, 1)));
    let nothing = Narrowing {
        category: Some(None),
        ..Narrowing::default()
    };
    assert!(narrowed(&all, &traits, &nothing, false).0[0].1.is_empty());
    let for_finance = Narrowing {
        audience: Condition::of(Looking {
            industry: Some(Industry::Finance),
            size: Some(OrganizationSize::UpTo20),
        }),
        ..Narrowing::default()
    };
    let (left, _) = narrowed(&all, &traits, &for_finance, false);
    assert_eq!(left[0].1.iter().collect::<Vec<_>>(), [0, 2, 3]);
}

#[test]
fn l11_an_audience_keeps_away_only_those_of_whom_is_known_that_they_are_not_in_it() {
    let audience = Audience {
        industries: vec![Industry::Retail],
        sizes: vec![OrganizationSize::UpTo20],
        daily_trials: None,
    };
    let looking = |industry, size| Looking { industry, size };
    assert!(is_shown_to(&audience, Looking::default()));
    assert!(is_shown_to(&audience, looking(Some(Industry::Retail), None)));
    assert!(!is_shown_to(&audience, looking(Some(Industry::Finance), None)));
    assert!(!is_shown_to(
        &audience,
        looking(Some(Industry::Retail), Some(OrganizationSize::UpTo100))
    ));
    for industry in Industry::ALL.iter().copied().map(Some).chain([None]) {
        for size in OrganizationSize::ALL.iter().copied().map(Some).chain([None]) {
            let traits = Traits::new(ChargeForm::Free, 255, &audience);
            let met = Condition::of(looking(industry, size)).is_met(traits);
            assert_eq!(met, is_shown_to(&audience, looking(industry, size)));
            assert_eq!(traits.category(), 255);
        }
    }
}
