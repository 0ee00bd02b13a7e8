//! Sets of entries by their numbers, one bit each, and how they are stored: in blocks of 4,096 numbers, so that a change rewrites little
//! and a whole set is read in few rows.

/// Numbers of one block.
pub const BLOCK: u64 = 4_096;
/// 64-bit words of one block.
const WORDS: usize = 64;
/// Bytes of a block in which each number has its bit. A shorter one lists its members, two bytes each.
const FULL: usize = WORDS * 8;
/// The largest number that there can be, so that no set grows beyond reason.
pub const LARGEST: u64 = (1 << 28) - 1;

/// A set of numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers(Vec<u64>);

/// The block in which a number lies, and its place in it.
pub fn place(number: u64) -> (u64, u16) {
    let within = u16::try_from(number % BLOCK).unwrap_or_default();
    (number / BLOCK, within)
}

impl Numbers {
    /// Adds what a stored block holds.
    pub fn add_block(&mut self, block: u64, stored: &[u8]) {
        let from = usize::try_from(block).unwrap_or(0) * WORDS;
        if self.0.len() < from + WORDS {
            self.0.resize(from + WORDS, 0);
        }
        let words = &mut self.0[from..from + WORDS];
        if stored.len() == FULL {
            for (word, bytes) in words.iter_mut().zip(stored.chunks_exact(8)) {
                *word |= bytes.try_into().map_or(0, u64::from_le_bytes);
            }
            return;
        }
        for member in members(stored) {
            let member = usize::from(member) % (WORDS * 64);
            words[member / 64] |= 1 << (member % 64);
        }
    }

    /// Adds a number.
    pub fn insert(&mut self, number: u64) {
        let at = usize::try_from(number / 64).unwrap_or(usize::MAX);
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        self.0[at] |= 1 << (number % 64);
    }

    /// Whether the number is in it.
    pub fn contains(&self, number: u64) -> bool {
        let at = usize::try_from(number / 64).unwrap_or(usize::MAX);
        self.0.get(at).is_some_and(|word| word & (1 << (number % 64)) != 0)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Those that are in both.
    #[must_use]
    pub fn and(&self, other: &Numbers) -> Numbers {
        Numbers(self.0.iter().zip(&other.0).map(|(one, other)| one & other).collect())
    }

    /// Adds those of the other.
    pub fn add(&mut self, other: &Numbers) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    /// Those that are not in the other.
    #[must_use]
    pub fn without(&self, other: &Numbers) -> Numbers {
        let others = other.0.iter().copied().chain(std::iter::repeat(0));
        Numbers(self.0.iter().zip(others).map(|(one, other)| one & !other).collect())
    }

    /// How many are in both.
    pub fn common(&self, other: &Numbers) -> usize {
        let both = self.0.iter().zip(&other.0);
        both.map(|(one, other)| (one & other).count_ones() as usize).sum()
    }

    /// Every number, growing.
    pub fn iter(&self) -> impl Iterator<Item = u64> {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let from = (at as u64) * 64;
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(from + u64::from(bit))
            })
        })
    }
}

/// The members of a stored block.
fn members(stored: &[u8]) -> Vec<u16> {
    if stored.len() != FULL {
        let pairs = stored.chunks_exact(2);
        return pairs.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    }
    let bit = |member: &u16| stored[usize::from(*member) / 8] & (1 << (member % 8)) != 0;
    (0..(WORDS * 64) as u16).filter(bit).collect()
}

/// A stored block with a number more or less; nothing where none is left.
pub fn changed(stored: &[u8], within: u16, present: bool) -> Option<Vec<u8>> {
    if stored.len() == FULL && present {
        let mut bytes = stored.to_vec();
        bytes[usize::from(within) / 8] |= 1 << (within % 8);
        return Some(bytes);
    }
    let mut left = members(stored);
    match (left.binary_search(&within), present) {
        (Err(at), true) => left.insert(at, within),
        (Ok(at), false) => {
            left.remove(at);
        }
        (Ok(_), true) | (Err(_), false) => {}
    }
    packed(&left)
}

/// A block in its stored form: a list while that is shorter than a bit for each number. Nothing where there is no member.
pub fn packed(members: &[u16]) -> Option<Vec<u8>> {
    if members.is_empty() {
        return None;
    }
    if members.len() * 2 < FULL {
        return Some(members.iter().flat_map(|member| member.to_le_bytes()).collect());
    }
    let mut bytes = vec![0; FULL];
    for member in members {
        bytes[usize::from(*member) / 8] |= 1 << (member % 8);
    }
    Some(bytes)
}

impl FromIterator<u64> for Numbers {
    fn from_iter<I: IntoIterator<Item = u64>>(numbers: I) -> Self {
        let mut made = Self::default();
        numbers.into_iter().for_each(|number| made.insert(number));
        made
    }
}
