"""Input and output: HTTP, retries, limits, threads. The core says what to send, this sends it."""
