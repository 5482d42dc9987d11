"""A certificate authority for one run, and a certificate for the names that the emulator answers under."""
import pathlib
import subprocess

NAMES = (
    "login.microsoftonline.com",
    "*.openai.azure.com",
    "*.services.ai.azure.com",
    "*.cognitiveservices.azure.com",
    "localhost",
)


def make(folder: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path]:
    """Writes the authority's certificate and the server's chain with its key; returns both paths. Needs openssl."""
    authority, served = folder / "authority.pem", folder / "server.pem"
    if authority.exists() and served.exists():
        return authority, served
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    usage = ["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign"]
    key, request, leaf = folder / "authority.key", folder / "server.csr", folder / "leaf.pem"
    _openssl("req", "-x509", *curve, *usage, "-days", "30", "-subj", "/CN=Emulator test authority",
             "-keyout", key, "-out", authority)
    _openssl("req", *curve, "-subj", "/CN=emulator", "-keyout", folder / "server.key", "-out", request)
    names = ",".join([*(f"DNS:{name}" for name in NAMES), "IP:127.0.0.1"])
    extensions = folder / "extensions"
    extensions.write_text(
        f"subjectAltName={names}\nbasicConstraints=critical,CA:FALSE\nextendedKeyUsage=serverAuth\n"
        "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
    )
    _openssl("x509", "-req", "-in", request, "-CA", authority, "-CAkey", key, "-set_serial", "1", "-days", "30",
             "-extfile", extensions, "-out", leaf)
    served.write_text(leaf.read_text() + (folder / "server.key").read_text())
    return authority, served


def _openssl(*arguments) -> None:
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"openssl {arguments[0]}: {done.stderr.strip()}")
