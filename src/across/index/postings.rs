//! For each class the documents that have it: one list in one block of a shared array, because a document adds to thousands
//! of lists, most of which stay short.

use super::super::vocabulary::ClassId;
use super::BUCKET;

/// Where a class stands in a document.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Posting {
    pub slot: u32,
    /// Where its places begin among those of the document, and how many there are.
    pub from: u32,
    pub count: u32,
    /// The first buckets of these places, counted from that of the document, each once; behind the last it again. What has
    /// more is [`MORE`] at the end: mostly nothing needs to be read of the document.
    pub near: [u16; 4],
}

/// More buckets than a posting holds, or one too far back.
pub(crate) const MORE: u16 = u16::MAX;

/// The buckets of sorted places, as a posting holds them.
pub(super) fn near(places: &[u32]) -> [u16; 4] {
    let mut near = [0; 4];
    let mut held = 0;
    for place in places {
        let bucket = u16::try_from(place / BUCKET as u32).unwrap_or(MORE);
        if held > 0 && near[held - 1] == bucket && bucket != MORE {
            continue;
        }
        if held == near.len() || bucket == MORE {
            near[3] = MORE;
            break;
        }
        near[held..].fill(bucket);
        held += 1;
    }
    near
}

/// A list: where its block begins, the length of the block as a power of two, and of the list.
#[derive(Clone, Copy, Debug, Default)]
struct List {
    at: u32,
    length: u32,
    room: Option<u8>,
}

/// The lists of all classes.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    lists: Vec<List>,
    blocks: Vec<Posting>,
    /// Blocks that lists have outgrown, by the power of two.
    free: Vec<Vec<u32>>,
}

impl Postings {
    /// Makes room for classes below this number.
    pub fn extend_to(&mut self, classes: usize) {
        self.lists.resize(classes.max(self.lists.len()), List::default());
    }

    /// The documents that have a class.
    pub fn of(&self, class: ClassId) -> &[Posting] {
        let list = self.lists.get(class as usize).copied().unwrap_or_default();
        &self.blocks[list.at as usize..][..list.length as usize]
    }

    pub fn push(&mut self, class: ClassId, posting: Posting) {
        let mut list = self.lists[class as usize];
        if list.room.is_none_or(|room| list.length == 1 << room) {
            let room = list.room.map_or(0, |room| room + 1);
            let at = self.block(room);
            let old = list.at as usize..(list.at + list.length) as usize;
            self.blocks.copy_within(old, at as usize);
            if let Some(outgrown) = list.room {
                self.free[usize::from(outgrown)].push(list.at);
            }
            list = List { at, room: Some(room), ..list };
        }
        self.blocks[(list.at + list.length) as usize] = posting;
        list.length += 1;
        self.lists[class as usize] = list;
    }

    /// Takes a document out of a list; the others stay in order.
    pub fn remove(&mut self, class: ClassId, slot: u32) {
        let list = &mut self.lists[class as usize];
        let block = &mut self.blocks[list.at as usize..][..list.length as usize];
        let Some(at) = block.iter().position(|posting| posting.slot == slot) else { return };
        block.copy_within(at + 1.., at);
        list.length -= 1;
    }

    /// Where a free block of `1 << room` begins.
    fn block(&mut self, room: u8) -> u32 {
        if self.free.len() <= usize::from(room) {
            self.free.resize(usize::from(room) + 1, Vec::new());
        }
        if let Some(at) = self.free[usize::from(room)].pop() {
            return at;
        }
        let at = self.blocks.len();
        self.blocks.resize(at + (1 << room), Posting::default());
        at as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_held_once_or_said_to_be_more() {
        assert_eq!(near(&[3, 5, 40]), [0, 2, 2, 2]);
        assert_eq!(near(&[16, 17, 32, 48, 64, 66]), [1, 2, 3, 4]);
        assert_eq!(near(&[0, 16, 32, 48, 64])[3], MORE);
        assert_eq!(near(&[4, 16 * 65_535])[3], MORE);
    }

    #[test]
    fn lists_grow_and_shrink_beside_one_another() {
        let mut postings = Postings::default();
        postings.extend_to(3);
        for slot in 0..9 {
            for class in [0, 2] {
                postings.push(class, Posting { slot, from: class, count: 1, near: [0; 4] });
            }
        }
        postings.remove(0, 4);
        postings.remove(0, 4);
        postings.remove(2, 8);
        postings.push(2, Posting { slot: 20, ..Posting::default() });
        let slots = |class| postings.of(class).iter().map(|posting| posting.slot).collect::<Vec<_>>();
        assert_eq!(slots(0), [0, 1, 2, 3, 5, 6, 7, 8]);
        assert_eq!(slots(1), [0; 0]);
        assert_eq!(slots(2), [0, 1, 2, 3, 4, 5, 6, 7, 20]);
        assert_eq!(slots(7), [0; 0]);
    }
}
