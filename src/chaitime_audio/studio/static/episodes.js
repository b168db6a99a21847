// Which episode is shown: the only one, the one in the address, or one that is chosen from a list.

import * as api from "./api.js";

export async function chosen(room) {
  const { episodes } = await api.read("/api/episodes");
  const asked = decodeURIComponent(location.hash.slice(1));
  if (episodes.length === 1) return episodes[0].name;
  const found = episodes.find((episode) => episode.name === asked);
  addEventListener("hashchange", () => location.reload());
  if (found) return found.name;
  room.replaceChildren(list(episodes));
  document.documentElement.dataset.view = "episodes";
  document.documentElement.dataset.ready = "1";
  return new Promise(() => {});
}

function list(episodes) {
  const shown = document.createElement("ul");
  shown.className = "episodes";
  for (const episode of episodes) {
    const item = document.createElement("li"), link = document.createElement("a"), state = document.createElement("small");
    link.href = `#${encodeURIComponent(episode.name)}`;
    link.textContent = episode.title;
    state.textContent = episode.problem || (episode.made ? "" : "not made yet; run: chaitime process");
    item.append(link, " ", state);
    shown.append(item);
  }
  return shown;
}
