// The episodes of a folder: how each stands, everything that is said, and new recordings.

import * as api from "./api.js";
import { clock } from "./talk.js";

const $ = (id) => document.getElementById(id);
const QUIET_MS = 250;
let files = [], asked = 0;

function complain(problem) {
  $("problem").hidden = !problem;
  $("problem").textContent = problem;
}

function made(tag, text = "", more = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  return Object.assign(element, more);
}

const opened = (name, ms) => `/#${encodeURIComponent(name)}${ms === undefined ? "" : `@${ms}`}`;
const left = (seconds) => (seconds === null ? "" : seconds < 90 ? `, about ${Math.max(1, Math.round(seconds))} s left` : `, about ${Math.round(seconds / 60)} min left`);

function card(episode) {
  const box = made("li"), title = made("h2"), state = made("p", episode.problem || (episode.made ? "" : "not made yet"));
  box.id = `episode-${episode.name}`;
  state.className = "standing";
  title.append(made("a", episode.title, { href: opened(episode.name) }));
  box.append(title, state, made("div", "", { className: "badges" }), made("div", "", { className: "progress" }));
  const publish = made("a", "Publish", { href: `/publish#${encodeURIComponent(episode.name)}` });
  const again = made("button", "Make it", { type: "button" });
  again.addEventListener("click", () => api.change(`/api/library/${encodeURIComponent(episode.name)}/make`, {}).catch((problem) => complain(problem.message)));
  box.append(publish, " ", again);
  return box;
}

async function stand(name) {
  const told = await api.read(`/api/library/${encodeURIComponent(name)}`), box = $(`episode-${name}`);
  if (!box) return;
  box.querySelector(".standing").textContent = told.stops.length ? told.stops.join("; ") : told.published ? "ready" : told.state;
  if (told.title) box.querySelector("h2 a").textContent = told.title;
  box.querySelector(".badges").replaceChildren(...told.badges.map((text) => made("span", text, { className: "badge" })));
  if (!box.querySelector("img")) {
    const cover = made("img", "", { alt: "", src: `/api/library/${encodeURIComponent(name)}/cover` });
    cover.addEventListener("error", () => cover.remove());
    box.prepend(cover);
  }
}

function moved(job) {
  const box = $(`episode-${job.name}`);
  if (!box) return draw();
  const room = box.querySelector(".progress");
  const running = ["waiting", "running"].includes(job.state);
  const said = { waiting: "waits", running: `${job.stage || "begins"}${left(job.left_s)}`, failed: `failed: ${job.problem}`, done: "made" }[job.state];
  const line = made("p", said);
  if (running && job.readable) line.append(made("span", " – the talk can be read and corrected already", { className: "badge" }));
  room.replaceChildren(line);
  if (running) room.prepend(Object.assign(made("progress"), { max: 1, value: job.share, ariaLabel: "Made" }));
  if (!running) {
    $("state").textContent = `${box.querySelector("h2").textContent}: ${said}`;
    if (document.hidden && globalThis.Notification?.permission === "granted") new Notification($("state").textContent);
    stand(job.name).catch(() => {});
  }
}

async function draw() {
  const { episodes, jobs } = await api.read("/api/library");
  $("episodes").replaceChildren(...episodes.map(card));
  if (!episodes.length) $("state").textContent = "no episode yet: drop a recording";
  Object.values(jobs).forEach(moved);
  for (const { name, made: there } of episodes) if (there) await stand(name).catch(() => {});
}

