// Sends changes one after the other, and keeps them in the browser until the studio has them.

import * as api from "./api.js";

const LATER_MS = 3000;

export class Saving {
  constructor(address, seen, { say, conflict, saved }) {
    Object.assign(this, { address, seen, say, conflict, saved });
    this.store = `chaitime-unsaved:${address}`;
    this.queue = this.#kept();
    this.busy = false;
    if (this.queue.length) this.#send();
    addEventListener("beforeunload", (event) => {
      if (this.queue.length) event.preventDefault();
    });
  }

  get pending() {
    return this.queue.length;
  }

  push(what, value) {
    this.queue.push({ what, ...value });
    this.#keep();
    this.#send();
  }

  async #send() {
    if (this.busy) return;
    this.busy = true;
    while (this.queue.length) {
      const { what, ...value } = this.queue[0];
      try {
        this.say("saving …");
        const answer = await api.change(`${this.address}/${what}`, { ...value, seen: this.seen });
        this.seen = answer.seen;
        const change = this.queue.shift();
        this.#keep();
        this.said = answer.notes?.length ? `saved; ${answer.notes.join("; ")}` : "saved";
        this.saved(answer, change);
      } catch (problem) {
        if (!(problem instanceof api.Refused)) {
          this.say("not saved yet: the studio does not answer; what you wrote is kept here");
          await new Promise((done) => setTimeout(done, LATER_MS));
          continue;
        }
        const left = this.queue.splice(0);
        this.#keep();
        this.conflict(problem, left);
      }
    }
    this.busy = false;
    this.say(this.said ?? "saved");
  }

  #keep() {
    if (this.queue.length) localStorage.setItem(this.store, JSON.stringify(this.queue));
    else localStorage.removeItem(this.store);
  }

  #kept() {
    try {
      return JSON.parse(localStorage.getItem(this.store)) ?? [];
    } catch {
      return [];
    }
  }
}
