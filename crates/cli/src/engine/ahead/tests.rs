//! Guesses that were right, guesses that were wrong, and runs that are over.

use super::super::control::Control;
use super::super::outbound::{Parcel, To};
use super::*;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use trailmill_stage::Memory;

/// Remembers everything.
#[derive(Debug, Default)]
struct All(HashSet<Trace>);

impl Memory for All {
    fn see(&mut self, trace: Trace) -> Verdict {
        match self.0.insert(trace) {
            true => Verdict::Keep,
            false => Verdict::Filter,
        }
    }

    fn guess(&self, trace: Trace) -> Verdict {
        match self.0.contains(&trace) {
            true => Verdict::Filter,
            false => Verdict::Keep,
        }
    }
}

const KEEP: Option<Verdict> = Some(Verdict::Keep);
const FILTER: Option<Verdict> = Some(Verdict::Filter);

fn scene() -> (Control, Recall, Sender<Parcel>, Receiver<Parcel>) {
    let (sender, receiver) = channel(16);
    (Control::for_tests(), Recall::new(Box::new(All::default())), sender, receiver)
}

/// What was sent on so far; `!` for a quarantine line.
fn sent(receiver: &mut Receiver<Parcel>) -> String {
    let mut text = String::new();
    while let Ok(parcel) = receiver.try_recv() {
        let Some(content) = parcel.content else { continue };
        text.push_str(if matches!(content.to, To::Quarantine) { "!" } else { "" });
        text.push_str(&String::from_utf8(content.bytes).expect("text"));
    }
    text
}

#[test]
fn who_has_the_turn_asks_the_memory() {
    let (control, recall, sender, mut receiver) = scene();
    let mut outbound = Outbound::new(&control, &sender, 0);
    let mut ahead = Ahead::new(&mut outbound, &recall, 0);
    assert_eq!([ahead.see(1), ahead.see(1)], [KEEP, FILTER]);
    assert!(ahead.rows(0, None, &mut b"a".to_vec()).is_continue());
    assert_eq!(ahead.end(), None);
    outbound.end();
    assert_eq!(sent(&mut receiver), "a");
}

#[test]
fn right_guesses_go_out_in_their_turn() {
    let (control, recall, sender, mut receiver) = scene();
    assert_eq!(recall.see(1), Verdict::Keep);
    let mut outbound = Outbound::new(&control, &sender, 1);
    let mut ahead = Ahead::new(&mut outbound, &recall, 1);
    assert_eq!([ahead.see(1), ahead.see(2), ahead.see(2)], [FILTER, KEEP, FILTER]);
    assert!(ahead.rows(0, None, &mut b"a".to_vec()).is_continue());
    assert!(ahead.quarantine(b"q").is_continue());
    assert!(ahead.rows(1, Some("p"), &mut b"b".to_vec()).is_continue());
    assert_eq!(sent(&mut receiver), "");
    assert_eq!(recall.guess(2), Verdict::Keep, "guesses are not remembered");
    recall.settled(0);
    assert_eq!(ahead.end(), None);
    outbound.end();
    assert_eq!(recall.guess(2), Verdict::Filter);
    drop(sender);
    let mut bytes = Vec::new();
    while let Ok(parcel) = receiver.try_recv() {
        assert_eq!(parcel.sequence, 1);
        bytes.extend(parcel.content.map(|content| content.bytes));
    }
    assert_eq!(bytes, [b"a".to_vec(), b"b".to_vec(), b"q".to_vec()]);
}

#[test]
fn wrong_guesses_are_corrected() {
    let (control, recall, sender, mut receiver) = scene();
    let mut outbound = Outbound::new(&control, &sender, 1);
    let mut ahead = Ahead::new(&mut outbound, &recall, 1);
    assert_eq!([ahead.see(1), ahead.see(2), ahead.see(1)], [KEEP, KEEP, FILTER]);
    assert!(ahead.rows(0, None, &mut b"12".to_vec()).is_continue());
    assert_eq!(recall.see(2), Verdict::Keep, "the item before has it too");
    recall.settled(0);
    let verdicts = ahead.end().expect("a wrong guess");
    assert_eq!(verdicts, [Verdict::Keep, Verdict::Filter, Verdict::Filter]);
    let mut again = Ahead::told(&mut outbound, &recall, 1, verdicts);
    assert_eq!([again.see(1), again.see(2), again.see(1)], [KEEP, FILTER, FILTER]);
    assert_eq!([again.see(3), again.see(3)], [KEEP, FILTER], "from here on the memory itself");
    assert!(again.rows(0, None, &mut b"1".to_vec()).is_continue());
    assert_eq!(again.end(), None);
    outbound.end();
    assert_eq!(sent(&mut receiver), "1");
}

#[test]
fn what_is_held_is_bounded() {
    let (control, recall, sender, mut receiver) = scene();
    recall.settled(0);
    let mut outbound = Outbound::new(&control, &sender, 2);
    let mut ahead = Ahead::new(&mut outbound, &recall, 2);
    assert_eq!(ahead.see(1), KEEP);
    assert!(ahead.rows(0, None, &mut b"a".to_vec()).is_continue());
    recall.settled(1);
    assert_eq!(sent(&mut receiver), "");
    assert!(ahead.rows(0, None, &mut vec![b'b'; HELD_BYTES_MAX]).is_continue());
    assert_eq!(sent(&mut receiver).len(), 1 + HELD_BYTES_MAX);
    assert_eq!(recall.guess(1), Verdict::Filter, "the guesses so far are settled");

    recall.settled(2);
    let mut outbound = Outbound::new(&control, &sender, 4);
    let mut ahead = Ahead::new(&mut outbound, &recall, 4);
    recall.settled(3);
    let kept = (0..=GUESSES_MAX as u128).filter(|&trace| ahead.see(trace) == KEEP).count();
    assert_eq!(kept, GUESSES_MAX, "one of them came before");
    assert!(matches!(ahead.state, State::Told(_)));
}

#[test]
fn a_wrong_guess_on_the_way_ends_the_item() {
    let (control, recall, sender, mut receiver) = scene();
    let mut outbound = Outbound::new(&control, &sender, 1);
    let mut ahead = Ahead::new(&mut outbound, &recall, 1);
    assert_eq!(ahead.see(1), KEEP);
    assert_eq!(recall.see(1), Verdict::Keep);
    recall.settled(0);
    assert!(ahead.rows(0, None, &mut vec![b'b'; HELD_BYTES_MAX]).is_break());
    assert!(ahead.quarantine(b"q").is_break());
    assert_eq!(ahead.end(), Some(vec![Verdict::Filter]));
    assert_eq!(sent(&mut receiver), "");
}

#[test]
fn nobody_waits_when_the_run_is_over() {
    let (control, recall, sender, mut receiver) = scene();
    let mut outbound = Outbound::new(&control, &sender, 1);
    let mut ahead = Ahead::new(&mut outbound, &recall, 1);
    assert_eq!(ahead.see(1), KEEP);
    assert!(ahead.rows(0, None, &mut b"a".to_vec()).is_continue());
    recall.close();
    assert_eq!(ahead.end(), None);
    assert!(!recall.wait_for_turn(7));
    assert_eq!(sent(&mut receiver), "");
}
