// The keys, by name of what they do. A person's own stand in the browser's storage.

const STORE = "chaitime-keys";

// [what, key outside the text, key inside it, what the help says]
export const ACTIONS = [
  ["toggle", "Space", "Tab", "Play or pause"],
  ["back", "ArrowLeft", "Alt+ArrowLeft", "Back three seconds"],
  ["on", "ArrowRight", "Alt+ArrowRight", "On three seconds"],
  ["slower", "j", "Alt+j", "Slower"],
  ["pause", "k", "Alt+k", "Pause"],
  ["faster", "l", "Alt+l", "Faster, and play"],
  ["up", "ArrowUp", "Alt+ArrowUp", "Paragraph above"],
  ["down", "ArrowDown", "Alt+ArrowDown", "Paragraph below"],
  ["edit", "Enter", "", "Write in the paragraph"],
  ["leave", "", "Escape", "Leave the paragraph; what you wrote is kept"],
  ["split", "", "Enter", "Begin a paragraph here"],
  ["join", "", "Backspace", "At the start: join with the paragraph above"],
  ["borderBack", "[", "Alt+[", "The change of speaker, a word earlier"],
  ["borderOn", "]", "Alt+]", "The change of speaker, a word later"],
  ["undo", "Mod+z", "", "Undo"],
  ["redo", "Mod+Shift+z", "", "Redo"],
  ["search", "Mod+h", "Mod+h", "Find and replace"],
  ["strike", "x", "", "Take the paragraph out of the post, or put it back"],
  ["help", "?", "", "This list"],
];

function own() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) ?? {};
  } catch {
    return {};
  }
}

export function spelt(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Mod");
  if (event.altKey) parts.push("Alt");
  const key = event.key === " " ? "Space" : event.key;
  if (event.shiftKey && (parts.length || key.length > 1)) parts.push("Shift");
  parts.push(key.length === 1 && parts.length ? key.toLowerCase() : key);
  return parts.join("+");
}

export class Keys {
  constructor() {
    this.bound = { outside: new Map(), inside: new Map() };
    const mine = own();
    for (const [name, outside, inside] of ACTIONS) {
      const [first, second] = mine[name] ?? [outside, inside];
      if (first) this.bound.outside.set(first, name);
      if (second) this.bound.inside.set(second, name);
    }
  }

  action(event, inside) {
    return this.bound[inside ? "inside" : "outside"].get(spelt(event));
  }

  rebind(name, outside, inside) {
    const mine = own();
    mine[name] = [outside, inside];
    localStorage.setItem(STORE, JSON.stringify(mine));
    Object.assign(this, new Keys());
  }
}

const WORDS = { Mod: /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl", ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" };

export const readable = (key) => key.split("+").map((part) => WORDS[part] ?? part).join(" ");
