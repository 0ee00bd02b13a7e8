//! Putting things in an order of few ranks. Sorting itself is done for places only, so that the module carries it once.

/// The things in the order of their ranks; equal ranks keep their order.
pub fn in_order<T>(things: Vec<T>, rank: fn(&T) -> u8) -> Vec<T> {
    let places = places(things.iter().map(rank).collect());
    let mut things: Vec<Option<T>> = things.into_iter().map(Some).collect();
    places
        .into_iter()
        .filter_map(|place| things.get_mut(place)?.take())
        .collect()
}

fn places(ranks: Vec<u8>) -> Vec<usize> {
    let mut places: Vec<(u8, usize)> = ranks
        .into_iter()
        .enumerate()
        .map(|(place, rank)| (rank, place))
        .collect();
    places.sort_unstable();
    places.into_iter().map(|(_, place)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ranks_keep_their_order() {
        assert_eq!(
            in_order(vec!["bb", "a", "cc", "d"], |text| text.len() as u8),
            ["a", "d", "bb", "cc"]
        );
    }
}
