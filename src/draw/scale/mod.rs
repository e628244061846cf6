//! From values to places: linear and logarithmic scales, bands of names, times; their ticks, and numbers as ticks show
//! them. Ticks and number formats follow the conventions of d3 (d3-array's `ticks`, d3-scale's `nice` and bands,
//! d3-format's SI-free decimals), which most readers of charts are used to.

mod band;
mod format;
mod linear;
mod log;
mod time;

pub use band::Band;
pub use format::{decimals, grouped, tick_texts};
pub use linear::{Linear, nice, ticks};
pub use log::Log;
pub use time::{TimeTick, time_ticks};
