"""Settings and words of the trade: what every other package may read. Imports nothing of ours."""
