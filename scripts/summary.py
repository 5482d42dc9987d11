"""Prints ctest's JUnit file for people: each failed test with its output, each skipped one with its reason.

usage: summary.py RESULT.xml SECONDS; the last line is `N passed, N failed[, N skipped]`.
"""
import sys
import xml.etree.ElementTree as ElementTree


def output_of(case) -> str:
    node = case.find("system-out")
    return (node.text or "").strip() if node is not None else ""


def main() -> None:
    cases = list(ElementTree.parse(sys.argv[1]).getroot().iter("testcase"))
    failed = [case for case in cases if case.get("status") == "fail"]
    skipped = [case for case in cases if case.get("status") in ("notrun", "disabled")]
    # A test whose program is missing is "not run" too, and that is a failure.
    broken = [case for case in skipped if "SKIP_" not in str((case.find("skipped").get("message") if case.find("skipped") is not None else ""))]
    failed += broken
    skipped = [case for case in skipped if case not in broken]
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
