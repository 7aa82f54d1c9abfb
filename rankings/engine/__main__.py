"""`python -m rankings.engine`: the engine from the shell, without a database (docs/engine.md)."""

import sys

from rankings.engine.shell.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
