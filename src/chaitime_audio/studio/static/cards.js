// The notes as cards: edited in place, moved up and down, taken away, or as they were found again.

import * as api from "./api.js";
import { clock } from "./talk.js";

const LISTS = [
  ["titles", "Titles to choose from", true, false],
  ["claims", "Claims", true, false],
  ["quotes", "Quotes, as the post prints them", false, true],
  ["clips", "Clips", true, true],
];

function made(tag, text = "", more = {}) {
  return Object.assign(document.createElement(tag), { textContent: text }, more);
}

export class Cards {
  constructor(room, address, { say, complain }) {
    Object.assign(this, { room, address, say, complain });
  }

  async draw() {
    this.cards = await api.read(`${this.address}/cards`);
    const focused = document.activeElement?.dataset?.card;
    this.room.replaceChildren(this.#line("Title", "title"), this.#line("Summary", "summary"), ...LISTS.map((list) => this.#list(list)), this.#chapters());
    if (focused) this.room.querySelector(`[data-card="${focused}"]`)?.focus();
  }

  async #change(field, value) {
    this.complain("");
    try {
      const { said } = await api.change(`${this.address}/cards`, { field, value });
      this.say(`${said}; write the files again to publish it`);
      await this.draw();
    } catch (problem) {
      this.complain(problem.message);
    }
  }

  #found(field) {
    if (!this.cards.own.includes(field)) return "";
    const button = made("button", "As it was found", { type: "button" });
    button.addEventListener("click", () => this.#change("found", field));
    return button;
  }

  #line(label, field) {
    const line = made("p"), name = made("label", `${label} `), input = made("input", "", { value: this.cards[field], autocomplete: "off" });
    input.dataset.card = field;
    input.addEventListener("change", () => this.#change(field, input.value));
    name.append(input);
    line.append(name, " ", this.#found(field));
    return line;
  }

  #list([field, label, writable, placed]) {
    const box = made("section"), rows = made("ol"), items = this.cards[field];
    box.append(made("h3", label), rows, this.#found(field));
    const put = (list) => this.#change(field, list);
    items.forEach((item, at) => {
      const row = made("li"), text = placed ? item.text : item;
      if (placed) row.append(`${clock(item.start_ms)} `);
      if (writable) {
        const input = made("input", "", { value: text, ariaLabel: `${label}, ${at + 1}` });
        input.dataset.card = `${field}-${at}`;
        input.addEventListener("change", () => put(items.with(at, placed ? { ...item, text: input.value } : input.value)));
        row.append(input);
      } else row.append(text);
      const acts = [["↑", "up", at > 0, () => this.#moved(items, at, at - 1)], ["↓", "down", at + 1 < items.length, () => this.#moved(items, at, at + 1)], ["✕", "away", true, () => items.toSpliced(at, 1)]];
      for (const [sign, what, may, list] of acts) {
        const button = made("button", sign, { type: "button", disabled: !may, ariaLabel: `${what}: ${text}` });
        button.dataset.card = `${field}-${at}-${what}`;
        button.addEventListener("click", () => put(list()));
        row.append(" ", button);
      }
      rows.append(row);
    });
    return box;
  }

  #moved(items, at, to) {
    const left = items.toSpliced(at, 1);
    return left.toSpliced(to, 0, items[at]);
  }

  #chapters() {
    const box = made("section"), rows = made("ol");
    box.append(made("h3", "Chapters"), rows);
    for (const chapter of this.cards.chapters) {
      const row = made("li", `${clock(chapter.start_ms)} `), at = clock(chapter.start_ms);
      const input = made("input", "", { value: chapter.text, ariaLabel: `Chapter at ${at}` });
      input.dataset.card = `chapter-${chapter.start_ms}`;
      input.addEventListener("change", () => this.#change("chapter", { ...chapter, text: input.value }));
      const away = made("button", "✕", { type: "button", ariaLabel: `away: ${chapter.text}` });
      away.addEventListener("click", () => this.#change("chapter", { ...chapter, text: "" }));
      row.append(input, " ", away);
      rows.append(row);
    }
    return box;
  }
}
