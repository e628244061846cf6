//! What the styles print.
