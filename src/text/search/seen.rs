//! What of a document is searched: the text as a reader sees it, without Markdown marks and addresses of links.

use std::borrow::Cow;

use crate::model::{Presentation, Span};
use crate::text::{Block, Rendering};

/// A text as it is seen, and the way back to its source.
#[derive(Debug)]
pub struct Seen<'t> {
    /// What is searched.
    pub text: Cow<'t, str>,
    /// Where each block begins in it; `None`: it is the source itself.
    blocks: Option<(Vec<usize>, &'t [Block])>,
}

impl<'t> Seen<'t> {
    /// What a reader sees of `text`.
    pub fn of(text: &'t str, rendering: &'t Rendering, presentation: Presentation) -> Self {
        if presentation == Presentation::Plain {
            return Self { text: Cow::Borrowed(text), blocks: None };
        }
        let (blocks, mut seen) = (rendering.blocks(), String::with_capacity(text.len()));
        let mut starts = Vec::with_capacity(blocks.len());
        for block in blocks {
            if !seen.is_empty() {
                seen.push_str("\n\n");
            }
            starts.push(seen.len());
            seen.push_str(&block.visible(text));
        }
        Self { text: Cow::Owned(seen), blocks: Some((starts, blocks)) }
    }

    /// The span of the source that `hit` shows; `None` when it lies between two blocks.
    pub fn source(&self, hit: Span) -> Option<Span> {
        let Some((starts, blocks)) = &self.blocks else { return Some(hit) };
        let first = starts.partition_point(|start| *start <= hit.start()).checked_sub(1)?;
        let last = starts.partition_point(|start| *start < hit.end()).checked_sub(1)?;
        let start = blocks.get(first)?.to_source_start(hit.start() - starts.get(first)?);
        let end = blocks.get(last)?.to_source_end(hit.end() - starts.get(last)?);
        Span::new(start, end)
    }
}
