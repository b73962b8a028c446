//! Small words: counts.

/// "1 annotation", "3 annotations", "1,234 annotations".
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {one}s", grouped(number)) }
}

/// "1,234".
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_their_nouns() {
        assert_eq!(count(0, "link"), "0 links");
        assert_eq!(count(1, "link"), "1 link");
        assert_eq!(count(1_234_567, "byte"), "1,234,567 bytes");
    }
}
