//! Writes databases in the format of MaxMind ("MaxMind DB File Format Specification", version 2.0).

use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};

/// Where the metadata begins.
const MARKER: &[u8] = b"\xab\xcd\xefMaxMind.com";

/// Zeros between tree and data.
const SEPARATOR: usize = 16;

/// Numbers of the kinds of data.
const STRING: u8 = 2;
const DOUBLE: u8 = 3;
const UINT16: u8 = 5;
const UINT32: u8 = 6;
const MAP: u8 = 7;
const INT32: u8 = 8;
const UINT64: u8 = 9;
const ARRAY: u8 = 11;
const BOOLEAN: u8 = 14;

/// What a side of a node leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Nothing,
    Node(usize),
    /// An offset in the data.
    Data(usize),
}

/// A database in the making.
#[derive(Debug)]
pub(crate) struct Writer {
    kind: String,
    ip_version: u8,
    record_bits: usize,
    nodes: Vec<[Side; 2]>,
    data: Vec<u8>,
    /// Where values that were written already stand.
    written: HashMap<String, usize>,
}

impl Writer {
    /// An empty one: its `database_type`, 4 or 6, and 24, 28 or 32 bits for each side of a node.
    pub(crate) fn new(kind: &str, ip_version: u8, record_bits: usize) -> Self {
        Writer {
            kind: kind.to_owned(),
            ip_version,
            record_bits,
            nodes: vec![[Side::Nothing; 2]],
            data: Vec::new(),
            written: HashMap::new(),
        }
    }

    /// Adds a network, `1.2.3.0/24`; one inside another that was added before takes its place.
    pub(crate) fn add(&mut self, network: &str, record: &Value) {
        let (address, length) = network.split_once('/').unwrap();
        let length: u32 = length.parse().unwrap();
        let (bits, length) = match (address.parse().unwrap(), self.ip_version) {
            (IpAddr::V4(address), 4) => (u128::from(address.to_bits()) << 96, length),
            // IPv4 addresses stand in the first 32 bits of the last 96 zeros.
            (IpAddr::V4(address), _) => (u128::from(address.to_bits()), length + 96),
            (IpAddr::V6(address), _) => (address.to_bits(), length),
        };
        let data = self.value(record);
        let last = length - 1;
        let node = self.node(bits, last);
        self.nodes[node][(bits >> (127 - last) & 1) as usize] = Side::Data(data);
    }

    /// Has a network of IPv6 lead to the addresses of IPv4, as databases have it for
    /// `::ffff:0:0/96` and `2002::/16`; what is added afterwards on one way is there on both.
    pub(crate) fn alias(&mut self, network: &str) {
        let (address, length) = network.split_once('/').unwrap();
        let bits = address.parse::<Ipv6Addr>().unwrap().to_bits();
        let v4 = self.node(0, 96);
        let last = length.parse::<u32>().unwrap() - 1;
        let around = self.node(bits, last);
        self.nodes[around][(bits >> (127 - last) & 1) as usize] = Side::Node(v4);
    }

    /// The node of a network, which is made.
    fn node(&mut self, bits: u128, length: u32) -> usize {
        (0..length).fold(0, |node, depth| self.next(node, (bits >> (127 - depth) & 1) as usize))
    }

    /// The node on a side; a larger network goes on around what will be there.
    fn next(&mut self, node: usize, side: usize) -> usize {
        if let Side::Node(next) = self.nodes[node][side] {
            return next;
        }
        self.nodes.push([self.nodes[node][side]; 2]);
        self.nodes[node][side] = Side::Node(self.nodes.len() - 1);
        self.nodes.len() - 1
    }

    /// The file.
    pub(crate) fn finish(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for node in &self.nodes {
            self.put(node.map(|side| self.number(side)), &mut out);
        }
        out.extend_from_slice(&[0; SEPARATOR]);
        out.extend_from_slice(&self.data);
        out.extend_from_slice(MARKER);
        encode(&self.metadata(), &mut out);
        out
    }

    /// What stands in the tree for a side.
    fn number(&self, side: Side) -> u32 {
        let count = self.nodes.len();
        let number = match side {
            Side::Nothing => count,
            Side::Node(node) => node,
            Side::Data(offset) => count + SEPARATOR + offset,
        };
        number as u32
    }

