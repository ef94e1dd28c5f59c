"""Measure the guard: `python -m tests.wording.bench`. Prints milliseconds and megabytes, asserts nothing.

Not allowed here: a note that is not invented.
"""

import subprocess
import sys
import time
from collections.abc import Callable

from handlers.wording.guard import Field, check
from tests.wording import corpus

LONGEST, WORDS = 500, 200
"""Characters of a short note; words of a long account."""
HOSTILE_SIZE = 20_000
LOADING = """
import dataclasses, enum, functools, importlib.resources, json, re, resource, time, tomllib, typing
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
from handlers.wording.guard import Field, check
for field in Field:
    check(field, "He was crying and his brothr said so", year="Y3")
print((time.process_time() - start) * 1000, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


_NO_DIGITS = str.maketrans("0123456789", "ghijklmnop")


def hostile() -> dict[str, str]:
    """Texts of 20,000 characters made to be slow to read."""
    whole: dict[str, Callable[[int], str]] = {
        "spaces": lambda size: " " * size,
        "double quotes": lambda size: '"' * size,
        "single quotes": lambda size: "'" * size,
        "quotes and letters": lambda size: "'a \"b " * (size // 6),
        "open quotes": lambda size: "“a " * (size // 3),
        "one letter": lambda size: "a" * size,
        "letters": lambda size: "a " * (size // 2),
        "one word": lambda size: "always " * (size // 7),
        "i think he": lambda size: "i think he " * (size // 11),
        "unknown words": lambda size: " ".join(f"wxq{at:x}z".translate(_NO_DIGITS) for at in range(size // 8)),
        "no punctuation": lambda size: "he said that she told him mum was never there and " * (size // 50),
        "commas": lambda size: "," * size,
        "full stops": lambda size: ". " * (size // 2),
        "newlines": lambda size: "\n" * size,
        "combining marks": lambda size: "e\u0301" * (size // 2),
        "numbers": lambda size: "1.2:3/" * (size // 6),
        "nested quotes": lambda size: "“‘" * (size // 4) + "’”" * (size // 4),
        "names": lambda size: "Aaa " * (size // 4),
        "told": lambda size: "he told, " * (size // 9),
    }
    return {name: make(HOSTILE_SIZE)[:HOSTILE_SIZE] for name, make in whole.items()}


def timed(field: Field, text: str, year: str = "") -> float:
    """Milliseconds of processor time of one check: what it costs, not what else the machine was doing."""
    start = time.process_time()
    check(field, text, year=year)
    return (time.process_time() - start) * 1000


def accounts(field: str) -> list[str]:
    """Accounts of WORDS words each, the notes of a field one after another."""
    words = [word for note in corpus.notes(field) for word in note.text.split()]
    return [" ".join(words[at : at + WORDS]) for at in range(0, len(words) - WORDS, WORDS)]


def main() -> None:
    """Every figure of the README."""
    loads = sorted(_load() for _ in range(5))
    print(f"load and first check: {loads[2][0]:.0f} ms, memory added {loads[2][1]:.1f} MB (median of 5 processes)")
    for field in corpus.FIELDS:
        short = [note for note in corpus.notes(field) if len(note.text) <= LONGEST]
        times = sorted(timed(field, note.text, note.year) for _ in range(5) for note in short)
        p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
        print(f"{field}: p50 {p50:.3f} ms, p99 {p99:.3f} ms, {len(short)} notes of at most {LONGEST} characters")
        long = accounts(field)
        times = sorted(timed(field, text, "Y3") for _ in range(5) for text in long)
        p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
        print(f"{field}: p50 {p50:.3f} ms, p99 {p99:.3f} ms, {len(long)} accounts of {WORDS} words")
    slow = {name: _best_times(text) for name, text in hostile().items()}
    for name, its in slow.items():
        print(f"  {name}: " + ", ".join(f"{field} {time_:.1f}" for field, time_ in its.items()))
    worst = max((time_, name, field) for name, its in slow.items() for field, time_ in its.items())
    print(f"{HOSTILE_SIZE} hostile characters: worst {worst[0]:.1f} ms ({worst[1]}, {worst[2]})")


def _best_times(text: str) -> dict[Field, float]:
    """The best of five: what the guard costs, not what else the machine was doing."""
    return {field: min(timed(field, text, "Y3") for _ in range(5)) for field in Field}


def _load() -> tuple[float, float]:
    out = subprocess.run([sys.executable, "-c", LOADING], capture_output=True, text=True, check=True).stdout.split()
    return float(out[0]), float(out[1])


if __name__ == "__main__":
    main()
