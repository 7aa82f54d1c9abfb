/* Opening the reason of a rejection puts the cursor in it; without this script one more Tab does. */
for (const fold of document.querySelectorAll("details.rej-fold")) {
  fold.addEventListener("toggle", () => {
    if (fold.open) fold.querySelector("textarea")?.focus();
  });
}
