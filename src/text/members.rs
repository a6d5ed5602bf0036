//! The members of an object that is read once and asked often.

use alloc::{string::String, vec::Vec};

use super::json::{Object, Value};

/// A token has a dozen claims: comparing so few names one after the other takes less than building a tree of them, and
/// less memory. Of an object with many, whoever wrote it, each name must still be found at once.
#[derive(Debug)]
pub(crate) enum Members {
    Few(Vec<(String, Value)>),
    Many(Object),
}

const MOST_OF_FEW: usize = 32;

impl Members {
    pub(crate) fn new() -> Self {
        Self::Few(Vec::with_capacity(16))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Self::Few(members) => members.iter().find(|(known, _)| known == name).map(|(_, value)| value),
            Self::Many(members) => members.get(name),
        }
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Few(members) => members.len(),
            Self::Many(members) => members.len(),
        }
    }

    /// Adds a member whose name is not there yet.
    pub(crate) fn add(&mut self, name: String, value: Value) {
        match self {
            Self::Few(members) if members.len() < MOST_OF_FEW => members.push((name, value)),
            Self::Few(members) => {
                // To collect them would bring code that sorts them first.
                let mut many = Object::new();
                many.extend(core::mem::take(members));
                many.insert(name, value);
                *self = Self::Many(many);
            }
            Self::Many(members) => {
                members.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn each_is_found_however_many_there_are() {
        let mut members = Members::new();
        for count in 0..200_usize {
            assert_eq!(members.len(), count);
            assert!(!members.contains(&count.to_string()), "{count}");
            members.add(count.to_string(), count.into());
            for earlier in 0..=count {
                assert_eq!(members.get(&earlier.to_string()), Some(&Value::from(earlier)), "{earlier} of {count}");
            }
        }
        assert!(matches!(members, Members::Many(_)));
    }
}
