// The keys, by name of what they do. A person's own are kept by the studio, for every episode on this machine.

import * as api from "./api.js";

// [what, keys outside the text, inside it, while cutting, what the help says]; several keys stand with blanks between
export const ACTIONS = [
  ["toggle", "Space", "Tab", "Space", "Play or pause"],
  ["back", "ArrowLeft", "Alt+ArrowLeft", "Alt+ArrowLeft", "Back three seconds"],
  ["on", "ArrowRight", "Alt+ArrowRight", "Alt+ArrowRight", "On three seconds"],
  ["slower", "j", "Alt+j", "j", "Slower"],
  ["pause", "k", "Alt+k", "k", "Pause"],
  ["faster", "l", "Alt+l", "l", "Faster, and play"],
  ["up", "ArrowUp", "Alt+ArrowUp", "ArrowUp", "Paragraph above"],
  ["down", "ArrowDown", "Alt+ArrowDown", "ArrowDown", "Paragraph below"],
  ["edit", "Enter", "", "", "Write in the paragraph"],
  ["leave", "", "Escape", "", "Leave the paragraph; what you wrote is kept"],
  ["split", "", "Enter", "", "Begin a paragraph here"],
  ["join", "", "Backspace", "", "At the start: join with the paragraph above"],
  ["borderBack", "[", "Alt+[", "", "The change of speaker, a word earlier"],
  ["borderOn", "]", "Alt+]", "", "The change of speaker, a word later"],
  ["undo", "Mod+z", "", "Mod+z", "Undo"],
  ["redo", "Mod+Shift+z", "", "Mod+Shift+z", "Redo"],
  ["search", "Mod+h", "Mod+h", "", "Find and replace"],
  ["strike", "x", "", "", "Take the paragraph out of the post"],
  ["mode", "c", "Alt+c", "c", "Cut sound instead of correcting text, and back"],
  ["wordBack", "", "", "ArrowLeft", "Select the word before"],
  ["wordOn", "", "", "ArrowRight", "Select the next word"],
  ["moreBack", "", "", "Shift+ArrowLeft", "Select one word more, backwards"],
  ["moreOn", "", "", "Shift+ArrowRight", "Select one word more"],
  ["cut", "", "", "Delete Backspace x", "Cut what is selected, or the paragraph; put back what is cut"],
  ["leaveCutting", "", "", "Escape", "Back to correcting text"],
  ["review", "q", "", "", "Check first what may be wrong"],
  ["people", "p", "", "p", "People: hear ten seconds of each, rename, merge"],
  ["changes", "h", "", "h", "What was changed here and elsewhere; put it back"],
  ["help", "?", "", "?", "This list"],
];

export function spelt(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Mod");
  if (event.altKey) parts.push("Alt");
  const key = event.key === " " ? "Space" : event.key;
  if (event.shiftKey && (parts.length || key.length > 1)) parts.push("Shift");
  parts.push(key.length === 1 && parts.length ? key.toLowerCase() : key);
  return parts.join("+");
}

export const PLACES = ["outside", "inside", "cutting"];

export class Keys {
  constructor() {
    this.own = {};
    this.#bind();
  }

  async load() {
    this.own = (await api.read("/api/keys")).keys;
    this.#bind();
  }

  // The keys of an action in each place, as one text a place.
  of(name) {
    const usual = ACTIONS.find(([action]) => action === name).slice(1, 4);
    return this.own[name] ?? usual;
  }

  // Give a key to an action in a place; what had it there before loses it. Returns that action's name, if any.
  async bind(name, place, key) {
    const before = this.bound[PLACES[place]].get(key);
    if (before && before !== name) {
      const left = this.of(before)[place].split(" ").filter((one) => one !== key);
      this.own[before] = this.of(before).with(place, left.join(" "));
    }
    this.own[name] = this.of(name).with(place, key);
    await this.#keep();
    return before === name ? "" : before;
  }

  async reset() {
    this.own = {};
    await this.#keep();
  }

  async #keep() {
    this.#bind();
    await api.change("/api/keys", { keys: this.own });
  }

  #bind() {
    this.bound = { outside: new Map(), inside: new Map(), cutting: new Map() };
    for (const [name] of ACTIONS) {
      this.of(name).forEach((keys, at) => {
        for (const key of keys.split(" ").filter(Boolean)) this.bound[PLACES[at]].set(key, name);
      });
    }
  }

  // What a key does `outside` the text, `inside` it or while `cutting`.
  action(event, place) {
    return this.bound[place].get(spelt(event));
  }

}

const WORDS = { Mod: /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl", ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" };

export const readable = (key) => key.split("+").map((part) => WORDS[part] ?? part).join(" ");

