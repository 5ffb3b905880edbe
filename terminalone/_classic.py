"""Notices the classic SDK next to this package: both are a folder `terminalone`, and installers do not know that."""

import warnings
from pathlib import Path

from adplatforms.core.errors import AdPlatformsWarning

__all__ = ["warn_of_the_classic_sdk"]


def warn_of_the_classic_sdk(site_packages: Path) -> None:
    """Warns when the classic distribution, `TerminalOne`, is installed in the folder that holds this package.

    Whichever was installed later has overwritten files of the other; removing or updating `TerminalOne` removes files
    of this package.
    """
    try:
        names = [path.name for path in site_packages.iterdir()]
    except OSError:  # a zip file, or a folder that cannot be listed: then nothing is known
        return
    endings = (".dist-info", ".egg-info")
    found = sorted(name for name in names if name.lower().startswith("terminalone-") and name.endswith(endings))
    if found:
        warnings.warn(
            f"the classic SDK is installed next to this package ({site_packages / found[0]}), and both are the folder"
            " `terminalone`: installing, updating or removing one breaks the other. Run `pip uninstall TerminalOne`,"
            " then `pip install --force-reinstall --no-deps adplatforms`",
            AdPlatformsWarning,
            stacklevel=3,
        )