async function search() {
  const text = $("needle").value.trim(), mine = ++asked;
  if (!text) {
    $("found").hidden = true;
    return;
  }
  const { found } = await api.read(`/api/search?q=${encodeURIComponent(text)}`);
  if (mine !== asked) return;
  $("found").hidden = false;
  const titles = new Map([...document.querySelectorAll("#episodes li")].map((box) => [box.id, box.querySelector("h2").textContent]));
  $("hits").replaceChildren(...found.map(({ name, who, start_ms, text: excerpt }) => {
    const line = made("li"), link = made("a", `${titles.get(`episode-${name}`) ?? name}, ${clock(start_ms)}`, { href: opened(name, start_ms) });
    line.append(link, ` ${who}: `);
    for (const part of excerpt.split(/(\u0002[^\u0003]*\u0003)/u)) {
      line.append(part.startsWith("\u0002") ? made("mark", part.slice(1, -1)) : part);
    }
    return line;
  }));
  if (!found.length) $("hits").replaceChildren(made("li", "Nobody says that."));
}

function chosen(list) {
  files = [...list];
  $("several").hidden = files.length < 2;
  $("make").disabled = !files.length;
  $("make").textContent = files.length > 1 && together() === "each" ? "Make the episodes" : "Make the episode";
  $("state").textContent = files.length ? files.map(({ name }) => name).join(", ") : "";
}

const together = () => document.querySelector("[name=together]:checked").value;

// Send a recording as it lies on the disk; the browser reads it piece by piece.
function sent(file) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/uploads?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.addEventListener("progress", ({ loaded }) => {
      $("sent").value = loaded / Math.max(1, file.size);
      $("sent-text").textContent = `${file.name}: ${Math.round(loaded / 1e6)} of ${Math.round(file.size / 1e6)} MB`;
    });
    request.addEventListener("load", () => {
      let told = {};
      try {
        told = JSON.parse(request.responseText);
      } catch {
        told = { problem: request.responseText.trim() };
      }
      if (request.status === 200) done(told.token);
      else failed(new Error(told.problem || `the studio answered ${request.status}`));
    });
    request.addEventListener("error", () => failed(new Error(`${file.name} could not be sent`)));
    request.send(file);
  });
}

async function make(event) {
  event.preventDefault();
  complain("");
  globalThis.Notification?.requestPermission?.();
  $("make").disabled = true;
  $("sending").hidden = false;
  try {
    const tokens = [];
    for (const file of files) tokens.push(await sent(file));
    const guest = $("guest").value.trim(), number = Number($("number").value) || 0;
    const one = files.length === 1 || together() !== "each";
    const groups = one ? [tokens] : tokens.map((token) => [token]);
    for (const [at, group] of groups.entries()) {
      const how = group.length > 1 ? together() : "single";
      await api.change("/api/library/make", { files: group, together: how, guest, number: number ? number + at : 0 });
    }
    $("new").reset();
    chosen([]);
    await draw();
  } catch (problem) {
    complain(problem.message);
    $("make").disabled = !files.length;
  }
  $("sending").hidden = true;
}

async function feed() {
  complain("");
  $("feed").disabled = true;
  try {
    const { feed: path, episodes, changed, notes } = await api.change("/api/library/feed", {});
    $("state").textContent = `${path}: ${episodes} ${episodes === 1 ? "episode" : "episodes"}, ${changed} files new or changed`;
    $("feed-notes").replaceChildren(...notes.map((note) => made("li", note)));
  } catch (problem) {
    complain(problem.message);
  }
  $("feed").disabled = false;
}

function bind() {
  const room = $("new");
  $("files").addEventListener("change", () => chosen($("files").files));
  for (const input of document.querySelectorAll("[name=together]")) input.addEventListener("change", () => chosen(files));
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      room.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => event.relatedTarget ?? room.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    room.classList.remove("over");
    if (event.dataTransfer.files.length) chosen(event.dataTransfer.files);
  });
  room.addEventListener("submit", make);
  let quiet = 0;
  $("needle").addEventListener("input", () => {
    clearTimeout(quiet);
    quiet = setTimeout(() => search().catch((problem) => complain(problem.message)), QUIET_MS);
  });
  $("feed").addEventListener("click", feed);
  api.listen({ job: moved });
}

bind();
draw().then(() => (document.documentElement.dataset.ready = "1"), (problem) => complain(problem.message));
