//! The scale of a chart: round bounds around all figures, and where a figure stands between them. Zero always lies within.

/// From the least to the most that a chart shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub least: i64,
    pub most: i64,
}

impl Scale {
    /// Around these figures.
    pub fn around(values: impl Iterator<Item = i64> + Clone) -> Self {
        let most = values.clone().max().unwrap_or(0).max(0);
        let least = values.min().unwrap_or(0).min(0);
        match (least, most) {
            (0, 0) => Self { least: 0, most: 1 },
            (least, most) => Self {
                least: -round(-least),
                most: round(most),
            },
        }
    }

    /// How far below the top a figure stands, from 0 to 1.
    #[allow(clippy::cast_precision_loss)] // A drawing has fewer pixels than a float has digits.
    pub fn depth(self, value: i64) -> f64 {
        (self.most - value) as f64 / (self.most - self.least) as f64
    }
}

/// The next of 1, 2, 5, 10, 20, 50 and so on.
fn round(value: i64) -> i64 {
    if value <= 0 {
        return 0;
    }
    let mut unit: i64 = 1;
    loop {
        for step in [1, 2, 5] {
            match unit.checked_mul(step) {
                Some(bound) if bound >= value => return bound,
                Some(_) => {}
                None => return value,
            }
        }
        match unit.checked_mul(10) {
            Some(next) => unit = next,
            None => return value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(values: &[i64]) -> (i64, i64) {
        let Scale { least, most } = Scale::around(values.iter().copied());
        (least, most)
    }

    #[test]
    fn bounds_are_round_and_hold_every_figure_and_zero() {
        assert_eq!(around(&[]), (0, 1));
        assert_eq!(around(&[0, 0]), (0, 1));
        assert_eq!(around(&[3, 7]), (0, 10));
        assert_eq!(around(&[10, 20]), (0, 20));
        assert_eq!(around(&[-3, 121_000]), (-5, 200_000));
        assert_eq!(around(&[-40]), (-50, 0));
        assert_eq!(around(&[i64::MAX]), (0, i64::MAX));
    }

    #[test]
    fn a_figure_stands_between_the_bounds() {
        let scale = Scale { least: -10, most: 10 };
        assert!((scale.depth(10) - 0.0).abs() < 1e-9 && (scale.depth(0) - 0.5).abs() < 1e-9);
        assert!((scale.depth(-10) - 1.0).abs() < 1e-9);
    }
}
