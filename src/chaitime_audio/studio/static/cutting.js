// Cuts the sound: a mode of its own, in which words are selected and nothing can be typed.

import { END, inCut, START, TEXT } from "./talk.js";

const SHOWN = 60;

export class Cutting {
  constructor({ talk, text, player, strip, editor, say }) {
    Object.assign(this, { talk, text, player, strip, editor, say });
    this.on = false;
    editor.named = (change, ids) => this.named(change, ids);
    this.button = document.getElementById("mode");
    this.banner = document.getElementById("banner");
    this.button.addEventListener("click", () => this.turn(!this.on));
    document.getElementById("cut").addEventListener("click", () => this.cut());
    document.getElementById("correct").addEventListener("click", () => this.turn(false));
    text.room.addEventListener("click", () => this.on && this.#clicked());
  }

  actions() {
    return {
      mode: () => this.turn(!this.on),
      wordBack: () => this.#select(-1, false),
      wordOn: () => this.#select(1, false),
      moreBack: () => this.#select(-1, true),
      moreOn: () => this.#select(1, true),
      cut: () => this.cut(),
      leaveCutting: () => this.turn(false),
    };
  }

  turn(on) {
    if (on === this.on) return;
    this.editor.close();
    this.on = this.editor.inert = on;
    document.documentElement.dataset.mode = on ? "cut" : "correct";
    this.button.setAttribute("aria-pressed", String(on));
    this.banner.hidden = !on;
    getSelection().removeAllRanges();
    this.editor.focus();
    this.say(on ? "cutting the sound: what you select is not to be heard" : "correcting the text");
  }

  // Take what is selected, else the paragraph, out of the sound; what is out already comes back.
  cut() {
    const words = this.#selected();
    if (!words.length) return;
    const before = this.talk.cuts, there = words.map((word) => inCut(before, word));
    if (there.every(Boolean)) {
      this.#restore(new Set(there));
      return;
    }
    const start = Math.min(...words.map((word) => word[START])), end = Math.max(...words.map((word) => word[END]));
    if (end <= start) return;
    this.#show([...before, [start, end, null]]);
    this.editor.push([{ cut: [start, end] }]);
    this.say(`cut: ${spoken(words)}`);
  }

  // What the studio calls a cut that was just made.
  named(change, ids) {
    if (!change.operations?.every(({ cut }) => cut)) return;
    const fresh = this.talk.cuts.filter(([, , id]) => id === null);
    ids.forEach((id, at) => fresh[at] && (fresh[at][2] = id));
  }

  #restore(cuts) {
    const ids = [...cuts].map(([, , id]) => id);
    if (ids.includes(null)) this.say("this cut is still being saved; try again");
    else if (ids.includes("")) this.say("this is cut in episode.toml, or where nobody speaks; change it there");
    else {
      this.#show(this.talk.cuts.filter((cut) => !cuts.has(cut)));
      this.editor.revert(ids);
      this.say("to be heard again");
    }
  }

  #show(cuts) {
    const changed = [...cuts, ...this.talk.cuts].filter((cut) => !cuts.includes(cut) || !this.talk.cuts.includes(cut));
    this.talk.cuts = cuts;
    this.strip.draw();
    this.talk.paragraphs.forEach(({ words }, number) => {
      if (words.some((word) => inCut(changed, word))) this.text.mark(number);
    });
  }

  // A click on a word goes there; one on a word that is cut puts it back.
  #clicked() {
    const caret = getSelection();
    if (!caret.isCollapsed || !caret.anchorNode) return;
    const place = this.#placeOf(caret.anchorNode, caret.anchorOffset);
    if (!place) return;
    const word = this.talk.paragraphs[place[0]].words[place[1]], cut = inCut(this.talk.cuts, word);
    if (cut) this.#restore(new Set([cut]));
    else this.player.seek(word[START]);
  }

  #placeOf(node, offset) {
    const text = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.(".paragraph > p");
    const number = text ? this.text.number(text) : -1;
    if (number < 0) return null;
    const within = node.nodeType === Node.TEXT_NODE ? offset : 0;
    const at = this.talk.paragraphs[number].places.findLastIndex((place) => place >= 0 && place <= within);
    return [number, Math.max(0, at)];
  }

  // The words that are selected, in order; those of the paragraph that was reached where none is.
  #selected() {
    const caret = getSelection();
    const here = this.talk.paragraphs[this.editor.at]?.words ?? [];
    if (caret.isCollapsed || !caret.rangeCount) return here;
    const range = caret.getRangeAt(0);
    const first = this.#placeOf(range.startContainer, range.startOffset);
    const last = this.#placeOf(range.endContainer, range.endOffset);
    if (!first || !last) return here;
    const words = [];
    for (let number = first[0]; number <= last[0]; number++) {
      const paragraph = this.talk.paragraphs[number], text = this.text.element(number).firstChild;
      paragraph.words.forEach((word, at) => {
        const begin = paragraph.places[at];
        if (!text || begin < 0) return;
        // the blank before a word, or behind it, selects nothing
        if (range.comparePoint(text, begin + word[TEXT].length) < 0 || range.comparePoint(text, begin) > 0) return;
        if (number === first[0] && range.startContainer === text && begin + word[TEXT].length <= range.startOffset) return;
        if (number === last[0] && range.endContainer === text && begin >= range.endOffset) return;
        words.push(word);
      });
    }
    return words;
  }

  // Select the word before or behind, or widen the selection by one.
  #select(step, further) {
    const caret = getSelection();
    const focus = caret.rangeCount && !caret.isCollapsed ? this.focusAt : null;
    const now = focus ? this.#moved(focus, step) : [this.editor.at, step > 0 ? 0 : this.#count(this.editor.at) - 1];
    if (!now || !this.#count(now[0])) return;
    if (!further || !focus) this.anchorAt = now;
    this.focusAt = now;
    if (now[0] !== this.editor.at) this.editor.focus(now[0]);
    const forward = this.anchorAt[0] - now[0] || this.anchorAt[1] - now[1];
    const [begin, end] = forward <= 0 ? [this.anchorAt, now] : [now, this.anchorAt];
    const [from, to] = [this.#edge(begin, false), this.#edge(end, true)];
    if (from && to) caret.setBaseAndExtent(...from, ...to);
    if (!this.player.playing) this.player.seek(this.talk.paragraphs[now[0]].words[now[1]][START]);
    const words = this.#selected();
    this.say(`selected: ${spoken(words)}${words.every((word) => inCut(this.talk.cuts, word)) ? ", is cut" : ""}`);
  }

  #count(number) {
    return this.talk.paragraphs[number]?.words.length ?? 0;
  }

  #moved([number, at], step) {
    if (at + step >= 0 && at + step < this.#count(number)) return [number, at + step];
    const next = number + step;
    return this.#count(next) ? [next, step > 0 ? 0 : this.#count(next) - 1] : null;
  }

  #edge([number, at], behind) {
    const paragraph = this.talk.paragraphs[number], text = this.text.element(number).firstChild;
    const begin = paragraph.places[at];
    return text && begin >= 0 ? [text, begin + (behind ? paragraph.words[at][TEXT].length : 0)] : null;
  }
}

function spoken(words) {
  const text = words.map((word) => word[TEXT]).join(" ");
  return text.length > SHOWN ? `${text.slice(0, SHOWN / 2)} … ${text.slice(-SHOWN / 2)}` : text;
}
