"""Prints ctest's JUnit file for people: each failed test with its output, each skipped one with its reason.

usage: summary.py RESULT.xml SECONDS; the last line is `N passed, N failed[, N skipped]`.
"""
import sys
import xml.etree.ElementTree as ElementTree


def output_of(case) -> str:
    node = case.find("system-out")
    return (node.text or "").strip() if node is not None else ""


def was_skipped(case) -> bool:
    """Skipped by its own decision (exit code 77); a test whose program is missing is "not run" too, and has failed."""
    node = case.find("skipped")
    return node is not None and "SKIP_" in (node.get("message") or "") or case.get("status") == "disabled"


def main() -> None:
    cases = list(ElementTree.parse(sys.argv[1]).getroot().iter("testcase"))
    skipped = [case for case in cases if was_skipped(case)]
    failed = [case for case in cases if case.get("status") in ("fail", "notrun") and case not in skipped]
    for case in failed:
        print(f"FAILED {case.get('name')}\n{output_of(case)}\n")
    for case in skipped:
        reason = output_of(case).splitlines()
        print(f"skipped {case.get('name')}: {reason[-1] if reason else 'no reason given'}")
    slow = sorted(cases, key=lambda case: -float(case.get("time") or 0))[:3]
    print("slowest: " + ", ".join(f"{case.get('name')} {float(case.get('time') or 0):.1f} s" for case in slow))
    print(f"tests ran for {sys.argv[2]} s")
    line = f"{len(cases) - len(failed) - len(skipped)} passed, {len(failed)} failed"
    print(line + (f", {len(skipped)} skipped" if skipped else ""))


main()
