"""Commitments of all kinds, figures recorded by hand, sums per day, snapshots that can be checked"""

from collections import defaultdict

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import exchange.models.columns
from exchange.clock import local_day

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

_OF_NO_POSTING = sa.text('posting_id IS NULL')
_REJECTED = sa.text("outcome = 'rejected'")
_TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table('day_tally',
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('reason', _TEXT(length=24), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('direction', _TEXT(length=8), nullable=False),
    sa.Column('cluster', _TEXT(length=16), nullable=False),
    sa.Column('month', sa.Integer(), nullable=False),
    sa.Column('postings', sa.Integer(), nullable=False),
    sa.Column('openings', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('year', 'reason', 'day', 'direction', 'cluster', 'month'),
    sqlite_with_rowid=False,
    )
    op.create_table('figure',
    sa.Column('id', _TEXT(length=16), nullable=False),
    sa.Column('commitment', _TEXT(length=32), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('member', _TEXT(length=16), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False),
    sa.Column('corrects', _TEXT(length=16), nullable=True),
    sa.Column('actor', _TEXT(), nullable=False),
    sa.Column('organisation', _TEXT(), nullable=False),
    sa.Column('recorded_at', exchange.models.columns.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_figure_year', 'figure', ['year', 'commitment'], unique=False)
    with op.batch_alter_table('commitment', schema=None) as batch_op:
        for name, kind in (('counted_by', _TEXT(length=16)), ('scope', _TEXT(length=8))):
            default = {'counted_by': 'postings', 'scope': 'all'}[name]
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=default))
        for name in ('origin', 'lead', 'responsible', 'team'):
            batch_op.add_column(sa.Column(name, _TEXT(), nullable=False, server_default=''))
        for name in ('three_year_plan', 'year_plan', 'task_list'):
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('assumed', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('due_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('cluster_goals', sa.JSON(none_as_null=True), nullable=True))
    with op.batch_alter_table('pairing', schema=None) as batch_op:
        batch_op.alter_column('cluster', existing_type=_TEXT(length=16), nullable=True)
    with op.batch_alter_table('snapshot', schema=None) as batch_op:
        batch_op.add_column(sa.Column('digest', _TEXT(length=64), nullable=False, server_default=''))
    op.create_index('ix_event_settings', 'event', ['kind', 'sequence'], unique=False,
        sqlite_where=_OF_NO_POSTING, postgresql_where=_OF_NO_POSTING)
    op.create_index('ix_ledger_page_at', 'ledger_page', ['at'], unique=False)
    op.create_index('ix_record_rejected', 'record', ['batch_id', 'position'], unique=False,
        sqlite_where=_REJECTED, postgresql_where=_REJECTED)
    op.drop_index('ix_credit_year', 'credit')
    op.create_index('ix_credit_year', 'credit',
        ['year', 'reason', 'direction', 'cluster', 'posting_id', 'sign', 'openings'], unique=False)
    _sum_up_days()


def _sum_up_days() -> None:
    """From the credits that are there, by the local day of their events."""
    credit = sa.table('credit', *(sa.column(name) for name in (
        'sequence', 'year', 'reason', 'direction', 'cluster', 'month', 'sign', 'openings')))
    event = sa.table('event', sa.column('sequence'),
        sa.column('at', exchange.models.columns.UtcDateTime(timezone=True)))
    day_tally = sa.table('day_tally', sa.column('day', sa.Date()), *(sa.column(name) for name in (
        'year', 'reason', 'direction', 'cluster', 'month', 'postings', 'openings')))
    c = credit.c
    key = (c.year, c.reason, c.direction, c.cluster, c.month)
    query = (
        sa.select(event.c.at, *key, sa.func.sum(c.sign), sa.func.sum(c.sign * c.openings))
        .join_from(credit, event, event.c.sequence == c.sequence)
        .group_by(event.c.at, *key)
    )
    sums: dict[tuple, list[int]] = defaultdict(lambda: [0, 0])
    for at, year, reason, direction, cluster, month, postings, openings in op.get_bind().execute(query):
        total = sums[year, reason, local_day(at), direction, cluster, month]
        total[0] += postings
        total[1] += openings
    names = ('year', 'reason', 'day', 'direction', 'cluster', 'month', 'postings', 'openings')
    rows = [dict(zip(names, (*key, *total), strict=True)) for key, total in sums.items()]
    if rows:
        op.get_bind().execute(sa.insert(day_tally), rows)


def downgrade() -> None:
    op.drop_index('ix_credit_year', 'credit')
    op.create_index('ix_credit_year', 'credit', ['year', 'reason', 'direction', 'cluster'], unique=False)
    op.drop_index('ix_record_rejected', 'record')
    op.drop_index('ix_ledger_page_at', 'ledger_page')
    op.drop_index('ix_event_settings', 'event')
    with op.batch_alter_table('snapshot', schema=None) as batch_op:
        batch_op.drop_column('digest')
    with op.batch_alter_table('pairing', schema=None) as batch_op:
        batch_op.alter_column('cluster', existing_type=_TEXT(length=16), nullable=False)
    with op.batch_alter_table('commitment', schema=None) as batch_op:
        for name in ('cluster_goals', 'due_on', 'assumed', 'task_list', 'year_plan', 'three_year_plan', 'team',
                     'responsible', 'lead', 'origin', 'scope', 'counted_by'):
            batch_op.drop_column(name)
    op.drop_index('ix_figure_year', 'figure')
    op.drop_table('figure')
    op.drop_table('day_tally')
