//! The best rows of one part: a dynamic program over its units in order.
//!
//! A state is the set of later units that rows taken so far have used already. Costs are above the units' prices, so
//! that every state has a lower bound, and the states that are dropped where they become too many say how far the
//! result can be from the best.

use std::cmp::Ordering;

use super::parts::Part;
use super::prices;

/// Most states at once, in rounds; each round runs only if the one before left it open whether its result is the best.
const WIDTHS: [usize; 4] = [100, 2_000, 30_000, 200_000];

/// So many times more states are made in a step than are kept.
const MORE: usize = 4;

/// Less than this is rounding.
const ROUNDING: f64 = 1e-11;

/// The best rows found.
pub(super) struct Best {
    /// Indices of the rows of two and more units that are taken; all other units stand alone.
    pub rows: Vec<usize>,
    pub proven: bool,
    /// Sum of disorders that no choice of rows goes below.
    pub at_least: f64,
}

/// The best rows of `part`. `effort` is the number of steps left, and counted down; the first round takes what it needs.
pub(super) fn best(part: &Part, annotators: usize, effort: &mut u64) -> Best {
    if let [row] = &part.rows[..] {
        return Best {
            rows: vec![0],
            proven: true,
            at_least: row.cost + (part.units - row.size as usize) as f64,
        };
    }
    let prices = prices::of(part);
    let base: f64 = prices.units.iter().sum();
    // To begin with, every unit alone.
    let mut known = (part.units as f64 - base, Vec::new());
    let mut at_least = 0.0_f64;
    for (round, width) in WIDTHS.into_iter().enumerate() {
        let mut steps = if round == 0 { u64::MAX } else { *effort };
        let given = steps;
        let search = Search { part, prices: &prices, annotators, width, ceiling: known.0 };
        let outcome = search.run(&mut steps);
        *effort = effort.saturating_sub(given - steps);
        let Some(outcome) = outcome else { break };
        if let Some((cost, rows)) = outcome.best
            && cost < known.0
        {
            known = (cost, rows);
        }
        at_least = at_least.max(outcome.dropped.min(known.0));
        if outcome.dropped >= known.0 - ROUNDING {
            break;
        }
    }
    let (cost, rows) = known;
    Best { rows, proven: at_least >= cost - ROUNDING, at_least: base + at_least.min(cost) }
}

struct Search<'a> {
    part: &'a Part,
    prices: &'a prices::Prices,
    annotators: usize,
    width: usize,
    /// A state that costs more than this is of no use.
    ceiling: f64,
}

struct Outcome {
    /// Cost above prices, and rows. None: every state was above the ceiling or dropped.
    best: Option<(f64, Vec<usize>)>,
    /// The least that anything dropped can cost.
    dropped: f64,
}

#[derive(Clone, Copy)]
struct State {
    /// One bit for each slot.
    used: u128,
    cost: f64,
    /// Last row taken before, in the history.
    history: u32,
    /// Row taken in this step.
    row: u32,
}

fn by_cost(a: &State, b: &State) -> Ordering {
    a.cost.total_cmp(&b.cost).then(a.used.cmp(&b.used))
}

const NONE: u32 = u32::MAX;

