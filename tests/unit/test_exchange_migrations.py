"""Opening a store looks at one number instead of reading Alembic; it must be the number that Alembic would find."""

from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text

import exchange
from exchange.store.database import Store
from exchange.store.setup import migrate, newest_revision


def alembics_head() -> str | None:
    config = Config()
    config.set_main_option("script_location", str(Path(exchange.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config).get_current_head()


def test_the_newest_revision_is_the_head() -> None:
    assert newest_revision() == alembics_head()


def test_a_migrated_store_is_at_it_and_is_left_alone(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'guanshao.db'}")
    for _ in range(2):
        migrate(store)
        with store.engine.connect() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [
                newest_revision()
            ]
    store.close()
