"""`python -m adplatforms` is the command `adplatforms`."""

import sys

from adplatforms.cli import main

sys.exit(main())
