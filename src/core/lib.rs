//! The pure part of prospect: what ideas are ([`domain`]) and what follows from
//! them ([`judge`]). A crate of its own, so that it cannot name a file format,
//! a terminal or a setting even by mistake, and so that all of it is compiled
//! for speed.

#![warn(missing_docs, unreachable_pub)]

pub mod domain;
pub mod judge;

pub mod parallel {
    //! Work on many items, shared out to all cores.

    use std::panic::resume_unwind;
    use std::sync::LazyLock;
    use std::thread::{self, ScopedJoinHandle};

    /// What `work` makes of each item, in their order. Fewer than `many` items are not
    /// shared out: for them a thread takes longer to begin than the work.
    ///
    /// # Panics
    /// If `work` does.
    pub fn map<T: Sync, R: Send>(
        items: &[T],
        many: usize,
        work: impl Fn(&T) -> R + Sync,
    ) -> Vec<R> {
        static CORES: LazyLock<usize> =
            LazyLock::new(|| thread::available_parallelism().map_or(1, usize::from).min(8));
        if items.len() < many || *CORES == 1 {
            return items.iter().map(work).collect();
        }
        let of = |share: &[T]| -> Vec<R> { share.iter().map(&work).collect() };
        let (first, others) = items.split_at(items.len().div_ceil(*CORES));
        thread::scope(|scope| {
            let of = &of;
            let shares = others.chunks(first.len());
            let workers: Vec<_> = shares.map(|share| scope.spawn(move || of(share))).collect();
            let join = |worker: ScopedJoinHandle<'_, Vec<R>>| {
                worker.join().unwrap_or_else(|panic| resume_unwind(panic))
            };
            let mut done = of(first);
            done.extend(workers.into_iter().flat_map(join));
            done
        })
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_order_stays() {
            for count in [0, 1, 7, 100] {
                let items: Vec<usize> = (0..count).collect();
                assert_eq!(map(&items, 2, |item| item * 2), map(&items, 1000, |item| item * 2));
            }
        }
    }
}
