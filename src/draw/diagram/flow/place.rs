//! Places in rows: each item as near as may be to what it is joined with, and none over another.

/// An item of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wish {
    /// Where its middle would stand best.
    pub middle: f64,
    /// Its width.
    pub width: f64,
}

/// The middles of items in this order, in a room, at least so far apart: the sum of the squares of what they stand off
/// their wishes is the least. The items must have room.
pub(super) fn places(wishes: &[Wish], apart: f64, room: f64) -> Vec<f64> {
    // Without the widths, each item only has to stand not before the one to its left.
    let mut offsets = Vec::new();
    let mut end = -apart;
    for wish in wishes {
        offsets.push(end + apart + wish.width / 2.0);
        end += apart + wish.width;
    }
    let slack = (room - end).max(0.0);
    // Neighbours that would change places are drawn together at their mean.
    let mut pools: Vec<(f64, f64)> = Vec::new();
    for (wish, offset) in wishes.iter().zip(&offsets) {
        pools.push((wish.middle - offset, 1.0));
        while let [.., before, last] = pools.as_slice()
            && before.0 / before.1 > last.0 / last.1
        {
            let joined = (before.0 + last.0, before.1 + last.1);
            pools.truncate(pools.len() - 2);
            pools.push(joined);
        }
    }
    let mut out = Vec::new();
    let mut offsets = offsets.into_iter();
    for (sum, count) in pools {
        let at = (sum / count).clamp(0.0, slack);
        let mut left = count;
        while left > 0.5 {
            out.extend(offsets.next().map(|offset| at + offset));
            left -= 1.0;
        }
    }
    out
}

/// The greatest width that items may have so that all fit: wider ones are cut to it. `None` where it were below `least`.
pub(super) fn cap(widths: &[f64], apart: f64, room: f64, least: f64) -> Option<f64> {
    let gaps: f64 = widths.iter().skip(1).map(|_| apart).sum();
    let mut sorted = widths.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (mut left, mut count) = (room - gaps, sorted.iter().map(|_| 1.0).sum::<f64>());
    for width in sorted {
        if width * count > left {
            let cap = left / count;
            return (cap >= least).then_some(cap);
        }
        left -= width;
        count -= 1.0;
    }
    Some(f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(middles: &[f64], room: f64) -> Vec<f64> {
        places(&middles.iter().map(|middle| Wish { middle: *middle, width: 10.0 }).collect::<Vec<_>>(), 2.0, room)
    }

    #[test]
    fn items_keep_their_order_and_their_room() {
        assert_eq!(at(&[20.0, 60.0], 100.0), [20.0, 60.0]);
        assert_eq!(at(&[50.0, 50.0], 100.0), [44.0, 56.0]);
        assert_eq!(at(&[-50.0, 500.0], 100.0), [5.0, 95.0]);
        assert_eq!(at(&[80.0, 20.0, 50.0], 36.0).len(), 3);
    }

    #[test]
    fn wide_items_are_cut_to_what_is_left() {
        assert_eq!(cap(&[10.0, 100.0, 100.0], 5.0, 120.0, 20.0), Some(50.0));
        assert_eq!(cap(&[10.0, 100.0, 100.0], 5.0, 120.0, 60.0), None);
        assert_eq!(cap(&[10.0, 20.0], 5.0, 120.0, 20.0), Some(f64::INFINITY));
    }
}
