//! Radicals that stand for whole characters: some programs write them into a PDF instead, since both are drawn alike.

/// A radical of Unicode's supplement and the character that it looks like, one pair after the other.
/// Those that NFKC knows are not among them.
const PAIRS: &str =
    "⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀";

/// The character that a radical stands for.
pub(super) fn character(radical: char) -> Option<char> {
    if !matches!(radical, '\u{2e80}'..='\u{2eff}') {
        return None;
    }
    let mut pairs = PAIRS.chars();
    pairs.find(|one| *one == radical)?;
    pairs.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_and_characters_alternate() {
        let all: Vec<char> = PAIRS.chars().collect();
        let (pairs, rest) = all.as_chunks::<2>();
        assert!(rest.is_empty() && pairs.is_sorted());
        for [radical, whole] in pairs {
            assert_eq!(character(*radical), Some(*whole));
            assert_eq!(character(*whole), None);
        }
        assert_eq!(character('\u{2e80}'), None);
    }
}
