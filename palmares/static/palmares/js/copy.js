/* A button beside each fact that copies its mark. Without this script a double click selects the mark whole. */
for (const mark of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "gh copy";
  button.textContent = mark.dataset.copy;
  button.setAttribute("aria-label", `${mark.dataset.copy} ${mark.textContent}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(mark.textContent);
      button.textContent = mark.dataset.copied;
    } catch {
      // A browser that forbids the clipboard: the mark is selected instead, ready for Ctrl+C.
      getSelection().selectAllChildren(mark);
    }
  });
  mark.after(button);
}
