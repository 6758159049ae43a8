"""The databases that tests get: empty, of both kinds, each test its own."""

import sqlalchemy


def _leave_a_table(url: str) -> str:
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE left_behind (id INTEGER)"))
        name = connection.dialect.name
    engine.dispose()
    return name


def test_a_database_of_each_kind_is_empty(database_url: str) -> None:
    assert _leave_a_table(database_url) == database_url.split(":")[0].split("+")[0]


def test_no_test_sees_the_tables_of_another(database_url: str) -> None:
    _leave_a_table(database_url)
