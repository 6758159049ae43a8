"""Peers: other exchanges, what went to and fro, the daily comparison, and where an offer came from"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

import exchange.models.columns

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('offer', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('origin', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False, server_default='')
        )
        batch_op.drop_index('ix_offer_reference')
        batch_op.create_index('ix_offer_reference', ['source', 'reference', 'organisation'], unique=False)
    with op.batch_alter_table('posting', schema=None) as batch_op:
        batch_op.add_column(sa.Column('shared', sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table('peer',
    sa.Column('organisation', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.Column('pulled_at', exchange.models.columns.UtcDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('organisation')
    )
    op.create_table('peer_change',
    sa.Column('peer', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('side', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('sequence', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('posting_id', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('removed', sa.Boolean(), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('latest', sa.Boolean(), nullable=False),
    sa.Column('outcome', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('problems', sa.JSON(), nullable=False),
    sa.Column('batch_id', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('acknowledged', sa.Boolean(), nullable=False),
    sa.Column('at', exchange.models.columns.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('peer', 'side', 'sequence')
    )
    with op.batch_alter_table('peer_change', schema=None) as batch_op:
        batch_op.create_index('ix_peer_change_due', ['peer', 'side', 'acknowledged'], unique=False)
        batch_op.create_index('ix_peer_change_outcome', ['peer', 'side', 'outcome'], unique=False)
        batch_op.create_index('ix_peer_change_posting', ['peer', 'side', 'posting_id'], unique=False)
    op.create_table('peer_digest',
    sa.Column('peer', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('side', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('sequence', sa.BigInteger(), nullable=False),
    sa.Column('provided', sa.Integer(), nullable=False),
    sa.Column('provided_digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('held', sa.Integer(), nullable=True),
    sa.Column('held_digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('differences', sa.JSON(), nullable=False),
    sa.Column('at', exchange.models.columns.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('peer', 'side', 'day')
    )


def downgrade() -> None:
    for table in ('peer_digest', 'peer_change', 'peer'):
        op.drop_table(table)
    with op.batch_alter_table('posting', schema=None) as batch_op:
        batch_op.drop_column('shared')
    with op.batch_alter_table('offer', schema=None) as batch_op:
        batch_op.drop_index('ix_offer_reference')
        batch_op.create_index('ix_offer_reference', ['source', 'organisation', 'reference'], unique=False)
        batch_op.drop_column('origin')
