//! The waves of a rollout (L17): what a partner may plan, and who is in which. Planned once, when the rollout begins, and the same as often
//! as it is asked for, so that a dry run tells what the start will do.

use std::collections::HashSet;

use sha2::{Digest, Sha256};

use crate::domain::form_check::FormCheck;
use crate::domain::id::LicenseId;
use crate::domain::problem::Problem;
use crate::domain::refusal::Issue;
use crate::domain::words::words;

/// Most waves of one rollout.
pub const WAVES: usize = 10;
/// Most subscribers that one wave names.
pub const NAMED: usize = 500;

words! {
    /// Whom a wave reaches.
    WaveKind {
        /// Everybody whom no other wave reaches; the last one.
        All = "ALL",
        /// So many of a hundred of all subscribers, rounded up; chosen by a measure that stays the same for a version.
        Percent = "PERCENT",
        /// Those who are named.
        List = "LIST",
    }
}

/// A wave as it is planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedWave {
    pub kind: WaveKind,
    /// 1–100; of PERCENT alone.
    pub percent: Option<i32>,
    /// Of LIST alone.
    pub licenses: Vec<LicenseId>,
}

/// What is wrong with the waves of a rollout to these subscribers; paths begin with `waves`.
pub fn problems(waves: &[PlannedWave], subscribers: &[LicenseId]) -> Vec<Issue> {
    let known: HashSet<&LicenseId> = subscribers.iter().collect();
    let mut named = HashSet::new();
    let mut check = FormCheck::new("");
    check.wrong_if(waves.is_empty(), "waves", Problem::TooFew { min: 1 });
    check.wrong_if(waves.len() > WAVES, "waves", Problem::TooMany { max: WAVES });
    for (index, wave) in waves.iter().take(WAVES).enumerate() {
        let at = |field: &str| format!("waves.{index}.{field}");
        let listed = wave.kind == WaveKind::List;
        check.wrong_if(
            wave.kind == WaveKind::All && index + 1 < waves.len(),
            &at("kind"),
            Problem::WaveAfterAll,
        );
        match (wave.kind, wave.percent) {
            (WaveKind::Percent, None) => check.wrong(&at("percent"), Problem::Required),
            (WaveKind::Percent, Some(percent)) => {
                let range = Problem::OutOfRange { min: 1, max: 100 };
                check.wrong_if(!(1..=100).contains(&percent), &at("percent"), range);
            }
            (WaveKind::All | WaveKind::List, _) => {}
        }
        check.wrong_if(
            listed && wave.licenses.is_empty(),
            &at("licenseIds"),
            Problem::TooFew { min: 1 },
        );
        let too_many = listed && wave.licenses.len() > NAMED;
        check.wrong_if(too_many, &at("licenseIds"), Problem::TooMany { max: NAMED });
        for (place, license) in wave.licenses.iter().enumerate().filter(|_| listed && !too_many) {
            let at = at(&format!("licenseIds.{place}"));
            check.wrong_if(!known.contains(license), &at, Problem::NoSubscriber);
            check.wrong_if(!named.insert(license), &at, Problem::Repeated);
        }
    }
    check.issues()
}

/// How many of all subscribers a share is: rounded up, so that one of a hundred of three is one.
pub fn share(percent: i32, total: usize) -> usize {
    let percent = usize::try_from(percent.clamp(0, 100)).unwrap_or(0);
    (total * percent).div_ceil(100)
}

