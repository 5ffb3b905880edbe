"""All operations of Pinterest's API v5 (description 5.23.0) as one table: what they take, and what they are.

``OPERATIONS["campaigns/list"]`` is an `Operation`; its `request` checks parameters and body and builds the call. The
table is `table.json`, one operation, parameter and type a line; it is read when the first operation is asked for.
"""

from .operation import Body, Operation, Param, Success
from .table import OPERATIONS, Operations

__all__ = ["OPERATIONS", "Body", "Operation", "Operations", "Param", "Success"]
