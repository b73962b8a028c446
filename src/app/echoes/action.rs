//! What the window asks for about echoes.

use crate::across::echo::Place;
use crate::model::LinkKindId;

use super::{Shown, Stop};

/// Something to do with echoes.
#[derive(Clone, Debug, PartialEq)]
pub enum EchoAction {
    /// Show these.
    Show(Shown),
    /// Look at a card.
    Choose(Stop),
    /// Look at the card of this pair of places; the first is the passage that is looked at from now on.
    ChoosePair(Place, Place),
    /// Go to a place.
    GoTo(Place),
    /// Bring both ends of a card to the same height.
    LineUp(Stop),
    /// Tag the other end of a card like the passage.
    TagLike(Stop),
    /// Ask which link to make of a card.
    AskLink(Stop),
    /// Make a link of this kind from the later end of the chosen card to the earlier one.
    Link(LinkKindId),
    /// Put an alert aside: kind and subject.
    PutAside(String, String),
    /// Show it with the others again.
    TakeBack(String, String),
    /// The panel has scrolled to the chosen card.
    CardShown,
}
