// A guest's page: listen, strike, correct, comment, and save the wishes as a small file.

const $ = (id) => document.getElementById(id);
const told = JSON.parse($("data").textContent);
const STORE = `chaitime-guest:${told.episode}:${told.title}`;
const LONGEST = 5000, SHOWN = 80;
let wishes = [];

function kept() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) ?? {};
  } catch {
    return {};
  }
}

function keep() {
  const texts = paragraphs.map(({ now, text }) => (now === text ? null : now));
  try {
    localStorage.setItem(STORE, JSON.stringify({ wishes, texts, author: $("author").value }));
  } catch {
    // a browser that keeps nothing: the file is saved by hand
  }
}

const paragraphs = told.paragraphs.map(({ label, words }) => {
  const text = words.map((word) => word[TEXT]).join(told.blank);
  return { label, words, text, now: text, places: places({ words, text }) };
});

function named(kind, text, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.dataset.kind = kind;
  button.addEventListener("click", act);
  return button;
}

function drawn(paragraph, number) {
  const box = document.createElement("div"), who = document.createElement("div"), text = document.createElement("p");
  box.className = "paragraph";
  who.className = "who";
  who.lang = "en";
  const name = document.createElement("b"), time = document.createElement("time");
  name.textContent = told.names[paragraph.label] ?? "Unknown speaker";
  time.textContent = clock(paragraph.words[0][START]);
  const all = [paragraph.words[0][START], paragraph.words.at(-1)[END]];
  const strike = named("strike", "Strike", () => wish("strikes", all, paragraph.text));
  const comment = named("comment", "Comment", () => ask(all));
  strike.setAttribute("aria-label", `Strike the paragraph at ${time.textContent}`);
  comment.setAttribute("aria-label", `Comment on the paragraph at ${time.textContent}`);
  who.append(name, time, strike, comment);
  text.textContent = paragraph.now;
  text.contentEditable = "plaintext-only";
  if (text.contentEditable !== "plaintext-only") text.contentEditable = "true";
  text.spellcheck = true;
  text.setAttribute("role", "textbox");
  text.setAttribute("aria-multiline", "true");
  text.setAttribute("aria-label", `${name.textContent}, ${time.textContent}`);
  text.addEventListener("input", () => {
    paragraph.now = text.textContent.replace(/\s+/gu, " ").trim();
    box.classList.toggle("edited", paragraph.now !== paragraph.text);
    standing();
  });
  text.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  text.addEventListener("click", () => hear(paragraph, text));
  box.classList.toggle("edited", paragraph.now !== paragraph.text);
  box.append(who, text);
  Object.assign(paragraph, { box, element: text, number });
  return box;
}

function hear(paragraph, text) {
  const caret = getSelection();
  if (!caret.isCollapsed || paragraph.now !== paragraph.text || caret.anchorNode !== text.firstChild) return;
  const at = paragraph.places.findLastIndex((place) => place >= 0 && place <= caret.anchorOffset);
  if (at < 0) return;
  $("audio").currentTime = paragraph.words[at][START] / 1000;
  $("audio").play().catch(() => {});
}

// The span of what is selected, in milliseconds of the recording, and its text; null without any.
function selected() {
  const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  if (!range || range.collapsed) return null;
  const touched = paragraphs.filter(({ element }) => range.intersectsNode(element));
  const words = touched.flatMap((paragraph) => {
    const node = paragraph.element.firstChild;
    if (!node || paragraph.now !== paragraph.text) return paragraph.words;
    const from = range.startContainer === node ? range.startOffset : 0;
    const behind = range.endContainer === node ? range.endOffset : node.length;
    return paragraph.words.filter((word, at) => paragraph.places[at] + word[TEXT].length > from && paragraph.places[at] < behind);
  });
  if (!words.length) return null;
  return { span: [words[0][START], words.at(-1)[END]], text: words.map((word) => word[TEXT]).join(told.blank) };
}

function wish(kind, [start_ms, end_ms], text) {
  const same = wishes.findIndex((one) => one.kind === kind && kind === "strikes" && one.start_ms === start_ms && one.end_ms === end_ms);
  if (same >= 0) wishes.splice(same, 1);
  else wishes.push({ kind, start_ms, end_ms: Math.max(end_ms, start_ms + 1), text: text.slice(0, LONGEST) });
  standing();
}

function ask(span) {
  $("remark").value = "";
  $("asking").showModal();
  $("asking").onclose = () => {
    const remark = $("remark").value.trim();
    if ($("asking").returnValue === "keep" && /[\p{L}\p{N}]/u.test(remark)) wish("comments", span, remark);
    $("asking").returnValue = "";
  };
}

