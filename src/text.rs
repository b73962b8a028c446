//! Functions over text: paragraphs, sentences, words, offsets, and the map between Markdown's visible text
//! and its source. Every offset is a byte offset of the canonical text unless a type says otherwise.
