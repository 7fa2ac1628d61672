;; A loop over 1 MiB of memory, as scanners of text have it.
(module
  (memory (export "memory") 16)
  (func (export "f") (result i32)
    (local $at i32) (local $sum i32)
    (loop $more
      (local.set $sum (i32.add
        (i32.rotl (local.get $sum) (i32.const 5)) (i32.load8_u (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $more (i32.lt_u (local.get $at) (i32.const 1048576))))
    (local.get $sum)))
