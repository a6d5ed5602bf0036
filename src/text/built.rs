//! JSON objects that are put together here.

use super::json::{Object, Value};

/// An object, member by member. What `json!` makes of each member takes five times the code.
#[derive(Default)]
pub(crate) struct Built(Object);

impl Built {
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.put(name, value.into());
        self
    }

    #[inline(never)]
    fn put(&mut self, name: &str, value: Value) {
        self.0.insert(name.into(), value);
    }
}

impl From<Built> for Value {
    fn from(built: Built) -> Self {
        Self::Object(built.0)
    }
}
