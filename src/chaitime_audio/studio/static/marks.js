// Marks in the text without an element per word: ranges of the CSS Custom Highlight API.

import { LEFT_OUT, TEXT } from "./talk.js";

const able = typeof Highlight === "function" && Boolean(CSS.highlights);
const highlights = new Map();

function highlight(name, priority = 0) {
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

let marked = null;

// Mark the word that sounds; a class on the paragraph where highlights are not to be had.
export function sounding(element, paragraph, at) {
  if (marked !== element) {
    marked?.classList.remove("sounding");
    element?.classList.add("sounding");
    marked = element;
  }
  if (!able) return;
  const range = element ? wordRange(element, paragraph, at) : null;
  highlight("sounding", 2).clear();
  if (range) highlight("sounding", 2).add(range);
}

// Mark what the post leaves out; `old` are the ranges that were marked in the element before.
export function leftOut(element, paragraph, old = []) {
  if (!able) return [];
  const all = highlight("left-out");
  for (const range of old) all.delete(range);
  const made = [];
  paragraph.words.forEach((word, at) => {
    const range = word[LEFT_OUT] ? wordRange(element, paragraph, at) : null;
    if (range) made.push(range);
  });
  for (const range of made) all.add(range);
  return made;
}

export function hits(found) {
  if (!able) return;
  const all = highlight("hit", 1);
  all.clear();
  for (const [element, start, end] of found) {
    const range = rangeOf(element, start, end);
    if (range) all.add(range);
  }
}
