"""How an organisation wants a heading of its sheets to be understood, remembered for the layout it chose it in."""

from sqlmodel import Field, SQLModel


class HeadingChoice(SQLModel, table=True):
    __tablename__ = "heading_choice"

    organisation: str = Field(primary_key=True, max_length=32)
    layout: str = Field(primary_key=True, max_length=64)  # signature of the headings of one sheet
    heading: str = Field(primary_key=True)  # as written
    field: str = Field(max_length=32)
