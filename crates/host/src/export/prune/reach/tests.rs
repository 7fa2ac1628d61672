//! What is found from where, in memories made for it.

use super::super::links::Piece;
use super::*;
use std::collections::HashMap;

/// Three functions in the table at 100, 101, 102, and three pieces of static data: a constant at
/// 16, a variable at 32, and a text at 48.
fn links() -> Links {
    let piece = |start, constant| Piece { range: start..start + 8, constant };
    Links {
        pieces: vec![piece(16, true), piece(32, false), piece(48, true)],
        of_functions: vec![Vec::new(); 3],
        of_pieces: vec![Vec::new(); 3],
        table: HashMap::from([(100, 0), (101, 1), (102, 2)]),
    }
}

fn found(links: &Links, words: &[(usize, u32)], roots: &[u32]) -> (Vec<u32>, Vec<usize>) {
    let mut memory = vec![0; 128];
    for (at, word) in words {
        memory[*at..at + 4].copy_from_slice(&word.to_le_bytes());
    }
    let reach = reach(links, &Image { memory: &memory, heap: 64..128 }, roots);
    let mut functions: Vec<u32> = reach.functions.into_iter().collect();
    let mut pieces: Vec<usize> = reach.pieces.into_iter().collect();
    functions.sort_unstable();
    pieces.sort_unstable();
    (functions, pieces)
}

#[test]
fn links_are_followed_from_the_roots() {
    let mut links = links();
    assert_eq!(found(&links, &[], &[]), (vec![], vec![]));
    links.of_functions[0] = vec![Target::Piece(0)];
    links.of_pieces[0] = vec![Target::Function(2)];
    links.of_functions[2] = vec![Target::Function(0)];
    assert_eq!(found(&links, &[], &[0]), (vec![0, 2], vec![0]));
    assert_eq!(found(&links, &[], &[1]), (vec![1], vec![]));
}

/// An address anywhere inside a piece, and the position of a function, wherever they stand on the
/// heap.
#[test]
fn words_on_the_heap_are_addresses() {
    let links = links();
    assert_eq!(found(&links, &[(64, 101)], &[]), (vec![1], vec![]));
    assert_eq!(found(&links, &[(124, 55)], &[]), (vec![], vec![2]));
    assert_eq!(found(&links, &[(68, 56), (72, 99), (76, 103), (80, 15)], &[]), (vec![], vec![]));
    // What nobody refers to does not count, whatever it holds.
    assert_eq!(found(&links, &[(16, 100), (32, 101)], &[]), (vec![], vec![]));
}

/// What is written there counts, and what it was linked with does not any more.
#[test]
fn a_variable_is_what_it_holds_now() {
    let mut links = links();
    links.of_pieces[1] = vec![Target::Function(0)];
    assert_eq!(found(&links, &[(64, 32), (36, 102)], &[]), (vec![2], vec![1]));
    // A constant is what it was linked with.
    links.of_pieces[0] = vec![Target::Function(0)];
    assert_eq!(found(&links, &[(64, 16), (16, 102)], &[]), (vec![0], vec![0]));
}

/// Texts that end alike share their bytes.
#[test]
fn pieces_that_overlap_are_all_found() {
    let mut links = links();
    links.pieces[2].range = 20..24;
    links.pieces.sort_by_key(|piece| piece.range.start);
    assert_eq!(found(&links, &[(64, 21)], &[]).1, [0, 1]);
    assert_eq!(found(&links, &[(64, 17)], &[]).1, [0]);
}
