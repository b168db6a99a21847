// Which episode is shown: the only one, or the one in the address; else the library shows them all.

import * as api from "./api.js";

export async function chosen() {
  const { episodes, library } = await api.read("/api/episodes");
  const asked = decodeURIComponent(location.hash.slice(1).split("@")[0]);
  if (episodes.length === 1 && !library) return episodes[0].name;
  const found = episodes.find((episode) => episode.name === asked);
  if (found) return found.name;
  location.replace("/library");
  return new Promise(() => {});
}
