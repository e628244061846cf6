//! Where a text breaks into lines: by the Unicode rules, as even as may be, never wider than is allowed.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::measure::{Weight, width};

/// A text in lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Wrapped {
    /// The lines; at least one.
    pub lines: Vec<String>,
    /// How wide the widest is.
    pub width: f64,
    /// Whether words were left out for want of room; the last line then ends in an ellipsis.
    pub cut: bool,
}

/// Breaks a text into at most `most` lines of at most `room`. A word that is wider than the room is broken.
#[must_use]
pub fn wrap(text: &str, size: f64, weight: Weight, room: f64, most: usize) -> Wrapped {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let measure = |text: &str| width(text, size, weight);
    let pieces = pieces(&text, room, &measure);
    let mut lines = fill(&pieces, room, &measure);
    if (2..=most).contains(&lines.len()) {
        lines = even(&pieces, room, lines, &measure);
    }
    let cut = lines.len() > most.max(1);
    if cut {
        lines.truncate(most.max(1));
        if let Some(last) = lines.last_mut() {
            *last = shortened(last, room, &measure);
        }
    }
    let width = lines.iter().map(|line| measure(line)).fold(0.0, f64::max);
    Wrapped { lines, width, cut }
}

/// The parts between which a line may break, each with the spaces after it.
fn pieces(text: &str, room: f64, measure: &dyn Fn(&str) -> f64) -> Vec<String> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, opportunity) in linebreaks(text) {
        if opportunity == BreakOpportunity::Mandatory && at != text.len() {
            continue;
        }
        out.extend(fitting(&text[from..at], room, measure));
        from = at;
    }
    if out.is_empty() {
        out.push(String::new());
    }
    out
}

/// A piece that fits into the room, or its parts.
fn fitting(piece: &str, room: f64, measure: &dyn Fn(&str) -> f64) -> Vec<String> {
    if measure(piece.trim_end()) <= room {
        return vec![piece.to_owned()];
    }
    let mut parts = Vec::new();
    let mut part = String::new();
    for one in piece.chars() {
        part.push(one);
        if measure(part.trim_end()) > room && part.chars().count() > 1 {
            part.pop();
            parts.push(std::mem::replace(&mut part, one.to_string()));
        }
    }
    parts.push(part);
    parts
}

fn fill(pieces: &[String], room: f64, measure: &dyn Fn(&str) -> f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces {
        if !line.is_empty() && measure(&line) + measure(piece.trim_end()) > room {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        line.push_str(piece);
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// The same number of lines in less room, found by halving.
fn even(pieces: &[String], room: f64, lines: Vec<String>, measure: &dyn Fn(&str) -> f64) -> Vec<String> {
    let count = lines.len();
    let (mut least, mut most, mut best) = (room / 2.0, room, lines);
    for _ in 0..6 {
        let middle = f64::midpoint(least, most);
        let narrower = fill(pieces, middle, measure);
        let fits = narrower.iter().all(|line| measure(line) <= middle);
        if narrower.len() == count && fits {
            (best, most) = (narrower, middle);
        } else {
            least = middle;
        }
    }
    best
}

/// A line with an ellipsis at its end, in the room.
fn shortened(line: &str, room: f64, measure: &dyn Fn(&str) -> f64) -> String {
    let mut line = line.to_owned();
    while !line.is_empty() && measure(&line) + measure("…") > room {
        line.pop();
    }
    format!("{}…", line.trim_end_matches([' ', ',', ';', '，', '、']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, room: f64, most: usize) -> Vec<String> {
        wrap(text, 10.0, Weight::Regular, room, most).lines
    }

    #[test]
    fn lines_are_even_and_keep_every_word() {
        assert_eq!(lines("Steel", 100.0, 3), ["Steel"]);
        assert_eq!(lines("strategic emerging industries", 110.0, 3), ["strategic emerging", "industries"]);
        assert_eq!(lines("", 100.0, 3), [""]);
        let long = wrap("provincial industrial technology research institutes", 10.0, Weight::Regular, 120.0, 4);
        assert_eq!(long.lines.join(" "), "provincial industrial technology research institutes");
        assert!(long.width <= 120.0 && !long.cut);
    }

    #[test]
    fn chinese_breaks_between_characters_and_not_before_a_stop() {
        let found = lines("河南省制造业发展，三年行动计划。", 53.0, 9);
        assert!(found.len() > 2);
        assert!(found.iter().all(|line| !line.starts_with(['，', '。'])), "{found:?}");
    }

    #[test]
    fn what_has_no_room_is_broken_or_cut() {
        let broken = wrap("Donaudampfschifffahrtsgesellschaft", 10.0, Weight::Regular, 60.0, 9);
        assert!(broken.width <= 60.0 && broken.lines.concat() == "Donaudampfschifffahrtsgesellschaft");
        let cut = wrap("one two three four five six", 10.0, Weight::Regular, 40.0, 2);
        assert!(cut.cut && cut.lines.len() == 2 && cut.lines[1].ends_with('…'));
    }
}
