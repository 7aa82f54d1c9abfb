"""The engine from the shell: the only part of it that reads files and prints."""
