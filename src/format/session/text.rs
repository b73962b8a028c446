//! Values that stand in the file as strings: ids, digests, times, dates.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::model::{
    ActorId, AnnotationId, AnnotatorId, AttributeId, CommentId, Digest, DocumentId, LinkId, LinkKindId,
    PartialDate, SessionId, StatementId, TagId, Timestamp,
};

/// A value that the file writes as a string. What does not read as one is an error with line and column.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::format) struct Text<T>(pub T);

/// What can stand in a [`Text`].
pub(in crate::format) trait AsText: fmt::Display + Sized {
    /// What a string must be, for an error: "a time such as …".
    const EXPECTED: &'static str;

    /// The value that `text` stands for.
    fn from_text(text: &str) -> Option<Self>;
}

macro_rules! parsed {
    ($expected:literal: $($name:ident),*) => {
        $(impl AsText for $name {
            const EXPECTED: &'static str = $expected;

            fn from_text(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        })*
    };
}

macro_rules! taken_as_it_is {
    ($($name:ident),*) => {
        $(impl AsText for $name {
            const EXPECTED: &'static str = "an id";

            fn from_text(text: &str) -> Option<Self> {
                Some(Self::new(text))
            }
        })*
    };
}

parsed!("an id of the form 0197c2f4-5f00-7000-8000-000000000001": SessionId, AnnotationId, LinkId, StatementId, CommentId);
parsed!("64 hexadecimal digits": Digest);
parsed!("a time such as 2026-01-05T09:00:00Z": Timestamp);
taken_as_it_is!(DocumentId, TagId, AttributeId, LinkKindId, ActorId, AnnotatorId);

impl AsText for PartialDate {
    const EXPECTED: &'static str = "a date";

    fn from_text(text: &str) -> Option<Self> {
        Some(Self::new(text))
    }
}

impl<T: AsText> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T: AsText> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<T>(PhantomData<T>);

        impl<T: AsText> de::Visitor<'_> for Visitor<T> {
            type Value = Text<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::EXPECTED)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text<T>, E> {
                // Not with the text itself: errors may reach a log.
                T::from_text(text)
                    .map(Text)
                    .ok_or_else(|| E::custom(format_args!("expected {}", T::EXPECTED)))
            }
        }

        deserializer.deserialize_str(Visitor(PhantomData))
    }
}
