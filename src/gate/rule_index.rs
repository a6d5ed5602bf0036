//! Where to look for the rules that are for an operation, among many.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use super::{
    glob::Glob,
    operation::Operation,
    rules::{Method, Rule},
};

/// The places of rules: under the one name or the one URI that a rule is for, else under its one method, else
/// among the others. Each list is in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleIndex {
    by_name: BTreeMap<String, Vec<usize>>,
    by_uri: BTreeMap<String, Vec<usize>>,
    by_method: BTreeMap<String, Vec<usize>>,
    others: Vec<usize>,
}

impl RuleIndex {
    pub(crate) fn new(rules: &[Rule]) -> Self {
        let mut index = Self::default();
        for (place, rule) in rules.iter().enumerate() {
            index.places_for(rule).push(place);
        }
        index
    }

    fn places_for(&mut self, rule: &Rule) -> &mut Vec<usize> {
        let exact = |glob: &Option<Glob>| glob.as_ref().and_then(Glob::exact).map(String::from);
        match (exact(&rule.name), exact(&rule.uri), &rule.method) {
            (Some(name), ..) => self.by_name.entry(name).or_default(),
            (_, Some(uri), _) => self.by_uri.entry(uri).or_default(),
            (.., Method::Exactly(method)) => self.by_method.entry(method.clone()).or_default(),
            (.., Method::Any | Method::StartingWith(_)) => &mut self.others,
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

fn places_under<'i>(index: &'i BTreeMap<String, Vec<usize>>, text: Option<&str>) -> &'i [usize] {
    text.and_then(|text| index.get(text)).map_or(&[], Vec::as_slice)
}
