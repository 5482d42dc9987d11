"""The container image, an OCI image layout in a tar: one layer with the program, a user that is not root, nothing else.

The file `manifest.json` beside the layout is what `docker load` reads; it names the same blobs.
"""
import hashlib
import json
import time

from archives import File, gz, tar
from product import SUMMARY, Product

USER = 65532
MEDIA = "application/vnd.oci.image."


def blob(data: bytes, kind: str, blobs: list[File]) -> dict:
    """Adds the data to the blobs; its descriptor."""
    digest = hashlib.sha256(data).hexdigest()
    blobs.append(File("blobs/sha256/" + digest, data))
    return {"mediaType": MEDIA + kind, "digest": "sha256:" + digest, "size": len(data)}


def path_of(descriptor: dict) -> str:
    return "blobs/" + descriptor["digest"].replace(":", "/")


def packed(value: dict | list) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def root_files(product: Product) -> list[File]:
    return [
        File("usr/bin/keyless", product.binary, 0o755),
        File("usr/share/doc/keyless/LICENSE", product.license),
        File("usr/share/doc/keyless/THIRD-PARTY.txt", product.notices),
        File("etc/passwd", f"root:x:0:0:root:/:/none\nkeyless:x:{USER}:{USER}:keyless:/:/none\n".encode()),
        File("etc/group", f"root:x:0:\nkeyless:x:{USER}:\n".encode()),
        File("src/", mode=0o755),
        File("tmp/", mode=0o1777),
    ]


def make(product: Product) -> dict[str, bytes]:
    blobs: list[File] = []
    created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(product.epoch))
    labels = {
        "org.opencontainers.image.title": "keyless",
        "org.opencontainers.image.description": SUMMARY,
        "org.opencontainers.image.version": product.version,
        "org.opencontainers.image.licenses": "MIT",
        "org.opencontainers.image.created": created,
    }
    layer = tar(root_files(product), product.epoch)
    layer_at = blob(gz(layer), "layer.v1.tar+gzip", blobs)
    config = {
        "created": created,
        "author": "The keyless authors",
        "architecture": "amd64",
        "os": "linux",
        "config": {
            "User": f"{USER}:{USER}",
            "Entrypoint": ["/usr/bin/keyless"],
            "Cmd": ["--help"],
            "Env": ["PATH=/usr/bin"],
            "WorkingDir": "/src",
            "Labels": labels,
        },
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest()]},
        "history": [{"created": created, "created_by": "scripts/package", "comment": "keyless, statically linked"}],
    }
    config_at = blob(packed(config), "config.v1+json", blobs)
    manifest = {"schemaVersion": 2, "mediaType": MEDIA + "manifest.v1+json", "config": config_at, "layers": [layer_at],
                "annotations": labels}
    manifest_at = blob(packed(manifest), "manifest.v1+json", blobs)
    manifest_at["platform"] = {"architecture": "amd64", "os": "linux"}
    manifest_at["annotations"] = {"org.opencontainers.image.ref.name": product.version,
                                  "io.containerd.image.name": f"docker.io/library/keyless:{product.version}"}
    index = {"schemaVersion": 2, "mediaType": MEDIA + "index.v1+json", "manifests": [manifest_at]}
    for_docker = [{"Config": path_of(config_at), "RepoTags": [f"keyless:{product.version}"], "Layers": [path_of(layer_at)]}]
    layout = [File("oci-layout", b'{"imageLayoutVersion":"1.0.0"}'), File("index.json", packed(index)),
              File("manifest.json", packed(for_docker)), *blobs]
    return {f"{product.stem}-oci.tar": tar(layout, product.epoch)}
