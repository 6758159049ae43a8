"""Start the installed `guanshao run --sample` in a folder full of traps and wait until the sample is published.

In: path of the installed command. Out: exit 1 with the log of the run when it does not start, fill and stop cleanly.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

TRAPS = ("config", "search", "templates", "exchange", "ingest")
PATIENCE = 180  # seconds until the sample must be there
LEAST_POSTINGS = 300
STOPPED_BY_US = {0, -signal.SIGTERM, 128 + signal.SIGTERM}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def set_traps(folder: Path) -> None:
    for name in TRAPS:
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(f"raise RuntimeError('the wrong {name} was imported')\n")
        (folder / name / "settings.toml").write_text("this is = not toml = at all\n")


def environment(data: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GUANSHAO_") and not k.startswith("PYTHON")}
    return kept | {"GUANSHAO_DATA": str(data), "GUANSHAO_DEMONSTRATION_PORT": str(free_port())}


def answer(url: str) -> dict[str, object]:
    with urlopen(url, timeout=5) as response:
        content = json.load(response)
    assert isinstance(content, dict)
    return content


def wait_for_sample(process: subprocess.Popen[bytes], port: int) -> int:
    """Number of postings once there are enough; raises RuntimeError when they do not come."""
    base, end, seen = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE, 0
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"it ended by itself with {process.returncode}")
        try:
            answer(f"{base}/healthz")
            seen = int(str(answer(f"{base}/api/v1/postings")["total"]))
        except (URLError, ConnectionError, TimeoutError):
            seen = 0
        if seen > LEAST_POSTINGS:
            return seen
        time.sleep(0.5)
    raise RuntimeError(f"{seen} postings after {PATIENCE} s, more than {LEAST_POSTINGS} expected")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    if process.wait(timeout=30) not in STOPPED_BY_US:
        raise RuntimeError(f"it did not stop cleanly: {process.returncode}")


def run_among_traps(command: str, folder: Path) -> None:
    set_traps(folder)
    env, port = environment(folder / "data"), free_port()
    subprocess.run([command, "--help"], cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)
    with (folder / "run.log").open("wb") as log:
        started = time.monotonic()
        arguments = [command, "run", "--sample", "--port", str(port)]
        process = subprocess.Popen(arguments, cwd=folder, env=env, stdout=log, stderr=subprocess.STDOUT)
        try:
            seen = wait_for_sample(process, port)
            took = time.monotonic() - started
            print(f"among other folders named {', '.join(TRAPS)}: {seen} postings {took:.1f} s after the start")
            stop(process)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            run_among_traps(sys.argv[1], folder)
        except (RuntimeError, subprocess.SubprocessError) as error:
            log = folder / "run.log"
            sys.exit(f"{error}\n{log.read_text(errors='replace')[-5000:] if log.exists() else ''}")


if __name__ == "__main__":
    main()
