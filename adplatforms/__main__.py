"""`python -m adplatforms` is the command `adplatforms`."""

import sys

from adplatforms.cli import main

if __name__ == "__main__":
    sys.exit(main())
