"""Compares the graph of a report with a drawing that was made by hand from the code: mermaid blocks, one per heading.

Every drawn place must be a node (or a finding) on its line, every drawn edge must be a directed way in our graph, and nothing may
lead from one key's account to a place that is drawn under another key only. A drawn `guess` has no edge in the code: there both
ends must have the same lineage.
"""
import collections
import itertools
import re

NODE = re.compile(r'^\s*(\w+)\["(.*?)"\]')
EDGE = re.compile(r"^\s*(\w+) -->\|(\w+)\| (\w+)")


def drawn(drawing):
    """{key: ({node: label}, [(from, kind, to)])} of the mermaid blocks, one per heading."""
    graphs, key, inside = {}, None, False
    for line in drawing.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            key = line[3:].strip()
        elif line.startswith("```"):
            inside = line.startswith("```mermaid")
            if inside:
                graphs[key] = ({}, [])
        elif inside and (match := NODE.match(line)):
            graphs[key][0][match[1]] = match[2]
        elif inside and (match := EDGE.match(line)):
            graphs[key][1].append((match[1], match[2], match[3]))
    return graphs


def compare(report, folder, drawing):
    """Problems, and the number of drawn edges; the report's paths are below `folder`."""
    nodes, edges = report["graph"]["nodes"], report["graph"]["edges"]
    by_place, by_name = collections.defaultdict(set), collections.defaultdict(set)
    for index, node in enumerate(nodes):
        if node["path"]:
            before = (folder / node["path"]).read_bytes()[: node["span"][0]]
            by_place[node["path"], before.count(b"\n") + 1].add(index)
        space, _, rest = node["name"].partition(":")
        by_name[space, rest.rpartition(":")[2]].add(index)
    lineage_at = collections.defaultdict(set)
    for finding in report["findings"]:
        for line in range(finding["start"]["line"], finding["end"]["line"] + 1):
            lineage_at[finding["path"], line].update(finding["lineages"])
    following = collections.defaultdict(set)
    for edge in edges:
        following[edge["from"]].add(edge["to"])

    def ours(label):
        text, _, place = label.rpartition("<br/>")
        path, _, line = place.rpartition(":")
        if text and line.isdigit():
            near = {i for delta in (0, 1, -1) for i in by_place[path, int(line) + delta]}
            return near, (path, int(line))
        kind, _, name = label.rpartition(" ")
        return by_name["env" if kind == "environment" else "pipeline", name], None

    def reached(starts):
        seen, pending = set(starts), list(starts)
        while pending:
            for to in following[pending.pop()] - seen:
                seen.add(to)
                pending.append(to)
        return seen

    problems, graphs = [], drawn(drawing)
    exclusive = {}
    for key, (labels, drawn_edges) in graphs.items():
        found = {name: ours(label) for name, label in labels.items()}
        for name, (indexes, place) in found.items():
            if not indexes and not (place and lineage_at[place]):
                problems.append(f"{key}: {labels[name]} is no node")
        for start, kind, end in drawn_edges:
            (first, first_place), (last, last_place) = found[start], found[end]
            if kind == "guess":
                same = not (first_place and last_place) or lineage_at[first_place] & lineage_at[last_place]
                if not same:
                    problems.append(f"{key}: {start} and {end} are apart")
            elif first and last and not reached(first) & last:
                problems.append(f"{key}: no way from {start} to {end}")
        exclusive[key] = {i for indexes, _ in found.values() for i in indexes}
    for one, other in itertools.permutations(graphs, 2):
        accounts = {i for i in exclusive[one] - exclusive[other] if nodes[i]['name'].startswith("account:")}
        wrong = reached(accounts) & (exclusive[other] - exclusive[one])
        problems += [f"{one} leads to {nodes[i]['name']}" for i in sorted(wrong)]
    return problems, sum(len(e) for _, e in graphs.values())
