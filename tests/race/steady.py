"""A process of ours that stays: it is told what to do line by line, on one base after another.

Starting Django takes longer than most of what is asked of it; so a module of tests keeps its processes, and gives each
test a base of its own. Words go in and answers come out as JSON, one line each.
"""

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

type Command = Callable[..., Any]


class Steady:
    """The side of the tests: one process, started when something is first asked of it and again after its death."""

    def __init__(self, module: str, start: Callable[[str], subprocess.Popen[str]]) -> None:
        self._module, self._start = module, start
        self._process: subprocess.Popen[str] | None = None

    @property
    def process(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._process = self._start(self._module)
        return self._process

    def tell(self, *words: Any) -> None:
        """Say what to do, and do not wait for it."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{json.dumps(words)}\n")
        self.process.stdin.flush()

    def hear(self) -> Any:
        """Its next answer; an AssertionError with what broke there when it could not do as told."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, f"{self._module} ended without an answer"
        said = json.loads(line)
        assert "broke" not in said, said["broke"]
        return said["answer"]

    def ask(self, *words: Any) -> Any:
        self.tell(*words)
        return self.hear()

    @contextmanager
    def on(self, url: str, folder: Path) -> Iterator[None]:
        """Let it work on this base, with this private folder; it lets go of both afterwards, if it is still there."""
        self.ask("use", url, str(folder))
        try:
            yield
        finally:
            if self._process is not None:
                self.ask("leave")

    def kill(self) -> int:
        """Kill it where it stands; with what it ended."""
        self.process.send_signal(signal.SIGKILL)
        return self._end()

    def stop(self) -> None:
        """Let it end by itself."""
        if self._process is not None:
            self._end()

    def _end(self) -> int:
        ending, self._process = self.process, None
        for pipe in (ending.stdin, ending.stdout):
            assert pipe is not None
            pipe.close()
        return ending.wait(timeout=60)


_answers: list[IO[str]] = []


def serve(commands: Mapping[str, Command]) -> None:
    """The side of the process: do each command as it comes, until nobody is there to say any."""
    _answers.append(os.fdopen(os.dup(sys.stdout.fileno()), "w"))
    # Whatever is printed on the way is no answer.
    sys.stdout = sys.stderr
    known = {"use": use, "leave": leave, **commands}
    for line in sys.stdin:
        verb, *arguments = json.loads(line)
        try:
            answer(known[verb](*arguments))
        except Exception:  # Whoever asked must read what it broke on, not wait for ever.
            _say({"broke": traceback.format_exc()})
    leave()


def answer(said: Any) -> None:
    """Answer now; a command that returns does so by returning."""
    _say({"answer": said})


def _say(line: dict[str, Any]) -> None:
    _answers[0].write(f"{json.dumps(line)}\n")
    _answers[0].flush()


def use(url: str, folder: str) -> None:
    """Work on this base from now on, and write files there alone."""
    import dj_database_url
    from django.conf import settings
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = dj_database_url.parse(url)["NAME"]
    private = Path(folder) / "private"
    (private / "uploads").mkdir(parents=True, exist_ok=True)
    settings.PRIVATE_DIR = settings.MEDIA_ROOT = private
    settings.FILE_UPLOAD_TEMP_DIR = private / "uploads"


def leave() -> None:
    """Hold nothing open."""
    from django.db import connection

    connection.close()
