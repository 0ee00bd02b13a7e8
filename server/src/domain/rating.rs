//! Ratings (L12): what organisations say of products that they bought. Who may say, answer and hide is the service's.

use super::form_check::FormCheck;
use super::license::LicenseStatus;
use super::problem::Problem;
use super::refusal::Refusal;
use super::words::words;

/// Characters of a rating and of an answer.
pub const TEXT_MAX: usize = 1_000;
/// The best rating; the worst is 1.
pub const STARS_MAX: i32 = 5;

words! {
    /// What a viewer can do with a rating.
    RatingAction {
        /// Answer it, also anew.
        Answer = "ANSWER",
        /// Take it from view, with a reason.
        Hide = "HIDE",
        /// Show it again.
        Show = "SHOW",
    }
}

/// A rating as it is kept: stars and words, which may be none.
pub fn checked(stars: i32, text: &str) -> Result<(i32, String), Refusal> {
    let mut check = FormCheck::new("");
    let (min, max) = (1, i64::from(STARS_MAX));
    check.wrong_if(
        !(1..=STARS_MAX).contains(&stars),
        "stars",
        Problem::OutOfRange { min, max },
    );
    let text = check.paragraphs("text", text, TEXT_MAX);
    Refusal::unless_valid(check.issues())?;
    Ok((stars, text))
}

/// Whether an organisation that holds a license so bought the product: a trial is not bought, and what was paid for once counts for
/// ever, unless it was given back.
pub fn bought(status: LicenseStatus, paid_once: bool) -> bool {
    match status {
        LicenseStatus::Active | LicenseStatus::Free => true,
        LicenseStatus::Trial => false,
        LicenseStatus::Expired => paid_once,
        LicenseStatus::Refunded => false,
    }
}

/// Stars on average in hundredths, rounded half up; nothing without a rating.
pub fn average(ratings: i32, stars: i32) -> Option<i32> {
    let (ratings, stars) = (i64::from(ratings), i64::from(stars));
    let hundredths = (ratings > 0).then(|| (stars * 200 + ratings) / (ratings * 2))?;
    i32::try_from(hundredths).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l12_stars_are_one_to_five_and_words_end_at_their_limit() {
        assert!(checked(0, "").is_err() && checked(6, "").is_err());
        assert_eq!(checked(1, " 好\r\n用 ").ok(), Some((1, "好\n用".to_owned())));
        assert!(checked(5, &"好".repeat(TEXT_MAX)).is_ok());
        let both = checked(9, &"好".repeat(TEXT_MAX + 1)).err();
        assert_eq!(
            both.map(|refusal| refusal.issues().len()),
            Some(2),
            "everything at once"
        );
    }

    #[test]
    fn l12_only_what_was_bought_is_rated() {
        let rated: Vec<LicenseStatus> = LicenseStatus::ALL
            .iter()
            .copied()
            .filter(|it| bought(*it, false))
            .collect();
        assert_eq!(rated, [LicenseStatus::Free, LicenseStatus::Active]);
        assert!(bought(LicenseStatus::Expired, true) && !bought(LicenseStatus::Refunded, true));
    }

    #[test]
    fn l12_the_average_is_exact_to_a_hundredth() {
        assert_eq!(average(0, 0), None);
        assert_eq!(average(3, 14), Some(467));
        assert_eq!(average(8, 37), Some(463), "4.625 is rounded up");
        assert_eq!(average(1, 5), Some(500));
    }
}
