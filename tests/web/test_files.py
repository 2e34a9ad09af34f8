"""Small files at fixed addresses."""

import json
import re
import struct
from pathlib import Path

from django.contrib.staticfiles import finders


def test_robots_stay_out_of_what_is_not_public(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in text
    assert "Disallow: /account/" in text


def test_the_manifest_names_icons_that_are_there(client):
    manifest = json.loads(client.get("/manifest.webmanifest").content)
    for icon in manifest["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        assert path, icon
        if icon["type"] == "image/png":
            width, height = struct.unpack(">II", Path(path).read_bytes()[16:24])
            assert icon["sizes"] == f"{width}x{height}"


def test_the_service_worker_keeps_the_shell_and_it_is_there(client, world):
    script = client.get("/sw.js").content.decode()
    shell = re.search(r"SHELL = \[(.*?)\]", script).group(1).replace('"', "").split(",")
    assert "/offline/" in shell
    assert all(finders.find(each.removeprefix("/static/")) for each in shell if each.startswith("/static/"))
    assert all(client.get(each).status_code == 200 for each in shell if not each.startswith("/static/"))


def test_the_service_worker_keeps_only_what_the_server_calls_public(client):
    script = client.get("/sw.js").content.decode()
    assert '.includes("public")' in script
    assert "desk" in script
