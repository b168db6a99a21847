// What was changed in a paragraph, as corrections of words. No DOM.

import { START, TEXT } from "./talk.js";

// Longest common subsequence of two short lists of words; pairs of indices that are equal.
export function equal(old, now) {
  const width = now.length + 1, best = new Uint16Array((old.length + 1) * width);
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = now.length - 1; column >= 0; column--) {
      best[row * width + column] = old[row] === now[column]
        ? best[(row + 1) * width + column + 1] + 1
        : Math.max(best[(row + 1) * width + column], best[row * width + column + 1]);
    }
  }
  const pairs = [];
  for (let row = 0, column = 0; row < old.length && column < now.length; ) {
    if (old[row] === now[column]) pairs.push([row++, column++]);
    else if (best[(row + 1) * width + column] >= best[row * width + column + 1]) row++;
    else column++;
  }
  return pairs;
}

// Runs of words that were replaced: [from, behind, new texts], at least one old word in each.
export function runs(old, now) {
  const found = [];
  let row = 0, column = 0;
  for (const [next, place] of [...equal(old, now), [old.length, now.length]]) {
    if (next > row || place > column) found.push([row, next, now.slice(column, place)]);
    row = next + 1;
    column = place + 1;
  }
  return found.map(([from, behind, texts]) => {
    if (behind > from) return [from, behind, texts];
    if (from > 0) return [from - 1, from, [old[from - 1], ...texts]];  // only new words: behind their neighbour
    return [0, Math.min(1, old.length), [...texts, ...old.slice(0, 1)]];
  });
}

export const split = (text) => text.split(/\s+/u).filter(Boolean);

// Corrections that make one paragraph's words those of a text, and the words as they then are.
// `blank` is what stands between words: nothing in Chinese, Japanese or Thai.
export function corrected(said, text, blank = " ") {
  const words = said.flatMap(apart), old = words.map((word) => word[TEXT]);
  const changes = blank ? runs(old, split(text)) : between(old, text.trim());
  if (!changes.length) return { records: [], words: said };
  const records = changes.map(([from, behind, texts]) => ({
    find: old.slice(from, behind).join(blank),
    replace: texts.join(blank),
    at: words[from]?.[START] ?? 0,
  }));
  const made = [];
  let at = 0;
  for (const [from, behind, texts] of changes) {
    made.push(...words.slice(at, from), ...timed(words.slice(from, behind), texts));
    at = behind;
  }
  return { records, words: [...made, ...words.slice(at)] };
}

// A word that holds several ("Ada Okafor" in the place of one) is what they are.
const apart = (word) => (/\s/u.test(word[TEXT]) ? timed([word], split(word[TEXT])) : [word]);

// Where no blanks tell words apart: what stands between the words that stayed at either end.
function between(old, text) {
  let from = 0, behind = old.length, left = text;
  while (from < old.length && left.startsWith(old[from])) left = left.slice(old[from++].length);
  while (behind > from && left.endsWith(old[behind - 1])) left = left.slice(0, left.length - old[--behind].length);
  if (from === behind && !left) return [];
  if (from === behind) {
    if (from > 0) left = old[--from] + left;
    else left += old[behind++] ?? "";
  }
  return [[from, behind, left ? [left] : []]];
}

// New words share the time of those they stand for, by letters.
function timed(old, texts) {
  if (!texts.length) return [];
  const start = old[0][START], end = old.at(-1)[3], letters = texts.join("").length || 1;
  let done = 0;
  return texts.map((text) => {
    const from = start + ((end - start) * done) / letters;
    done += text.length;
    return [old[0][0], text, Math.round(from), Math.round(start + ((end - start) * done) / letters), 1, 0];
  });
}
