// Opens an episode: reads it, draws it, and binds keys, player and edits together.

import * as api from "./api.js";
import { Keys } from "./keys.js";
import * as marks from "./marks.js";
import { Notes } from "./notes.js";
import { Review } from "./queue.js";
import { Player } from "./player.js";
import { Rebinding } from "./rebinding.js";
import { Strip } from "./strip.js";
import { clock, START, Talk } from "./talk.js";
import { Text } from "./text.js";
import { Changes } from "./changes.js";
import { Cutting } from "./cutting.js";
import { chosen } from "./episodes.js";
import { Editor } from "./editor.js";

const $ = (id) => document.getElementById(id);
const STEP_MS = 3000;

function say(text) {
  $("state").textContent = text;
}

function complain(problem) {
  $("problem").hidden = !problem;
  $("problem").textContent = problem;
}

// A search lands at a second of the talk: #name@milliseconds.
function landed(talk, editor, player) {
  const ms = Number(location.hash.split("@")[1] ?? NaN);
  if (Number.isNaN(ms)) return () => {};
  const number = talk.paragraphs.findLastIndex(({ words }) => words.length && words[0][START] <= ms);
  if (number >= 0) editor.focus(number);
  return () => player.seek(ms);
}

class Follower {
  constructor(room, button, show) {
    this.on = true;
    this.button = button;
    for (const name of ["wheel", "touchmove"]) room.addEventListener(name, () => this.stop(), { passive: true });
    button.addEventListener("click", () => {
      this.on = true;
      button.hidden = true;
      show();
    });
  }

  stop() {
    this.on = false;
    this.button.hidden = false;
  }
}

function bindPlayer(talk, text, player) {
  let last = null;
  const show = () => {
    const found = talk.sounding(player.ms);
    if (!found) return;
    const element = text.element(found[0]);
    marks.sounding(element, talk.paragraphs[found[0]], found[1]);
    if (follower.on && (last !== element || !player.playing)) element.scrollIntoView({ block: "nearest" });
    last = element;
  };
  const follower = new Follower($("text"), $("follow"), () => {
    last = null;
    show();
  });
  player.addEventListener("moved", () => {
    show();
    $("clock").textContent = `${clock(player.ms)} / ${clock(talk.length_ms)}`;
    $("play").textContent = player.playing ? "❚❚" : "▶";
    $("play").setAttribute("aria-label", player.playing ? "Pause" : "Play");
    $("play").disabled = !player.ready;
    $("speed").value = String(player.audio.playbackRate);
  });
  for (const speed of Player.speeds) $("speed").append(new Option(`${speed}×`, String(speed)));
  $("speed").value = "1";
  $("speed").addEventListener("change", () => player.speed(Number($("speed").value)));
  $("patient").addEventListener("change", () => (player.patient = $("patient").checked));
  $("play").addEventListener("click", () => player.toggle());
  $("back").addEventListener("click", () => player.seek(player.ms - STEP_MS));
  $("on").addEventListener("click", () => player.seek(player.ms + STEP_MS));
  return follower;
}

function bindKeys(keys, player, editor, cutting, views) {
  const actions = {
    toggle: () => player.toggle(),
    pause: () => player.pause(),
    back: () => player.seek(player.ms - STEP_MS),
    on: () => player.seek(player.ms + STEP_MS),
    slower: () => player.faster(-1),
    faster: () => (player.playing ? player.faster(1) : player.play()),
    ...editor.actions(),
    ...Object.assign({}, ...views.map((view) => view.actions())),
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.target.closest("dialog, select, input")) return;
    const inside = editor.inside(event.target);
    if (!inside && event.target.closest("button") && ["Enter", " "].includes(event.key)) return;
    const place = inside ? "inside" : cutting.on ? "cutting" : "outside";
    const voice = place === "outside" && !event.ctrlKey && !event.metaKey && !event.altKey && /^Digit([1-9])$/.exec(event.code);
    if (voice) {
      event.preventDefault();
      editor.give(Number(voice[1]), event.shiftKey);
      return;
    }
    const action = keys.action(event, place);
    if (!action || actions[action]?.(event) === false) return;
    event.preventDefault();
  });
}

async function open() {
  const name = await chosen();
  const address = `/api/episodes/${encodeURIComponent(name)}`;
  const talk = new Talk(await api.read(address));
  $("publish").href = `/publish#${encodeURIComponent(name)}`;
  document.title = `${talk.title} – chaitime studio`;
  $("title").textContent = talk.title;
  const player = new Player($("audio"), talk);
  const text = new Text($("text"), talk);
  text.draw();
  const strip = new Strip($("strip"), talk, player);
  strip.draw();
  const notes = new Notes(talk);
  notes.draw();
  const follower = bindPlayer(talk, text, player);
  const editor = new Editor({ address, talk, text, player, strip, notes, follower, say, complain });
  const cutting = new Cutting({ talk, text, player, strip, editor, say });
  const review = new Review({ address, talk, text, player, editor });
  const keys = new Keys();
  const views = [
    cutting,
    new Changes({ address, talk, player, editor, complain }),
    new Rebinding(keys),
    review,
  ];  // another view is mounted here: its actions() are bound to the keys of ACTIONS by name
  bindKeys(keys, player, editor, cutting, views);
  const preparing = `${talk.paragraphs.length} paragraphs; preparing the sound`;
  if (!$("state").textContent) say(preparing);
  keys.load().catch((problem) => complain(problem.message));
  api.listen({ changed: (news) => editor.changedElsewhere(news) });
  const land = landed(talk, editor, player);
  player.load(`${address}/sound`).then(
    async () => {
      if ($("state").textContent === preparing) say("");
      talk.length_ms = Math.max(talk.length_ms, Math.floor(1000 * player.audio.duration) || 0);
      ({ levels: strip.levels } = await api.read(`${address}/sound/levels`));
      strip.draw();
      land();
    },
    (problem) => complain(problem.message),
  );
  $("clock").textContent = `0:00 / ${clock(talk.length_ms)}`;
  document.documentElement.dataset.ready = "1";
  performance.mark("ready");
}

open().catch((problem) => complain(problem.message));
