//! JSON as a person reads it: a line each for what stands near the outside, all deeper in one line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

/// An object, written key by key as its values come.
pub(super) struct Block<'w> {
    to: &'w mut dyn Write,
    indent: usize,
    is_first: bool,
}

impl<'w> Block<'w> {
    /// Begins one; `indent` is how far its closing brace stands in, in levels.
    pub(super) fn open(to: &'w mut dyn Write, indent: usize) -> io::Result<Self> {
        to.write_all(b"{")?;
        Ok(Self { to, indent, is_first: true })
    }

    /// A key with its value; so many levels of the value take a line for each of their parts.
    pub(super) fn key(&mut self, key: &str, value: &impl Serialize, levels: usize) -> io::Result<()> {
        let indent = self.indent + 1;
        let formatter = Spread { levels, indent, depth: 0, has_value: false };
        let mut serializer = serde_json::Serializer::with_formatter(self.begin(key)?, formatter);
        Ok(value.serialize(&mut serializer)?)
    }

    /// A key whose value the caller writes.
    pub(super) fn begin(&mut self, key: &str) -> io::Result<&mut dyn Write> {
        self.to.write_all(if self.is_first { b"\n" } else { b",\n" })?;
        self.is_first = false;
        stand_in(self.to, self.indent + 1)?;
        write!(self.to, "\"{key}\": ")?;
        Ok(self.to)
    }

    /// Ends it.
    pub(super) fn close(self) -> io::Result<()> {
        self.to.write_all(b"\n")?;
        stand_in(self.to, self.indent)?;
        self.to.write_all(b"}")
    }
}

pub(super) fn stand_in(to: &mut (impl Write + ?Sized), levels: usize) -> io::Result<()> {
    (0..levels).try_for_each(|_| to.write_all(b"  "))
}

struct Spread {
    levels: usize,
    indent: usize,
    depth: usize,
    has_value: bool,
}

impl Spread {
    fn open<W: Write + ?Sized>(&mut self, to: &mut W, bracket: u8) -> io::Result<()> {
        self.depth += 1;
        self.has_value = false;
        to.write_all(&[bracket])
    }

    fn next<W: Write + ?Sized>(&self, to: &mut W, is_first: bool) -> io::Result<()> {
        if self.depth <= self.levels {
            to.write_all(if is_first { b"\n" } else { b",\n" })?;
            return stand_in(to, self.indent + self.depth);
        }
        to.write_all(if is_first { b"" } else { b", " })
    }

    fn close<W: Write + ?Sized>(&mut self, to: &mut W, bracket: u8) -> io::Result<()> {
        self.depth -= 1;
        if self.has_value && self.depth < self.levels {
            to.write_all(b"\n")?;
            stand_in(to, self.indent + self.depth)?;
        }
        to.write_all(&[bracket])
    }
}

impl Formatter for Spread {
    fn begin_array<W: Write + ?Sized>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, b'[')
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, to: &mut W, is_first: bool) -> io::Result<()> {
        self.next(to, is_first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn end_array<W: Write + ?Sized>(&mut self, to: &mut W) -> io::Result<()> {
        self.close(to, b']')
    }

    fn begin_object<W: Write + ?Sized>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, b'{')
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, to: &mut W, is_first: bool) -> io::Result<()> {
        self.next(to, is_first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, to: &mut W) -> io::Result<()> {
        to.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn end_object<W: Write + ?Sized>(&mut self, to: &mut W) -> io::Result<()> {
        self.close(to, b'}')
    }
}
