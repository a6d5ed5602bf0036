//! Texts, each with a place in a list.
//!
//! Every type that a tree is made of brings code of its own, some 4 KiB in WebAssembly. So these are kept in the one
//! tree that must be there: that of JSON objects.

use alloc::{string::String, vec::Vec};

use super::json::Object;

/// A place for each text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places(Object);

impl Places {
    pub(crate) fn get(&self, text: &str) -> Option<usize> {
        self.0.get(text)?.as_u64().and_then(|place| usize::try_from(place).ok())
    }

    /// Whether `text` is new. Otherwise it has another place from now on.
    pub(crate) fn insert(&mut self, text: &str, place: usize) -> bool {
        self.0.insert(text.into(), place.into()).is_none()
    }

    /// All texts, sorted.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }
}

/// A list for each text.
#[derive(Clone, Debug)]
pub(crate) struct Lists<T> {
    places: Places,
    lists: Vec<Vec<T>>,
}

impl<T> Lists<T> {
    /// The list of `text`, which is empty where there was none.
    pub(crate) fn get(&self, text: &str) -> &[T] {
        self.places.get(text).and_then(|place| self.lists.get(place)).map_or(&[], Vec::as_slice)
    }

    /// Puts `member` at the end of the list of `text`.
    pub(crate) fn add(&mut self, text: &str, member: T) {
        match self.places.get(text).and_then(|place| self.lists.get_mut(place)) {
            Some(list) => list.push(member),
            None => {
                self.places.insert(text, self.lists.len());
                self.lists.push([member].into());
            }
        }
    }
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { places: Places::default(), lists: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_has_its_own() {
        let mut places = Places::default();
        assert!(places.insert("b", 1) && places.insert("a", 0) && !places.insert("b", 2));
        assert_eq!((places.get("a"), places.get("b"), places.get("c")), (Some(0), Some(2), None));
        assert!(places.texts().eq(["a", "b"]));
        let mut lists = Lists::default();
        for (text, member) in [("x", 1), ("y", 2), ("x", 3)] {
            lists.add(text, member);
        }
        assert_eq!((lists.get("x"), lists.get("y"), lists.get("z")), (&[1, 3][..], &[2][..], &[][..]));
    }
}
