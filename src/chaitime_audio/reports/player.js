(() => {
  const audio = document.querySelector("audio");
  const plot = document.querySelector(".plot");
  const head = document.querySelector(".head");
  const seconds = Number(plot.dataset.seconds);
  const left = Number(plot.dataset.left);
  const wide = Number(plot.dataset.wide);
  const chapters = [...document.querySelectorAll("[data-chapter]")];
  const keys = { ArrowLeft: -5, ArrowRight: 5, ArrowDown: -5, ArrowUp: 5, PageDown: -60, PageUp: 60 };

  const two = (value) => String(value).padStart(2, "0");
  const spell = (at) => {
    const minutes = Math.floor(at / 60), hours = Math.floor(minutes / 60);
    return (hours ? hours + ":" + two(minutes % 60) : minutes) + ":" + two(Math.floor(at) % 60);
  };
  const show = (at) => {
    head.hidden = false;
    head.style.left = 100 * (left + wide * Math.min(1, at / seconds)) + "%";
    plot.setAttribute("aria-valuenow", Math.floor(at));
    plot.setAttribute("aria-valuetext", spell(at));
    const now = chapters.filter((link) => Number(link.dataset.start) <= at + 0.05).pop();
    for (const link of chapters) link.removeAttribute("aria-current");
    if (now) now.setAttribute("aria-current", "true");
  };
  const seek = (at) => {
    const there = Math.max(0, Math.min(seconds, at));
    const go = () => { audio.currentTime = there; };
    show(there);
    const room = plot.parentElement, across = head.offsetLeft - room.scrollLeft;
    if (across < 0 || across > room.clientWidth) room.scrollLeft += across - room.clientWidth / 2;
    if (audio.readyState > 0) return go();
    audio.addEventListener("loadedmetadata", go, { once: true });
    audio.load();
  };
  const play = () => audio.play().catch(() => {});
  const gone = () => {
    audio.hidden = true;
    document.querySelector(".gone").hidden = false;
  };

  audio.addEventListener("error", gone);
  if (audio.error) gone();
  audio.addEventListener("timeupdate", () => show(audio.currentTime));
  audio.addEventListener("seeked", () => show(audio.currentTime));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-start]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    seek(Number(link.dataset.start));
    play();
  });
  plot.addEventListener("click", (event) => {
    const box = plot.getBoundingClientRect();
    seek(seconds * ((event.clientX - box.left) / box.width - left) / wide);
    play();
  });
  plot.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const ends = { Home: 0, End: seconds };
    if (event.key in keys) seek(audio.currentTime + keys[event.key]);
    else if (event.key in ends) seek(ends[event.key]);
    else if (event.key !== " " && event.key !== "Enter") return;
    else if (audio.paused) play();
    else audio.pause();
    event.preventDefault();
  });

  const slider = {
    role: "slider", tabindex: 0, "aria-label": "Place in the sound", "aria-valuemin": 0,
    "aria-valuemax": Math.floor(seconds), "aria-valuenow": 0, "aria-valuetext": spell(0),
  };
  for (const [name, value] of Object.entries(slider)) plot.setAttribute(name, value);
  plot.classList.add("ready");
})();
