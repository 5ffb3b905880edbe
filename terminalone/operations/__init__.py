"""T1's special calls, by the entity that has them: each builds its own form, sends one request and leaves the entity
savable, its version and unsaved changes kept. The classes here are the base classes of the entities in `models`."""
