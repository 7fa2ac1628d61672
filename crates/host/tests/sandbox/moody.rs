//! A guest that does what the event says: `{"a":N}`, with N for its mood.

use crate::guest::{guest, process};

/// What the guest does with an event, by its mood, and the fault that this is.
pub(crate) const MOODS: &[(char, &str)] = &[
    ('1', "guest-trapped"),
    ('2', "guest-out-of-memory"),
    ('3', "guest-trapped"),
    ('4', "guest-answer-malformed"),
    ('5', "guest-row-invalid"),
    ('6', "guest-several-rows"),
    ('7', "guest-out-of-memory"),
    ('8', "guest-answer-malformed"),
    // Takes its time.
    ('9', "guest-timed-out"),
];

/// In the mood 0 it gives the event back.
pub(crate) fn moody() -> Vec<u8> {
    let moods = [
        // 1: gives up.
        "(unreachable)",
        // 2: takes all the memory there is, and writes to all of it.
        "(loop $more
            (if (i32.ge_s (memory.grow (i32.const 64)) (i32.const 0)) (then
                (memory.fill
                    (i32.mul (i32.sub (memory.size) (i32.const 64)) (i32.const 65536))
                    (i32.const 255) (i32.const 4194304))
                (br $more))))
         (unreachable)",
        // 3: calls itself.
        "(return (call $process (local.get $at) (local.get $length)))",
        // 4: answers from somewhere else.
        "(return (i64.const -4294967296000))",
        // 5: answers what is no JSON.
        "(i32.store8 (local.get $at) (i32.const 255))",
        // 6: answers two rows.
        "(i32.store8 offset=6 (local.get $at) (i32.const 10))",
        // 7: takes all the elements there are.
        "(loop $more (br_if $more
            (i32.ge_s (table.grow $t (ref.null func) (i32.const 5000)) (i32.const 0))))
         (unreachable)",
        // 8: answers more than its memory.
        "(return (i64.const 0xffff_ffff))",
        // 9: never answers.
        "(loop $more (br $more))",
    ];
    let mut body = String::from(
        "(local $mood i32)
        (local.set $mood (i32.load8_u offset=5 (local.get $at)))",
    );
    for (number, what) in moods.iter().enumerate() {
        let mood = 49 + number;
        body += &format!("(if (i32.eq (local.get $mood) (i32.const {mood})) (then {what}))\n");
    }
    body += "(call $answer (local.get $at) (local.get $length))";
    guest(&[("table", "(table $t 1 funcref)"), ("process", &process(&body))])
}
