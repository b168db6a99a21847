// Finds words in the whole talk, shows each place, and replaces them all as one correction.

import * as marks from "./marks.js";
import { clock, START } from "./talk.js";

const MOST_SHOWN = 100, AROUND = 36;
const WORD = /[\p{L}\p{N}]/u;

// Places where a text stands as whole words, whatever its case: [paragraph, from, behind].
export function found(paragraphs, needle) {
  const wanted = needle.trim().toLowerCase(), places = [];
  if (!wanted) return places;
  paragraphs.forEach(({ text }, number) => {
    const lower = text.toLowerCase();
    if (lower.length !== text.length) return;
    for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
      const behind = at + wanted.length;
      if (!WORD.test(lower[at - 1] ?? " ") && !WORD.test(lower[behind] ?? " ")) places.push([number, at, behind]);
    }
  });
  return places;
}

export class Search {
  constructor({ talk, text, player, push }) {
    Object.assign(this, { talk, text, player, push });
    this.dialog = document.getElementById("search");
    this.needle = document.getElementById("needle");
    this.thread = document.getElementById("thread");
    this.button = document.getElementById("replace-all");
    this.needle.addEventListener("input", () => this.#show());
    this.thread.addEventListener("input", () => this.#show());
    this.button.addEventListener("click", () => this.#replace());
    this.dialog.addEventListener("close", () => marks.hits([]));
  }

  open(needle = "") {
    if (needle) this.needle.value = needle;
    this.dialog.showModal();
    this.needle.select();
    this.#show();
  }

  #show() {
    const places = found(this.talk.paragraphs, this.needle.value);
    marks.hits(places.map(([number, from, behind]) => [this.text.element(number), from, behind]));
    const said = places.length === 1 ? "1 place" : `${places.length} places`;
    document.getElementById("hits").textContent = this.needle.value.trim() ? said : "";
    this.button.disabled = !places.length || !this.thread.value.trim();
    document.getElementById("previews").replaceChildren(...places.slice(0, MOST_SHOWN).map((place) => this.#preview(place)));
  }

  #preview([number, from, behind]) {
    const paragraph = this.talk.paragraphs[number];
    const line = document.createElement("li"), there = document.createElement("button");
    const at = paragraph.places.findLastIndex((place) => place >= 0 && place <= from);
    there.type = "button";
    there.textContent = clock(paragraph.words[Math.max(0, at)][START]);
    there.addEventListener("click", () => {
      this.player.seek(paragraph.words[Math.max(0, at)][START]);
      this.player.play();
    });
    const old = document.createElement("del"), now = document.createElement("ins");
    old.textContent = paragraph.text.slice(from, behind);
    now.textContent = this.thread.value;
    line.append(there, ` … ${paragraph.text.slice(Math.max(0, from - AROUND), from)}`, old, now.textContent ? now : "", paragraph.text.slice(behind, behind + AROUND), " …");
    return line;
  }

  #replace() {
    const find = this.needle.value.trim(), replace = this.thread.value.trim();
    const everywhere = document.getElementById("also-glossary").checked ? { spelling: replace, heard: [find] } : { find, replace };
    this.push([everywhere]);
    this.dialog.close();
  }
}
