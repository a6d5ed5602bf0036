//! Things by a digest, of which those unused for longest can be told.
//!
//! A table of chains, with a second chain through all things from the latest used to the oldest. What is done to it takes
//! the same time however many there are, and none of it is made anew for each type: the things lie beside it.

use alloc::vec::Vec;

/// SHA-256 of what a thing is found by.
pub(crate) type Digest = [u8; 32];

/// Things by their digests.
#[derive(Clone)]
pub(crate) struct Recent<T> {
    order: Order,
    things: Vec<Option<T>>,
}

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self { order: Order::default(), things: Vec::new() }
    }
}

impl<T> Recent<T> {
    pub(crate) fn len(&self) -> usize {
        self.order.len
    }

    /// The thing, which is not used thereby.
    pub(crate) fn peek(&mut self, digest: &Digest) -> Option<&mut T> {
        let place = self.order.find(digest)?;
        self.thing(place)
    }

    /// The thing if `is_it`. From then on it is the latest used.
    pub(crate) fn find(&mut self, digest: &Digest, is_it: impl FnOnce(&T) -> bool) -> Option<&mut T> {
        let place = self.order.find(digest)?;
        self.thing(place).filter(|thing| is_it(thing))?;
        self.order.use_again(place);
        self.thing(place)
    }

    /// Keeps a thing as the latest used. There must be none of this digest.
    pub(crate) fn add(&mut self, digest: Digest, thing: T) {
        let place = index(self.order.add(digest));
        match self.things.get_mut(place) {
            Some(free) => *free = Some(thing),
            None => self.things.push(Some(thing)),
        }
    }

    pub(crate) fn remove(&mut self, digest: &Digest) -> Option<T> {
        let place = self.order.find(digest)?;
        self.order.remove(place);
        self.things.get_mut(index(place))?.take()
    }

    /// Removes the thing that was unused for longest.
    pub(crate) fn remove_oldest(&mut self) -> Option<T> {
        let place = self.order.oldest;
        self.order.remove(place);
        self.things.get_mut(index(place))?.take()
    }

    fn thing(&mut self, place: Place) -> Option<&mut T> {
        self.things.get_mut(index(place))?.as_mut()
    }
}

/// The place of a node, or [`NONE`].
type Place = u32;

const NONE: Place = Place::MAX;

/// Which digest has which place, and which was used when.
#[derive(Clone)]
struct Order {
    nodes: Vec<Node>,
    /// The first node of each chain. As many as a power of two, or none.
    chains: Vec<Place>,
    /// The first of the nodes that are free.
    free: Place,
    latest: Place,
    oldest: Place,
    len: usize,
}

#[derive(Clone)]
struct Node {
    digest: Digest,
    /// The next node of the same chain, or the next free one.
    next: Place,
    /// The node that was used next.
    later: Place,
    /// The node that was used before.
    earlier: Place,
}

impl Default for Order {
    fn default() -> Self {
        Self { nodes: Vec::new(), chains: Vec::new(), free: NONE, latest: NONE, oldest: NONE, len: 0 }
    }
}

impl Order {
    fn find(&self, digest: &Digest) -> Option<Place> {
        let mut place = *self.chains.get(self.chain(digest))?;
        while let Some(node) = self.nodes.get(index(place)) {
            if node.digest == *digest {
                return Some(place);
            }
            place = node.next;
        }
        None
    }

    fn use_again(&mut self, place: Place) {
        if self.latest != place {
            self.leave(place);
            self.join(place);
        }
    }

    fn add(&mut self, digest: Digest) -> Place {
        if self.len >= self.chains.len() {
            self.lengthen();
        }
        let node = Node { digest, next: NONE, later: NONE, earlier: NONE };
        let place = match self.nodes.get_mut(index(self.free)) {
            Some(free) => {
                let place = self.free;
                self.free = free.next;
                *free = node;
                place
            }
            None => {
                self.nodes.push(node);
                Place::try_from(self.nodes.len().wrapping_sub(1)).unwrap_or(NONE)
            }
        };
        self.len = self.len.wrapping_add(1);
        self.enter(place);
        self.join(place);
        place
    }

