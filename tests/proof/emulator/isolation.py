"""A network of one: a process that has nothing but loopback, in which the real host names lead to the emulator."""
import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 0x1


def command(arguments: list[str]) -> list[str]:
    """What starts `arguments` in namespaces of its own; as another user than root it needs user namespaces."""
    more = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", "--net", "--mount", *more, *arguments]


def possible() -> str:
    """Empty when the kernel allows it here, else the reason."""
    if not shutil.which("unshare"):
        return "unshare is not installed"
    script = f"import sys; sys.path.insert(0, {os.path.dirname(os.path.dirname(os.path.abspath(__file__)))!r}); "
    script += "from emulator import isolation; isolation.enter(['login.microsoftonline.com'])"
    done = subprocess.run(command([sys.executable, "-c", script]), capture_output=True, text=True)
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["unshare failed"])[-1]


def enter(names: list[str]) -> None:
    """To be called inside: brings loopback up and makes `names` resolve to it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(control, SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))
    with tempfile.NamedTemporaryFile("w", prefix="hosts-", delete=False) as hosts:
        hosts.write("127.0.0.1 localhost\n" + "".join(f"127.0.0.1 {name}\n" for name in names))
    os.chmod(hosts.name, 0o644)
    try:
        subprocess.run(["mount", "--bind", hosts.name, "/etc/hosts"], check=True)
    finally:
        # The bind mount keeps the file; the name is no longer needed.
        os.unlink(hosts.name)
