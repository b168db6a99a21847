// Talks to the studio's server. A change is JSON and carries what was seen; nothing changes by GET.

export class Refused extends Error {
  constructor(status, answer) {
    super(answer.problem || `the studio answered ${status}`);
    this.status = status;
    this.answer = answer;
  }
}

async function asked(path, options) {
  const response = await fetch(path, { cache: "no-store", ...options });
  const answer = response.headers.get("content-type")?.startsWith("application/json")
    ? await response.json()
    : { problem: (await response.text()).trim() };
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}

export const read = (path) => asked(path);

// Which page this is, so that it needs not be told of its own changes.
export const page = crypto.randomUUID();

export const change = (path, value) =>
  asked(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...value, page }),
  });

// Tells the server that a page is open, and the page what happens elsewhere.
export function listen(handlers) {
  const events = new EventSource("/api/events");
  for (const [name, handler] of Object.entries(handlers)) {
    events.addEventListener(name, (event) => handler(JSON.parse(event.data)));
  }
  return events;
}
