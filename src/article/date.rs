//! Dates as feeds write them, made into RFC 3339.
//!
//! Laws: no time zone is made up. A date without a time stays a date, a time without an offset stays without one, an
//! offset stays as it was given. Reading the result again gives the result.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::fmt::rfc2822;
use jiff::fmt::temporal::{DateTimeParser, PiecesOffset};
use jiff::tz::Offset;

/// Years in which an article can have been published; "0001-01-01" and the like are a way to say "unknown".
const YEARS: std::ops::RangeInclusive<i16> = 1450..=2999;

/// Seconds below this (March 1973) are taken for a year, a version or the like, not for a time.
const LEAST_SECONDS: f64 = 1e8;
/// Numbers from here on are milliseconds: as seconds they would lie beyond the year 5000.
const LEAST_MILLIS: f64 = 1e11;

/// A time in RFC 3339 with milliseconds only where there are any, UTC; `None` beyond the year 9999.
pub fn date_from_epoch_millis(millis: i64) -> Option<String> {
    Timestamp::from_millisecond(millis).ok().map(|time| time.to_string())
}

/// The instant of a date in the form that [`normal_date`] gives, in milliseconds since the epoch: a date alone is its
/// first moment, and what has no offset is taken as UTC. For comparing ages, not for showing.
pub fn instant_millis(date: &str) -> Option<i64> {
    let pieces = DateTimeParser::new().parse_pieces(date).ok()?;
    let time = pieces.date().to_datetime(pieces.time().unwrap_or(Time::midnight()));
    let offset = pieces.offset().map_or(Offset::UTC, |offset| offset.to_numeric_offset());
    Some(offset.to_timestamp(time).ok()?.as_millisecond())
}

/// The date in a text: RFC 3339, ISO 8601 (also with a space for the `T`, in the basic format, without seconds or
/// offset, or a date alone), RFC 2822, or seconds or milliseconds since the epoch. `None` for anything else.
pub fn normal_date(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > 100 {
        return None;
    }
    if text.len() >= 9 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return normal_epoch(text);
    }
    iso(text).or_else(|| mail(text))
}

/// The time that a number of seconds or milliseconds since the epoch names.
pub(crate) fn normal_epoch(number: &str) -> Option<String> {
    let value: f64 = number.parse().ok()?;
    let time = if (LEAST_SECONDS..LEAST_MILLIS).contains(&value) {
        match number.parse() {
            Ok(seconds) => Timestamp::from_second(seconds).ok()?,
            Err(_) => Timestamp::from_millisecond(rounded(value * 1000.0)?).ok()?,
        }
    } else if (LEAST_SECONDS * 1000.0..LEAST_MILLIS * 1000.0).contains(&value) {
        Timestamp::from_millisecond(number.parse().ok().or_else(|| rounded(value))?).ok()?
    } else {
        return None;
    };
    let written = time.to_string();
    iso(&written)
}

fn rounded(value: f64) -> Option<i64> {
    // The callers' ranges are far inside the exact range of f64.
    format!("{value:.0}").parse().ok()
}

fn iso(text: &str) -> Option<String> {
    // "2014-06-20 08:25:00 UTC" and "... +0200" are common and no standard.
    let joined = match text.rsplit_once(' ') {
        Some((time, "UTC" | "GMT" | "Z")) => format!("{}Z", time.trim_end()),
        Some((time, offset)) if offset.starts_with(['+', '-']) => format!("{}{offset}", time.trim_end()),
        _ => text.to_owned(),
    };
    let pieces = DateTimeParser::new().parse_pieces(joined.as_str()).ok()?;
    let offset = match pieces.offset() {
        None => String::new(),
        Some(PiecesOffset::Zulu) => "Z".to_owned(),
        Some(offset) => written_offset(offset.to_numeric_offset()),
    };
    written(pieces.date(), pieces.time(), &offset)
}

fn mail(text: &str) -> Option<String> {
    // A wrong day of the week does not make the date wrong.
    let zoned = rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_zoned(text).ok()?;
    let named = text.ends_with(|c: char| c.is_ascii_alphabetic()) && zoned.offset() == Offset::UTC;
    let offset = if named { "Z".to_owned() } else { written_offset(zoned.offset()) };
    written(zoned.date(), Some(zoned.time()), &offset)
}

fn written(date: Date, time: Option<Time>, offset: &str) -> Option<String> {
    if !YEARS.contains(&date.year()) {
        return None;
    }
    // Display of a civil time writes seconds always and fractions only where there are any.
    Some(time.map_or_else(|| date.to_string(), |time| format!("{date}T{time}{offset}")))
}

fn written_offset(offset: Offset) -> String {
    let sign = if offset.seconds() < 0 { '-' } else { '+' };
    let minutes = offset.seconds().unsigned_abs() / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::{date_from_epoch_millis, normal_date};

    #[test]
    fn every_common_form_is_read_and_nothing_is_made_up() {
        for (text, date) in [
            ("2024-05-03T09:15:00Z", Some("2024-05-03T09:15:00Z")),
            ("2024-05-03T09:15:00+02:00", Some("2024-05-03T09:15:00+02:00")),
            ("2024-05-03T09:15:00.000+03:00", Some("2024-05-03T09:15:00+03:00")),
            ("2024-05-03T09:15:00.250Z", Some("2024-05-03T09:15:00.25Z")),
            ("2024-05-03T09:15:00-0430", Some("2024-05-03T09:15:00-04:30")),
            ("2024-05-03T09:15Z", Some("2024-05-03T09:15:00Z")),
            ("2024-05-03 09:15:00", Some("2024-05-03T09:15:00")),
            ("2024-05-03 09:15:00 +0200", Some("2024-05-03T09:15:00+02:00")),
            ("2024-05-03 09:15:00 UTC", Some("2024-05-03T09:15:00Z")),
            ("20240503T091500Z", Some("2024-05-03T09:15:00Z")),
            ("2024-05-03", Some("2024-05-03")),
            ("20240503", Some("2024-05-03")),
            ("2024-05-03T09:15:00+02:00[Europe/Oslo]", Some("2024-05-03T09:15:00+02:00")),
            ("Fri, 03 May 2024 09:15:00 +0200", Some("2024-05-03T09:15:00+02:00")),
            ("Mon, 3 May 2024 09:15:00 GMT", Some("2024-05-03T09:15:00Z")),
            ("1714727700", Some("2024-05-03T09:15:00Z")),
            ("1714727700000", Some("2024-05-03T09:15:00Z")),
            ("1714727700250", Some("2024-05-03T09:15:00.25Z")),
            ("1714727700.5", Some("2024-05-03T09:15:00.5Z")),
            ("2024", None),
            ("2024-02-30", None),
            ("0001-01-01T00:00:00", None),
            ("yesterday", None),
            ("99999999999999999999", None),
            ("...........", None),
            ("", None),
        ] {
            let read = normal_date(text);
            assert_eq!(read.as_deref(), date, "{text}");
            if let Some(read) = read {
                assert_eq!(normal_date(&read), Some(read.clone()), "{text} again");
            }
        }
    }

    #[test]
    fn record_times_are_written_in_utc() {
        assert_eq!(date_from_epoch_millis(1_714_727_700_000).as_deref(), Some("2024-05-03T09:15:00Z"));
        assert_eq!(date_from_epoch_millis(0).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(date_from_epoch_millis(i64::MAX), None);
    }
}
