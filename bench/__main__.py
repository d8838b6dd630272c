"""make bench: prints the figures of this machine, now."""

import asyncio
import sys

from bench import answers, room
from bot.logs import set_up_logging


def main() -> None:
    set_up_logging("ERROR")
    for figures in (answers.figures("NORMAL"), answers.figures("FULL"), room.figures()):
        sys.stdout.write("\n".join(asyncio.run(figures)) + "\n")


if __name__ == "__main__":
    main()
