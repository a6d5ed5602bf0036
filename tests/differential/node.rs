//! JSON as it is written down, which need not be right: names may repeat, leaves and names are any text.

use serde_json::Value;

#[derive(Clone, Debug)]
pub(crate) enum Node {
    Leaf(String),
    Array(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Array(items) => Self::Array(items.iter().map(Self::of).collect()),
            Value::Object(members) => {
                Self::Object(members.iter().map(|(name, value)| (quoted(name), Self::of(value))).collect())
            }
            leaf => Self::Leaf(leaf.to_string()),
        }
    }

    pub(crate) fn text(&self) -> String {
        match self {
            Self::Leaf(text) => text.clone(),
            Self::Array(items) => format!("[{}]", items.iter().map(Self::text).collect::<Vec<_>>().join(",")),
            Self::Object(members) => {
                let members: Vec<_> = members.iter().map(|(name, value)| format!("{name}:{}", value.text())).collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }

    /// The members of an object that is known to be one.
    pub(crate) fn members(&mut self) -> &mut Vec<(String, Node)> {
        match self {
            Self::Object(members) => members,
            _ => panic!("not an object"),
        }
    }

    pub(crate) fn items(&mut self) -> &mut Vec<Node> {
        match self {
            Self::Array(items) => items,
            _ => panic!("not an array"),
        }
    }

    pub(crate) fn get(&mut self, name: &str) -> Option<&mut Node> {
        let name = quoted(name);
        self.members().iter_mut().find(|member| member.0 == name).map(|member| &mut member.1)
    }

    /// Sets a member to this text, in its place or at the end.
    pub(crate) fn set(&mut self, name: &str, text: impl Into<String>) {
        let leaf = Self::Leaf(text.into());
        match self.get(name) {
            Some(value) => *value = leaf,
            None => self.members().push((quoted(name), leaf)),
        }
    }

    pub(crate) fn remove(&mut self, name: &str) {
        let name = quoted(name);
        self.members().retain(|member| member.0 != name);
    }

    /// The member's string, where it is one without escapes.
    pub(crate) fn string(&self, name: &str) -> Option<String> {
        let Self::Object(members) = self else { return None };
        match members.iter().find(|member| member.0 == quoted(name)) {
            Some((_, Self::Leaf(text))) => serde_json::from_str(text).ok(),
            _ => None,
        }
    }

    /// How many objects there are that have members.
    pub(crate) fn objects(&self) -> usize {
        match self {
            Self::Leaf(_) => 0,
            Self::Array(items) => items.iter().map(Self::objects).sum(),
            Self::Object(members) => {
                usize::from(!members.is_empty()) + members.iter().map(|(_, value)| value.objects()).sum::<usize>()
            }
        }
    }

    /// One of them, the outer before the inner.
    pub(crate) fn object(&mut self, place: &mut usize) -> Option<&mut Vec<(String, Node)>> {
        match self {
            Self::Leaf(_) => None,
            Self::Array(items) => items.iter_mut().find_map(|item| item.object(place)),
            Self::Object(members) => {
                if !members.is_empty() {
                    if *place == 0 {
                        return Some(members);
                    }
                    *place -= 1;
                }
                members.iter_mut().find_map(|(_, value)| value.object(place))
            }
        }
    }
}

pub(crate) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
