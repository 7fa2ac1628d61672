//! Tests of contests, with ways that are made up.

use super::*;
use crate::way::ByLine;

fn upper() -> Box<dyn Way> {
    Box::new(ByLine::new("upper", "-", |line, out| {
        out.extend(line.bytes().map(|byte| byte.to_ascii_uppercase()));
        Ok(())
    }))
}

fn echo() -> Box<dyn Way> {
    Box::new(ByLine::new("echo", "-", |line, out| {
        out.extend_from_slice(line.as_bytes());
        Ok(())
    }))
}

fn raced(mut ways: Ways<'_>, rounds: usize) -> Result<Vec<Speed>, Unmeasured> {
    race(&mut contenders(&mut ways, &b"1\n2\n".to_vec().into()), rounds)
}

fn seconds(cpu: f64, wall: f64) -> Cost {
    Cost { cpu: Duration::from_secs_f64(cpu), wall: Duration::from_secs_f64(wall) }
}

fn speed(name: &str, costs: &[(f64, f64)]) -> Speed {
    let costs = costs.iter().map(|&(cpu, wall)| seconds(cpu, wall)).collect();
    Speed { name: name.to_owned(), instructions: "-".to_owned(), costs }
}

#[test]
fn ways_that_differ_do_not_agree() {
    let same = check(&mut vec![echo(), echo()], b"[1]\n[2]\n").unwrap();
    assert!(same.agrees, "{}", same.report);
    assert!(same.report.contains("2 rows identical"), "{}", same.report);
    let other = check(&mut vec![echo(), upper()], b"\"A\"\n\"b\"\n").unwrap();
    assert!(!other.agrees, "{}", other.report);
    assert!(other.report.contains("row 2 differs from byte 1 on"), "{}", other.report);
}

#[test]
fn ways_without_rows_must_find_as_many_records() {
    let skip = || Box::new(ByLine::new("skip", "-", |_, _| Ok(())).without_rows());
    let check = check(&mut vec![echo(), skip()], b"1\n2\n").unwrap();
    assert!(check.agrees && check.report.contains("2 records, no rows"), "{}", check.report);
}

#[test]
fn every_way_runs_every_round() {
    let speeds = raced(vec![echo(), upper()], 3).unwrap();
    assert!(speeds.iter().all(|speed| speed.costs.len() == 3));
    let refused = ByLine::new("refuses", "-", |_, _| Err("no".into()));
    assert!(raced(vec![echo(), Box::new(refused)], 1).is_err());
}

#[test]
fn an_answer_that_changes_is_no_measurement() {
    let mut records = 0;
    let round = Box::new(|| {
        records += 1;
        Ok(Answer { records: Some(records), bytes: 0 })
    });
    let contender = Contender { name: "x".to_owned(), instructions: "-".to_owned(), round };
    let error = race(&mut [contender], 1).unwrap_err();
    assert_eq!(error.to_string(), "x gave another answer");
}

#[test]
fn speeds_are_sorted_and_ratios_are_of_pairs() {
    let first = speed("first", &[(1.0, 2.0), (2.0, 2.0), (4.0, 8.0)]);
    let other = speed("other", &[(2.0, 2.0), (4.0, 4.0), (40.0, 40.0)]);
    assert_eq!(first.range(4_000_000, |cost| cost.cpu), [1.0, 2.0, 4.0]);
    assert_eq!(first.range(4_000_000, |cost| cost.wall)[1], 2.0);
    assert_eq!(other.times(&first), 0.5);
    let table = table(&[first, other], 4_000_000);
    assert!(table.lines().last().unwrap().ends_with("0.500"), "{table}");
}

#[test]
fn a_median_of_two_is_their_mean() {
    assert_eq!(median(&[1.0, 3.0]), 2.0);
    assert!(median(&[]).is_nan());
}
