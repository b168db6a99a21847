// Who speaks when, over the whole recording, with its chapters: a slider to find one's way by.

import { clock, END, START } from "./talk.js";

const STEPS = { ArrowLeft: -3000, ArrowRight: 3000, PageDown: -60000, PageUp: 60000 };
const SVG = "http://www.w3.org/2000/svg";

export class Strip {
  constructor(room, talk, player) {
    this.room = room;
    this.talk = talk;
    this.player = player;
    this.levels = [];
    this.head = document.createElement("div");
    this.head.className = "head";
    room.addEventListener("click", (event) => {
      const box = room.getBoundingClientRect();
      player.seek((talk.length_ms * (event.clientX - box.left)) / box.width);
    });
    room.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (step === undefined && event.key !== "Home" && event.key !== "End") return;
      player.seek(step === undefined ? (event.key === "Home" ? 0 : talk.length_ms) : player.ms + step);
      event.preventDefault();
      event.stopPropagation();
    });
    player.addEventListener("moved", () => this.move());
  }

  draw() {
    const picture = document.createElementNS(SVG, "svg");
    picture.setAttribute("viewBox", `0 0 ${this.talk.length_ms} 100`);
    picture.setAttribute("preserveAspectRatio", "none");
    picture.setAttribute("aria-hidden", "true");
    for (const [label, start, end] of this.#spans()) {
      const box = this.#box(start, 20, end - start, 60, `voice-${this.talk.colour(label)}`);
      if (this.levels.length) box.classList.add("behind");
      picture.append(box);
    }
    picture.append(...this.#wave());
    for (const [start, end] of this.talk.cuts) picture.append(this.#box(start, 0, end - start, 100, "cut"));
    const thick = this.talk.length_ms / 600;
    for (const chapter of this.talk.chapters) {
      const mark = this.#box(chapter.start_ms, 0, thick, 100, "chapter");
      const title = document.createElementNS(SVG, "title");
      title.textContent = chapter.title;
      mark.append(title);
      picture.append(mark);
    }
    this.room.replaceChildren(picture, this.head);
    this.room.setAttribute("aria-valuemax", String(Math.floor(this.talk.length_ms / 1000)));
    this.move();
  }

  // How loud the recording is, each stretch in the colour of who speaks there.
  #wave() {
    const width = this.talk.length_ms / this.levels.length, lines = new Map();
    this.levels.forEach((level, at) => {
      const spoken = this.talk.sounding((at + 0.5) * width);
      const colour = spoken ? this.talk.colour(this.talk.paragraphs[spoken[0]].label) : "nobody";
      const high = Math.max(1, level * 0.46), x = Math.round(at * width);
      const line = `M${x} ${50 - high}h${Math.ceil(width)}v${2 * high}h${-Math.ceil(width)}z`;
      lines.set(colour, (lines.get(colour) ?? "") + line);
    });
    return [...lines].map(([colour, line]) => {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d", line);
      path.setAttribute("class", `voice-${colour}`);
      return path;
    });
  }

  move() {
    const now = this.player.ms;
    this.head.style.left = `${(100 * now) / this.talk.length_ms}%`;
    this.room.setAttribute("aria-valuenow", String(Math.floor(now / 1000)));
    this.room.setAttribute("aria-valuetext", clock(now));
  }

  *#spans() {
    let open = null;
    for (const { label, words } of this.talk.paragraphs) {
      if (!words.length) continue;
      const start = words[0][START], end = words.at(-1)[END];
      if (open && open[0] === label && start - open[2] < 2000) open[2] = Math.max(open[2], end);
      else {
        if (open) yield open;
        open = [label, start, end];
      }
    }
    if (open) yield open;
  }

  #box(x, y, width, height, name) {
    const box = document.createElementNS(SVG, "rect");
    for (const [key, value] of Object.entries({ x, y, width, height })) box.setAttribute(key, value);
    box.setAttribute("class", name);
    return box;
  }
}
