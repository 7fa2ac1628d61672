//! A text that grows on the stack, for as long as it can.

/// The longest action there is has room in this.
const ROOM: usize = 512;

/// Bytes on the stack; those of a long text are in a vector.
pub(crate) struct Buffer {
    bytes: [u8; ROOM],
    length: usize,
    /// Everything, once it was too long for `bytes`.
    spilled: Vec<u8>,
}

impl Buffer {
    /// Nothing yet.
    #[inline]
    pub(crate) fn new() -> Self {
        Buffer { bytes: [0; ROOM], length: 0, spilled: Vec::new() }
    }

    /// Adds to the end.
    #[inline]
    pub(crate) fn add(&mut self, text: &[u8]) {
        match self.bytes.get_mut(self.length..self.length + text.len()) {
            Some(room) if self.spilled.is_empty() => {
                room.copy_from_slice(text);
                self.length += text.len();
            }
            _ => self.spill(text),
        }
    }

    #[cold]
    fn spill(&mut self, text: &[u8]) {
        if self.spilled.is_empty() {
            self.spilled.extend_from_slice(&self.bytes[..self.length]);
        }
        self.spilled.extend_from_slice(text);
    }

    /// Takes the comma at the end away, if there is one.
    pub(crate) fn drop_comma(&mut self) {
        if self.as_slice().last() == Some(&b',') {
            if self.spilled.is_empty() {
                self.length -= 1;
            } else {
                self.spilled.pop();
            }
        }
    }

    /// All of it.
    #[inline]
    pub(crate) fn as_slice(&self) -> &[u8] {
        if self.spilled.is_empty() { &self.bytes[..self.length] } else { &self.spilled }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_whole() {
        for step in [1, 7, 500, 512, 3000] {
            let (mut buffer, mut expected) = (Buffer::new(), Vec::new());
            for number in 0..3000 / step + 3 {
                let text = vec![b'a' + (number % 26) as u8; step];
                buffer.add(&text);
                expected.extend_from_slice(&text);
                assert_eq!(buffer.as_slice(), expected);
            }
            buffer.add(b"x,");
            buffer.drop_comma();
            buffer.drop_comma();
            expected.push(b'x');
            assert_eq!(buffer.as_slice(), expected);
        }
    }
}
