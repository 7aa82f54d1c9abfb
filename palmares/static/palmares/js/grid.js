/* In a grid the arrows go from case to case, to the first link of each; without this script Tab goes through them all. */
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function linkAt(row, column) {
  return row.cells[column]?.querySelector("a, button") ?? null;
}

function next(cell, [down, right]) {
  const rows = [...cell.closest("table").rows];
  let row = rows.indexOf(cell.parentElement);
  let column = cell.cellIndex;
  do {
    row += down;
    column += right;
    if (row < 0 || row >= rows.length || column < 0 || column >= rows[row].cells.length) return null;
  } while (!linkAt(rows[row], column) || (down && rows[row].cells.length !== cell.parentElement.cells.length));
  return linkAt(rows[row], column);
}

for (const table of document.querySelectorAll("[data-grid]")) {
  table.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const cell = event.target.closest("th, td");
    if (!step || !cell || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const link = next(cell, step);
    if (!link) return;
    event.preventDefault();
    link.focus();
  });
}
