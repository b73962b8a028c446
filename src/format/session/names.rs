//! Values that stand in the file by name, such as `Markdown`. Each list is checked by the compiler against the
//! model's: a new value there needs a name here.

use serde::{Deserialize, Serialize};

use crate::model;

macro_rules! names {
    ($($name:ident { $($value:ident),* })*) => {
        $(
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
            pub(in crate::format) enum $name {
                $($value),*
            }

            impl From<model::$name> for $name {
                fn from(value: model::$name) -> Self {
                    match value {
                        $(model::$name::$value => Self::$value),*
                    }
                }
            }

            impl From<$name> for model::$name {
                fn from(value: $name) -> Self {
                    match value {
                        $($name::$value => Self::$value),*
                    }
                }
            }
        )*
    };
}

names! {
    LineEnds { None, Lf, CrLf, Cr, Mixed }
    Presentation { Plain, Markdown }
    ReadingStatus { Unread, Reading, Done }
    Pattern { Solid, Dashed, Wavy, Dotted, Double, DashDot }
    TagColor { Blue, Wine, Ochre, Green, Violet, Teal, Rust, Slate, Olive, Plum }
    ActorKind { Person, Organization }
    CommentStatus { Accepted, Questioned, Rejected }
    RecordKind {
        Session, Document, Tag, Attribute, LinkKind, Annotator, Actor, Statement, Annotation, Link, TagMapping,
        StatementMapping, Remark
    }
    Verdict { Mine, Theirs, Both, New, Neither, Rule }
}
