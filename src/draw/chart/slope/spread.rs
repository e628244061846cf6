//! Labels along an upright axis, moved as little as keeps them apart.

/// A label that is wanted at a height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wanted {
    /// Where its middle is wanted.
    pub middle: f64,
    /// How high it is.
    pub height: f64,
}

/// The middles of labels, in the order in which they are given, which is from above; none stands in another, or out
/// of the bounds if all of them have room there. The squares of their moves are least.
pub(super) fn spread(wanted: &[Wanted], top: f64, bottom: f64) -> Vec<f64> {
    // Without the heights of those above them, labels that stand close are those at one place, and in order is what
    // does not fall: neighbours out of order share their mean until none is.
    let mut pools: Vec<(f64, u32)> = Vec::new();
    let mut above = 0.0;
    for one in wanted {
        let mut pool = (one.middle - one.height / 2.0 - above, 1);
        above += one.height;
        while let Some(before) = pools.pop_if(|before| before.0 >= pool.0) {
            let count = before.1 + pool.1;
            pool = ((before.0 * f64::from(before.1) + pool.0 * f64::from(pool.1)) / f64::from(count), count);
        }
        pools.push(pool);
    }
    let last = (bottom - above).max(top);
    let places = pools.into_iter().flat_map(|(place, count)| (0..count).map(move |_| place.clamp(top, last)));
    let mut above = 0.0;
    let middle = |(place, one): (f64, &Wanted)| {
        let middle = place + above + one.height / 2.0;
        above += one.height;
        middle
    };
    places.zip(wanted).map(middle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn middles(wanted: &[(f64, f64)]) -> Vec<f64> {
        let wanted: Vec<Wanted> = wanted.iter().map(|(middle, height)| Wanted { middle: *middle, height: *height }).collect();
        spread(&wanted, 0.0, 100.0)
    }

    #[test]
    fn labels_move_only_as_far_as_they_must() {
        assert_eq!(middles(&[(20.0, 10.0), (40.0, 10.0)]), [20.0, 40.0]);
        assert_eq!(middles(&[(50.0, 10.0), (50.0, 10.0)]), [45.0, 55.0]);
        assert_eq!(middles(&[(50.0, 10.0), (52.0, 20.0), (90.0, 10.0)]), [43.5, 58.5, 90.0]);
    }

    #[test]
    fn labels_stay_within_the_bounds() {
        assert_eq!(middles(&[(0.0, 10.0), (100.0, 10.0)]), [5.0, 95.0]);
        assert_eq!(middles(&[(99.0, 30.0), (99.0, 30.0)]), [55.0, 85.0]);
        assert_eq!(middles(&[]), [0.0; 0]);
    }
}
