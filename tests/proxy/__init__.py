"""A proxy between client and sandbox that breaks requests and answers of its own accord, and what is tested with it."""
