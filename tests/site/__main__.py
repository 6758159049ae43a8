"""`make sources`: the stand-in site for trying sources by hand. Ctrl-C ends it.

In: --host is always this machine; --port, --seed, --jobs. Out: its addresses, one with its use a line; then it serves.
"""

import argparse
import sys
import time
from datetime import date

from tests.site.front import lines
from tests.site.site import Site
from tests.site.world import World

PORT = 8790


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.site", description="替身站点：供试验来源设置用")
    parser.add_argument("--port", type=int, default=PORT, help=f"端口，默认 {PORT}")
    parser.add_argument("--seed", type=int, default=1, help="换一个数字就换一批岗位")
    parser.add_argument("--jobs", type=int, default=60, help="每个渠道开始时有多少个岗位")
    chosen = parser.parse_args(arguments)
    try:
        site = Site(World(chosen.seed, chosen.jobs, date.today()), chosen.port)
    except OSError as fault:
        print(f"端口 {chosen.port} 打不开（{fault.strerror}），请换一个：make sources PORT=8795", file=sys.stderr)
        return 1
    with site:
        print("\n".join(lines(site.address)), flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            return 0


if __name__ == "__main__":
    sys.exit(main())
