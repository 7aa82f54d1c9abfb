"""The colours of the light pages, as tokens.css names them (a test compares)."""

PAPER = "#f6f6f3"
INK, INK_2 = "#1b1a29", "#55536a"
RULE = "#d5d2e2"
VIOLET = "#4a2a8a"
MARGIN = "#d0486a"
MARKER = "#ffe357"
