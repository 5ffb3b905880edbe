"""Pinterest's API v5 on the entity model of `adplatforms`."""

__all__: list[str] = []
