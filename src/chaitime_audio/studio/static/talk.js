// The talk as the page holds it: paragraphs of words, and which word sounds when. No DOM.

export const ID = 0, TEXT = 1, START = 2, END = 3, PROBABILITY = 4, LEFT_OUT = 5;

// Where each word of a paragraph begins in its text.
export function places(paragraph) {
  let at = 0;
  return paragraph.words.map((word) => {
    const found = paragraph.text.indexOf(word[TEXT], at);
    at = found + word[TEXT].length;
    return found;
  });
}

// The index of the last of some ascending numbers that is not above `value`; -1 if all are.
export function lastAtMost(numbers, value) {
  let low = 0, high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function clock(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60);
  return (hours ? `${hours}:${two(minutes % 60)}` : String(minutes)) + `:${two(seconds % 60)}`;
}

// The cut that a word lies in by its middle; undefined for one that is heard.
export function inCut(cuts, word) {
  const middle = (word[START] + word[END]) / 2;
  return cuts.find(([start, end]) => start <= middle && middle < end);
}

export class Talk {
  constructor(read) {
    Object.assign(this, read);
    this.names = new Map(this.people.map((person) => [person.label, person]));
    for (const paragraph of this.paragraphs) paragraph.places = places(paragraph);
    this.index();
  }

  // Every word in order of time, for the player: when it begins, and where it stands.
  index() {
    this.starts = [];
    this.where = [];
    this.paragraphs.forEach((paragraph, number) => {
      paragraph.words.forEach((word, at) => {
        this.starts.push(word[START]);
        this.where.push([number, at]);
      });
    });
    for (let at = 1; at < this.starts.length; at++) {
      if (this.starts[at] < this.starts[at - 1]) this.starts[at] = this.starts[at - 1];
    }
  }

  // The paragraph and the word that sound at a time; null before the first one.
  sounding(ms) {
    const found = lastAtMost(this.starts, ms);
    return found < 0 ? null : this.where[found];
  }

  name(label) {
    return this.names.get(label)?.name ?? "Unknown speaker";
  }

  // A number for the colour of a voice; the same as in the report.
  colour(label) {
    const at = this.people.findIndex((person) => person.label === label);
    return at < 0 ? "nobody" : String(at % 5);
  }

  replace(number, paragraphs, count = 1) {
    for (const paragraph of paragraphs) paragraph.places = places(paragraph);
    this.paragraphs.splice(number, count, ...paragraphs);
    this.index();
  }

  // A paragraph and the one below it become one.
  joined(number) {
    const [above, below] = this.paragraphs.slice(number, number + 2);
    const words = [...above.words, ...below.words];
    this.replace(number, [{ ...above, words, text: above.text + this.blank + below.text }], 2);
  }

  // The words of a paragraph changed: find their places in its text anew.
  placed(number) {
    this.paragraphs[number].places = places(this.paragraphs[number]);
    this.index();
  }

  // Words were moved into a paragraph or out of it: so its text is what they say.
  spelt(number) {
    const paragraph = this.paragraphs[number];
    paragraph.text = paragraph.words.map((word) => word[TEXT]).join(this.blank);
    this.placed(number);
  }

  // The whole talk as the studio reads it now. Returns where it differs: the first paragraph, how many went, how
  // many came.
  taken(read) {
    const old = this.paragraphs, people = JSON.stringify(this.people);
    Object.assign(this, read);
    this.names = new Map(this.people.map((person) => [person.label, person]));
    const now = this.paragraphs, most = Math.min(old.length, now.length);
    const all = people !== JSON.stringify(this.people);
    let first = 0, last = 0;
    while (!all && first < most && alike(old[first], now[first])) first++;
    while (!all && last < most - first && alike(old[old.length - 1 - last], now[now.length - 1 - last])) last++;
    now.forEach((paragraph, at) => {
      const same = at < first ? old[at] : at >= now.length - last ? old[at - now.length + old.length] : null;
      paragraph.places = same?.places ?? places(paragraph);
    });
    this.index();
    return [first, old.length - first - last, now.length - first - last];
  }

  // Put the words of a turn in the place of those of its paragraphs, each where it belongs by its number.
  imposed(words) {
    const ids = new Set(words.map((word) => word[ID])), numbers = [];
    this.paragraphs.forEach(({ words: has }, number) => has.some((word) => ids.has(word[ID])) && numbers.push(number));
    if (!numbers.length) return null;
    const firsts = numbers.map((number) => this.paragraphs[number].words[0][ID]);
    if (firsts.some((id, at) => at && id <= firsts[at - 1])) return null;
    const made = numbers.map(() => []);
    for (const word of words) {
      let at = firsts.length - 1;
      while (at > 0 && firsts[at] > word[ID]) at--;
      made[at].push(word);
    }
    if (made.some((own) => !own.length)) return null;
    numbers.forEach((number, at) => {
      const paragraph = this.paragraphs[number];
      paragraph.words = made[at];
      paragraph.text = made[at].map((word) => word[TEXT]).join(this.blank);
      paragraph.places = places(paragraph);
    });
    this.index();
    return numbers;
  }

  // Take over what was derived of one turn anew: the numbers of its paragraphs, null where they say something else.
  rederived(words) {
    const ids = new Set(words.map((word) => word[ID]));
    const numbers = [], made = [];
    let at = 0;
    for (let number = 0; number < this.paragraphs.length && at < words.length; number++) {
      const paragraph = this.paragraphs[number];
      if (!paragraph.words.some((word) => ids.has(word[ID]))) continue;
      const from = at;
      for (let left = squeezed(paragraph.text); left; ) {
        const text = at < words.length ? squeezed(words[at++][TEXT]) : "";
        if (!text || !left.startsWith(text)) return null;
        left = left.slice(text.length);
      }
      numbers.push(number);
      made.push(words.slice(from, at));
    }
    if (at < words.length) return null;
    numbers.forEach((number, place) => (this.paragraphs[number].words = made[place]));
    for (const number of numbers) this.paragraphs[number].places = places(this.paragraphs[number]);
    if (numbers.length) this.index();
    return numbers;
  }
}

const squeezed = (text) => text.replace(/\s+/gu, "");

function alike(one, other) {
  if (one.label !== other.label || one.text !== other.text || one.aside !== other.aside) return false;
  if (one.words.length !== other.words.length) return false;
  return one.words.every((word, at) => word[ID] === other.words[at][ID] && word[LEFT_OUT] === other.words[at][LEFT_OUT]);
}
