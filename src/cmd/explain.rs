//! `postil explain`: what a rule finds, why that matters, and how to mend it.

use super::cli::ExplainArgs;
use super::{Ending, failure};
use crate::text::{Group, Level, Rule, rules, suggestion};

const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

pub(super) fn run(args: &ExplainArgs) -> Ending {
    let Some(name) = &args.rule else {
        let groups: Vec<String> = rules::GROUPS.iter().map(|group| of_group(group)).collect();
        return super::result(&groups.join("\n"));
    };
    if let Some(rule) = rules::by_name(name) {
        return super::result(&of_rule(rule));
    }
    if let Some(group) = rules::GROUPS.iter().find(|group| group.name == name) {
        return super::result(&of_group(group));
    }
    let help = suggestion(name, rules::names()).unwrap_or_else(|| "`postil explain` lists the rules".to_owned());
    failure(&format!("there is no rule `{name}`"), &help);
    Ending::Usage
}

/// A group's title, and a line for each of its rules.
fn of_group(group: &Group) -> String {
    let width = rules::ALL.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    let line = |rule: &&Rule| format!("  {:width$}  {:6}  {}\n", rule.name, rule.level.word(), rule.summary);
    let lines: String = rules::ALL.iter().filter(|rule| rule.group == group).map(line).collect();
    format!("{BOLD}{}: {}{PLAIN}\n{lines}", group.name, group.title)
}

/// All that is known of a rule, as Markdown.
fn of_rule(rule: &Rule) -> String {
    let Rule { name, group, level, summary, explanation } = rule;
    let weight = match level {
        Level::Allow => "not reported until a site asks for it",
        Level::Warn => "a warning",
        Level::Deny => "an error",
        Level::Forbid => "an error that nothing can let through",
    };
    let text = format!(
        "# {name}\n\n{summary}\n\n- Level: {} ({weight})\n- Group: {} ({})\n\n{}\n",
        level.word(),
        group.name,
        group.title,
        explanation.trim()
    );
    with_bold_headings(&text)
}

/// The text, its headings bold where it is printed to a terminal. In a fence, what looks like one is an example's.
fn with_bold_headings(text: &str) -> String {
    let mut fence = "";
    let mut out = String::new();
    for line in text.lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        if fence.is_empty() && line.starts_with('#') {
            out.push_str(&format!("{BOLD}{line}{PLAIN}\n"));
            continue;
        }
        if fence.is_empty() && ticks.len() >= 3 {
            fence = ticks;
        } else if !fence.is_empty() && ticks.len() >= fence.len() && ticks == line.trim_end() {
            fence = "";
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_bold_and_examples_are_not() {
        let text = with_bold_headings("# a\n````md\n# b\n```\n# c\n```\n````\n## d\n");
        assert_eq!(text, format!("{BOLD}# a{PLAIN}\n````md\n# b\n```\n# c\n```\n````\n{BOLD}## d{PLAIN}\n"));
    }
}
