"""The list of pupils: every way an export goes wrong is a sentence with the line, without a name or a traceback."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.roll_file import MOST_SAID, RollFaulty, read_roll, strange
from handlers.rules.school import SchoolId

SCHOOL = SchoolId(UUID(int=7))
HEAD = "key,name,form,year"
ROWS = ("K1,Canary Alpha,7A,7", "K2,Canary Beta,7A,7", "K3,Canary Gamma,8B,8")
WHOLE = "\n".join((HEAD, *ROWS)) + "\n"


def roll(tmp_path: Path, content: str | bytes):
    file = tmp_path / "pupils.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_roll(file, SCHOOL)


def refused(tmp_path: Path, content: str | bytes) -> list[str]:
    with pytest.raises(RollFaulty) as fault:
        roll(tmp_path, content)
    assert "Canary" not in str(fault.value)
    assert "K1" not in str(fault.value)
    return str(fault.value).splitlines()


@pytest.mark.parametrize(
    "content",
    [
        WHOLE,
        WHOLE.replace("\n", "\r\n"),
        WHOLE.replace("\n", "\r"),
        WHOLE.rstrip("\n"),
        b"\xef\xbb\xbf" + WHOLE.encode(),
        WHOLE.replace(HEAD, " Key , NAME,Form,year "),
        WHOLE.replace(HEAD, "\n\n" + HEAD),
        WHOLE.replace("K2", "\n,,,\n  \nK2"),
        WHOLE.replace("K1,", "K1 ,").replace("K2,", "\xa0k2,").replace("K3,", "\uff2b\uff13,"),
        WHOLE.replace("Canary Alpha", '"Canary  Alpha "'),
        "name,extra,year,form,key\nCanary Alpha,x,7,7A,K1\nCanary Beta,,7,7A,K2\nCanary Gamma,,8,8B,K3",
    ],
    ids=[
        "plain", "windows", "old mac", "no last line break", "byte order mark", "headings in capitals and with spaces",
        "empty lines first", "empty lines between", "keys with spaces, small or full width", "quoted", "another order",
    ],
)  # fmt: skip
def test_what_is_the_same_roll_is_read_as_the_same(tmp_path, content):
    assert roll(tmp_path, content) == roll(tmp_path, WHOLE)


def test_flags_and_siblings_are_read_by_the_same_keys(tmp_path):
    one, two = roll(tmp_path, "key,name,form,year,flags,siblings\nK1,A,7A,7,EHCP; LAC,\nK2,B,7A,7,, k1 ;")
    assert (one.flags, two.siblings) == (("EHCP", "LAC"), (one.id,))


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("Canary Beta", '"Canary Beta', 3, "quote mark that is not closed"),
        ("Canary Beta", 'Canary "Beta', 3, "quote mark that stands alone"),
        ("Canary Beta", '"Canary" Beta', 3, "quote mark that is not closed"),
        ("Canary Beta", '"Canary\nBeta"', 3, "no cell may hold a line break"),
        ("Canary Beta", "Canary\0Beta", 3, "cannot be seen"),
        ("Canary Beta", "Canary\u200bBeta", 3, "cannot be seen"),
        ("Canary Beta", "Canary Beta\u202e", 3, "cannot be seen"),
        ("Canary Beta", "Canary\u3164Beta", 3, "cannot be seen"),
        ("K2", "K\u00ad2", 3, "cannot be seen, in the column key"),
        ("K2", "\ufeffK2", 3, "cannot be seen"),
        ("Canary Beta", "Canary Bet\ufffd", 3, "lost when it was saved"),
        ("Canary Beta", "Canary Zo\u00c3\u00ab", 3, "lost when it was saved"),
        ("Canary Beta", "x" * 10_000_000, 3, "longer than"),
        ("Canary Beta", "x" * 201, 3, "more than 200 characters, in the column name"),
        ("Canary Beta", "=HYPERLINK(A1)", 3, "formula"),
        ("K2", "=\"0002\"", 3, "formula"),
        ("K2", "#REF!", 3, "formula"),
        ("K2", "1.23E+12", 3, "shortened"),
        ("K2", "k1", 2, "stands twice, in the lines 2, 3"),
        ("K2", "K1 ", 2, "stands twice, in the lines 2, 3"),
        ("K2", "\uff2b\uff11", 2, "stands twice, in the lines 2, 3"),
        ("K2", "", 3, "no key or no name"),
        ("Canary Beta", " ", 3, "no key or no name"),
        ("Canary Beta", "-", 3, "no key or no name"),
        ("Canary Beta,7A,7", "Canary Beta,7A", 3, "has 3 cells, where the heading has 4"),
        ("Canary Beta,7A,7", "Canary Beta,7A,7,", 3, "has 5 cells, where the heading has 4"),
        ("Canary Beta,7A,7", "Beta, Canary,7A,7", 3, "has 5 cells"),
        ("K2", HEAD + "\nK2", 3, "is the heading again"),
        ("K2", "Key , Name,FORM,year\nK2", 3, "is the heading again"),
        ("K3", "3 rows exported\nK3", 4, "has 1 cells"),
        (HEAD, "key;name;form;year", 1, "semicolons"),
        (HEAD, "key\tname\tform\tyear", 1, "tabs"),
        (HEAD, "key,name,form", 1, "it lacks year"),
        (HEAD, "UPN,Surname,form,year", 1, "it lacks key, name"),
        (HEAD + "\n", "", 1, "it lacks key, name, form, year"),
        (HEAD, "key,name,form,year,KEY", 1, "the column key twice"),
    ],
)  # fmt: skip
def test_a_line_that_is_wrong_is_said_by_its_number(tmp_path, old, new, line, said):
    first, *_ = refused(tmp_path, WHOLE.replace(old, new, 1))
    assert first.startswith(f"pupils: line {line} of pupils.csv ")
    assert said in first


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n,,,\r\n", "is empty"),
        (HEAD.encode(), "a heading and no pupils"),
        (WHOLE.encode("utf-16"), "in UTF-16"),
        (WHOLE.encode("utf-16-le"), "line 1"),
        (WHOLE.replace("Beta", "Zoë").encode("cp1252"), "line 3 of pupils.csv holds a letter that is not in UTF-8"),
        (b"PK\x03\x04 a workbook", "is a workbook"),
        (b"<html><body>Sign in</body></html>", "it lacks key"),
    ],
    ids=["empty", "nothing in it", "heading alone", "utf-16", "unmarked utf-16", "windows-1252", "workbook", "a page"],
)
def test_a_file_that_is_no_roll_is_said_in_a_sentence(tmp_path, content, said):
    assert said in refused(tmp_path, content)[0]


def test_one_stray_quote_costs_one_line_and_not_all_that_follow(tmp_path):
    rows = [f"N{n},Canary Pupil,7A,7" for n in range(297)]
    rows[3] = rows[3].replace("Canary", '"Canary')
    said = refused(tmp_path, "\n".join((HEAD, *rows)))
    assert said == [
        "pupils: line 5 of pupils.csv has a quote mark that is not closed on that line (no cell may hold a line break)."
    ]


def test_of_many_wrong_lines_the_first_are_said_and_the_rest_are_counted(tmp_path):
    said = refused(tmp_path, "\n".join([HEAD, *["K1"] * 500]))
    assert len(said) == MOST_SAID + 1
    assert said[-1] == "pupils: 480 more faults in pupils.csv."


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=30), st.sampled_from([WHOLE.encode(), HEAD.encode(), b"\n", b'"', b","]))))
@example([b"\xff\xfe"])
def test_whatever_the_file_holds_it_is_a_roll_or_a_sentence(tmp_path_factory, pieces):
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(b"".join(pieces))
    found, said = (), "pupils: "
    try:
        found = read_roll(file, SCHOOL)
    except RollFaulty as fault:
        said = str(fault)
    assert all(line.startswith("pupils: ") for line in said.splitlines())
    assert len({pupil.id for pupil in found}) == len(found)
    assert all(pupil.name.strip() for pupil in found)


MORE = "key,name,form,year,preferred,date_of_birth,upn,address,parents"
PARTICULARS = "K1,Canary Alpha,7A,7,Al,4/5/2015,B801200005001,\"1 High St, Ely\",Ana CANARY 01632 960 001; Raj CANARY"


def test_what_letters_need_is_read_where_it_stands(tmp_path):
    (one,) = roll(tmp_path, f"{MORE}\n{PARTICULARS}")
    assert (one.preferred, one.born, one.upn) == ("Al", date(2015, 5, 4), "B801200005001")
    assert one.address == "1 High St, Ely"
    assert one.parents == ("Ana CANARY 01632 960 001", "Raj CANARY")
    assert not any(known in repr(one) for known in ("2015", "B801", "High", "CANARY"))


@pytest.mark.parametrize(
    "typed", ["2015-05-04", "04/05/2015", "4.5.15", "4 May 2015", "4th May 2015", "04-May-15", "2015-05-04 00:00:00"]
)
def test_a_date_of_birth_is_read_as_it_is_written(tmp_path, typed: str):
    (one,) = roll(tmp_path, f"{MORE}\nK1,A,7A,7,,{typed},,,")
    assert one.born == date(2015, 5, 4)


@pytest.mark.parametrize(
    ("column", "typed", "said"),
    [
        ("date_of_birth", "31/02/2015", "has a date of birth that is no date"),
        ("date_of_birth", "13/25/2015", "has a date of birth that is no date"),
        ("date_of_birth", "Canary", "has a date of birth that is no date"),
        ("date_of_birth", "42125", "has a date of birth that is no date"),
        ("date_of_birth", "1/1/2099", "has a date of birth that is still to come"),
        ("date_of_birth", "1/1/1900", "has a date of birth more than 30 years ago"),
        ("upn", "Q207000016049", "has a UPN whose check letter does not fit"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_said_by_its_line(tmp_path, column: str, typed: str, said: str):
    (line,) = refused(tmp_path, f"key,name,form,year,{column}\nK1,Canary Alpha,7A,7,{typed}")
    assert line.startswith(f"pupils: line 2 of pupils.csv {said}")


def test_two_children_cannot_have_one_upn(tmp_path):
    rows = "K1,Canary Alpha,7A,7,B801200005001\nK2,Canary Beta,7A,7,b801200005001"
    assert "a UPN that stands twice, in the lines 2, 3" in refused(tmp_path, f"key,name,form,year,upn\n{rows}")[0]


def test_a_key_that_is_a_upn_is_the_childs_upn(tmp_path):
    (one, two) = roll(tmp_path, "key,name,form,year\nP207000016049,A,7A,7\nK2,B,7A,7")
    assert (one.upn, two.upn) == ("P207000016049", "")
    assert strange([one, two]) == []
    assert strange([replace(one, upn="A999200005001")])[0].startswith("pupils: 1 UPN has an authority number not known")
