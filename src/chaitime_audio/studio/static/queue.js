// What to check first: one item after the other, by keyboard alone, with its sound.

import { read } from "./api.js";
import { exactly } from "./editor.js";
import { clock, END, ID, START, TEXT } from "./talk.js";

const BEFORE_MS = 700, AFTER_MS = 800, LONGEST_MS = 6000, AROUND = 14, ANSWER_S = 4;
const KINDS = {
  name: "Name", number: "Number", negation: "Negation", word: "Words", small: "Small words", border: "Change of speaker",
  gap: "Speech without words", dropped: "Left out", people: "How many people",
};
const $ = (id) => document.getElementById(id);

// What a place is to read when `asked` is to read `right`: the same, or the words it has of it.
export function answered(text, asked, right) {
  const [own, old, now] = [text, asked, right].map((one) => one.split(/\s+/u));
  if (own.length === old.length) return right;
  if (old.length !== now.length) return text;
  return own.map((word) => now[old.indexOf(word)] ?? word).join(" ");
}

export class Review {
  constructor(studio) {
    Object.assign(this, studio);
    this.dialog = $("queue");
    this.answer = $("answer");
    $("review").addEventListener("click", () => this.open());
    this.dialog.addEventListener("close", () => this.#quiet());
    this.dialog.addEventListener("keydown", (event) => this.#key(event));
    this.answer.addEventListener("input", () => this.#buttons());
    const acts = {
      right: () => this.#right(), here: () => this.#here(), everywhere: () => this.#everywhere(), again: () => this.#hear(),
      skip: () => this.#go(1), earlier: () => this.#go(-1), there: () => this.#there(), "leave-queue": () => this.dialog.close(),
    };
    for (const [id, act] of Object.entries(acts)) $(id).addEventListener("click", act);
  }

  actions() {
    return { review: () => this.open() };
  }

  async open() {
    this.editor.close();
    const { items, settled_risk } = await read(`${this.address}/queue`);
    Object.assign(this, { items, settled: settled_risk, at: 0 });
    if (!this.dialog.open) this.dialog.show();
    this.#show();
  }

  get #item() {
    return this.items[this.at];
  }

  get #typed() {
    return this.answer.value.trim();
  }

  #key(event) {
    const mod = event.ctrlKey || event.metaKey, plain = !mod && !event.altKey && !event.shiftKey;
    const inside = event.target === this.answer || event.target === this.dialog;
    const suggested = event.altKey && /^Digit([1-9])$/.exec(event.code);
    const acts = [
      [event.key === "Escape", () => this.dialog.close()],
      [suggested, () => this.#take(Number(suggested?.[1]) - 1)],
      [event.key === "Enter" && mod, () => this.#everywhere()],
      [event.key === "Enter" && event.altKey, () => this.#there()],
      [event.key === "Enter" && plain && inside, () => (this.#changed ? this.#here() : this.#right())],
      [event.key === "Tab" && plain && inside, () => this.#hear()],
      [event.key === "ArrowDown" && plain, () => this.#go(1)],
      [event.key === "ArrowUp" && plain, () => this.#go(-1)],
    ];
    const act = event.isComposing ? null : acts.find(([fits]) => fits);
    if (!act) return;
    event.preventDefault();
    act[1]();
  }

  get #words() {
    return Boolean(this.#item?.places[0].text) && !["border", "dropped"].includes(this.#item.kind);
  }

  get #changed() {
    return this.#words && this.#typed !== "" && this.#typed !== this.#item.text;
  }

  #show() {
    const item = this.#item, open = this.items.length;
    const total = this.settled + this.items.reduce((sum, one) => sum + one.risk, 0);
    const share = total ? this.settled / total : 1, minutes = Math.max(1, Math.round((open * ANSWER_S) / 60));
    $("settled").value = share;
    $("standing").textContent = open
      ? `${Math.round(share * 100)} % of the risk settled, about ${minutes} ${minutes === 1 ? "minute" : "minutes"} left`
      : "Nothing is left to check.";
    for (const id of ["asked", "answering", "suggested"]) $(id).hidden = !item;
    this.#buttons();
    if (!item) {
      $("leave-queue").focus();
      return;
    }
    $("asked-kind").textContent = KINDS[item.kind] ?? item.kind;
    $("asked-why").textContent = item.why;
    const times = item.places.map(({ start_ms }) => clock(start_ms));
    $("asked-places").textContent = times.length > 1 ? `in ${times.length} places: ${times.slice(0, 6).join(", ")}` : `at ${times[0]}`;
    this.#context(item);
    $("answering").hidden = !this.#words;
    this.answer.value = item.text;
    $("suggested").replaceChildren(...item.suggestions.slice(0, 9).map((text, at) => this.#suggestion(text, at)));
    this.#buttons();
    if (this.#words) {
      this.answer.focus();
      this.answer.select();
    } else {
      this.dialog.tabIndex = -1;
      this.dialog.focus();
    }
    this.#hear();
  }

  // What is said round the first place, its own words marked.
  #context(item) {
    const [place] = item.places, own = new Set(place.word_ids), words = this.talk.paragraphs.flatMap(({ words }) => words);
    let at = words.findIndex((word) => own.has(word[ID]));
    if (at < 0) at = words.findIndex((word) => word[START] >= place.start_ms);
    const said = words.slice(Math.max(0, at - AROUND), at + own.size + AROUND);
    const parts = said.map((word) => {
      const mark = document.createElement(own.has(word[ID]) ? "mark" : "span");
      mark.textContent = word[TEXT];
      return [mark, this.talk.blank];
    });
    if (!own.size) {
      const gap = document.createElement("mark");
      gap.textContent = item.text;
      parts.splice(said.findIndex((word) => word[END] >= place.start_ms && word[START] >= place.start_ms), 0, [gap, " "]);
    }
    $("asked-context").replaceChildren(...parts.flat());
  }

  #suggestion(text, at) {
    const button = document.createElement("button"), key = document.createElement("kbd");
    button.type = "button";
    key.textContent = `Alt ${at + 1}`;
    button.append(key, ` ${text}`);
    button.addEventListener("click", () => this.#take(at));
    return button;
  }

  #take(at) {
    const text = this.#item?.suggestions[at];
    if (text === undefined) return;
    this.answer.value = text;
    this.answer.focus();
    this.#buttons();
  }

  #buttons() {
    const none = !this.#item;
    $("here").disabled = $("everywhere").disabled = none || !this.#changed;
    $("right").disabled = none || this.#changed || !this.#item.accept.length;
    for (const id of ["again", "skip", "earlier", "there"]) $(id).disabled = none;
  }

  #right() {
    const item = this.#item;
    if (!item) return;
    if (item.accept.length) this.#settle(item.accept);
    else this.#go(1);
  }

  // What each place is to read: [place, text], where that differs from what it reads.
  #answers() {
    const { text, places } = this.#item;
    const found = places.map((place) => [place, answered(place.text, text, this.#typed)]);
    return found.filter(([place, now]) => now !== place.text);
  }

  #here() {
    if (!this.#changed) return;
    const change = ([{ text, start_ms, end_ms }, replace]) => ({ find: text, replace, at: exactly((start_ms + end_ms) / 2) });
    this.#settle(this.#answers().map(change));
  }

  #everywhere() {
    if (!this.#changed) return;
    const spelt = new Map();
    for (const [place, now] of this.#answers()) spelt.set(now, new Set([...(spelt.get(now) ?? []), place.text]));
    this.#settle([...spelt].map(([spelling, heard]) => ({ spelling, heard: [...heard] })));
  }

  #settle(operations) {
    this.editor.push(operations);
    const [item] = this.items.splice(this.at, 1);
    this.settled += item.risk;
    this.at = Math.min(this.at, Math.max(0, this.items.length - 1));
    this.#show();
  }

  #go(step) {
    if (!this.items.length) return;
    this.at = (this.at + step + this.items.length) % this.items.length;
    this.#show();
  }

  #there() {
    const { start_ms } = this.#item.places[0];
    this.dialog.close();
    const number = this.talk.paragraphs.findLastIndex(({ words }) => words.length && words[0][START] <= start_ms);
    this.player.seek(start_ms);
    if (number >= 0) this.editor.focus(number);
  }

  #hear() {
    this.#quiet();
    const { start_ms, end_ms } = this.#item?.places[0] ?? {};
    if (start_ms === undefined) return;
    this.player.seek(start_ms - BEFORE_MS);
    this.player.play();
    const length = Math.min(LONGEST_MS, end_ms - start_ms + BEFORE_MS + AFTER_MS);
    this.ending = setTimeout(() => this.player.pause(), length / this.player.audio.playbackRate);
  }

  #quiet() {
    clearTimeout(this.ending);
    this.player.pause();
  }
}
