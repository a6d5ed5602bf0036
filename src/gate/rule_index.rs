//! Where to look for the rules that are for an operation, among many.

use alloc::vec::Vec;

use super::{
    glob::Glob,
    operation::Operation,
    rules::{Method, Rule},
};
use crate::text::places::Lists;

/// The places of rules: under the one name or the one URI that a rule is for, else under its one method, else
/// among the others. Each list is in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleIndex {
    by_name: Lists<usize>,
    by_uri: Lists<usize>,
    by_method: Lists<usize>,
    others: Vec<usize>,
}

impl RuleIndex {
    pub(crate) fn new(rules: &[Rule]) -> Self {
        let mut index = Self::default();
        for (place, rule) in rules.iter().enumerate() {
            index.add(rule, place);
        }
        index
    }

    fn add(&mut self, rule: &Rule, place: usize) {
        match (exact(&rule.name), exact(&rule.uri), &rule.method) {
            (Some(name), ..) => self.by_name.add(name, place),
            (_, Some(uri), _) => self.by_uri.add(uri, place),
            (.., Method::Exactly(method)) => self.by_method.add(method, place),
            (.., Method::Any | Method::StartingWith(_)) => self.others.push(place),
        }
    }

    /// The first place for which `is_for` holds. It is asked of no rule that cannot be for `operation`, and of
    /// none behind one that is.
    pub(crate) fn first(&self, operation: &Operation<'_>, is_for: impl Fn(usize) -> bool) -> Option<usize> {
        let lists = [
            places_under(&self.by_name, operation.name.as_deref()),
            places_under(&self.by_uri, operation.uri.as_deref()),
            places_under(&self.by_method, operation.method.as_deref()),
            &self.others,
        ];
        lists.into_iter().fold(None, |first: Option<usize>, places| {
            let mut before = places.iter().copied().take_while(|place| first.is_none_or(|first| *place < first));
            before.find(|place| is_for(*place)).or(first)
        })
    }
}

fn exact(glob: &Option<Glob>) -> Option<&str> {
    glob.as_ref().and_then(Glob::exact)
}

fn places_under<'i>(index: &'i Lists<usize>, text: Option<&str>) -> &'i [usize] {
    text.map_or(&[], |text| index.get(text))
}
