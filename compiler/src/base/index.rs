//! Vectors indexed by their own kind of number, so that a flow's number never finds a component.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A typed index; made by [`crate::new_id!`].
pub trait Id: Copy + Eq {
    /// The index of position `index`.
    fn from_index(index: usize) -> Self;
    /// The position it stands for.
    fn index(self) -> usize;
}

/// Declares a newtype over `u32` that indexes an [`IndexVec`].
#[macro_export]
macro_rules! new_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u32);

        impl $crate::base::Id for $name {
            fn from_index(index: usize) -> Self {
                // Four thousand million declarations do not fit in memory: the cast cannot lose anything.
                $name(index as u32)
            }
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

/// A vector whose positions are `I`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexVec<I, T> {
    items: Vec<T>,
    of: PhantomData<fn(I)>,
}

impl<I: Id, T> IndexVec<I, T> {
    /// An empty one.
    pub fn new() -> Self {
        IndexVec { items: Vec::new(), of: PhantomData }
    }

    /// Adds `item` at the end and says where it is.
    pub fn push(&mut self, item: T) -> I {
        let id = I::from_index(self.items.len());
        self.items.push(item);
        id
    }

    /// The index that the next pushed item gets.
    pub fn next_id(&self) -> I {
        I::from_index(self.items.len())
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// All indexes, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.items.len()).map(I::from_index)
    }

    /// All items, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// All items, in order, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }

    /// All items with their indexes, in order.
    pub fn iter_ids(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator + Clone {
        self.items.iter().enumerate().map(|(i, item)| (I::from_index(i), item))
    }

    /// The item, if the index is of this vector.
    pub fn find(&self, id: I) -> Option<&T> {
        self.items.get(id.index())
    }

    /// Gives back the memory that nothing stands in.
    pub fn shrink_to_fit(&mut self) {
        self.items.shrink_to_fit();
    }

    /// Forgets every item from `len` on.
    pub fn truncate(&mut self, len: usize) {
        self.items.truncate(len);
    }

    /// All items as a slice, position by position.
    pub fn as_slice(&self) -> &[T] {
        &self.items
    }
}

impl<I: Id, T> Default for IndexVec<I, T> {
    fn default() -> Self {
        IndexVec::new()
    }
}

impl<I: Id, T> FromIterator<T> for IndexVec<I, T> {
    fn from_iter<It: IntoIterator<Item = T>>(items: It) -> Self {
        IndexVec { items: items.into_iter().collect(), of: PhantomData }
    }
}

// An index is only ever made by the vector it belongs to, so looking it up cannot fail.
impl<I: Id, T> Index<I> for IndexVec<I, T> {
    type Output = T;
    #[expect(clippy::indexing_slicing, reason = "an id comes from the vector that it indexes")]
    fn index(&self, id: I) -> &T {
        &self.items[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for IndexVec<I, T> {
    #[expect(clippy::indexing_slicing, reason = "an id comes from the vector that it indexes")]
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.items[id.index()]
    }
}
