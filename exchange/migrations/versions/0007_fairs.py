"""Fairs: what was planned, papers, exhibitors, the day's counts, results"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import exchange.models.columns

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('fair',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('organisation', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('cluster', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('organisers', sa.Text(), nullable=False),
    sa.Column('by_government', sa.Boolean(), nullable=False),
    sa.Column('online', sa.Boolean(), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('map_link', sa.Text(), nullable=False),
    sa.Column('meeting_link', sa.Text(), nullable=False),
    sa.Column('starts_at', exchange.models.columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ends_at', exchange.models.columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expected', sa.Integer(), nullable=False),
    sa.Column('contact', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('phone', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('notice', sa.Text(), nullable=False),
    sa.Column('licence_applied_on', sa.Date(), nullable=True),
    sa.Column('licence_number', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('planned_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('published_at', exchange.models.columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', exchange.models.columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('changed_at', exchange.models.columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('employers_held', sa.Integer(), nullable=True),
    sa.Column('postings_held', sa.Integer(), nullable=True),
    sa.Column('openings_held', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('fair', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fair_organisation'), ['organisation'], unique=False)
        batch_op.create_index('ix_fair_time', ['starts_at', 'state'], unique=False)
    op.create_table('exhibitor',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('fair_id', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('employer_id', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=True),
    sa.Column('booth', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('verified_at', exchange.models.columns.UtcDateTime(timezone=True), nullable=True),
    sa.Column('verified_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('exhibitor', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exhibitor_fair_id'), ['fair_id'], unique=False)
        batch_op.create_index('ix_exhibitor_name', ['fair_id', 'key'], unique=True)
    op.create_table('fair_document',
    sa.Column('fair_id', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('at', exchange.models.columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('actor', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], ),
    sa.PrimaryKeyConstraint('fair_id', 'digest', 'kind')
    )
    op.create_table('fair_left_out',
    sa.Column('fair_id', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('posting_id', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], ),
    sa.PrimaryKeyConstraint('fair_id', 'posting_id')
    )
    op.create_table('fair_result',
    sa.Column('fair_id', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('counted', sa.Integer(), nullable=False),
    sa.Column('reported', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], ),
    sa.PrimaryKeyConstraint('fair_id', 'kind')
    )
    op.create_table('fair_tally',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('fair_id', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('exhibitor_id', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('counted_at', exchange.models.columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('received_at', exchange.models.columns.UtcDateTime(timezone=True), nullable=False),
    sa.Column('actor', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['fair_id'], ['fair.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('fair_tally', schema=None) as batch_op:
        batch_op.create_index('ix_fair_tally_sum', ['fair_id', 'kind', 'exhibitor_id'], unique=False)


def downgrade() -> None:
    for table in ('fair_tally', 'fair_result', 'fair_left_out', 'fair_document', 'exhibitor', 'fair'):
        op.drop_table(table)
