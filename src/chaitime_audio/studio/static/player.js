// Plays the recording: speed without change of pitch, skips what was cut, waits while somebody types.

import { read } from "./api.js";

const SPEEDS = [0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5];
const AGAIN_MS = 2000, QUIET_MS = 1200, TRY_AGAIN_MS = 300;

export class Player extends EventTarget {
  constructor(audio, talk) {
    super();
    this.audio = audio;
    this.talk = talk;
    this.patient = true;
    this.ready = false;
    audio.preservesPitch = true;
    for (const name of ["play", "pause", "seeked", "ratechange"]) {
      audio.addEventListener(name, () => this.dispatchEvent(new Event("moved")));
    }
    audio.addEventListener("play", () => this.#tick());
    audio.addEventListener("timeupdate", () => this.playing && this.#skip());  // pages that are not seen do not tick
  }

  get ms() {
    return this.audio.currentTime * 1000;
  }

  get playing() {
    return !this.audio.paused;
  }

  static get speeds() {
    return SPEEDS;
  }

  // The sound is made when the studio opens an episode; ask until it is there.
  async load(address) {
    for (;;) {
      const { ready, failure } = await read(`${address}/state`);
      if (ready) break;
      if (failure) throw new Error(failure);
      await new Promise((done) => setTimeout(done, TRY_AGAIN_MS));
    }
    const there = new Promise((done, failed) => {
      this.audio.addEventListener("loadedmetadata", done, { once: true });
      this.audio.addEventListener("error", () => failed(new Error("the browser cannot play the sound")), { once: true });
    });
    this.audio.src = address;
    await there;
    this.ready = true;
    this.dispatchEvent(new Event("moved"));
  }

  seek(ms) {
    if (!this.ready) return;
    this.audio.currentTime = Math.max(0, Math.min(ms / 1000, this.audio.duration || Infinity));
  }

  play() {
    this.waiting = false;
    if (this.ready) this.audio.play().catch(() => {});
  }

  pause() {
    this.waiting = false;
    this.audio.pause();
  }

  toggle() {
    if (this.playing) this.pause();
    else {
      this.seek(this.ms - AGAIN_MS);
      this.play();
    }
  }

  faster(step) {
    const at = SPEEDS.findIndex((speed) => speed >= this.audio.playbackRate - 0.01);
    this.speed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + step))]);
  }

  speed(value) {
    this.audio.playbackRate = value;
  }

  // Somebody types: the sound waits until there is quiet, then goes on two seconds earlier.
  typed() {
    if (!this.patient) return;
    if (this.playing) {
      this.audio.pause();
      this.waiting = true;
    }
    if (!this.waiting) return;
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => {
      if (!this.waiting) return;
      this.seek(this.ms - AGAIN_MS);
      this.play();
    }, QUIET_MS);
  }

  // Go on behind what was cut, and behind what touches it.
  #skip() {
    let now = this.ms;
    for (let cut; (cut = this.talk.cuts.find(([start, end]) => start <= now && now < end)); ) now = cut[1];
    if (now !== this.ms) this.seek(now);
  }

  #tick() {
    if (!this.playing) return;
    this.#skip();
    this.dispatchEvent(new Event("moved"));
    requestAnimationFrame(() => this.#tick());
  }
}
