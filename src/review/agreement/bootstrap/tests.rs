#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected shall stop")]

use super::super::tests::reference;
use super::*;

/// Cohen's kappa of [both, only A, only B, neither].
fn kappa(table: [f64; 4]) -> f64 {
    let [both, a, b, neither] = table;
    let n = both + a + b + neither;
    let observed = (both + neither) / n;
    let expected = ((both + a) * (both + b) + (neither + a) * (neither + b)) / (n * n);
    (observed - expected) / (1.0 - expected)
}

#[test]
fn ends_are_those_of_scipy_for_the_same_draws() {
    let Some(reference) = reference() else { return };
    let fixture = &reference["bootstrap"];
    let numbers = |json: &serde_json::Value| -> Vec<f64> {
        json.as_array().unwrap().iter().map(|it| it.as_f64().unwrap()).collect()
    };
    let tables: Vec<Vec<f64>> = fixture["tables"].as_array().unwrap().iter().map(numbers).collect();
    let of = |rows: &[usize]| {
        let mut sum = [0.0; 4];
        for row in rows {
            tables[*row].iter().zip(&mut sum).for_each(|(cell, sum)| *sum += cell);
        }
        kappa(sum)
    };
    let all: Vec<usize> = (0..tables.len()).collect();
    let estimate = of(&all);
    let close = |value: f64, expected: &serde_json::Value| {
        assert!((value - expected.as_f64().unwrap()).abs() < 1e-9, "{value}, expected {expected}");
    };
    close(estimate, &fixture["statistic"]);
    let draws = fixture["resamples"].as_array().unwrap();
    let mut replicates: Vec<f64> = draws
        .iter()
        .map(|draw| of(&numbers(draw).into_iter().map(|it| it as usize).collect::<Vec<_>>()))
        .collect();
    replicates.sort_by(f64::total_cmp);
    let interval = &fixture["interval_95"];
    close(quantile(&replicates, 0.025), &interval["percentile"][0]);
    close(quantile(&replicates, 0.975), &interval["percentile"][1]);
    let without: Vec<f64> =
        all.iter().map(|out| of(&all.iter().copied().filter(|row| row != out).collect::<Vec<_>>())).collect();
    close(bias(&replicates, estimate), &fixture["z0"]);
    close(acceleration(&without), &fixture["acceleration"]);
    let (low, high) = bca(&replicates, estimate, &without);
    close(low, &interval["BCa"][0]);
    close(high, &interval["BCa"][1]);
}

#[test]
fn the_normal_distribution_is_that_of_tables() {
    // Published: Φ(1.96) = 0.9750021048517795, Φ⁻¹(0.975) = 1.959963984540054.
    assert!((normal(1.96) - 0.975_002_104_851_779_5).abs() < 1e-15);
    assert!((probit(0.975) - 1.959_963_984_540_054).abs() < 1e-12);
    assert!(probit(0.5).abs() < 1e-12);
}

#[test]
fn the_same_seed_gives_the_same_ends_and_few_units_none() {
    let cells = |count: usize| Cells {
        documents: vec![(0..count).map(|at| vec![(0, 1), (1, (at % 3) as u128)]).collect()],
        size: 2,
    };
    let figures = |sums: &[u128]| vec![Ok(sums[1] as f64 / sums[0] as f64)];
    let go = || true;
    let one = intervals(&cells(12), &figures, 300, 7, &go).unwrap()[0].unwrap();
    assert_eq!(Some(one), intervals(&cells(12), &figures, 300, 7, &go).unwrap()[0]);
    assert!(one.0 < 1.0 && one.1 > 1.0 && one.0 > 0.2, "{one:?}");
    assert_eq!(intervals(&cells(4), &figures, 300, 7, &go).unwrap(), [None]);
    assert_eq!(intervals(&cells(12), &figures, 300, 7, &|| false), None);
}
