//! The knapsack problem with two limits, solved exactly by dynamic programming
//! over whole hours.

/// Something to put in. Worth hours × score.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub(super) position: usize,
    pub(super) hours: u32,
    pub(super) is_next_hot: bool,
    pub(super) score: f64,
}

/// Hours that all may take, and that next-hot bets may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) hours: u32,
    pub(super) next_hot_hours: u32,
}

impl Limits {
    /// The limit that one item meets.
    pub(super) fn met_by(self, item: &Item) -> u32 {
        if item.is_next_hot { self.next_hot_hours } else { self.hours }
    }
}

/// The positions of the items of the best set; among equals the better scores,
/// then the earlier ones.
pub(super) fn fill(items: Vec<Item>, limits: Limits) -> Vec<usize> {
    let items = promising(items, limits);
    let (hours, columns) = (limits.hours as usize, limits.next_hot_hours as usize + 1);
    let mut best = vec![0.0; (hours + 1) * columns];
    let mut takes: Vec<Vec<bool>> = Vec::with_capacity(items.len());
    for item in &items {
        let (size, shift) = steps(item);
        let mut take = vec![false; best.len()];
        // Downwards, so that what is read has not had the item yet.
        for used in (size..=hours).rev() {
            for column in (shift..columns).rev() {
                let with = best[(used - size) * columns + column - shift] + worth(item);
                let cell = used * columns + column;
                if with > best[cell] + 1e-9 {
                    best[cell] = with;
                    take[cell] = true;
                }
            }
        }
        takes.push(take);
    }
    let (mut used, mut column) = (hours, columns - 1);
    let mut chosen = Vec::new();
    for (item, take) in items.iter().zip(&takes).rev() {
        if take[used * columns + column] {
            let (size, shift) = steps(item);
            (used, column) = (used - size, column - shift);
            chosen.push(item.position);
        }
    }
    chosen
}

/// Hours, and hours of the share of next-hot bets.
fn steps(item: &Item) -> (usize, usize) {
    let hours = item.hours as usize;
    (hours, if item.is_next_hot { hours } else { 0 })
}

fn worth(item: &Item) -> f64 {
    f64::from(item.hours) * item.score
}

/// What some best set is made of: of items of the same kind and size, no more
/// of the best than fit at all. The best scores first.
fn promising(mut items: Vec<Item>, limits: Limits) -> Vec<Item> {
    items.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.position.cmp(&b.position)));
    let mut seen = std::collections::HashMap::new();
    items.retain(|item| {
        let seen = seen.entry((item.is_next_hot, item.hours)).or_insert(0);
        *seen += 1;
        *seen * item.hours <= limits.met_by(item)
    });
    items
}