    fn remove(&mut self, place: Place) {
        let Some(Node { digest, next, .. }) = self.nodes.get(index(place)).cloned() else { return };
        self.leave(place);
        let chain = self.chain(&digest);
        let mut link = None;
        if let Some(first) = self.chains.get_mut(chain) {
            if *first == place {
                *first = next;
            } else {
                link = Some(*first);
            }
        }
        while let Some(before) = link.and_then(|before| self.nodes.get_mut(index(before))) {
            if before.next == place {
                before.next = next;
                break;
            }
            link = Some(before.next);
        }
        if let Some(node) = self.nodes.get_mut(index(place)) {
            node.next = self.free;
            self.free = place;
        }
        self.len = self.len.wrapping_sub(1);
    }

    /// Twice as many chains, so that each has about one node.
    fn lengthen(&mut self) {
        let chains = self.chains.len().saturating_mul(2).max(16);
        self.chains.clear();
        self.chains.resize(chains, NONE);
        let mut place = self.latest;
        while let Some(node) = self.nodes.get(index(place)) {
            let earlier = node.earlier;
            self.enter(place);
            place = earlier;
        }
    }

    /// Puts a node at the head of its chain.
    fn enter(&mut self, place: Place) {
        let Some(digest) = self.nodes.get(index(place)).map(|node| node.digest) else { return };
        let chain = self.chain(&digest);
        if let (Some(node), Some(first)) = (self.nodes.get_mut(index(place)), self.chains.get_mut(chain)) {
            node.next = core::mem::replace(first, place);
        }
    }

    /// Makes a node the latest used.
    fn join(&mut self, place: Place) {
        let latest = core::mem::replace(&mut self.latest, place);
        if let Some(node) = self.nodes.get_mut(index(place)) {
            (node.later, node.earlier) = (NONE, latest);
        }
        *self.later_of(latest) = place;
    }

    /// Takes a node out from between its neighbours.
    fn leave(&mut self, place: Place) {
        let Some(node) = self.nodes.get(index(place)) else { return };
        let (later, earlier) = (node.later, node.earlier);
        *self.later_of(earlier) = later;
        match self.nodes.get_mut(index(later)) {
            Some(node) => node.earlier = earlier,
            None => self.latest = earlier,
        }
    }

    /// What follows a node in the order of use. What follows none is the oldest.
    fn later_of(&mut self, place: Place) -> &mut Place {
        match self.nodes.get_mut(index(place)) {
            Some(node) => &mut node.later,
            None => &mut self.oldest,
        }
    }

    /// A digest is as good as any number.
    fn chain(&self, digest: &Digest) -> usize {
        let [a, b, c, d, ..] = *digest;
        index(u32::from_le_bytes([a, b, c, d])) & self.chains.len().wrapping_sub(1)
    }
}

fn index(place: Place) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn digest(number: u8) -> Digest {
        let mut digest = [number; 32];
        digest[..4].copy_from_slice(&u32::from(number % 16).to_le_bytes()); // so that chains are long
        digest
    }

    proptest! {
        /// As a list from the oldest to the latest, which is searched from end to end.
        #[test]
        fn is_a_list_in_the_order_of_use(steps in prop::collection::vec((0..5_u8, 0..64_u8), 0..400)) {
            let (mut recent, mut list) = (Recent::default(), Vec::<u8>::new());
            for (step, number) in steps {
                let place = list.iter().position(|known| *known == number);
                match (step, place) {
                    (0 | 1, None) => {
                        recent.add(digest(number), number);
                        list.push(number);
                    }
                    (2, _) => prop_assert_eq!(recent.remove(&digest(number)), place.map(|place| list.remove(place))),
                    (3, _) => {
                        let oldest = (!list.is_empty()).then(|| list.remove(0));
                        prop_assert_eq!(recent.remove_oldest(), oldest);
                    }
                    (4, _) => {
                        prop_assert!(recent.find(&digest(number), |_| false).is_none());
                        prop_assert_eq!(recent.peek(&digest(number)).copied(), place.map(|_| number));
                    }
                    _ => {
                        let found = recent.find(&digest(number), |known| *known == number).copied();
                        prop_assert_eq!(found, place.map(|place| list.remove(place)));
                        list.extend(found);
                    }
                }
                prop_assert_eq!(recent.len(), list.len());
            }
            for number in list {
                prop_assert_eq!(recent.remove_oldest(), Some(number));
            }
            prop_assert_eq!(recent.remove_oldest(), None);
        }
    }
}
