"""A file includes its own room and rooms below it, by paths written from src/, and no headers in a circle."""
import re

import tree

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')


def circles(graph: dict[str, list[str]]) -> list[str]:
    errors, done = [], set()
    for start in graph:
        stack, path = [(start, iter(graph.get(start, [])))], [start]
        while stack:
            node, rest = stack[-1]
            following = next((item for item in rest if item not in done), None)
            if following is None:
                done.add(node)
                stack.pop()
                path.pop()
            elif following in path:
                errors.append(" -> ".join(path[path.index(following) :] + [following]) + ": headers include each other")
                done.add(following)
            else:
                stack.append((following, iter(graph.get(following, []))))
                path.append(following)
    return errors


def main() -> None:
    order = {room: at for at, room in enumerate(tree.rooms())}
    errors, graph = [], {}
    for path in tree.files(".h", ".cpp", under=("src",)):
        room = path.parts[1]
        if room not in order or len(path.parts) < 3:
            errors.append(f"{path}: src/{room} is not one of the rooms {', '.join(order)}")
            continue
        for number, line in enumerate(tree.lines_of(path), 1):
            found = INCLUDE.match(line)
            if not found:
                continue
            target = found.group(1)
            other = target.split("/")[0]
            if other not in order or "/" not in target:
                errors.append(f'{path}:{number}: "{target}" is not written from src/ (room/file.h)')
            elif order[other] > order[room]:
                errors.append(f"{path}:{number}: {room} includes {target}, but {other} is above {room}")
            elif not (tree.ROOT / "src" / target).is_file():
                errors.append(f"{path}:{number}: src/{target} does not exist")
            elif path.suffix == ".h":
                graph.setdefault(path.relative_to("src").as_posix(), []).append(target)
    tree.finish(errors + circles(graph))


main()
