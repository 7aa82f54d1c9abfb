"""The demonstration: a newsroom, some hundred and eighty fictional schools, and six editions of their ranking."""
