//! How near what somebody typed comes to a name: whole words, beginnings of words, and words with a typing error.

use std::collections::BTreeSet;

use crate::slugs;

/// Below this nothing is meant.
pub const NEAR: f64 = 0.4;
/// From here on a name fits as it was typed.
const FITS: f64 = 0.9;
/// Where a name fits as typed, names that are only similar must come this near to be shown beside it.
const NEAR_BESIDE_A_FIT: f64 = 0.7;
/// So many runs of letters are looked up; they are taken from all over a longer text.
const MAX_TRIGRAMS: usize = 24;
/// So many words are looked at.
const MAX_WORDS: usize = 8;

/// What somebody typed, ready to be compared.
#[derive(Debug, Clone)]
pub struct Query {
    words: Vec<String>,
    plain: Vec<Vec<char>>,
}

impl Query {
    /// Reads a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let words: Vec<String> = words(text).take(MAX_WORDS).collect();
        let plain = words.iter().map(|word| plain(word)).collect();
        Self { words, plain }
    }

    /// Whether there is not a letter or digit in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How words of names may begin that are meant: as typed, with two neighbours swapped, or without one letter. Lower case.
    #[must_use]
    pub fn beginnings(&self) -> Vec<String> {
        let mut all = BTreeSet::new();
        for (word, plain) in self.words.iter().zip(&self.plain) {
            all.insert(word.clone());
            all.insert(plain.iter().collect());
            if (3..=12).contains(&plain.len()) {
                let swapped =
                    (1..plain.len()).map(|i| [part(plain, 0, i - 1), part(plain, i, i + 1), part(plain, i - 1, i), part(plain, i + 1, plain.len())]);
                all.extend(swapped.map(|parts| parts.concat().into_iter().collect::<String>()));
                let shorter = (0..plain.len()).map(|i| [part(plain, 0, i), part(plain, i + 1, plain.len())]);
                all.extend(shorter.map(|parts| parts.concat().into_iter().collect::<String>()));
            }
        }
        all.into_iter().collect()
    }

    /// Runs of three letters or digits that names which are meant may share. Lower case.
    #[must_use]
    pub fn trigrams(&self) -> Vec<String> {
        let spelled = self.words.iter().map(|word| word.chars().collect::<Vec<_>>());
        let all: BTreeSet<String> =
            spelled.chain(self.plain.iter().cloned()).flat_map(|word| word.windows(3).map(|run| run.iter().collect()).collect::<Vec<_>>()).collect();
        let step = all.len().div_ceil(MAX_TRIGRAMS).max(1);
        all.into_iter().step_by(step).collect()
    }

    /// How near a name comes, from 0 to 1; a little above where the name begins with what was typed.
    #[must_use]
    pub fn nearness(&self, name: &str) -> f64 {
        let names: Vec<Vec<char>> = words(name).map(|word| plain(&word)).collect();
        let mut sum = 0.0;
        let mut weight = 0.0;
        for word in &self.plain {
            let best = names.iter().map(|other| word_nearness(word, other)).fold(0.0, f64::max);
            sum += best * count(word.len());
            weight += count(word.len());
        }
        if weight == 0.0 {
            return 0.0;
        }
        let joined = |words: &[Vec<char>]| words.iter().map(|word| word.iter().collect::<String>()).collect::<Vec<_>>().join(" ");
        let begins = joined(&names).starts_with(&joined(&self.plain));
        sum / weight + if begins { 0.1 } else { 0.0 }
    }

    /// The candidates that may be meant, nearest first; of equally near ones the shorter name, then the alphabet.
    pub fn rank<T>(&self, candidates: Vec<T>, name: impl Fn(&T) -> &str) -> Vec<T> {
        let mut ranked: Vec<(f64, T)> = candidates.into_iter().map(|candidate| (self.nearness(name(&candidate)), candidate)).collect();
        let best = ranked.iter().map(|(nearness, _)| *nearness).fold(0.0, f64::max);
        let needed = if best >= FITS { NEAR_BESIDE_A_FIT } else { NEAR };
        ranked.retain(|(nearness, _)| *nearness >= needed);
        ranked.sort_by(|(left, a), (right, b)| {
            let (a, b) = (name(a), name(b));
            right.total_cmp(left).then_with(|| a.chars().count().cmp(&b.chars().count())).then_with(|| a.cmp(b))
        });
        ranked.into_iter().map(|(_, candidate)| candidate).collect()
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The letters of a word without their accents; a word of another alphabet as it is.
fn plain(word: &str) -> Vec<char> {
    slugs::from_name(word, word).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn part(letters: &[char], from: usize, to: usize) -> Vec<char> {
    letters.get(from..to).unwrap_or_default().to_vec()
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// How near one word comes to another, from 0 to 1.
fn word_nearness(typed: &[char], word: &[char]) -> f64 {
    if typed == word {
        return 1.0;
    }
    if word.starts_with(typed) {
        return 0.95;
    }
    // Whoever is still typing has made the beginning of a word, perhaps with the error in it.
    let allowed = match typed.len() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    };
    let beginnings = [typed.len().saturating_sub(1), typed.len(), typed.len() + 1, word.len()];
    let errors = beginnings.iter().filter_map(|n| word.get(..*n)).map(|beginning| edits(typed, beginning)).min().unwrap_or(usize::MAX);
    let by_errors = if errors <= allowed { 0.9 * (1.0 - count(errors) / count(typed.len())) } else { 0.0 };
    by_errors.max(0.9 * shared_trigrams(typed, word))
}

/// The part of the runs of three that two words share; a word counts from two spaces before it to one after it.
fn shared_trigrams(a: &[char], b: &[char]) -> f64 {
    let runs = |word: &[char]| {
        let padded: Vec<char> = [' ', ' '].into_iter().chain(word.iter().copied()).chain([' ']).collect();
        padded.windows(3).map(<[char]>::to_vec).collect::<BTreeSet<_>>()
    };
    let (a, b) = (runs(a), runs(b));
    count(a.intersection(&b).count()) / count(a.union(&b).count().max(1))
}

/// The typing errors between two words: a letter too many, too few or another, or two neighbours swapped (optimal string alignment).
fn edits(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut previous_a = None;
    for (i, letter) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        let mut previous_b = None;
        for (j, other) in b.iter().enumerate() {
            let at = |row: &[usize], n: usize| row.get(n).copied().unwrap_or(usize::MAX / 2);
            let mut best = (at(&last, j) + usize::from(letter != other)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            if j > 0 && previous_a == Some(other) && previous_b == Some(letter) {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
            previous_b = Some(other);
        }
        before = std::mem::replace(&mut last, row);
        previous_a = Some(letter);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranked(typed: &str) -> Vec<&'static str> {
        let names = vec!["Stoneware mug", "Oak task lamp", "Lambswool cardigan", "Wool runner", "Rug", "Café cup", "Über-Teller", "Stone mortar"];
        Query::new(typed).rank(names, |name| name)
    }

    #[test]
    fn what_is_typed_right_comes_first() {
        assert_eq!(ranked("mug"), ["Stoneware mug"]);
        assert_eq!(ranked("wool"), ["Wool runner"]);
        assert_eq!(ranked("stone"), ["Stone mortar", "Stoneware mug"]);
        assert_eq!(ranked("cafe"), ["Café cup"]);
        assert_eq!(ranked("Café"), ["Café cup"]);
        assert_eq!(ranked("l").len(), 2);
    }

    #[test]
    fn typing_errors_are_forgiven() {
        for typed in ["mgu", "stonware", "stoneware mgu", "stonewear", "sotneware", "stomeware"] {
            assert_eq!(ranked(typed).first(), Some(&"Stoneware mug"), "{typed}");
        }
        for typed in ["lapm", "lmap", "oak lapm", "tsak"] {
            assert_eq!(ranked(typed).first(), Some(&"Oak task lamp"), "{typed}");
        }
        assert_eq!(ranked("cardigna").first(), Some(&"Lambswool cardigan"));
        assert_eq!(ranked("lambswol").first(), Some(&"Lambswool cardigan"));
    }

    #[test]
    fn what_is_far_is_not_suggested() {
        for typed in ["", "!!!", "xyzzy", "refrigerator", "茶碗"] {
            assert!(ranked(typed).is_empty(), "{typed}");
        }
    }

    #[test]
    fn the_errors_between_words_are_counted() {
        let edits = |a: &str, b: &str| super::edits(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(edits("mug", "mug"), 0);
        assert_eq!(edits("mgu", "mug"), 1);
        assert_eq!(edits("mg", "mug"), 1);
        assert_eq!(edits("muug", "mug"), 1);
        assert_eq!(edits("kitten", "sitting"), 3);
        assert_eq!(edits("", "mug"), 3);
    }

    #[test]
    fn candidates_are_looked_up_by_beginnings_and_runs() {
        let query = Query::new("Lmap");
        assert!(query.beginnings().contains(&"lamp".to_owned()) && query.beginnings().contains(&"lmap".to_owned()));
        assert_eq!(query.trigrams(), ["lma", "map"]);
        assert_eq!(Query::new("ab").beginnings(), ["ab"]);
        assert!(Query::new(&"abcdefghijklmnopqrstuvwxyz0123456789".repeat(3)).trigrams().len() <= MAX_TRIGRAMS);
    }
}
