"""流向: `dg-sg` (workplace in Dongguan), `sg-dg` (workplace in Shaoguan)."""

from config.words import Direction
from search.filters.coded import ListFilter

FILTER = ListFilter(
    "direction", "流向", "dg-sg: works in Dongguan; sg-dg: works in Shaoguan", "direction", "direction", Direction
)
