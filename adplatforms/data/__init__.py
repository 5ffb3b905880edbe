"""Rows out: the entities of queries as files."""
