"""The public names of a `terminalone` package: of its modules, of T1, Report and every entity class."""

import importlib

MODULES = ("terminalone", "terminalone.models", "terminalone.errors", "terminalone.utils", "terminalone.utils.filters")


def public(thing):
    return {name for name in dir(thing) if not name.startswith("_")}


def surface():
    found = {name: sorted(public(importlib.import_module(name))) for name in MODULES}
    models = importlib.import_module("terminalone.models")
    classes = {name: getattr(models, name) for name in found["terminalone.models"]}
    classes = {name: thing for name, thing in classes.items() if isinstance(thing, type)}
    classes["T1"] = importlib.import_module("terminalone").T1
    classes["Report"] = importlib.import_module("terminalone.reports").Report
    return {**found, **{name: sorted(public(thing)) for name, thing in classes.items()}}
