// Corrects the text: one paragraph at a time can be written in; every change is saved as it is made.

import * as api from "./api.js";
import { corrected } from "./difference.js";
import { People } from "./people.js";
import { Saving } from "./saving.js";
import { Search } from "./search.js";
import { END, LEFT_OUT, START } from "./talk.js";

const QUIET_MS = 700, FRESH_MS = 400, WORDS_A_MS = 10;

// A time as episode.toml has it: MM:SS.mmm, H:MM:SS.mmm from an hour on.
export const exactly = (at) => {
  const ms = Math.max(0, Math.round(at)), two = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(ms / 3600000), minutes = Math.floor(ms / 60000) % 60, seconds = Math.floor(ms / 1000) % 60;
  const clock = `${two(minutes)}:${two(seconds)}.${String(ms % 1000).padStart(3, "0")}`;
  return hours ? `${hours}:${clock}` : clock;
};

// A cut is told in milliseconds in the page; the other times are put as they are made.
const timed = (record) => (record.cut ? { ...record, cut: record.cut.map(exactly) } : record);

// Whether the page shows by itself what a correction does; the whole talk is then read anew only once it is quiet.
const shownAtOnce = ({ find, at, merge, spelling }) => !merge && !spelling && (!find || at !== undefined);

export class Editor {
  constructor(studio) {
    Object.assign(this, studio);
    this.at = 0;
    this.open = null;
    this.saving = new Saving(this.address, this.talk.seen, {
      say: this.say,
      conflict: (problem, left) => this.#conflict(problem, left),
      saved: (answer, change) => this.#saved(answer, change),
    });
    const room = this.text.room;
    room.addEventListener("pointerdown", (event) => this.#pointed(event));
    room.addEventListener("click", (event) => this.#clicked(event));
    room.addEventListener("focusin", (event) => {
      const number = this.text.number(event.target);
      if (number >= 0 && number !== this.at) this.#focus(number, false);
    });
    room.addEventListener("focusout", (event) => event.target === this.open && this.#leave());
    room.addEventListener("input", () => this.#typed());
    room.addEventListener("paste", (event) => this.#pasted(event));
    for (const [id, name] of [["undo", "undo"], ["redo", "redo"]]) {
      document.getElementById(id).addEventListener("click", () => this.#back(name));
    }
    this.#buttons(this.talk.history);
    const push = (operations) => this.push(operations);
    this.search = new Search({ ...studio, push });
    this.people = new People({
      ...studio,
      rename: ({ label }, name, role) => this.saving.push("people", { label, name, role }),
      merge: (one, other) => one && other && push([{ merge: [one, other].map(([from, to]) => exactly((from + to) / 2)) }]),
    });
    document.getElementById("find").addEventListener("click", () => this.search.open());
    document.getElementById("people").addEventListener("click", () => this.people.open());
  }

  actions() {
    const inside = (act) => (event) => (this.open ? act(event) : false);
    return {
      up: () => this.#go(-1),
      down: () => this.#go(1),
      edit: () => this.#write(this.text.element(this.at), 0),
      leave: () => this.open?.blur(),
      split: inside(() => this.#split()),
      join: inside(() => this.#join()),
      borderBack: () => this.#border(-1),
      borderOn: () => this.#border(1),
      undo: () => this.#back("undo"),
      redo: () => this.#back("redo"),
      strike: () => this.#strike(),
      people: () => this.people.open(),
      search: () => this.search.open(String(getSelection()).trim()),
    };
  }

  inside(target) {
    return Boolean(this.open) && target === this.open;
  }

  // The turn of one paragraph (or from there to the next change of speaker) is another person's.
  give(number, further) {
    const person = this.talk.people[number - 1], paragraph = this.talk.paragraphs[this.at];
    if (!person || !paragraph?.words.length || person.label === paragraph.label) return;
    const from = paragraph.label;
    let first = this.at;
    while (!further && this.talk.paragraphs[first - 1]?.label === from) first--;
    for (let at = first; this.talk.paragraphs[at]?.label === from; at++) {
      this.talk.paragraphs[at].label = person.label;
      this.text.redraw(at, 1);
    }
    const speaker = person.named ? person.name : exactly(this.#heard(person.label, paragraph));
    const record = { give: exactly(paragraph.words[0][START]), speaker, through: further ? "change" : "turn" };
    this.push([record]);
    this.#focus(this.at);
  }

  // When somebody without a name speaks, elsewhere than in the paragraph that becomes theirs.
  #heard(label, besides) {
    const own = this.talk.paragraphs.filter((one) => one.label === label && one !== besides && one.words.length);
    const longest = own.sort((one, other) => other.words.length - one.words.length)[0] ?? besides;
    return (longest.words[0][START] + longest.words.at(-1)[END]) / 2;
  }

  changedElsewhere(news) {
    if (news.page === api.page || (news.seen && news.seen === this.saving.seen)) return;
    if (news.name && !this.address.endsWith(`/${encodeURIComponent(news.name)}`)) return;
    this.#refreshSoon();
  }

  #pointed(event) {
    const text = event.target.closest?.(".paragraph > p");
    if (text && event.button === 0 && !this.inert) this.#write(text);
  }

  #clicked(event) {
    const text = event.target.closest?.(".paragraph > p");
    const caret = getSelection();
    if (!text || this.inert || !caret.isCollapsed || caret.anchorNode?.parentNode !== text) return;
    const paragraph = this.talk.paragraphs[this.at];
    const at = paragraph.places.findLastIndex((place) => place >= 0 && place <= caret.anchorOffset);
    if (at < 0) return;
    this.follower.on = true;
    this.player.seek(paragraph.words[at][START]);
    this.player.play();
  }

  #write(text, place) {
    if (this.open === text) return;
    this.open?.blur();
    this.#focus(this.text.number(text), false);
    text.contentEditable = "plaintext-only";
    if (text.contentEditable !== "plaintext-only") text.contentEditable = "true";
    text.spellcheck = true;
    this.open = text;
    if (place === undefined) return;
    text.focus();
    if (text.firstChild) getSelection().collapse(text.firstChild, Math.min(place, text.firstChild.length));
  }

  #leave() {
    const text = this.open;
    this.open = null;
    clearTimeout(this.quiet);
    text.removeAttribute("contenteditable");
    const number = this.text.number(text);
    if (number < 0) return;
    this.#commit(number, text);
    if (text.textContent !== this.talk.paragraphs[number].text) this.text.redraw(number, 1);
    if (this.stale) this.#refreshSoon();
  }

  #typed() {
    this.player.typed();
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.open && this.#commit(this.text.number(this.open), this.open), QUIET_MS);
  }

  #pasted(event) {
    if (!this.open || this.open.contentEditable === "plaintext-only") return;
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain").replace(/\s+/gu, " "));
  }

  // Send what was changed in a paragraph; its other words keep their ids and times.
  #commit(number, element) {
    const paragraph = this.talk.paragraphs[number];
    const { records, words } = corrected(paragraph.words, element.textContent, this.talk.blank);
    if (!records.length) return;
    paragraph.words = words;
    paragraph.text = element.textContent.replace(/\s+/gu, " ").trim();
    this.talk.placed(number);
    this.push(records.map((record) => ({ ...record, at: exactly(record.at) })));
  }

  #split() {
    const caret = getSelection(), number = this.text.number(this.open), paragraph = this.talk.paragraphs[number];
    const place = caret.anchorNode === this.open.firstChild ? caret.anchorOffset : 0;
    this.#commit(number, this.open);
    const at = paragraph.places.findIndex((begin) => begin >= place);
    if (at < 1) return;
    const begin = paragraph.places[at];
    const first = { ...paragraph, words: paragraph.words.slice(0, at), text: paragraph.text.slice(0, begin).trimEnd() };
    const second = { ...paragraph, words: paragraph.words.slice(at), text: paragraph.text.slice(begin) };
    this.#open(null);
    this.talk.replace(number, [first, second]);
    this.text.redraw(number, 2);
    this.push([{ split_at: exactly(second.words[0][START]) }]);
    this.#write(this.text.element(number + 1), 0);
  }

