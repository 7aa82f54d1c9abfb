/* Keyboard shortcuts of the desks: a letter presses the button that carries it in data-key.
   They do nothing in a field, with a modifier, or once turned off (WCAG 2.1.4); the choice is kept in this browser. */
const KEPT_UNDER = "palmares.keys";
const toggle = document.querySelector("[data-keys-switch]");
const box = toggle?.querySelector("input");
const root = document.documentElement;

function kept() {
  try {
    return localStorage.getItem(KEPT_UNDER);
  } catch {
    // A browser that forbids storage keeps the shortcuts on until the page closes.
    return null;
  }
}

function keep(value) {
  try {
    localStorage.setItem(KEPT_UNDER, value);
  } catch {
    // Nothing to keep it in: the choice holds for this page.
  }
}

let on = kept() !== "off";

function show() {
  root.dataset.keys = on ? "on" : "off";
  if (box) box.checked = on;
  for (const button of document.querySelectorAll("[data-key]")) {
    if (on) button.setAttribute("aria-keyshortcuts", button.dataset.key);
    else button.removeAttribute("aria-keyshortcuts");
  }
}

function inField(target) {
  return target instanceof Element && target.closest("input, select, textarea, [contenteditable], dialog") !== null;
}

document.addEventListener("keydown", (event) => {
  if (!on || event.repeat || event.ctrlKey || event.altKey || event.metaKey || inField(event.target)) return;
  const wanted = event.key.toUpperCase();
  const button = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key.toUpperCase() === wanted);
  if (!button || button.disabled || button.getAttribute("aria-disabled") === "true") return;
  event.preventDefault();
  button.click();
});

box?.addEventListener("change", () => {
  on = box.checked;
  keep(on ? "on" : "off");
  show();
});

if (toggle) toggle.hidden = false;
show();
