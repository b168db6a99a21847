// The list of keys; each can be changed by pressing another one. Foot pedals are keyboards.

import { ACTIONS, PLACES, readable, spelt } from "./keys.js";

const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta", "AltGraph"]);
const NAMES = ["while reading", "while writing", "while cutting"];

export class Rebinding {
  constructor(keys) {
    this.keys = keys;
    this.dialog = document.getElementById("keys");
    this.said = document.getElementById("keys-said");
    document.getElementById("help").addEventListener("click", () => this.open());
    document.getElementById("usual-keys").addEventListener("click", () => this.#reset());
  }

  actions() {
    return { help: () => this.open() };
  }

  open() {
    this.said.textContent = "";
    this.#draw();
    this.dialog.showModal();
  }

  #draw() {
    const rows = document.getElementById("key-table").tBodies[0];
    rows.replaceChildren();
    for (const [name, , , , what] of ACTIONS) {
      const row = rows.insertRow(), head = document.createElement("th");
      head.scope = "row";
      head.textContent = what;
      row.append(head);
      PLACES.forEach((_, place) => row.insertCell().append(this.#button(name, place, what)));
    }
  }

  #button(name, place, what) {
    const button = document.createElement("button"), keys = this.keys.of(name)[place];
    button.type = "button";
    button.className = "key";
    button.dataset.action = name;
    button.dataset.place = PLACES[place];
    const shown = keys.split(" ").filter(Boolean).map(readable);
    button.textContent = shown.join(" or ") || "–";
    button.setAttribute("aria-label", `${what}, ${NAMES[place]}: ${shown.join(" or ") || "no key"}; change`);
    button.addEventListener("click", () => {
      button.focus();  // not every browser does that by a click
      button.textContent = "press a key …";
      this.said.textContent = "press a key; Esc leaves it as it is";
      button.addEventListener("keydown", (event) => this.#pressed(event, name, place));
      button.addEventListener("blur", () => this.#draw(), { once: true });
    }, { once: true });
    return button;
  }

  async #pressed(event, name, place) {
    event.preventDefault();
    event.stopPropagation();
    if (MODIFIERS.has(event.key)) return;
    const key = spelt(event);
    if (event.key === "Escape") this.said.textContent = "";
    else if (place === 0 && /^[1-9]$/.test(key)) this.said.textContent = "1 to 9 give the turn to a person; take another key";
    else {
      const before = await this.keys.bind(name, place, key);
      const lost = before && ACTIONS.find(([action]) => action === before)[4];
      this.said.textContent = lost ? `${readable(key)} was “${lost}”, which has lost it` : "kept";
    }
    this.#draw();
    this.dialog.querySelector(`[data-action="${name}"][data-place="${PLACES[place]}"]`).focus();
  }

  async #reset() {
    await this.keys.reset();
    this.said.textContent = "the usual keys are back";
    this.#draw();
  }
}
