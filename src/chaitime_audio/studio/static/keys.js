// The keys, by name of what they do. A person's own stand in the browser's storage.

const STORE = "chaitime-keys";

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
  ["help", "?", "", "?", "This list"],
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

const PLACES = ["outside", "inside", "cutting"];

export class Keys {
  constructor() {
    this.bound = { outside: new Map(), inside: new Map(), cutting: new Map() };
    const mine = own();
    for (const [name, ...usual] of ACTIONS) {
      PLACES.forEach((place, at) => {
        const keys = mine[name]?.[at] ?? usual[at];
        for (const key of keys.split(" ").filter(Boolean)) this.bound[place].set(key, name);
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

