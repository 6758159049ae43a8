"""The pages (Jinja templates), a package so that they travel in the wheel; exchange.app loads them by this name."""
