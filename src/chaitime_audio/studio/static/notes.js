// What the studio has to say of the episode: corrections that were not made, what only a person can say.

export class Notes {
  constructor(talk) {
    this.talk = talk;
    this.room = document.getElementById("notes");
  }

  draw() {
    const { notes } = this.talk;
    this.room.hidden = !notes.length;
    this.room.querySelector("summary").textContent = notes.length === 1 ? "1 thing to know" : `${notes.length} things to know`;
    this.room.querySelector("ul").replaceChildren(...notes.map((note) => {
      const line = document.createElement("li");
      line.textContent = note;
      return line;
    }));
  }
}
