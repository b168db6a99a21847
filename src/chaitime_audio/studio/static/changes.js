// What was changed, by whom and when; each change can be put back, or all of a paragraph.

import * as api from "./api.js";
import { clock, END, START } from "./talk.js";

export class Changes {
  constructor({ address, talk, player, editor, complain }) {
    Object.assign(this, { address, talk, player, editor, complain });
    this.dialog = document.getElementById("changed");
    this.here = document.getElementById("changed-here");
    this.all = document.getElementById("changed-all");
    this.button = document.getElementById("put-back");
    this.button.addEventListener("click", () => this.#putBack(this.ids));
    document.getElementById("changes").addEventListener("click", () => this.open());
  }

  actions() {
    return { changes: () => this.open() };
  }

  async open() {
    this.editor.close();
    await this.editor.settled();
    try {
      const { changes } = await api.read(`${this.address}/changes`);
      this.#show(changes);
    } catch (problem) {
      this.complain(problem.message);
    }
  }

  #show(changes) {
    const words = this.talk.paragraphs[this.editor.at]?.words ?? [];
    const [start, end] = words.length ? [words[0][START], words.at(-1)[END]] : [0, 0];
    const here = changes.filter(({ from_ms: from, to_ms: to }) => from !== null && from < end && to >= start);
    this.ids = here.map(({ id }) => id).filter(Boolean);
    this.button.hidden = !this.ids.length;
    this.here.replaceChildren(...here.map((change) => this.#row(change)));
    this.all.replaceChildren(...changes.filter((change) => !here.includes(change)).map((change) => this.#row(change)));
    document.getElementById("changed-none").hidden = changes.length > 0;
    if (!this.dialog.open) this.dialog.showModal();
  }

  #row(change) {
    const row = document.createElement("li"), by = document.createElement("small");
    if (change.from_ms !== null) {
      const there = document.createElement("button");
      there.type = "button";
      there.textContent = clock(change.from_ms);
      there.setAttribute("aria-label", `Hear ${clock(change.from_ms)}`);
      there.addEventListener("click", () => {
        this.player.seek(change.from_ms);
        this.player.play();
      });
      row.append(there, " ");
    }
    const when = change.when ? new Date(change.when).toLocaleString() : "";
    by.textContent = ` ${[change.author, when, change.id ? "" : "in episode.toml"].filter(Boolean).join(", ")} `;
    row.append(change.said, by);
    if (change.id) {
      const back = document.createElement("button");
      back.type = "button";
      back.textContent = "Put back";
      back.setAttribute("aria-label", `Put back ${change.said}`);
      back.addEventListener("click", () => this.#putBack([change.id]));
      row.append(back);
    }
    return row;
  }

  async #putBack(ids) {
    this.editor.revert(ids);
    await this.editor.settled();
    await this.open();
  }
}
