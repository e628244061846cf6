//! The stages of a run, for whoever shows progress.

/// A stage as it begins, or as it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage<'s> {
    /// What is done in it.
    pub name: &'s str,
    /// How much of it is done, and how much there is, where it is counted.
    pub count: Option<(usize, usize)>,
}

/// Hears each stage, for whoever shows progress.
pub type Observer<'o> = &'o (dyn Fn(Stage<'_>) + Sync);

impl<'s> From<&'s str> for Stage<'s> {
    fn from(name: &'s str) -> Self {
        Self { name, count: None }
    }
}
