"""What the wheel carries and what it overlaps.

In: the wheel and the site-packages folder it was installed into. Out: exit 1 naming every fault.
"""

import sys
import zipfile
from importlib.metadata import distributions
from pathlib import Path

PACKAGES = ("config", "search", "exchange", "ingest", "templates")
CODE = {".py", ".pyc"}


def wheel_files(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def source_files(root: Path) -> set[str]:
    """Everything in our packages but what Python writes itself."""
    found = (path for package in PACKAGES for path in (root / package).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix() for path in found if "__pycache__" not in path.parts}


def overlaps(files: set[str], site: Path) -> list[str]:
    """Files that another distribution has installed as well."""
    others = (d for d in distributions(path=[str(site)]) if d.name != "guanshao")
    return [
        f"{file} is also {other.name}'s" for other in others for f in other.files or () if (file := str(f)) in files
    ]


def main() -> None:
    wheel, site = Path(sys.argv[1]), Path(sys.argv[2])
    files = wheel_files(wheel)
    expected = source_files(Path(__file__).resolve().parent.parent)
    faults = [f"missing from the wheel: {file}" for file in sorted(expected - files)]
    faults += [f"does not belong into the wheel: {file}" for file in sorted(files - expected)]
    faults += overlaps(files, site)
    data = [file for file in files if Path(file).suffix not in CODE]
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(1)
    print(f"wheel: {len(files)} files, {len(data)} of them data, none missing, none shared with a dependency, no tests")


if __name__ == "__main__":
    main()
