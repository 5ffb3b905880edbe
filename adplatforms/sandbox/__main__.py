"""`python -m adplatforms.sandbox --port 8001 --db sandbox.db` runs a sandbox in the foreground."""

from __future__ import annotations

import argparse

from adplatforms.sandbox.foreground import serve


def main() -> None:
    """Reads the command line and serves."""
    parser = argparse.ArgumentParser(prog="python -m adplatforms.sandbox", description=serve.__doc__)
    parser.add_argument("--port", type=int, default=8001, help="TCP port, 0 for a free one (default 8001)")
    parser.add_argument("--db", metavar="FILE", help="SQLite file that keeps the data (default: memory)")
    options = parser.parse_args()
    serve(options.port, options.db)


if __name__ == "__main__":
    main()
