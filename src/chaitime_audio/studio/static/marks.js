// Marks in the text without an element per word: ranges of the CSS Custom Highlight API.

import { inCut, LEFT_OUT, TEXT } from "./talk.js";

const able = typeof Highlight === "function" && Boolean(CSS.highlights);
const highlights = new Map();

function highlight(name, priority = 0) {
  if (!able) return null;
  if (!highlights.has(name)) {
    const made = new Highlight();
    made.priority = priority;
    CSS.highlights.set(name, made);
    highlights.set(name, made);
  }
  return highlights.get(name);
}

function rangeOf(element, start, end) {
  const node = element.firstChild;
  if (!node || end > node.length) return null;
  const range = new StaticRange({ startContainer: node, startOffset: start, endContainer: node, endOffset: end });
  return range;
}

function wordRange(element, paragraph, at) {
  const start = paragraph.places[at];
  return start < 0 ? null : rangeOf(element, start, start + paragraph.words[at][TEXT].length);
}

let soundingIn = null;

// Mark the word that sounds; a class on the paragraph where highlights are not to be had.
export function sounding(element, paragraph, at) {
  if (soundingIn !== element) {
    soundingIn?.classList.remove("sounding");
    element?.classList.add("sounding");
    soundingIn = element;
  }
  if (!able) return;
  const range = element ? wordRange(element, paragraph, at) : null;
  highlight("sounding", 3).clear();
  if (range) highlight("sounding", 3).add(range);
}

// Everything is drawn anew: no mark is left.
export function clear() {
  for (const one of highlights.values()) one.clear();
}

// Mark what the post leaves out, or what is cut; `old` are the ranges that were so marked in the element before.
export const leftOut = (element, paragraph, old) =>
  marked(highlight("left-out"), element, paragraph, (word) => word[LEFT_OUT], old);
export const cut = (element, paragraph, cuts, old) =>
  marked(highlight("cut", 1), element, paragraph, cuts.length ? (word) => inCut(cuts, word) : () => false, old);

function marked(all, element, paragraph, which, old = []) {
  if (!able) return [];
  for (const range of old) all.delete(range);
  const made = [];
  paragraph.words.forEach((word, at) => {
    const range = which(word) ? wordRange(element, paragraph, at) : null;
    if (range) made.push(range);
  });
  for (const range of made) all.add(range);
  return made;
}

export function hits(found) {
  if (!able) return;
  const all = highlight("hit", 2);
  all.clear();
  for (const [element, start, end] of found) {
    const range = rangeOf(element, start, end);
    if (range) all.add(range);
  }
}
