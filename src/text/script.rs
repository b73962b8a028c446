//! Which way a text is read.

/// So many letters are no trace any more: a name or two in passing stay below.
const TRACE: usize = 24;

/// True when a text has words that are read from right to left, more than a trace of them: Hebrew, Arabic,
/// Syriac, Thaana, N'Ko and what stands beside them in Unicode.
pub fn has_right_to_left(text: &str) -> bool {
    // All of these are two bytes and more in UTF-8: a text in ASCII is passed over at the speed of its bytes.
    !text.is_ascii() && text.chars().filter(|letter| is_right_to_left(*letter)).take(TRACE).count() == TRACE
}

/// Letters of the blocks that Unicode sets from right to left, their presentation forms included.
fn is_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
        && letter.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_is_no_script() {
        let before = "👮🏽\u{200d}♀\u{fe0f} Cafe\u{301} “ja” ";
        assert!(!has_right_to_left(before));
        assert!(!has_right_to_left(&format!("{before}the word שלום means peace, سلام too")));
        assert!(!has_right_to_left("Полиция, 警察, पुलिस, ਪੁਲਿਸ"));
        for text in [
            "המשטרה אמרה שלא ראתה דבר בנמל באותו לילה",
            "قالت الشرطة إنها لم تر شيئا في الميناء",
            "ܐܒܘܢ ܕܒܫܡܝܐ ܢܬܩܕܫ ܫܡܟ ܬܐܬܐ ܡܠܟܘܬܟ",
            "ހުރިހާ އިންސާނުން ވެސް އުފަންވަނީ މިނިވަންކަމުގައި",
        ] {
            assert!(has_right_to_left(&format!("{before}{text}")), "{text}");
        }
    }
}
