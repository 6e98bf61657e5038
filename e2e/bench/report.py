"""The report: Markdown tables between two marks of docs/benchmarks.md, and a plot beside it."""
import datetime
import os
import statistics
import subprocess

import machine
import peers

DOCUMENT = os.path.join(peers.ROOT, "docs", "benchmarks.md")
PLOT = os.path.join(peers.ROOT, "docs", "benchmarks.svg")
BEGIN, END = "<!-- ./pagecache bench writes from here -->", "<!-- to here -->"


def markdown(table):
    lines = [f"### {table.title}", "", table.notes, "", "| " + " | ".join(table.header) + " |", "|" + "---|" * len(table.header)]
    lines += ["| " + " | ".join(row) + " |" for row in table.rows]
    return "\n".join(lines) + "\n"


def write(run, tables):
    """Replaces what an earlier run wrote; says where."""
    with open(DOCUMENT) as document:
        text = document.read()
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    body = "\n\n".join([conditions(run), "![Hits per second beside the peers](benchmarks.svg)", *(markdown(table) for table in tables)])
    with open(DOCUMENT, "w") as document:
        document.write(f"{before}{BEGIN}\n\n{body}\n{END}{after}")
    hits = next((table for table in tables if table.title == "Cached hits"), None)
    if hits:
        with open(PLOT, "w") as plot:
            plot.write(bars(hits))
    print(f"Written: {os.path.relpath(DOCUMENT)}, {os.path.relpath(PLOT)}")


def conditions(run):
    versions = ", ".join(f"{name} {version}" for name, version in peers.versions().items())
    commit = subprocess.run(["git", "-C", peers.ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    return (
        f"{datetime.date.today().isoformat()}, commit {commit}, on {machine.description()}. Median [least–most] of {run.rounds} rounds of {run.seconds} s in which the "
        f"servers took turns; ratios are of one round. Servers on CPU {machine.SERVER_CPU} with one worker each (checked), generator and "
        f"origin on CPU {machine.GENERATOR_CPU}; each server's bytes compared first. {versions}; Pagecache on {java()} with Serial GC.")


def java():
    home = os.environ.get("JAVA_HOME", "")
    try:
        with open(os.path.join(home, "release")) as release:
            fields = dict(line.strip().split("=", 1) for line in release if "=" in line)
        return f"{fields.get('IMPLEMENTOR', 'JDK').strip(chr(34))} {fields['JAVA_VERSION'].strip(chr(34))}"
    except (OSError, KeyError):
        return "the JDK of the run"


def bars(table):
    """A bar for each row of the table of hits, by subject."""
    rows = [(row[0], row[1], float(row[2].split(" ")[0].replace(",", ""))) for row in table.rows]
    most = max(rate for _, _, rate in rows)
    line, left, width = 22, 250, 480
    parts, y, subject = [], 30, None
    for label, name, rate in rows:
        if label != subject:
            y += 14
            parts.append(f'<text x="10" y="{y + 10}" font-weight="bold">{label}</text>')
            y += line
            subject = label
        length = max(1, rate / most * width)
        colour = "#0b6e4f" if name == "Pagecache" else "#9aa5ad"
        parts.append(f'<text x="{left - 8}" y="{y + 12}" text-anchor="end">{name}</text>')
        parts.append(f'<rect x="{left}" y="{y}" width="{length:.0f}" height="{line - 6}" fill="{colour}"/>')
        parts.append(f'<text x="{left + length + 6:.0f}" y="{y + 12}">{rate / 1000:,.0f}k</text>')
        y += line
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + width + 70}" height="{y + 16}" font-family="sans-serif" font-size="13">'
        f'<rect width="100%" height="100%" fill="#ffffff"/><text x="10" y="24" font-size="16">Cached hits per second, one CPU</text>'
        + "".join(parts) + "</svg>\n")
