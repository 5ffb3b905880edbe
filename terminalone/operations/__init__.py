"""The extra operations of T1's entities, as the base classes of those in `entities`.

Each operation builds its own form, sends one request and leaves the entity savable, its version and unsaved changes
kept.
"""
