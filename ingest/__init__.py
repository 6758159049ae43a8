"""The way in: adapters, reading sheets, normalising, checking, comparing, publishing; and the command line."""
