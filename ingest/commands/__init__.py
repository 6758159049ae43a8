"""The commands of `guanshao`, a few to a file. Each opens what it needs and prints what it found."""
