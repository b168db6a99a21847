// Draws the paragraphs: inert text in chunks, which the browser lays out only where they are seen.

import { clock, inCut, START } from "./talk.js";
import * as marks from "./marks.js";

const CHUNK = 30;

export class Text {
  constructor(room, talk) {
    this.room = room;
    this.talk = talk;
    this.elements = [];
    this.seen = new IntersectionObserver((entries) => this.#marked(entries), { rootMargin: "100%" });
  }

  draw() {
    this.seen.disconnect();
    marks.clear();
    this.ranges = new WeakMap();
    this.elements = [];
    const chunks = document.createDocumentFragment();
    for (let first = 0; first < this.talk.paragraphs.length; first += CHUNK) {
      const chunk = document.createElement("section");
      chunk.className = "chunk";
      chunk.append(...this.talk.paragraphs.slice(first, first + CHUNK).map((_, at) => this.#paragraph(first + at)));
      chunks.append(chunk);
    }
    this.room.replaceChildren(chunks);
    this.room.lang = this.talk.language;
    for (const chunk of this.room.children) this.seen.observe(chunk);
  }

  number(element) {
    return this.elements.indexOf(element);
  }

  element(number) {
    return this.elements[number];
  }

  // Put another text, or several paragraphs, in the place of one.
  redraw(number, count) {
    const old = this.elements[number].parentElement;
    this.#unmarked(this.elements[number]);
    this.elements.splice(number, 1, ...Array(count));
    const made = [];
    for (let at = number; at < number + count; at++) made.push(this.#paragraph(at));
    old.replaceWith(...made);
    for (let at = number; at < number + count; at++) this.mark(at);
    if (this.elements[number + count]) this.#headed(number + count);
  }

  // Some paragraphs went and others came, as the talk now has them; all others stay as they are.
  replaced(first, gone, come) {
    if (gone !== come || gone > CHUNK) {
      const top = this.room.scrollTop;
      this.draw();
      this.room.scrollTo({ top, behavior: "instant" });
      return;
    }
    for (let number = first; number < first + come; number++) this.redraw(number, 1);
    this.elements.forEach((text, number) => this.ranges.has(text) && this.mark(number));
  }

  removed(number) {
    const text = this.elements[number];
    this.#unmarked(text);
    text.parentElement.remove();
    this.elements.splice(number, 1);
    if (this.elements[number]) this.#headed(number);
  }

  #paragraph(number) {
    const paragraph = this.talk.paragraphs[number];
    const box = document.createElement("div");
    box.className = "paragraph";
    box.dataset.voice = this.talk.colour(paragraph.label);
    const text = document.createElement("p");
    text.textContent = paragraph.text;
    text.tabIndex = number === 0 ? 0 : -1;
    text.setAttribute("role", "textbox");
    text.setAttribute("aria-multiline", "true");
    if (paragraph.aside) box.classList.add("aside");
    this.elements[number] = text;
    box.append(text);
    this.#headed(number, box);
    return box;
  }

  // The name stands where another voice begins; every paragraph has it for a screen reader.
  #headed(number, box = this.elements[number].parentElement) {
    const paragraph = this.talk.paragraphs[number], before = this.talk.paragraphs[number - 1];
    box.querySelector(".who")?.remove();
    const at = clock(paragraph.words[0]?.[START] ?? 0);
    this.elements[number].setAttribute("aria-label", `${this.talk.name(paragraph.label)}, ${at}`);
    if (before && before.label === paragraph.label) return;
    const who = document.createElement("div");
    who.className = "who";
    const name = document.createElement("b"), time = document.createElement("time");
    name.textContent = this.talk.name(paragraph.label);
    time.textContent = at;
    who.append(name, time);
    box.prepend(who);
  }

  #marked(entries) {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const text of entry.target.querySelectorAll("p")) {
        if (!this.ranges.has(text)) this.mark(this.number(text));
      }
    }
  }

  // Mark what the post leaves out of a paragraph, and what is cut from its sound.
  mark(number) {
    const text = this.elements[number], paragraph = this.talk.paragraphs[number], old = this.ranges.get(text);
    const leftOut = marks.leftOut(text, paragraph, old?.leftOut);
    const cut = marks.cut(text, paragraph, this.talk.cuts, old?.cut);
    this.ranges.set(text, { leftOut, cut });
    const gone = paragraph.words.filter((word) => inCut(this.talk.cuts, word)).length;
    if (gone) text.setAttribute("aria-description", gone === paragraph.words.length ? "cut" : `${gone} words are cut`);
    else text.removeAttribute("aria-description");
  }

  #unmarked(text) {
    const old = this.ranges.get(text), nothing = { words: [] };
    marks.leftOut(text, nothing, old?.leftOut);
    marks.cut(text, nothing, [], old?.cut);
  }
}