/// Who is in which wave. Those who are named are in theirs; of the others each share takes the next in the order of a measure of version
/// and license, which has nothing to do with when and by whom the license was bought.
pub fn assign(seed: &str, waves: &[PlannedWave], subscribers: &[LicenseId]) -> Vec<Vec<LicenseId>> {
    let listed = waves.iter().filter(|wave| wave.kind == WaveKind::List);
    let named: HashSet<&LicenseId> = listed.flat_map(|wave| &wave.licenses).collect();
    let mut others: Vec<&LicenseId> = subscribers.iter().filter(|id| !named.contains(id)).collect();
    others.sort_by_cached_key(|id| measure(seed, id));
    let mut others = others.into_iter();
    let taken = |wave: &PlannedWave| match wave.kind {
        WaveKind::List => wave.licenses.clone(),
        WaveKind::Percent => {
            let count = share(wave.percent.unwrap_or(0), subscribers.len());
            others.by_ref().take(count).cloned().collect()
        }
        WaveKind::All => others.by_ref().cloned().collect(),
    };
    waves.iter().map(taken).collect()
}

fn measure(seed: &str, license: &LicenseId) -> [u8; 32] {
    Sha256::digest(format!("{seed} {license}")).into()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::domain::id::IdSource;

    fn subscribers(count: usize) -> Vec<LicenseId> {
        let ids = IdSource::default();
        (0..count).map(|_| ids.next(DateTime::UNIX_EPOCH)).collect()
    }

    fn percent(percent: i32) -> PlannedWave {
        PlannedWave {
            kind: WaveKind::Percent,
            percent: Some(percent),
            licenses: Vec::new(),
        }
    }

    fn all() -> PlannedWave {
        PlannedWave {
            kind: WaveKind::All,
            percent: None,
            licenses: Vec::new(),
        }
    }

    fn list(licenses: &[LicenseId]) -> PlannedWave {
        PlannedWave {
            kind: WaveKind::List,
            percent: None,
            licenses: licenses.to_vec(),
        }
    }

    #[test]
    fn l17_a_share_is_rounded_up() {
        for (of, total, expected) in [(1, 3, 1), (10, 10, 1), (10, 11, 2), (50, 5, 3), (100, 7, 7), (1, 0, 0)] {
            assert_eq!(share(of, total), expected, "{of} % of {total}");
        }
    }

    #[test]
    fn l17_a_choice_is_the_same_as_often_as_it_is_made() {
        let people = subscribers(200);
        let mut reversed = people.clone();
        reversed.reverse();
        let waves = [percent(10), percent(25), all()];
        let chosen = assign("version_1", &waves, &people);
        assert_eq!(chosen, assign("version_1", &waves, &reversed));
        assert_ne!(chosen, assign("version_2", &waves, &people));
        assert_eq!(chosen.iter().map(Vec::len).collect::<Vec<_>>(), [20, 50, 130]);
        let everybody: HashSet<&LicenseId> = chosen.iter().flatten().collect();
        assert_eq!(everybody.len(), 200, "nobody twice");
    }

    #[test]
    fn l17_who_is_named_is_in_no_other_wave() {
        let people = subscribers(10);
        let chosen = assign("version_1", &[percent(50), list(&people[..3]), all()], &people);
        assert_eq!(chosen.iter().map(Vec::len).collect::<Vec<_>>(), [5, 3, 2]);
        assert!(chosen[0].iter().all(|id| !people[..3].contains(id)));
    }

    #[test]
    fn l17_everything_that_is_wrong_with_waves_is_told_at_once() {
        let people = subscribers(2);
        let stranger = subscribers(1);
        let waves = [
            percent(0),
            all(),
            list(&[]),
            list(&[people[0].clone(), people[0].clone(), stranger[0].clone()]),
        ];
        let found = problems(&waves, &people);
        let paths: Vec<String> = found.iter().map(|issue| issue.path.join(".")).collect();
        assert_eq!(
            paths,
            [
                "waves.0.percent",
                "waves.1.kind",
                "waves.2.licenseIds",
                "waves.3.licenseIds.1",
                "waves.3.licenseIds.2"
            ]
        );
        assert!(problems(&[percent(100)], &people).is_empty());
        assert_eq!(problems(&[], &people).len(), 1);
        assert_eq!(problems(&vec![percent(1); 11], &people).len(), 1);
    }
}
