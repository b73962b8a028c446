//! The places that one has come from, to go back to and forward again.

use crate::model::{AnnotationId, DocumentId};

/// Places kept.
const MOST: usize = 100;

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The document.
    pub document: DocumentId,
    /// The first byte on screen.
    pub top: usize,
    /// The annotation that was chosen.
    pub chosen: Option<AnnotationId>,
}

/// Where one was before each jump, the last one last, and where one has gone back from.
#[derive(Clone, Debug, Default)]
pub struct Trail {
    back: Vec<Spot>,
    forward: Vec<Spot>,
}

impl Trail {
    /// One is about to leave `here` by a jump: what lay ahead is forgotten.
    pub fn leave(&mut self, here: Spot) {
        self.forward.clear();
        if self.back.last() != Some(&here) {
            if self.back.len() == MOST {
                self.back.remove(0);
            }
            self.back.push(here);
        }
    }

    /// Goes back from `here`, or forward again; where to, if there is such a place.
    pub fn go(&mut self, here: Option<Spot>, back: bool) -> Option<Spot> {
        let (from, to) = match back {
            true => (&mut self.back, &mut self.forward),
            false => (&mut self.forward, &mut self.back),
        };
        let mut next = from.pop()?;
        // Where one is already is no place to go to.
        while here.as_ref() == Some(&next) {
            next = from.pop()?;
        }
        to.extend(here);
        Some(next)
    }

    /// True when there is a place to go back to, or forward.
    pub fn leads(&self, back: bool) -> bool {
        !if back { &self.back } else { &self.forward }.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(top: usize) -> Spot {
        Spot { document: DocumentId::new("a"), top, chosen: None }
    }

    #[test]
    fn one_goes_back_and_forward_until_one_jumps_elsewhere() {
        let mut trail = Trail::default();
        trail.leave(spot(1));
        trail.leave(spot(2));
        assert_eq!(trail.go(Some(spot(3)), true), Some(spot(2)));
        assert_eq!(trail.go(Some(spot(2)), true), Some(spot(1)));
        assert_eq!(trail.go(Some(spot(1)), true), None);
        assert_eq!(trail.go(Some(spot(1)), false), Some(spot(2)));
        assert_eq!(trail.go(Some(spot(2)), false), Some(spot(3)));
        trail.leave(spot(3));
        assert!(trail.leads(true) && !trail.leads(false));
        assert_eq!(trail.go(Some(spot(3)), true), Some(spot(2)), "not to where one is");
    }
}
