"""What every test stands on: no network but this machine's own, and a second round on PostgreSQL (tests/run)."""

import ipaddress
import socket

import pytest

DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_addoption(parser):
    parser.addoption("--database-only", action="store_true", help="run only the tests that touch the database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """The second round leaves out what another database cannot change."""
    if not config.getoption("--database-only"):
        return
    kept = [item for item in items if touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def touches_database(item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(DATABASE & set(getattr(item, "fixturenames", ())))


def is_here(address) -> bool:
    """Whether an address of socket.connect stays on this machine."""
    if not isinstance(address, tuple):
        return True  # a Unix socket
    try:
        return ipaddress.ip_address(address[0].split("%")[0]).is_loopback
    except ValueError:
        return address[0] == "localhost"


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """A test that reaches out fails: it would tell someone, and it would depend on them."""
    with pytest.MonkeyPatch.context() as patch:
        for method in ("connect", "connect_ex"):
            patch.setattr(socket.socket, method, only_here(getattr(socket.socket, method)))
        yield


def only_here(connect):
    def connect_here(self, address, *rest):
        if not is_here(address):
            raise AssertionError(f"a test tried to reach {address}")
        return connect(self, address, *rest)

    return connect_here


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Threads of tests that ended (live streams, acts at once) may have left connections on PostgreSQL, which then
    refuses to drop the test database."""
    from django.db import connection

    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def empty_cache():
    """Rows get the same numbers again in the next test; what a cache knows about them must not stay."""
    from django.core.cache import cache

    yield
    cache.clear()


@pytest.fixture
def world(db):
    """The places most tests need: the world, the region, two countries and a subdivision."""
    from tests.factories.places import a_small_world

    return a_small_world()
