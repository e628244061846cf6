//! The time of day, for people.

/// A time in seconds since 1970 as the clock on the wall shows it: `14:03:22`. Where the machine does not say in which zone
/// it stands, that of Greenwich.
#[must_use]
pub fn time_of_day(seconds: i64) -> Option<String> {
    let time = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::system());
    Some(time.strftime("%H:%M:%S").to_string())
}
