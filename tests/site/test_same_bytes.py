"""The same content gives the same site to the byte, on any machine of one date."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ..support.faults import tree
from ..support.odd import ASCII, oddly
from ..support.paths import SMALL
from ..support.project import copy_project


def test_two_sites_of_one_date_are_the_same_to_the_byte(tmp_path: Path) -> None:
    """Material, search index and sitemap included."""
    seconds = 1_700_000_000
    date = {"SOURCE_DATE_EPOCH": str(seconds)}
    circumstances = (
        (1, "022", {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "C.UTF-8"}),
        (2, "077", {"PYTHONHASHSEED": "2", "TZ": "Pacific/Pago_Pago", **ASCII}),
    )
    for seed, _, _ in circumstances:
        copy_project(tmp_path / str(seed), SMALL)

    def run(seed: int, umask: str, env: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
        return oddly(
            seed, umask, "mkdocs", "build", "--strict", cwd=tmp_path / str(seed), env={**env, **date, "PYTHONPATH": ""}
        )

    with ThreadPoolExecutor() as pool:
        for done in pool.map(run, *zip(*circumstances, strict=True)):
            assert done.returncode == 0, done.stderr
    first, second = (tree(tmp_path / str(seed) / "site") for seed, _, _ in circumstances)
    assert list(first) == list(second)
    assert [path for path in first if first[path] != second[path]] == []
    packed = first["sitemap.xml.gz"]
    assert packed
    assert int.from_bytes(packed[4:8], "little") == seconds - seconds % 86400  # the day, where gzip writes its date
