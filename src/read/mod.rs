//! From bytes to keyed values with places: snapshot, configuration, front matter, registers.

mod bibtex;
pub mod config;
mod covered;
mod csv;
pub mod deploy;
mod fault;
mod fill;
mod front;
pub mod json;
pub mod publish;
pub mod snapshot;
mod toml;
mod value;
mod yaml;

pub use self::bibtex::{Library, bibtex};
pub use self::csv::{Cell, DataTable, csv_records, csv_table};
pub use self::fault::Fault;
pub use self::fill::fill;
pub use self::front::{FrontMatter, split};
pub use self::toml::toml;
pub use self::value::{Data, Entry, Table, Value};
pub use self::yaml::yaml;