impl Search<'_> {
    /// None: more than `steps` are needed.
    fn run(&self, steps: &mut u64) -> Option<Outcome> {
        let mut slots = Slots::new(self.part.units);
        let mut dropped = f64::INFINITY;
        let mut history: Vec<(u32, u32)> = Vec::new();
        let mut states = vec![State { used: 0, cost: 0.0, history: NONE, row: NONE }];
        let mut next: Vec<State> = Vec::new();
        let mut open: Vec<(u32, u128, f64)> = Vec::new();
        let mut order: Vec<usize> = Vec::new();
        let mut rows = 0;
        for at in 0..self.part.units {
            let begin = rows;
            while self.part.rows.get(rows).is_some_and(|row| self.part.members(row)[0] as usize == at) {
                rows += 1;
            }
            let own = slots.close(at);
            order.clear();
            order.extend((begin..rows).filter(|row| self.prices.above[*row] <= self.ceiling + ROUNDING));
            order.sort_unstable_by(|a, b| {
                self.prices.above[*a].total_cmp(&self.prices.above[*b]).then(a.cmp(b))
            });
            open.clear();
            for (place, row) in order.iter().enumerate() {
                let above = self.prices.above[*row];
                if place == MORE * self.width {
                    dropped = dropped.min(above);
                    break;
                }
                match slots.open(&self.part.members(&self.part.rows[*row])[1..]) {
                    Some(uses) => open.push((*row as u32, uses, above)),
                    None => dropped = dropped.min(above),
                }
            }
            // Where states and rows are many, the dearer ones of either go together with the cheaper ones of the other
            // only: more than `width` are cheaper than what is not made here.
            states.sort_unstable_by(by_cost);
            next.clear();
            for (place, state) in states.iter().enumerate() {
                if state.used & own != 0 {
                    next.push(State { used: state.used & !own, ..*state });
                    continue;
                }
                next.push(State { cost: state.cost + 1.0 - self.prices.units[at], ..*state });
                let most = MORE * self.width / (place + 1);
                for (row, uses, above) in open.iter().take(most) {
                    let cost = state.cost + above;
                    if cost > self.ceiling + ROUNDING {
                        break;
                    }
                    if state.used & uses == 0 {
                        next.push(State { used: state.used | uses, cost, row: *row, ..*state });
                    }
                }
                if let Some((.., above)) = open.get(most) {
                    dropped = dropped.min(state.cost + above);
                }
            }
            *steps = steps.checked_sub(next.len() as u64)?;
            next.retain(|state| state.cost <= self.ceiling + ROUNDING);
            if next.len() > 1 {
                next.sort_unstable_by(|a, b| {
                    a.used.cmp(&b.used).then(a.cost.total_cmp(&b.cost)).then(a.row.cmp(&b.row))
                });
                next.dedup_by_key(|state| state.used);
                self.prune(&mut next, &slots);
            }
            if next.len() > self.width {
                let (_, first, _) = next.select_nth_unstable_by(self.width, by_cost);
                dropped = dropped.min(first.cost);
                next.truncate(self.width);
            }
            for state in &mut next {
                if state.row != NONE {
                    history.push((state.row, state.history));
                    state.history = (history.len() - 1) as u32;
                    state.row = NONE;
                }
            }
            std::mem::swap(&mut states, &mut next);
        }
        let Some(last) = states.first() else {
            return Some(Outcome { best: None, dropped });
        };
        let mut taken = Vec::new();
        let mut entry = last.history;
        while entry != NONE {
            let (row, before) = history[entry as usize];
            taken.push(row as usize);
            entry = before;
        }
        taken.reverse();
        Some(Outcome { best: Some((last.cost, taken)), dropped })
    }

    /// Drops states that the cheapest one makes useless: it can always go on like another, with units alone that only
    /// the other has used (1 each at most), and without those that only it has used. A row that loses one unit costs
    /// at most K - 1 more pairs with an empty one, of C: 2 / annotators.
    fn prune(&self, states: &mut Vec<State>, slots: &Slots) {
        let Some(best) = states.iter().min_by(|a, b| by_cost(a, b)).copied() else {
            return;
        };
        let lose = 2.0 / self.annotators as f64;
        states.retain(|state| {
            let mut room = ROUNDING;
            let mut bits = state.used ^ best.used;
            while bits != 0 {
                let slot = bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let price = self.prices.units[slots.units[slot]];
                room += if state.used >> slot & 1 == 1 { 1.0 - price } else { lose + price };
            }
            state.cost <= best.cost + room
        });
    }
}

/// Bits for units that rows taken so far may have used, and that have not had their turn.
struct Slots {
    free: u128,
    /// The unit that has the slot.
    units: [usize; 128],
    of_unit: Vec<Option<u32>>,
}

impl Slots {
    fn new(units: usize) -> Self {
        Self { free: u128::MAX, units: [0; 128], of_unit: vec![None; units] }
    }

    /// Gives back the slot of `unit`, and returns its bit; 0 if it has none.
    fn close(&mut self, unit: usize) -> u128 {
        let bit = self.of_unit[unit].map_or(0, |slot| 1 << slot);
        self.free |= bit;
        bit
    }

    /// The bits of `units`. None if more than 128 units would be open at once.
    fn open(&mut self, units: &[u32]) -> Option<u128> {
        let mut bits = 0;
        for unit in units {
            let known = &mut self.of_unit[*unit as usize];
            if known.is_none() {
                if self.free == 0 {
                    return None;
                }
                let slot = self.free.trailing_zeros();
                self.free &= !(1 << slot);
                self.units[slot as usize] = *unit as usize;
                *known = Some(slot);
            }
            bits |= 1 << known.unwrap_or(0);
        }
        Some(bits)
    }
}
