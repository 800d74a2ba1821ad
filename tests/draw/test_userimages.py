"""Users' icons: drawn anew, and refused with the reason where they are no plain pictures."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest

from archlint.draw import Context, IconError, Look, draw_scenes, with_images
from archlint.draw.icons import icon_data
from archlint.draw.pngs import size_of
from archlint.draw.scene import Scene, make_scene
from archlint.importers import read

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s</svg>'


def scene_with(folder: Path, icon: str, data: bytes | str | None) -> Scene:
    if data is not None:
        file = folder / icon
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)
    text = folder / "a.yaml"
    text.write_text(f"archlint: 1\nname: A\ncomponents: {{f: {{type: lambda, icon: '{icon}'}}}}\n")
    return make_scene(read([text]).architecture)


@pytest.mark.parametrize(
    ("icon", "data"),
    [
        ("icons/f.svg", SVG % '<circle cx="4" cy="4" r="3" fill="red"/>'),
        ("f.png", b64decode(icon_data("compute.Lambda") or "")),
    ],
)
def test_an_icon_is_drawn_anew(tmp_path: Path, icon: str, data: bytes | str) -> None:
    scene = with_images(scene_with(tmp_path, icon, data), tmp_path)
    (image,) = scene.images.values()
    assert size_of(image.data) == (128, 128)
    assert scene.nodes[0].icon in scene.images
    architecture = read([tmp_path / "a.yaml"]).architecture
    picture = next(draw_scenes([scene], "svg", Look(), Context(architecture))).decode()
    assert "<circle" not in picture
    assert picture.count("<use ") == 1


@pytest.mark.parametrize(
    ("icon", "data", "message"),
    [
        ("f.svg", SVG % "<script>alert(1)</script>", "`script` is not drawn"),
        ("f.svg", SVG % '<image href="file:///etc/passwd"/>', "`image` is not drawn"),
        ("f.svg", SVG % '<use href="#a"/>', "`use` is not drawn"),
        ("f.svg", SVG % '<path d="M0 0" onload="x()"/>', "`onload` is not drawn"),
        ("f.svg", SVG % '<path d="M0 0" fill="url(http://x.test/a)"/>', "outside itself"),
        ("f.svg", SVG % '<path d="M0 0" style="fill: url( //x.test/a )"/>', "outside itself"),
        ("f.svg", '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG % "", "document type"),
        ("f.svg", "<html/>", "neither a PNG nor an SVG"),
        ("f.svg", "no picture", "cannot be used"),
        ("f.svg", b"\xff\xfe\x00", "cannot be used"),
        ("f.png", b"\x89PNG\r\n\x1a\n", "no PNG"),
        (
            "f.png",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x00\x00\x00\x01\x00\x00" + b"\x08\x06" + b"\x00" * 20,
            "at most 2,048",
        ),
        ("f.png", b"\x89PNG" + b"\x00" * 600_000, "larger than 512 KB"),
        ("missing.png", None, "there is no icon"),
        ("../../f.png", None, "outside the project"),
        ("/etc/hostname", None, "relative to the file"),
        ("a\\b.png", None, "relative to the file"),
        (".", None, "there is no icon"),
    ],
)
def test_what_is_no_plain_picture_of_the_project_is_refused(
    tmp_path: Path, icon: str, data: bytes | str | None, message: str
) -> None:
    with pytest.raises(IconError, match=message):
        with_images(scene_with(tmp_path, icon, data), tmp_path)


def test_a_link_out_of_the_project_is_outside(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "secret.svg").write_text(SVG % "")
    (project / "f.svg").symlink_to(tmp_path / "secret.svg")
    with pytest.raises(IconError, match="outside the project"):
        with_images(scene_with(project, "f.svg", None), project)
