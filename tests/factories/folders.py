"""Folders of a conversation's files, as another platform would give them."""

from pathlib import Path

VOTES = """timestamp,datetime,comment-id,voter-id,vote
1500232652930,Mon Jul 17 02:17:32 WIB 2017,0,0,1
1500233625234,Mon Jul 17 02:33:45 WIB 2017,0,1,-1
1500233615246,Mon Jul 17 02:33:35 WIB 2017,1,0,0
1500233615338,Mon Jul 17 02:33:35 WIB 2017,1,0,1
"""
COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1500232652000,Mon Jul 17 02:17:32 WIB 2017,1,0,1,0,1,"Clean water, first of all."
1500232652001,Mon Jul 17 02:17:32 WIB 2017,0,9,1,1,0,"Two lines
of one statement"
1500232652002,Mon Jul 17 02:17:32 WIB 2017,2,1,0,0,-1,Ҳаво тоза бошад
"""
MATRIX = """participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1
1,,1,1,0,1,-1,
0,0,1,2,2,0,1,1
5,1,0,0,0,0,,
"""
FILES = {"votes.csv": VOTES, "comments.csv": COMMENTS, "participants-votes.csv": MATRIX}


def a_folder(at: Path, files: dict[str, str | bytes | None] | None = None, **named: str) -> Path:
    """The three files, with some of them changed (or left out by None)."""
    at.mkdir(parents=True, exist_ok=True)
    for name, content in {**FILES, **(files or {})}.items():
        if content is not None:
            (at / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return at
