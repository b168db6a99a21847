// What is left before an episode goes out: rules and their mends, notes to paste, files to take.

import * as api from "./api.js";
import { Cards } from "./cards.js";

const $ = (id) => document.getElementById(id);
const MENDS = { make: "Mend: write it again", title: "Mend: write this title", aside: "Mend: put it aside and write it again" };
const LEVELS = { fail: "✗", warn: "!", pass: "✓" };
let name = "", address = "", shown = {};

function complain(problem) {
  $("problem").hidden = !problem;
  $("problem").textContent = problem;
}

function made(tag, text = "", more = {}) {
  return Object.assign(document.createElement(tag), { textContent: text }, more);
}

async function mend(what, value) {
  complain("");
  try {
    await api.change(`${address}/mend`, { mend: what, value });
    await make();
  } catch (problem) {
    complain(problem.message);
  }
}

const make = () => api.change(`/api/library/${encodeURIComponent(name)}/make`, {});

function finding({ rule, level, text, fix, mend: how }) {
  const line = made("li", "", { className: level });
  line.dataset.rule = rule;
  line.append(made("span", LEVELS[level], { className: "level", ariaLabel: level }), text);
  if (level === "pass") return line;
  if (fix) line.append(made("small", ` – ${fix}`));
  if (!how) return line;
  const title = how === "title" ? made("input", "", { value: shown.title, ariaLabel: "Title" }) : null;
  const button = made("button", MENDS[how], { type: "button" });
  button.addEventListener("click", () => mend(how, title?.value ?? ""));
  line.append(" ", title ?? "", " ", button);
  return line;
}

function moved(job) {
  if (job.name !== name) return;
  const running = ["waiting", "running"].includes(job.state);
  $("progress").hidden = !running;
  $("share").value = job.share;
  $("stage").textContent = job.stage;
  $("render").disabled = running;
  if (job.state === "failed") complain(job.problem);
  if (!running) draw().then(() => ($("state").textContent = job.state === "done" ? "written" : "failed"));
}

function notes() {
  $("notes").textContent = shown.notes[$("platform").selectedIndex]?.text ?? "";
}

async function draw() {
  shown = await api.read(`${address}/publish`);
  if (shown.title) $("title").textContent = shown.title;
  const order = ["fail", "warn", "pass"], rows = [...shown.findings].sort((one, other) => order.indexOf(one.level) - order.indexOf(other.level));
  const failed = rows.filter(({ level }) => level === "fail").length;
  $("ready").textContent = !shown.ready ? shown.why : failed ? `${failed} ${failed === 1 ? "rule is" : "rules are"} broken` : "Every rule is kept.";
  $("findings").replaceChildren(...rows.filter(({ level }) => level !== "pass").map(finding));
  const kept = rows.filter(({ level }) => level === "pass");
  $("kept-count").textContent = `${kept.length} ${kept.length === 1 ? "rule is" : "rules are"} kept`;
  $("kept").replaceChildren(...kept.map(finding));
  const at = Math.max(0, $("platform").selectedIndex);
  $("platform").replaceChildren(...shown.notes.map((one) => new Option(one.name, one.name)));
  $("platform").selectedIndex = Math.min(at, shown.notes.length - 1);
  notes();
  $("files").replaceChildren(...shown.files.map((file) => {
    const line = made("li"), path = file.name.split("/").map(encodeURIComponent).join("/");
    line.append(made("a", file.name, { href: `${address}/files/${path}`, download: "" }), ` ${(file.bytes / 1e6).toFixed(2)} MB`);
    return line;
  }));
}

async function begin() {
  const { episodes } = await api.read("/api/episodes");
  name = decodeURIComponent(location.hash.slice(1)) || episodes[0]?.name;
  address = `/api/episodes/${encodeURIComponent(name)}`;
  $("text").href = `/#${encodeURIComponent(name)}`;
  $("platform").addEventListener("change", notes);
  $("copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText($("notes").textContent);
    $("state").textContent = "copied";
  });
  $("render").addEventListener("click", () => make().catch((problem) => complain(problem.message)));
  api.listen({ job: moved });
  await draw();
  const cards = new Cards($("cards"), address, { say: (text) => ($("state").textContent = text), complain });
  await cards.draw().catch((problem) => complain(problem.message));
  document.documentElement.dataset.ready = "1";
}

begin().catch((problem) => complain(problem.message));
