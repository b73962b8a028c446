//! A price for each unit of a part, such that no row costs less than its units.
//!
//! The sum of all prices is then a lower bound of every alignment's disorder (the dual of the set partition problem),
//! and a row is the worse the more it costs above its units' prices.

use super::parts::Part;

/// Prices of units, and what each row costs above them (0 or more).
pub(super) struct Prices {
    pub units: Vec<f64>,
    pub above: Vec<f64>,
}

/// Raises the prices of one unit after the other as far as the rows let it; first by a part of that, so that those who
/// come first leave room.
pub(super) fn of(part: &Part) -> Prices {
    let mut begin = vec![0; part.units + 1];
    for row in &part.rows {
        for member in part.members(row) {
            begin[*member as usize + 1] += 1;
        }
    }
    for at in 0..part.units {
        begin[at + 1] += begin[at];
    }
    let mut free = begin.clone();
    let mut with = vec![0_u32; begin[part.units]];
    for (at, row) in part.rows.iter().enumerate() {
        for member in part.members(row) {
            with[free[*member as usize]] = at as u32;
            free[*member as usize] += 1;
        }
    }
    let mut prices =
        Prices { units: vec![0.0; part.units], above: part.rows.iter().map(|row| row.cost).collect() };
    let mut pass = |share: f64, at: usize| {
        let rows = &with[begin[at]..begin[at + 1]];
        let room = rows.iter().map(|row| prices.above[*row as usize]).fold(1.0 - prices.units[at], f64::min);
        let more = room.max(0.0) * share;
        prices.units[at] += more;
        for row in rows {
            prices.above[*row as usize] -= more;
        }
    };
    for share in [0.25, 0.5, 0.5] {
        (0..part.units).for_each(|at| pass(share, at));
        (0..part.units).rev().for_each(|at| pass(share, at));
    }
    (0..part.units).for_each(|at| pass(1.0, at));
    for above in &mut prices.above {
        *above = above.max(0.0);
    }
    prices
}
