"""Pagecache beside Varnish, nginx, HAProxy and Traffic Server, side by side on one machine.

Each server is pinned to one CPU, the generator and the origin to another. Servers take turns within each round, so that a slow
moment of the machine falls on all; the figure to quote is the ratio within a round, as median [least-most].

    bench.py                     everything, five rounds of three seconds; writes docs/benchmarks.md and its plot
    bench.py quick               hits of 1 and 16 KiB beside nginx and Varnish, printed only
    bench.py [quick] NAME...     the named scenarios, printed only

PAGECACHE_BENCH_ROUNDS: another number of rounds than five.
"""
import os
import sys

import machine
import peers
import report
import scenarios
from origin import Origin


def main():
    words = sys.argv[1:]
    quick = "quick" in words
    names = [word for word in words if word != "quick"]
    unknown = [name for name in names if name not in scenarios.ALL]
    if unknown:
        sys.exit(f"bench: '{unknown[0]}' is no scenario; there are {', '.join(scenarios.ALL)}")
    if os.cpu_count() < 2:
        sys.exit("bench: needs two CPUs, one for the servers and one for the load")
    os.sched_setaffinity(0, {machine.GENERATOR_CPU})
    machine.favour([os.getpid()])
    origin = Origin()
    site = peers.Site(origin.server_port)
    run = scenarios.Run(site, origin, rounds=int(os.environ.get("PAGECACHE_BENCH_ROUNDS", "5")), seconds=1 if quick else 3, quick=quick)
    wanted = names or (["hits"] if quick else list(scenarios.ALL))
    tables = []
    try:
        for name in wanted:
            table = scenarios.ALL[name](run)
            print("\n" + report.markdown(table), flush=True)
            tables.append(table)
    finally:
        site.close()
    if not names and not quick:
        report.write(run, tables)


if __name__ == "__main__":
    main()
