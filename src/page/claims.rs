//! What the register of claims is searched by: support, kind, confidence and section; and the times of claims.

use super::citation;
use super::data::{Choice, ClaimItem, Filter};
use super::gallery::capitalised;
use super::links::View;
use crate::briefing::Briefing;
use crate::kind::{Claim, ClaimKind, ClaimSupport, Confidence, Data};
use crate::text::WrittenDate;

/// What stands for a word that a claim does not give.
const NONE: &str = "none";

/// What an entry is chosen by.
pub(super) fn item(briefing: &Briefing, view: &View, number: usize, sections: &[usize]) -> Option<ClaimItem> {
    let claim = claim(briefing, number)?;
    let used = |section: &usize| briefing.uses[number].iter().any(|one| one.section == *section);
    Some(ClaimItem {
        support: claim.support.map_or(NONE, ClaimSupport::word).to_owned(),
        kind: claim.kind.map_or(NONE, ClaimKind::word).to_owned(),
        confidence: claim.confidence.map_or(NONE, Confidence::word).to_owned(),
        sections: sections.iter().zip(1..).filter(|(section, _)| used(section)).map(|(_, at)| at).collect(),
        citation: (!view.print).then(|| citation::of_claim(briefing, number)),
    })
}

/// What readers may choose by: all words that any claim has, each with the number of its claims.
pub(super) fn filters(briefing: &Briefing, records: &[usize], sections: &[usize]) -> Vec<Filter> {
    let claims: Vec<&Claim> = records.iter().filter_map(|number| claim(briefing, *number)).collect();
    let words = |name: &str, title: &str, all: &[(&str, Option<&str>)], of: &dyn Fn(&Claim) -> Option<&'static str>| {
        let choice = |(word, meaning): &(&str, Option<&str>)| Choice {
            word: (*word).to_owned(),
            text: if *word == NONE { "Not given".to_owned() } else { capitalised(word) },
            meaning: meaning.map(str::to_owned),
            count: claims.iter().filter(|claim| of(claim).unwrap_or(NONE) == *word).count(),
        };
        let choices = all.iter().chain([&(NONE, None)]).map(choice).filter(|choice| choice.count > 0).collect();
        Filter { name: name.to_owned(), title: title.to_owned(), choices }
    };
    let support = ClaimSupport::ALL.map(|one| (one.word(), Some(one.meaning())));
    let kind = ClaimKind::ALL.map(|one| (one.word(), None));
    let confidence = Confidence::ALL.map(|one| (one.word(), None));
    let in_section =
        |section: usize| records.iter().filter(|number| briefing.uses[**number].iter().any(|one| one.section == section)).count();
    let section = |(section, at): (&usize, usize)| Choice {
        word: at.to_string(),
        text: briefing.sections[*section].title.clone(),
        meaning: None,
        count: in_section(*section),
    };
    vec![
        words("support", "Support", &support, &|claim| claim.support.map(ClaimSupport::word)),
        words("kind", "Kind", &kind, &|claim| claim.kind.map(ClaimKind::word)),
        words("confidence", "Confidence", &confidence, &|claim| claim.confidence.map(Confidence::word)),
        Filter { name: "section".to_owned(), title: "Section".to_owned(), choices: sections.iter().zip(1..).map(section).collect() },
    ]
}

/// The sections that use any of these records, in order.
pub(super) fn sections(briefing: &Briefing, records: &[usize]) -> Vec<usize> {
    let uses = |section: &usize| records.iter().any(|number| briefing.uses[*number].iter().any(|one| one.section == *section));
    (0..briefing.sections.len()).filter(uses).collect()
}

/// The claim of this number in the registry.
pub(super) fn claim(briefing: &Briefing, number: usize) -> Option<&Claim> {
    match &briefing.registry.get(number).record.data {
        Data::Claim(claim) => Some(claim),
        _ => None,
    }
}

/// The date that a text is, or else the first year that it names.
pub(super) fn time(text: &str) -> Option<String> {
    let year = || text.split(|one: char| !one.is_ascii_digit()).find(|digits| digits.len() == 4).map(str::to_owned);
    WrittenDate::read(text).map(WrittenDate::iso).or_else(year)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_time_is_a_date_or_a_year_in_words() {
        let time = |text: &str| super::time(text);
        assert_eq!(time("2024-03-30").as_deref(), Some("2024-03-30"));
        assert_eq!(time("since 2021, by the article").as_deref(), Some("2021"));
        assert_eq!(time("this year"), None);
    }
}
