//! Our own widgets: builders that draw themselves by the theme and name themselves for screen readers.
