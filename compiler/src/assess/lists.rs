//! Many short lists in one vector: what is walked millions of times stays together in memory.
//!
//! In: lists. Out: the same, position by position, or turned round. Never: a list that grows afterwards.

use crate::base::Id;

/// Lists by position.
#[derive(Clone, Debug)]
pub struct Lists<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Lists { starts: vec![0], items: Vec::new() }
    }
}

impl<T> Lists<T> {
    /// Adds a list at the end.
    pub fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.items.extend(list);
        self.starts.push(self.items.len() as u32);
    }

    /// All lists, position by position.
    pub fn iter(&self) -> impl Iterator<Item = &[T]> {
        (0..self.starts.len().saturating_sub(1)).map(|position| self.at(position))
    }

    /// The list at a position; an empty one where there is none.
    pub fn at(&self, position: usize) -> &[T] {
        let start = self.starts.get(position).copied().unwrap_or(0) as usize;
        let end = self.starts.get(position + 1).copied().unwrap_or(0) as usize;
        self.items.get(start..end).unwrap_or(&[])
    }
}

impl<T: Id> Lists<T> {
    /// For each of `items` items, the positions of the lists that it is in, in order.
    pub fn inverse<P: Id>(&self, items: usize) -> Lists<P> {
        let mut starts = vec![0_u32; items + 1];
        for item in &self.items {
            if let Some(count) = starts.get_mut(item.index() + 1) {
                *count += 1;
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut next = starts.clone();
        let mut sorted = vec![P::from_index(0); total as usize];
        for (position, list) in self.iter().enumerate() {
            for item in list {
                if let Some(place) = next.get_mut(item.index())
                    && let Some(slot) = sorted.get_mut(*place as usize)
                {
                    *slot = P::from_index(position);
                    *place += 1;
                }
            }
        }
        Lists { starts, items: sorted }
    }
}

impl<T, L: IntoIterator<Item = T>> FromIterator<L> for Lists<T> {
    fn from_iter<I: IntoIterator<Item = L>>(lists: I) -> Self {
        let mut all = Lists::default();
        for list in lists {
            all.push(list);
        }
        all
    }
}
