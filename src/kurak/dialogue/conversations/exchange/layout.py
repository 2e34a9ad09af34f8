"""The files of a conversation: names, columns, and how a cell is kept from being run as a formula. Loads no Django."""

from __future__ import annotations

import re

VOTES, COMMENTS, MATRIX, SUMMARY = "votes.csv", "comments.csv", "participants-votes.csv", "summary.csv"
PARTICIPANTS, STATEMENTS, CONVERSATION, READ_ME = (
    "participants.csv",
    "statements.json",
    "conversation.json",
    "README.txt",
)
STATISTICS, GROUPS, FINDINGS, DESCRIPTOR = "statistics.csv", "groups.csv", "findings.csv", "datapackage.json"  # package
KNOWN = (VOTES, COMMENTS, MATRIX, SUMMARY, PARTICIPANTS, STATEMENTS, CONVERSATION)

# The openData layout, in the order of its own files.
COLUMNS = {
    VOTES: ("timestamp", "datetime", "comment-id", "voter-id", "vote"),
    COMMENTS: (
        "timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body",
    ),
    MATRIX: ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"),
    PARTICIPANTS: ("participant", "excluded"),
}  # fmt: skip
MATTERS = "matters"  # our own column of votes.csv: the voter marked the statement as important
REQUIRED = {
    VOTES: ("comment-id", "voter-id", "vote"),
    COMMENTS: ("comment-id", "comment-body"),
    MATRIX: ("participant",),
    PARTICIPANTS: ("participant",),
}
ABOUT = ("country", "generation", "gender", "settlement")  # read from participants.csv, never written to it

FORMULA = re.compile(r"'*[=+\-@\t\r]")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def guarded(text: str) -> str:
    """A text that a spreadsheet will not run: an apostrophe before what looks like a formula.

    >>> guarded("=1+1"), guarded("-1"), guarded("-1 is too low"), guarded("water")
    ("'=1+1", '-1', "'-1 is too low", 'water')
    """
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """What stood before the guard.

    >>> unguarded(guarded("'=1+1")), unguarded("'s is not a formula")
    ("'=1+1", "'s is not a formula")
    """
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def made_safe(cell: str) -> str:
    """A cell of a source as it is, unless a spreadsheet would run it.

    >>> made_safe("=1+1"), made_safe("'=1+1"), made_safe("-7")
    ("'=1+1", "'=1+1", '-7')
    """
    return cell if cell.startswith("'") else guarded(cell)