    fn put(&self, [left, right]: [u32; 2], out: &mut Vec<u8>) {
        let (left_bytes, right_bytes) = (left.to_be_bytes(), right.to_be_bytes());
        match self.record_bits {
            24 => out.extend([&left_bytes[1..], &right_bytes[1..]].concat()),
            28 => {
                out.extend_from_slice(&left_bytes[1..]);
                out.push(left_bytes[0] << 4 | right_bytes[0]);
                out.extend_from_slice(&right_bytes[1..]);
            }
            _ => out.extend([left_bytes, right_bytes].concat()),
        }
    }

    fn metadata(&self) -> Value {
        json!({
            "binary_format_major_version": {"$uint16": 2},
            "binary_format_minor_version": {"$uint16": 0},
            "build_epoch": {"$uint64": 1_700_000_000},
            "database_type": self.kind,
            "description": {"en": "Made for tests"},
            "ip_version": {"$uint16": self.ip_version},
            "languages": ["en", "de"],
            "node_count": self.nodes.len(),
            "record_size": {"$uint16": self.record_bits},
        })
    }

    /// Writes a value, with pointers to members that were written before; its offset.
    fn value(&mut self, value: &Value) -> usize {
        let text = value.to_string();
        if let Some(&at) = self.written.get(&text) {
            return at;
        }
        let mut out = Vec::new();
        match value {
            Value::Object(members) if !is_number(members) => {
                control(MAP, members.len(), &mut out);
                for (name, member) in members {
                    encode(&Value::from(name.as_str()), &mut out);
                    pointer(self.value(member), &mut out);
                }
            }
            value => encode(value, &mut out),
        }
        let at = self.data.len();
        self.data.extend_from_slice(&out);
        self.written.insert(text, at);
        at
    }
}

/// Whether an object stands for a number of a certain kind: `{"$uint16": 2}`.
fn is_number(members: &Map<String, Value>) -> bool {
    members.keys().any(|name| name.starts_with('$'))
}

/// Appends a value without pointers.
fn encode(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::String(text) => {
            control(STRING, text.len(), out);
            out.extend_from_slice(text.as_bytes());
        }
        Value::Bool(truth) => control(BOOLEAN, usize::from(*truth), out),
        Value::Number(number) => match number.as_u64() {
            Some(number) => integer(UINT32, number, out),
            None => {
                control(DOUBLE, 8, out);
                out.extend_from_slice(&number.as_f64().unwrap().to_be_bytes());
            }
        },
        Value::Array(list) => {
            control(ARRAY, list.len(), out);
            list.iter().for_each(|element| encode(element, out));
        }
        Value::Object(members) if is_number(members) => {
            let (kind, number) = members.iter().next().unwrap();
            let kind = match kind.as_str() {
                "$uint16" => UINT16,
                "$int32" => INT32,
                _ => UINT64,
            };
            integer(kind, number.as_u64().unwrap(), out);
        }
        Value::Object(members) => {
            control(MAP, members.len(), out);
            for (name, member) in members {
                encode(&Value::from(name.as_str()), out);
                encode(member, out);
            }
        }
        Value::Null => unreachable!("the format has no null"),
    }
}

fn integer(kind: u8, number: u64, out: &mut Vec<u8>) {
    let bytes = number.to_be_bytes();
    let bytes = &bytes[bytes.iter().take_while(|&&byte| byte == 0).count()..];
    control(kind, bytes.len(), out);
    out.extend_from_slice(bytes);
}

/// Appends the kind of a value and its size: bytes, members or elements.
fn control(kind: u8, size: usize, out: &mut Vec<u8>) {
    let (first, more): (u8, Vec<u8>) = match size {
        0..29 => (size as u8, Vec::new()),
        29..285 => (29, vec![(size - 29) as u8]),
        285..65_821 => (30, ((size - 285) as u16).to_be_bytes().to_vec()),
        _ => (31, ((size - 65_821) as u32).to_be_bytes()[1..].to_vec()),
    };
    if kind < 8 {
        out.push(kind << 5 | first);
    } else {
        out.extend([first, kind - 7]);
    }
    out.extend(more);
}

/// Appends a pointer to an offset in the data, always with four bytes.
fn pointer(offset: usize, out: &mut Vec<u8>) {
    out.push(1 << 5 | 3 << 3);
    out.extend_from_slice(&(offset as u32).to_be_bytes());
}
