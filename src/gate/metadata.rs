//! The document that tells clients where to get a token (RFC 9728 section 2).

use alloc::string::String;

use super::resource::Resource;
use crate::text::json::{Object, Value, text_of};

/// Its members besides `resource`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Metadata(pub(crate) Object);

impl Metadata {
    /// The document of `resource`, which must be just the identifier that its address was made from
    /// (section 3.3).
    pub(crate) fn document(&self, resource: &Resource) -> String {
        let mut document = Object::new();
        document.insert("resource".into(), resource.identifier().into());
        document.extend(self.0.clone());
        text_of(&Value::Object(document))
    }
}
