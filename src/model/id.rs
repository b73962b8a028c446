//! Ids. Those that colleagues make independently are UUIDs (version 7), so that they never collide; tags,
//! attributes, link kinds and documents have readable ones, so that two sessions' schemes match by id.

use std::borrow::Borrow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use uuid::Uuid;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

macro_rules! name_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Eq, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.0.hash(state);
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                // Copies of one id are the most common case, and cost no look at the text.
                Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
            }
        }

        impl $name {
            /// The id that reads `text`.
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(Arc::from(text.as_ref()))
            }

            /// The id as it stands in the file.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

uuid_id!(
    /// A session, from its first moment, through every copy of its file.
    SessionId
);
uuid_id!(
    /// An annotation.
    AnnotationId
);
uuid_id!(
    /// A link between two annotations.
    LinkId
);
uuid_id!(
    /// A statement that passages of many documents are about.
    StatementId
);
uuid_id!(
    /// A comment on an annotation.
    CommentId
);
name_id!(
    /// A document of a session: a readable slug; across sessions documents match by digest.
    DocumentId
);
name_id!(
    /// A tag of the scheme, such as `claim`.
    TagId
);
name_id!(
    /// An attribute of the scheme.
    AttributeId
);
name_id!(
    /// A link kind of the scheme, such as `denies`.
    LinkKindId
);
name_id!(
    /// A person or organization that speaks in the documents.
    ActorId
);
name_id!(
    /// Who made or changed something. The id is the name at first; the name may change, the id stays.
    AnnotatorId
);

/// A readable id made from `name`: lower-case ASCII letters, digits and hyphens, at most 40 long.
/// `taken` says which are in use; a number is appended until one is free.
pub fn slug(name: &str, fallback: &str, taken: impl Fn(&str) -> bool) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let mut slug = String::new();
    for c in name.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        if slug.len() >= 40 {
            break;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_matches('-');
    let slug = if slug.is_empty() { fallback } else { slug };
    if !taken(slug) {
        return slug.to_owned();
    }
    let mut number = 2;
    loop {
        let candidate = format!("{slug}-{number}");
        if !taken(&candidate) {
            return candidate;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_readable_and_unique() {
        assert_eq!(slug("Één brief: “Café” 👮🏽‍♀️!", "document", |_| false), "een-brief-cafe");
        assert_eq!(slug("👮🏽‍♀️", "document", |_| false), "document");
        assert_eq!(slug("Letter", "document", |s| s == "letter" || s == "letter-2"), "letter-3");
    }
}
