"""The tables of the school file, as TOML gives them: their fields, and what each may hold."""

from datetime import date, time
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from handlers.rules.people import Role


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _zone(name: str) -> str:
    if name not in available_timezones():
        message = "is not a time zone, such as Europe/London"
        raise ValueError(message)
    return name


def _no_number(given: object) -> object:
    """Of a number a validator makes seconds: `opens = 8.30` would be eight seconds past midnight."""
    return "" if isinstance(given, int | float) else given


def _on_any_day(given: time) -> time:
    if given.tzinfo is not None:
        message = "must be a time without a zone, such as 08:30:00"
        raise ValueError(message)
    return given


Day = Annotated[date, BeforeValidator(_no_number)]
Hour = Annotated[time, BeforeValidator(_no_number), AfterValidator(_on_any_day)]


class Identity(Table):
    key: str = Field(
        pattern=r"^[a-z0-9][a-z0-9-]*$", description="in small letters, figures and hyphens, such as kingfisher-academy"
    )
    name: str = Field(min_length=1)
    nation: Literal["England", "Wales", "Scotland", "Northern Ireland"] = "England"
    zone: Annotated[str, AfterValidator(_zone)] = "Europe/London"


class Hours(Table):
    opens: Hour
    closes: Hour


class Term(Table):
    first: Day
    last: Day


class Outside(Table):
    name: str = Field(min_length=1)
    telephone: str = Field(min_length=1)


class Daytime(Outside):
    """Children's social care of the local authority by day; out of its hours the outside contact is rung."""

    opens: Hour = time(9)
    closes: Hour = time(17)

    @model_validator(mode="after")
    def _opens_first(self) -> "Daytime":
        if self.opens >= self.closes:
            message = "opens too late: opens must be before closes"
            raise ValueError(message)
        return self


class Policy(Table):
    low_level_to_lead: bool = False
    head_is_proprietor: bool = False


class Slack(Table):
    team: str = Field(min_length=1)
    organisation: str = Field(
        default="", pattern=r"|E[A-Z0-9]{2,40}", description="the organisation's id: E, then capitals and figures"
    )
    leads_channel: str = ""


class Teams(Table):
    tenant: str = Field(min_length=1)
    team: str = ""
    leads_channel: str = ""
    service_url: str = ""


def _one_or_several(given: object) -> object:
    """A post alone may stand without brackets: `role = "lead"` as well as `role = ["lead", "head"]`."""
    return [given] if isinstance(given, str) else given


def _less_staff(roles: frozenset[Role]) -> frozenset[Role]:
    """Whoever holds a post is on the staff anyhow."""
    return roles - {Role.STAFF} or roles


class PersonRow(Table):
    key: str = Field(min_length=1)
    name: str = Field(min_length=1)
    roles: Annotated[frozenset[Role], BeforeValidator(_one_or_several), AfterValidator(_less_staff)] = Field(
        min_length=1, validation_alias=AliasChoices("role", "roles")
    )
    telephone: str = ""
    mail: str = ""
    department: str = Field(default="", max_length=60)
    tutor_of: str = Field(default="", max_length=60)
    children: tuple[str, ...] = ()
    slack: str = ""
    teams: str = ""


class PupilAccount(Table):
    slack: str = ""
    teams: str = ""


class File(Table):
    school: Identity
    hours: Hours
    terms: tuple[Term, ...] = Field(min_length=1)
    inset: tuple[Day, ...] = ()
    outside_contact: Outside
    local_authority: Daytime | None = None
    lado: Outside | None = None
    policy: Policy = Policy()
    slack: Slack | None = None
    teams: Teams | None = None
    people: tuple[PersonRow, ...] = Field(min_length=1)
    pupil_accounts: tuple[PupilAccount, ...] = ()
    pupils: str = ""