  #join() {
    const caret = getSelection(), number = this.text.number(this.open);
    const place = caret.anchorNode === this.open.firstChild ? caret.anchorOffset : 0;
    const above = this.talk.paragraphs[number - 1];
    if (!caret.isCollapsed || place > 0 || !above) return false;
    this.#commit(number, this.open);
    const paragraph = this.talk.paragraphs[number], length = above.text.length + this.talk.blank.length;
    const given = above.label !== paragraph.label;
    if (given) {
      const person = this.talk.names.get(above.label);
      const speaker = person?.named ? person.name : exactly(this.#heard(above.label, paragraph));
      this.push([{ give: exactly(paragraph.words[0][START]), speaker, through: "turn" }]);
    }
    this.#open(null);
    this.talk.joined(number - 1);
    this.text.removed(number);
    this.text.redraw(number - 1, 1);
    if (!given) this.push([{ join_at: exactly(paragraph.words[0][START]) }]);
    this.#write(this.text.element(number - 1), length);
  }

  // The change of speaker above the paragraph, a word earlier or later.
  #border(step) {
    const number = this.open ? this.text.number(this.open) : this.at;
    const above = this.talk.paragraphs[number - 1], paragraph = this.talk.paragraphs[number];
    if (!above || above.label === paragraph.label) return;
    if ((step < 0 ? above : paragraph).words.length < 2) return;
    this.open?.blur();
    const old = paragraph.words[0][START];
    if (step < 0) paragraph.words.unshift(above.words.pop());
    else above.words.push(paragraph.words.shift());
    for (const at of [number - 1, number]) {
      this.talk.spelt(at);
      this.text.redraw(at, 1);
    }
    this.push([{ border: exactly(old), to: exactly(paragraph.words[0][START]) }]);
    this.#focus(number);
  }

  #strike() {
    const paragraph = this.talk.paragraphs[this.at], words = paragraph?.words ?? [];
    if (!words.length || paragraph.struck) return;
    paragraph.struck = true;
    for (const word of words) word[LEFT_OUT] = 1;
    this.text.redraw(this.at, 1);
    this.push([{ drop: [exactly(words[0][START]), exactly(words.at(-1)[END])] }]);
    this.#focus(this.at);
  }

  #back(what) {
    this.open?.blur();
    this.saving.push(what, {});
    this.stale = true;
  }

  push(operations) {
    this.saving.push("operations", { operations: operations.map(timed) });
  }

  // Take corrections back, whatever came after them.
  revert(ids) {
    this.saving.push("revert", { ids });
    this.stale = true;
  }

  // Once all that was done is saved.
  async settled() {
    while (this.saving.pending) await new Promise((done) => setTimeout(done, 20));
  }

  close() {
    this.open?.blur();
  }

  focus(number = this.at) {
    this.#focus(number);
  }

  #open(value) {
    const text = this.open;
    this.open = value;
    text?.removeAttribute("contenteditable");
  }

  #go(step) {
    this.open?.blur();
    this.#focus(Math.max(0, Math.min(this.talk.paragraphs.length - 1, this.at + step)));
    const word = this.talk.paragraphs[this.at].words[0];
    if (word && !this.player.playing) this.player.seek(word[START]);
  }

  // One paragraph at a time can be reached by Tab: the one that was looked at last.
  #focus(number, really = true) {
    if (number < 0) return;
    this.text.element(this.at)?.setAttribute("tabindex", "-1");
    this.at = number;
    const text = this.text.element(number);
    text.tabIndex = 0;
    if (really) text.focus({ preventScroll: false });
  }

  #saved(answer, change) {
    this.named?.(change, answer.ids);
    this.#buttons(answer.history);
    this.complain("");
    const written = change.what === "operations";
    this.stale ||= !(answer.turns?.every((words) => this.#rederived(words, written)) ?? false) || !written;
    const shown = written ? change.operations.every(shownAtOnce) : Boolean(answer.turns);
    if (this.stale && !this.saving.pending) this.#refreshSoon(shown);
  }

  // One turn as it now is; false where the page has other words there. What is undone replaces them.
  #rederived(words, written) {
    const changed = this.talk.rederived(words) ?? (written ? null : this.talk.imposed(words));
    for (const number of changed ?? []) {
      if (this.text.element(number).textContent === this.talk.paragraphs[number].text) this.text.mark(number);
      else if (!written && this.text.element(number) !== this.open) this.text.redraw(number, 1);
    }
    return Boolean(changed);
  }

  #conflict(problem, left) {
    const said = problem.answer.diff ? `\n\n${problem.answer.diff}` : "";
    const lost = left.length > 1 ? `\n(${left.length} changes were not made)` : "";
    this.complain(`${problem.message}${said}${lost}`);
    if (problem.answer.seen) this.saving.seen = problem.answer.seen;
    this.stale = true;
    this.#refreshSoon();
  }

  #buttons(history) {
    document.getElementById("undo").disabled = !history?.undo;
    document.getElementById("redo").disabled = !history?.redo;
  }

  // The whole text as it now is, once nobody writes: places, what the post leaves out, who speaks.
  #refreshSoon(shown = false) {
    clearTimeout(this.fresh);
    const quiet = shown ? Math.max(FRESH_MS, this.talk.starts.length / WORDS_A_MS) : FRESH_MS;
    this.fresh = setTimeout(() => this.#refresh(), quiet);
  }

  async #refresh() {
    if (this.open || this.saving.pending || this.reading) {
      this.stale = true;
      return;
    }
    this.stale = false;
    this.reading = true;
    const seen = this.saving.seen;
    const read = await api.read(this.address).finally(() => (this.reading = false));
    if (this.open || this.saving.pending || seen !== this.saving.seen) {
      this.stale = true;
      if (!this.open && !this.saving.pending) this.#refreshSoon();
      return;
    }
    this.saving.seen = read.seen;
    this.#buttons(read.history);
    const at = this.at, focused = this.text.room.contains(document.activeElement);
    const [first, gone, come] = this.talk.taken(read);
    this.notes.draw();
    this.text.replaced(first, gone, come);
    this.strip.draw();
    const now = at < first + gone ? Math.min(at, first + come) : at + come - gone;
    this.#focus(Math.max(0, Math.min(now, this.talk.paragraphs.length - 1)), focused);
  }
}

