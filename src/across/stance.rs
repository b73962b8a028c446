//! What a tag says of a statement, and how far passages disagree on it.

use crate::model::{Scheme, TagId};

/// What a passage does with its statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance {
    /// It claims it.
    Claim,
    /// It denies it.
    Denial,
    /// Anything else: a caveat, a tag of one's own.
    Other,
}

/// What a tag says: `claim` and `denial` of the first scheme by their ids, which stay when names change; a tag that is a
/// kind of one of them says the same.
pub fn stance(scheme: &Scheme, tag: &TagId) -> Stance {
    let mut at = Some(tag);
    // No tag is a kind of itself, but a loop that should not be must not hang.
    for _ in 0..=scheme.tags.len() {
        let Some(id) = at else { break };
        match id.as_str() {
            "claim" => return Stance::Claim,
            "denial" => return Stance::Denial,
            _ => at = scheme.tag(id).and_then(|tag| tag.parent.as_ref()),
        }
    }
    Stance::Other
}

/// How far passages disagree, given how many of them bear each tag: the mean distance of two of them, where a claim and
/// a denial are 1 apart, any other two tags ½, the same tag or two kinds of one of these 0. This is Rao's quadratic entropy (Rao 1982), over pairs
/// of different passages. 0 with fewer than two; 1 for one claim and one denial.
///
/// With `c` claims, `d` denials, `v` caveats and `n = c + d + v`: `(c·d + ½·(c·v + d·v)) / (n·(n − 1) / 2)`.
pub fn disagreement(counts: &[(Stance, usize)]) -> f64 {
    let number: usize = counts.iter().map(|(_, count)| count).sum();
    if number < 2 {
        return 0.0;
    }
    let mut sum = 0.0;
    for (at, (one, ones)) in counts.iter().enumerate() {
        for (other, others) in &counts[at + 1..] {
            let distance = match (one, other) {
                (Stance::Claim, Stance::Denial) | (Stance::Denial, Stance::Claim) => 1.0,
                // A kind of denial does not disagree with a denial by that alone.
                (Stance::Claim, Stance::Claim) | (Stance::Denial, Stance::Denial) => 0.0,
                _ => 0.5,
            };
            sum += distance * (*ones as f64) * (*others as f64);
        }
    }
    sum / (number as f64 * (number - 1) as f64 / 2.0)
}

/// True when passages both claim and deny.
pub fn is_disputed(counts: &[(Stance, usize)]) -> bool {
    let any = |stance| counts.iter().any(|(it, count)| *it == stance && *count > 0);
    any(Stance::Claim) && any(Stance::Denial)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Pattern, Tag, TagColor};

    #[test]
    fn a_kind_of_denial_denies() {
        let mut scheme = Scheme::starter();
        let mut own = Tag::new(TagId::new("hedge"), "hedge", 'H', TagColor::Green, Pattern::Dotted);
        own.parent = Some(TagId::new("denial"));
        scheme.tags.push(own);
        let of = |id: &str| stance(&scheme, &TagId::new(id));
        assert_eq!(
            ["claim", "denial", "caveat", "hedge", "gone"].map(of),
            [Stance::Claim, Stance::Denial, Stance::Other, Stance::Denial, Stance::Other]
        );
    }

    #[test]
    fn disagreement_is_the_mean_distance_of_two_passages() {
        use Stance::{Claim, Denial, Other};
        let near = |counts: &[(Stance, usize)], wanted: f64| {
            let found = disagreement(counts);
            assert!((found - wanted).abs() < 1e-12, "{counts:?}: {found}, not {wanted}");
        };
        near(&[], 0.0);
        near(&[(Claim, 1)], 0.0);
        near(&[(Claim, 7)], 0.0);
        near(&[(Claim, 1), (Denial, 1)], 1.0);
        // Six pairs: four of a claim and a denial, two of the same.
        near(&[(Claim, 2), (Denial, 2)], 4.0 / 6.0);
        // Three pairs: 1, ½, ½.
        near(&[(Claim, 1), (Denial, 1), (Other, 1)], 2.0 / 3.0);
        near(&[(Claim, 1), (Other, 1)], 0.5);
        near(&[(Other, 1), (Other, 1)], 0.5);
        near(&[(Denial, 1), (Denial, 1)], 0.0);
        assert!(is_disputed(&[(Claim, 1), (Denial, 3)]));
        assert!(!is_disputed(&[(Claim, 2), (Denial, 0), (Other, 1)]));
    }
}
