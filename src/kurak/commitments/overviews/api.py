"""The region and its countries in the API."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Field, Router, Schema

from kurak.commitments.agendas.queries import agenda_called
from kurak.commitments.overviews import queries

router = Router(tags=["commitments"])


class TallyOut(Schema):
    n: int
    kept: int = Field(description="ended with the whole promise kept")
    open: int
    ended: int = Field(description="ended otherwise than kept")
    unknown: int = Field(description="whose status says nothing")
    late: int = Field(description="open, and their day has passed")


class CountryOut(Schema):
    place: str
    commitments: TallyOut
    treaties: int = Field(description="conventions that the state is party to")
    compared: int = Field(description="things on which the state and civil society can be compared")
    gap: float | None = Field(description="median of state minus civil society, -1 to 1")
    wide: int = Field(description="gaps of half the ladder or more")


@router.get("/countries", response=list[CountryOut], summary="The countries side by side, over all agendas or one")
def countries(request: HttpRequest, agenda: str = "") -> list[CountryOut]:
    chosen = agenda_called(agenda) if agenda else None
    return [
        CountryOut(
            place=each.place.code,
            commitments=TallyOut.model_validate(each.tally, from_attributes=True),
            treaties=each.treaties,
            compared=each.compared,
            gap=each.middle,
            wide=each.wide,
        )
        for each in queries.region(chosen)
    ]
