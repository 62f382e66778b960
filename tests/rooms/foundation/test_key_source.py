import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from chengxin.foundation import keyring
from chengxin.foundation.keyring import FileKeys, Keyring, current, forget, store


@pytest.fixture(autouse=True)
def _read_afresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("CHENGXIN_KEYS", raising=False)
    monkeypatch.delenv("CHENGXIN_KEYS_FILE", raising=False)
    forget()
    yield
    forget()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHENGXIN_KEYS_FILE", str(tmp_path / "keys.json"))
    return tmp_path / "keys.json"


def test_a_stored_keyring_is_ours_alone_and_comes_back(file: Path) -> None:
    ring = Keyring.create("sm")
    store(file, ring)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert current().content() == ring.content()
    assert current() is current()
    assert [entry.name for entry in file.parent.iterdir()] == ["keys.json"]


def test_storing_never_overwrites_by_mistake(file: Path) -> None:
    first, second = Keyring.create(), Keyring.create()
    store(file, first)
    with pytest.raises(FileExistsError):
        store(file, second)
    assert FileKeys(file).fetch() == first.content()
    store(file, second, replace=True)
    assert FileKeys(file).fetch() == second.content()
    assert [entry.name for entry in file.parent.iterdir()] == ["keys.json"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_file_that_others_may_read_is_refused_with_its_remedy(file: Path, mode: int) -> None:
    store(file, Keyring.create())
    file.chmod(mode)
    with pytest.raises(ImproperlyConfigured, match=rf"{file}.*chmod 600 {file}"):
        current()


@override_settings(CHENGXIN_PRACTICE=False)
def test_a_missing_file_is_named_with_its_remedy(file: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"{file}.*chengxin keys create"):
        current()
    assert not file.exists()


@override_settings(CHENGXIN_PRACTICE=False)
def test_in_earnest_nothing_is_made_up() -> None:
    with pytest.raises(ImproperlyConfigured, match="CHENGXIN_KEYS_FILE is not set"):
        current()


def test_a_spoilt_file_is_told_without_its_content(file: Path) -> None:
    store(file, Keyring.create())
    file.write_text(file.read_text().replace('"index"', '"secret-index"'))
    with pytest.raises(ImproperlyConfigured, match="exactly the parts") as told:
        current()
    assert "secret-index" not in str(told.value)


@override_settings(CHENGXIN_PRACTICE=True)
def test_a_practice_instance_makes_its_own_and_keeps_it(file: Path) -> None:
    made = current().content()
    forget()
    assert current().content() == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@override_settings(CHENGXIN_PRACTICE=True)
def test_processes_that_start_at_once_agree_on_one_keyring(file: Path) -> None:
    together, found = threading.Barrier(8), []

    def start() -> None:
        together.wait()
        found.append(keyring.source._provider().fetch())  # the part of `current` that is not remembered

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert set(found) == {file.read_text()}


def test_the_environment_can_hold_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = Keyring.create()
    monkeypatch.setenv("CHENGXIN_KEYS", ring.content())
    assert current().content() == ring.content()
    with pytest.raises(ImproperlyConfigured, match="CHENGXIN_NOTHING"):
        keyring.EnvironmentKeys("CHENGXIN_NOTHING").fetch()


class _Vault:
    ring = Keyring.create()

    def fetch(self) -> str:
        return self.ring.content()


@override_settings(CHENGXIN_KEY_PROVIDER=f"{__name__}._Vault")
def test_an_operator_can_name_a_provider_of_their_own() -> None:
    assert current().content() == _Vault.ring.content()
