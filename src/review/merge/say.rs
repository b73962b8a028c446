//! The values of fields as text, as a conflict keeps them, and back.
//!
//! Plain text is itself; nothing is `None`; what has parts is JSON, which a person can read.

use serde_json::{Value, json};

use crate::model::{
    ActorId, ActorKind, Anchor, AnnotationId, AnnotatorId, CommentStatus, DocumentId, LinkKindId,
    OrphanAnchor, PartialDate, Pattern, Presentation, Provenance, SessionId, Span, StatementId, TagColor,
    TagId, Timestamp,
};

/// A value that can be said in a conflict. Two values say the same only when they are equal.
pub(super) trait Said: Sized {
    fn say(&self) -> Option<String>;
    /// The value again; `None` when the text says none of this type.
    fn read(said: Option<&str>) -> Option<Self>;
}

impl Said for String {
    fn say(&self) -> Option<String> {
        Some(self.clone())
    }

    fn read(said: Option<&str>) -> Option<Self> {
        said.map(str::to_owned)
    }
}

impl Said for bool {
    fn say(&self) -> Option<String> {
        Some(if *self { "yes" } else { "no" }.to_owned())
    }

    fn read(said: Option<&str>) -> Option<Self> {
        Some(said? == "yes")
    }
}

impl Said for u32 {
    fn say(&self) -> Option<String> {
        Some(self.to_string())
    }

    fn read(said: Option<&str>) -> Option<Self> {
        said?.parse().ok()
    }
}

impl Said for PartialDate {
    fn say(&self) -> Option<String> {
        Some(self.as_str().to_owned())
    }

    fn read(said: Option<&str>) -> Option<Self> {
        said.map(PartialDate::new)
    }
}

impl<T: Said> Said for Option<T> {
    fn say(&self) -> Option<String> {
        self.as_ref().and_then(T::say)
    }

    fn read(said: Option<&str>) -> Option<Self> {
        match said {
            None => Some(None),
            said => T::read(said).map(Some),
        }
    }
}

macro_rules! said_names {
    ($($name:ident),*) => {
        $(impl Said for $name {
            fn say(&self) -> Option<String> {
                Some(self.as_str().to_owned())
            }

            fn read(said: Option<&str>) -> Option<Self> {
                said.map($name::new)
            }
        })*
    };
}

said_names!(TagId, LinkKindId, AnnotatorId);

macro_rules! said_ids {
    ($($name:ident),*) => {
        $(impl Said for $name {
            fn say(&self) -> Option<String> {
                Some(self.to_string())
            }

            fn read(said: Option<&str>) -> Option<Self> {
                said?.parse().ok()
            }
        })*
    };
}

said_ids!(StatementId, AnnotationId);

macro_rules! said_choices {
    ($($name:ident { $($value:ident),* })*) => {
        $(impl Said for $name {
            fn say(&self) -> Option<String> {
                Some(match self { $(Self::$value => stringify!($value)),* }.to_lowercase())
            }

            fn read(said: Option<&str>) -> Option<Self> {
                let said = said?;
                $(if stringify!($value).to_lowercase() == said {
                    return Some(Self::$value);
                })*
                None
            }
        })*
    };
}

said_choices! {
    ActorKind { Person, Organization }
    CommentStatus { Accepted, Questioned, Rejected }
    Pattern { Solid, Dashed, Wavy, Dotted, Double, DashDot }
    Presentation { Plain, Markdown }
    TagColor { Blue, Wine, Ochre, Green, Violet, Teal, Rust, Slate, Olive, Plum }
}

/// A voice: the ids, outermost first.
impl Said for Vec<ActorId> {
    fn say(&self) -> Option<String> {
        let ids: Vec<&str> = self.iter().map(ActorId::as_str).collect();
        (!ids.is_empty()).then(|| json!(ids).to_string())
    }

    fn read(said: Option<&str>) -> Option<Self> {
        let Some(said) = said else { return Some(Vec::new()) };
        let ids: Vec<String> = serde_json::from_str(said).ok()?;
        Some(ids.iter().map(ActorId::new).collect())
    }
}

/// The ends of a link, first the one it starts at.
impl Said for (AnnotationId, AnnotationId) {
    fn say(&self) -> Option<String> {
        Some(format!("{} {}", self.0, self.1))
    }

    fn read(said: Option<&str>) -> Option<Self> {
        let (from, to) = said?.split_once(' ')?;
        Some((from.parse().ok()?, to.parse().ok()?))
    }
}

/// `span` is in bytes of the canonical text.
impl Said for Anchor {
    fn say(&self) -> Option<String> {
        let value = match self {
            Self::Placed { document, span } => {
                json!({ "document": document.as_str(), "span": [span.start(), span.end()] })
            }
            Self::Orphan(orphan) => json!({
                "document": orphan.document.as_str(),
                "last": [orphan.last.start(), orphan.last.end()],
                "quote": orphan.quote,
                "before": orphan.before,
                "after": orphan.after,
            }),
        };
        Some(value.to_string())
    }

    fn read(said: Option<&str>) -> Option<Self> {
        let value: Value = serde_json::from_str(said?).ok()?;
        let document = DocumentId::new(value["document"].as_str()?);
        let span = |name: &str| {
            let end = |at: usize| value[name][at].as_u64().and_then(|byte| usize::try_from(byte).ok());
            Span::new(end(0)?, end(1)?)
        };
        let text = |name: &str| value[name].as_str().map(str::to_owned);
        Some(match span("span") {
            Some(span) => Self::Placed { document, span },
            None => Self::Orphan(OrphanAnchor {
                document,
                quote: text("quote")?,
                before: text("before")?,
                after: text("after")?,
                last: span("last")?,
            }),
        })
    }
}

impl Said for Provenance {
    fn say(&self) -> Option<String> {
        let from: Vec<String> = self.from.iter().map(AnnotationId::to_string).collect();
        let value = json!({
            "session": self.session.to_string(),
            "from": from,
            "decided_by": self.decided_by.as_str(),
            "at": self.at.to_string(),
            "reason": self.reason,
        });
        Some(value.to_string())
    }

    fn read(said: Option<&str>) -> Option<Self> {
        let value: Value = serde_json::from_str(said?).ok()?;
        let from = value["from"].as_array()?.iter().map(|id| id.as_str()?.parse::<AnnotationId>().ok());
        Some(Self {
            session: value["session"].as_str()?.parse::<SessionId>().ok()?,
            from: from.collect::<Option<_>>()?,
            decided_by: AnnotatorId::new(value["decided_by"].as_str()?),
            at: value["at"].as_str()?.parse::<Timestamp>().ok()?,
            reason: value["reason"].as_str()?.to_owned(),
        })
    }
}
