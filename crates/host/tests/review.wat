;; A stage written by hand, for the examples of the stage `wasm`: it filters events that say
;; "readOnly":true, and adds "reviewed":true to the others. crates/guest/ABI.md says what each
;; export has to do. An event comes as one line of compact JSON.
(module
  (memory (export "memory") 2)

  ;; 16: the description. 96: what is looked for, and what takes the place of the last bracket.
  (data (i32.const 16) "{\"abi\":1,\"name\":\"review\",\"version\":\"1\"}")
  (data (i32.const 96) "\"readOnly\":true")
  (data (i32.const 112) ",\"reviewed\":true}\n")

  (func (export "trailmill_abi_version") (result i32) (i32.const 1))

  (func (export "trailmill_describe") (result i64) (i64.const 0x10_0000_0027))

  ;; Every input goes to the same place; behind it is room for the answer.
  (func (export "malloc") (param $bytes i32) (result i32)
    (local $pages i32)
    (local.set $pages
      (i32.add (i32.shr_u (local.get $bytes) (i32.const 15)) (i32.const 2)))
    (if (i32.gt_u (local.get $pages) (memory.size))
      (then
        (if (i32.eq (memory.grow (i32.sub (local.get $pages) (memory.size))) (i32.const -1))
          (then (return (i32.const 0))))))
    (i32.const 1024))

  (func (export "free") (param i32))

  (func (export "trailmill_process") (param $event i32) (param $length i32) (result i64)
    (local $answer i32)
    (local.set $answer (i32.add (local.get $event) (local.get $length)))
    ;; Status, counts and the head of a frame: all of it is zero at first.
    (memory.fill (local.get $answer) (i32.const 0) (i32.const 80))
    (i64.store offset=8 (local.get $answer) (i64.const 1)) ;; read
    (if (call $reads (local.get $event) (local.get $length))
      (then
        (i64.store offset=24 (local.get $answer) (i64.const 1)) ;; filtered
        (return (call $packed (local.get $answer) (i32.const 64)))))
    (i32.store offset=4 (local.get $answer) (i32.const 1)) ;; one frame
    (i64.store offset=16 (local.get $answer) (i64.const 1)) ;; written
    ;; The event without its last bracket and line feed, then what is added.
    (local.set $length (i32.sub (local.get $length) (i32.const 2)))
    (i32.store offset=76 (local.get $answer) (i32.add (local.get $length) (i32.const 18)))
    (memory.copy
      (i32.add (local.get $answer) (i32.const 80)) (local.get $event) (local.get $length))
    (memory.copy
      (i32.add (local.get $answer) (i32.add (i32.const 80) (local.get $length)))
      (i32.const 112) (i32.const 18))
    (call $packed (local.get $answer) (i32.add (local.get $length) (i32.const 98))))

  ;; Whether the event says "readOnly":true anywhere.
  (func $reads (param $at i32) (param $length i32) (result i32)
    (local $end i32)
    (local.set $end (i32.sub (i32.add (local.get $at) (local.get $length)) (i32.const 15)))
    (block $none
      (loop $next
        (br_if $none (i32.gt_s (local.get $at) (local.get $end)))
        (if (i64.eq (i64.load (local.get $at)) (i64.load (i32.const 96)))
          (then
            (if (i64.eq (i64.load offset=7 (local.get $at)) (i64.load (i32.const 103)))
              (then (return (i32.const 1))))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)))
    (i32.const 0))

  (func $packed (param $at i32) (param $length i32) (result i64)
    (i64.or
      (i64.shl (i64.extend_i32_u (local.get $at)) (i64.const 32))
      (i64.extend_i32_u (local.get $length)))))
