// The people of the talk: hear ten seconds of each, and say who it is, once for all.

import { clock, END, START } from "./talk.js";

const SAMPLE_MS = 10000;

// Where a voice speaks longest without anybody else, in milliseconds; null for one that never speaks.
export function sample(talk, label) {
  let best = null;
  for (const { label: whose, words } of talk.paragraphs) {
    if (whose !== label || !words.length) continue;
    const length = words.at(-1)[END] - words[0][START];
    if (!best || length > best[1] - best[0]) best = [words[0][START], words.at(-1)[END]];
  }
  return best;
}

export class People {
  constructor({ talk, player, rename, merge }) {
    Object.assign(this, { talk, player, rename, merge });
    this.dialog = document.getElementById("cast");
    this.dialog.addEventListener("close", () => clearTimeout(this.ending));
  }

  open() {
    document.getElementById("voices").replaceChildren(...this.talk.people.map((person, at) => this.#row(person, at)));
    this.dialog.showModal();
  }

  #row(person, at) {
    const row = document.createElement("li");
    row.dataset.voice = this.talk.colour(person.label);
    const key = document.createElement("b");
    key.textContent = `${at + 1}. ${clock(person.talk_ms)} of talk`;
    const name = document.createElement("input"), role = document.createElement("select");
    name.value = person.name;
    name.setAttribute("aria-label", `Name of voice ${at + 1}`);
    for (const each of ["host", "guest"]) role.append(new Option(each, each, false, each === person.role));
    role.setAttribute("aria-label", `Role of voice ${at + 1}`);
    const told = () => {
      if (name.value.trim() && (name.value.trim() !== person.name || role.value !== person.role)) {
        this.rename(person, name.value.trim(), role.value);
      }
    };
    name.addEventListener("change", told);
    role.addEventListener("change", told);
    const hear = document.createElement("button");
    hear.type = "button";
    hear.textContent = "Hear";
    hear.addEventListener("click", () => this.#hear(person));
    row.append(key, " ", name, " ", role, " ", hear, this.#same(person), this.#why(person));
    return row;
  }

  #same(person) {
    const others = this.talk.people.filter((other) => other !== person);
    const choice = document.createElement("select");
    choice.setAttribute("aria-label", `${person.name} is the same person as`);
    choice.append(new Option("is the same person as …", ""), ...others.map((other) => new Option(other.name, other.label)));
    choice.addEventListener("change", () => {
      const other = others.find(({ label }) => label === choice.value);
      if (!other) return;
      this.merge(sample(this.talk, other.label), sample(this.talk, person.label));
      this.dialog.close();
    });
    return others.length ? choice : "";
  }

  #why(person) {
    const why = document.createElement("small");
    why.textContent = person.evidence.length ? ` because: ${person.evidence.join("; ")}` : "";
    return why;
  }

  #hear(person) {
    const place = sample(this.talk, person.label);
    if (!place) return;
    clearTimeout(this.ending);
    this.player.seek(place[0]);
    this.player.play();
    this.ending = setTimeout(() => this.player.pause(), Math.min(SAMPLE_MS, place[1] - place[0]));
  }
}
