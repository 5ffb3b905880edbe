"""What scripts and packages written for the classic SDK reach for beyond its public API: thin adapters.

The classic SDK's modules `config`, `connection`, `entity`, `jsonparser`, `xmlparser` and `t1mappings`, and its private
methods and attributes, with their classic results. The modules of those names beside this folder hand on what is here,
and new programs need none of it. Source: collections.json; the classic SDK 1.9.20.
"""
