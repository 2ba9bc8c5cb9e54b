// A text field with line numbers, coloured words, and the place of a mistake marked in it.

import { FUNCTIONS, STARTS } from "./choices.js";

const KINDS = new Map([
  ...FUNCTIONS.map((name) => [name, "function"]),
  ...STARTS.map((name) => [name, "word"]),
]);
const PIECES = /(#.*$)|(\p{L}[\p{L}\p{N}_]*)|(\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?)/gu;

// Return {text, mark, changed}. `mark(place)` marks {line, column, length}, or nothing.
export function editorIn(field, numbers, marks) {
  let marked = null;

  function draw() {
    const lines = field.value.split("\n");
    const shown = document.createDocumentFragment();
    const counted = document.createDocumentFragment();
    lines.forEach((line, at) => {
      const here = marked && marked.line === at + 1 ? marked : null;
      drawLine(shown, line, here);
      shown.append("\n");
      const number = document.createElement(here ? "b" : "span");
      number.textContent = `${at + 1}\n`;
      counted.append(number);
    });
    marks.replaceChildren(shown);
    numbers.replaceChildren(counted);
    follow();
  }

  function follow() {
    marks.scrollTop = numbers.scrollTop = field.scrollTop;
    marks.scrollLeft = field.scrollLeft;
  }

  field.addEventListener("scroll", follow);
  field.addEventListener("input", () => {
    marked = null;
    draw();
  });
  draw();
  return {
    get text() { return field.value; },
    set text(text) {
      if (field.value !== text) field.value = text;
      marked = null;
      draw();
    },
    mark(place) {
      marked = place;
      draw();
    },
  };
}

// Columns count characters from 1, as graphgrad does; a place of no length is drawn one wide.
function drawLine(shown, line, place) {
  if (!place) return colour(shown, line);
  const letters = Array.from(line);
  const from = Math.max(0, Math.min((place.column || 1) - 1, letters.length));
  const to = from + Math.max(1, place.length || 1);
  colour(shown, letters.slice(0, from).join(""));
  const mark = document.createElement("mark");
  mark.textContent = letters.slice(from, to).join("") || " ";
  shown.append(mark);
  colour(shown, letters.slice(to).join(""));
}

function colour(shown, line) {
  let end = 0;
  for (const piece of line.matchAll(PIECES)) {
    const [whole, comment, word] = piece;
    const kind = comment ? "comment" : word ? KINDS.get(word) : "number";
    shown.append(line.slice(end, piece.index));
    end = piece.index + whole.length;
    if (!kind) shown.append(whole);
    else {
      const part = document.createElement("span");
      part.className = kind;
      part.textContent = whole;
      shown.append(part);
    }
  }
  shown.append(line.slice(end));
}
