"""The Workflows API, through which campaigns and ad groups are written and jobs are run.

`operations` has its 18 calls, `body` puts typed properties into them, `write` chooses the call and `read` reads the
answers.
"""
