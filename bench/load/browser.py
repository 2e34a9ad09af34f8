"""As much of a browser as a voter needs: one kept connection, cookies, and the will to try again."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

GONE = (ConnectionError, asyncio.IncompleteReadError, TimeoutError, OSError)
TRIES = 300
PATIENCE = 10.0  # seconds until an answer is given up


@dataclass(slots=True)
class Answer:
    status: int
    body: bytes
    cookies: dict[str, str] = field(default_factory=dict)


class Line:
    """A connection to the pages, opened anew when it breaks."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Answer:
        """One request; raises one of GONE when the line breaks, and nobody knows whether it was heard."""
        try:
            async with asyncio.timeout(PATIENCE):
                if self.writer is None:
                    self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
                head = [f"{method} {path} HTTP/1.1", f"Host: localhost:{self.port}", f"Content-Length: {len(body)}"]
                head += [f"{name}: {value}" for name, value in headers.items()]
                self.writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
                return await self.answer()
        except GONE:
            self.hang_up()
            raise

    async def answer(self) -> Answer:
        assert self.reader is not None
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        length, cookies = 0, {}
        for line in head[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "content-length":
                length = int(value)
            elif name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                cookies[key] = rest.partition(";")[0]
        return Answer(int(head[0].split()[1]), await self.reader.readexactly(length), cookies)

    def hang_up(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


@dataclass(slots=True)
class Browser:
    """One voter's cookies on a line that voters share one after the other."""

    line: Line
    slug: str
    cookies: dict[str, str] = field(default_factory=dict)
    tries: int = 0  # requests that had to be sent again

    def headers(self, **more: str) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": cookies, "User-Agent": "load", **more} if cookies else {"User-Agent": "load", **more}

    async def insist(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Answer:
        """Ask until there is an answer that is not the server's own trouble."""
        told = ""
        for _ in range(TRIES):
            try:
                answer = await self.line.ask(method, path, headers, body)
                if answer.status < 500:
                    return answer
                told = f"{answer.status} {answer.body[:300]!r}"
            except GONE as gone:
                told = repr(gone)
            self.tries += 1
            await asyncio.sleep(0.1)
        raise RuntimeError(f"{method} {path} failed {TRIES} times, last: {told}")

    async def visit(self) -> None:
        """The page: it hands out the participant's key and the token of its forms."""
        path = f"/conversations/{self.slug}/"
        answer = await self.insist("GET", path, self.headers())
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        self.cookies |= answer.cookies

    async def vote(self, statement: int, value: int) -> None:
        """A vote as the page's script sends it; returns when the server has acknowledged it."""
        token = self.cookies["csrftoken"]
        headers = self.headers(**{
            "Accept": "application/json", "X-CSRFToken": token, "Content-Type": "application/x-www-form-urlencoded",
        })  # fmt: skip
        body = f"statement={statement}&value={value}".encode()
        answer = await self.insist("POST", f"/conversations/{self.slug}/vote/", headers, body)
        if answer.status != 200:
            raise RuntimeError(f"a vote was answered {answer.status}: {answer.body[:200]!r}")

    async def read_cards(self) -> None:
        await self.insist("GET", f"/conversations/{self.slug}/next/", self.headers())
