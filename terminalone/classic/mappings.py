"""The classic SDK's tables of classes, by the names of collections and of single records."""

from __future__ import annotations

from typing import Any

from .. import models
from ..entities.base import T1Entity
from ..reports import Report
from ..routes import CHILDREN

__all__ = ["CHILD_PATHS", "CLASSES", "COLLECTIONS", "MODEL_PATHS", "SINGULAR"]

_DECLARED: list[Any] = [
    model
    for name in models.__all__
    if (model := getattr(models, name)) is not T1Entity and model.collection and model.resource != "acl"
]

CLASSES: dict[str, Any] = {model.collection: model for model in _DECLARED} | {"reports": Report}
"""The class of a collection: ``CLASSES["campaigns"]``."""
SINGULAR: dict[str, Any] = {model.resource: model for model in _DECLARED} | {"report": Report}
"""The class of a single record: ``SINGULAR["campaign"]``."""
MODEL_PATHS: dict[Any, str] = {model: name for name, model in CLASSES.items()}
"""The collection of a class."""
COLLECTIONS: dict[str, str] = {model.resource: model.collection for model in _DECLARED} | {"acl": "acl"}
"""The collection of a type: ``t1mappings_noclassdef.SINGULAR`` of the classic SDK."""
CHILD_PATHS: dict[str, tuple[str, int]] = {name: (path, number or 0) for name, (path, number) in CHILDREN.items()}
"""The path of a child collection, and the number of a target dimension or 0."""