function corrections() {
  return paragraphs.flatMap(({ words, now, text }) => {
    if (now === text) return [];
    return corrected(words, now, told.blank).records.map(({ find, replace, at }) => ({
      start_ms: at, end_ms: at + 1, old: find.slice(0, LONGEST), new: replace.slice(0, LONGEST),
    }));
  });
}

const MARKED = { struck: "strikes", noted: "comments" };

function marked() {
  for (const [name, kind] of Object.entries(MARKED)) {
    if (typeof Highlight !== "function") break;
    const all = new Highlight();
    for (const one of wishes.filter((each) => each.kind === kind)) {
      for (const { element, words, places, now, text } of paragraphs) {
        if (now !== text || !element.firstChild || words[0][START] >= one.end_ms || words.at(-1)[END] <= one.start_ms) continue;
        words.forEach((word, at) => {
          const middle = (word[START] + word[END]) / 2;
          if (middle < one.start_ms || middle > one.end_ms) return;
          const node = element.firstChild;
          all.add(new StaticRange({ startContainer: node, startOffset: places[at], endContainer: node, endOffset: places[at] + word[TEXT].length }));
        });
      }
    }
    CSS.highlights.set(name, all);
  }
}

// Tell how it stands, keep it, and draw the list and the marks.
function standing() {
  const edits = corrections();
  const count = wishes.length + edits.length;
  $("count").textContent = count ? `${count} ${count === 1 ? "wish" : "wishes"}` : "no wishes yet";
  const rows = wishes.map((one) => [one.kind === "strikes" ? "strike" : "comment", one, () => wishes.splice(wishes.indexOf(one), 1)]);
  $("list").replaceChildren(
    ...rows.map(([what, one, remove]) => {
      const row = document.createElement("li");
      const back = named("remove", "Take back", () => {
        remove();
        standing();
      });
      row.append(`${clock(one.start_ms)} ${what}: ${one.text.slice(0, SHOWN)} `, back);
      return row;
    }),
    ...edits.map(({ start_ms, old, new: now }) => {
      const row = document.createElement("li");
      row.textContent = `${clock(start_ms)} ${old} → ${now || "(nothing)"}`;
      return row;
    }),
  );
  marked();
  keep();
  saved = false;
}

function file() {
  const of = (kind) => wishes.filter((one) => one.kind === kind).map(({ start_ms, end_ms, text }) => ({ start_ms, end_ms, text }));
  const author = $("author").value.trim().slice(0, 80);
  return {
    format: "chaitime-guest", version: 1, author, episode: told.episode,
    strikes: of("strikes"), corrections: corrections(), comments: of("comments"),
  };
}

let saved = true;

function save() {
  const address = URL.createObjectURL(new Blob([JSON.stringify(file(), null, 1)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${told.title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60) || "talk"}.wishes.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  saved = true;
}

function sound() {
  const text = atob($("sound").textContent.trim()), bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  $("sound").textContent = "";
  $("audio").src = URL.createObjectURL(new Blob([bytes], { type: "audio/mpeg" }));
}

function sounding() {
  if (typeof Highlight !== "function") return;
  const ms = $("audio").currentTime * 1000;
  const paragraph = paragraphs.findLast(({ words }) => words[0][START] <= ms);
  const at = paragraph && paragraph.now === paragraph.text ? lastAtMost(paragraph.words.map((word) => word[START]), ms) : -1;
  const node = paragraph?.element.firstChild;
  CSS.highlights.delete("sounding");
  if (at < 0 || !node) return;
  const from = paragraph.places[at];
  CSS.highlights.set("sounding", new Highlight(
    new StaticRange({ startContainer: node, startOffset: from, endContainer: node, endOffset: from + paragraph.words[at][TEXT].length }),
  ));
}

function begin() {
  const before = kept();
  wishes = Array.isArray(before.wishes) ? before.wishes : [];
  $("author").value = before.author ?? "";
  (before.texts ?? []).forEach((text, at) => {
    if (typeof text === "string" && paragraphs[at]) paragraphs[at].now = text;
  });
  $("title").textContent = told.title;
  $("text").append(...paragraphs.map(drawn));
  standing();
  saved = true;
  sound();
  document.addEventListener("selectionchange", () => {
    $("strike").disabled = $("comment").disabled = !selected();
  });
  for (const id of ["strike", "comment"]) $(id).addEventListener("pointerdown", (event) => event.preventDefault());
  $("strike").addEventListener("click", () => {
    const found = selected();
    if (found) wish("strikes", found.span, found.text);
  });
  $("comment").addEventListener("click", () => {
    const found = selected();
    if (found) ask(found.span);
  });
  $("author").addEventListener("change", keep);
  $("save").addEventListener("click", save);
  $("audio").addEventListener("timeupdate", sounding);
  addEventListener("beforeunload", (event) => {
    if (!saved) event.preventDefault();
  });
  document.documentElement.dataset.ready = "1";
}

begin();
