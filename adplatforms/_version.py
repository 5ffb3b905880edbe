"""The only place of the version: setup.cfg, the User-Agent, `adplatforms --version` and the documentation read it."""

__all__ = ["__version__"]

__version__ = "0.2.0"
