#!/usr/bin/python3
"""Reads what `depth3d export` wrote with readers that share no code with it, and compares numbers with the run's own depth files.

    check-export.py EXPORT RUN/depth [--scale S] [--only FORMAT,...]

EXPORT is the folder with a folder per format; RUN/depth holds depth_*.npz of the run; S is what the export was scaled by. Prints a line per format with
the largest errors, relative to the quantity's own size (positions: to the median depth). Ends with 1 where one is above 1e-4, 77 where a reader is missing.
Readers: OpenImageIO (EXR), OpenCV (PNG), NumPy (NPZ), Open3D (PLY), colmap model_converter, Blender's importers of glTF and .chan and Blender
itself for its folder, Khronos' gltf-validator (GLTF_VALIDATOR names its folder), ffprobe and ffmpeg. Debian: python3-openimageio python3-opencv
python3-open3d colmap blender ffmpeg nodejs.
"""
import argparse
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

import numpy as np

LIMIT = 1e-4
MISSING = 77


class Missing(Exception):
    """A reader is not installed."""


def tool(name):
    return shutil.which(name) or fail_missing(f"{name} is not installed")


def fail_missing(text):
    raise Missing(text)


def module(name):
    try:
        return __import__(name)
    except ImportError:
        raise Missing(f"python3 has no module {name}") from None


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, **more)
    if done.returncode != 0:
        raise AssertionError(f"{command[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}{done.stdout.decode(errors='replace')[-2000:]}")
    return done.stdout


def relative(got, expected):
    got, expected = np.asarray(got, np.float64), np.asarray(expected, np.float64)
    assert got.shape == expected.shape, f"shape {got.shape}, expected {expected.shape}"
    return float(np.max(np.abs(got - expected) / np.maximum(np.abs(expected), 1e-12))) if got.size else 0.0


class Run:
    """The run's own files, in the unit of the export."""

    def __init__(self, folder, scale):
        self.frames = []
        for path in sorted(glob.glob(os.path.join(folder, "depth_*.npz"))):
            with np.load(path, allow_pickle=False) as file:
                frame = {key: file[key] for key in ("depth", "K", "cam_from_world", "timestamp_seconds")}
            frame["depth"] = frame["depth"].astype(np.float64) * scale
            frame["cam_from_world"] = frame["cam_from_world"].copy()
            frame["cam_from_world"][:3, 3] *= scale
            self.frames.append(frame)
        assert self.frames, f"{folder}: no depth_*.npz"
        self.unit = float(np.median(self.frames[0]["depth"]))
        self.height, self.width = self.frames[0]["depth"].shape
        self.K = self.frames[0]["K"]

    def camera_error(self, i, cam_from_world):
        """Largest difference of a rotation's entries, and of the centres over the median depth."""
        expected = self.frames[i]["cam_from_world"]
        centre = lambda m: -m[:3, :3].T @ m[:3, 3]
        return max(float(np.max(np.abs(cam_from_world[:3, :3] - expected[:3, :3]))),
                   float(np.max(np.abs(centre(cam_from_world) - centre(expected)))) / self.unit)

    def off_surface(self, i, points):
        """Share of points that do not lie on the depth map of a frame: pixels off by more than 1e-3, or depth by more than the limit."""
        camera = self.frames[i]["cam_from_world"]
        p = points @ camera[:3, :3].T + camera[:3, 3]
        pixel = p @ self.K.T
        u, v = pixel[:, 0] / pixel[:, 2], pixel[:, 1] / pixel[:, 2]
        x, y = np.rint(u).astype(int), np.rint(v).astype(int)
        inside = (x >= 0) & (y >= 0) & (x < self.width) & (y < self.height)
        z = self.frames[i]["depth"][np.clip(y, 0, self.height - 1), np.clip(x, 0, self.width - 1)]
        good = inside & (np.hypot(u - x, v - y) < 2e-2) & (np.abs(p[:, 2] / z - 1) < LIMIT)
        return float(np.mean(~good))


def named(folder, kind, extension):
    files = sorted(glob.glob(os.path.join(folder, f"{kind}_*.{extension}")))
    assert files, f"{folder}: no {kind}_*.{extension}"
    return files


def check_exr(folder, clip):
    oiio = module("OpenImageIO")
    worst = 0.0
    for i, path in enumerate(named(folder, "depth", "exr")):
        file = oiio.ImageInput.open(path)
        spec = file.spec()
        names = list(spec.channelnames)
        assert set(names) == {"Z", "depth.confidence", "mask.dynamic", "motion.u", "motion.v", "motion.valid"}, names
        pixels = dict(zip(names, np.moveaxis(file.read_image(0, 0, 0, spec.nchannels, oiio.FLOAT), 2, 0)))
        types = dict(zip(names, spec.channelformats or [spec.format] * len(names)))
        assert str(types["Z"]) == "float" and str(types["depth.confidence"]) == "half", types
        worst = max(worst, relative(pixels["Z"], clip.frames[i]["depth"]))
        assert 0 <= pixels["depth.confidence"].min() and pixels["depth.confidence"].max() <= 1
        assert set(np.unique(pixels["mask.dynamic"])) <= {0.0, 1.0}
        assert spec.getattribute("unit") and "OpenCV" in spec.getattribute("axes"), "no unit or axes"
        worst = max(worst, clip.camera_error(i, np.array(spec.getattribute("cam_from_world")).reshape(4, 4)))
        worst = max(worst, relative(np.array(spec.getattribute("K")).reshape(3, 3)[[0, 1, 0, 1], [0, 1, 2, 2]], clip.K[[0, 1, 0, 1], [0, 1, 2, 2]]))
        # The standard's own attribute: row vectors, OpenGL camera.
        standard = np.array(spec.getattribute("worldtocamera")).reshape(4, 4).T
        worst = max(worst, clip.camera_error(i, np.diag([1, -1, -1, 1]) @ standard))
        assert os.path.exists(path.replace("depth_", "preview_").replace(".exr", ".png")), "no preview"
    return worst, f"{i + 1} files, 6 channels"


def codes_error(codes, most, side, clip, i):
    near, far = side["near_depth"], side["far_depth"]
    depth = np.clip(clip.frames[i]["depth"], near, far)
    inverse = codes / most * (1 / near - 1 / far) + 1 / far
    # Half a code is the format's own step; what counts is what lies beyond it.
    step = (1 / near - 1 / far) / most
    return float(np.max(np.maximum(np.abs(inverse - 1 / depth) - step * 0.51, 0) * depth)), float(np.max(np.abs(inverse - 1 / depth)) / step)


def check_png16(folder, clip):
    cv2 = module("cv2")
    side = json.load(open(os.path.join(folder, "depth.json"), encoding="utf-8"))
    errors = []
    for i, path in enumerate(named(folder, "depth", "png")):
        codes = cv2.imread(path, cv2.IMREAD_UNCHANGED)
        assert codes.dtype == np.uint16 and codes.ndim == 2, (codes.dtype, codes.shape)
        errors.append(codes_error(codes.astype(np.float64), 65535, side, clip, i))
    return max(e for e, _ in errors), f"{len(errors)} files, at most {max(c for _, c in errors):.2f} codes off"


def check_npz(folder, clip):
    worst = 0.0
    for i, path in enumerate(named(folder, "depth", "npz")):
        with np.load(path, allow_pickle=False) as file:
            worst = max(worst, relative(file["depth"], clip.frames[i]["depth"]), clip.camera_error(i, file["cam_from_world"]),
                        clip.camera_error(i, np.linalg.inv(file["cam_c2w"])), relative(file["K"], clip.K))
            assert file["dynamic"].dtype == bool and file["confidence"].shape == file["depth"].shape
    return worst, f"{i + 1} files, {len(file.files)} arrays each"


def check_megasam(folder, clip):
    with np.load(os.path.join(folder, "clip.npz"), allow_pickle=False) as file:
        images, depths, intrinsic, cam_c2w = (file[key] for key in ("images", "depths", "intrinsic", "cam_c2w"))
    assert images.shape == (len(clip.frames), clip.height, clip.width, 3) and images.dtype == np.uint8, images.shape
    worst = max(relative(depths, np.stack([f["depth"] for f in clip.frames])), relative(intrinsic, clip.K))
    return max([worst] + [clip.camera_error(i, np.linalg.inv(m.astype(np.float64))) for i, m in enumerate(cam_c2w)]), "4 arrays"


def open3d_points(path):
    cloud = module("open3d").io.read_point_cloud(path)
    points, colours = np.asarray(cloud.points), np.asarray(cloud.colors)
    assert len(points) == 0 or (len(colours) == len(points) and np.isfinite(points).all()), path
    return points


def check_ply(folder, clip):
    worst, count = 0.0, 0
    for i, path in enumerate(named(folder, "cloud", "ply")):
        points = open3d_points(path)
        assert len(points) > 0, f"{path}: empty"
        worst, count = max(worst, clip.off_surface(i, points)), count + len(points)
    return worst, f"{i + 1} files, {count} points, share off the depth map"


def check_merged(folder, clip):
    worst = max([clip.off_surface(i, p) for i, path in enumerate(named(folder, "moving", "ply")) if len(p := open3d_points(path))], default=0)
    still = open3d_points(os.path.join(folder, "static.ply"))
    assert len(still) > 0, "static.ply is empty"
    return worst, f"{len(still)} standing points; share of moving ones off the depth map"


def check_colmap(folder, clip):
    tool("colmap")
    worst, points = 0.0, 0
    with tempfile.TemporaryDirectory() as work:
        for kind in ("sparse/0", "sparse-text"):
            text = os.path.join(work, kind.replace("/", "-"))
            os.makedirs(text)
            run("colmap", "model_converter", "--input_path", os.path.join(folder, kind), "--output_path", text, "--output_type", "TXT",
                env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
            rows = [line.split() for line in open(os.path.join(text, "cameras.txt")) if not line.startswith("#")]
            assert len(rows) == 1 and rows[0][1] == "PINHOLE" and rows[0][2:4] == [str(clip.width), str(clip.height)], rows
            k = clip.K
            worst = max(worst, relative([float(v) for v in rows[0][4:8]], [k[0, 0], k[1, 1], k[0, 2] + 0.5, k[1, 2] + 0.5]))
            lines = [line for line in open(os.path.join(text, "images.txt")) if not line.startswith("#")]
            assert len(lines) == 2 * len(clip.frames), f"{len(lines)} lines of images"
            for line in lines[::2]:
                words = line.split()
                camera = np.eye(4)
                camera[:3, :3], camera[:3, 3] = rotation(*map(float, words[1:5])), [float(v) for v in words[5:8]]
                assert os.path.exists(os.path.join(folder, "images", words[9])), words[9]
                worst = max(worst, clip.camera_error(int(words[9][6:11]), camera))
            points = sum(not line.startswith("#") for line in open(os.path.join(text, "points3D.txt")))
            assert points > 0, "no points"
            ply = os.path.join(work, "points.ply")
            run("colmap", "model_converter", "--input_path", os.path.join(folder, kind), "--output_path", ply, "--output_type", "PLY",
                env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    return worst, f"text and binary, {len(clip.frames)} images, {points} points"


def rotation(w, x, y, z):
    return np.array([[1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
                     [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
                     [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)]])


def check_nerfstudio(folder, clip):
    cv2 = module("cv2")
    content = json.load(open(os.path.join(folder, "transforms.json"), encoding="utf-8"))
    k = clip.K
    worst = relative([content[key] for key in ("fl_x", "fl_y", "cx", "cy")], [k[0, 0], k[1, 1], k[0, 2] + 0.5, k[1, 2] + 0.5])
    applied = np.vstack([content["applied_transform"], [0, 0, 0, 1]])
    for i, frame in enumerate(content["frames"]):
        image = cv2.imread(os.path.join(folder, frame["file_path"]))
        assert image.shape[:2] == (content["h"], content["w"]), image.shape
        assert cv2.imread(os.path.join(folder, frame["mask_path"]), cv2.IMREAD_UNCHANGED).shape == (content["h"], content["w"])
        depth = np.load(os.path.join(folder, frame["depth_file_path"]), allow_pickle=False) * content["depth_unit_scale_factor"]
        worst = max(worst, relative(depth, clip.frames[i]["depth"]))
        c2w = np.linalg.inv(applied) @ np.array(frame["transform_matrix"]) @ np.diag([1, -1, -1, 1])
        worst = max(worst, clip.camera_error(i, np.linalg.inv(c2w)))
    points = open3d_points(os.path.join(folder, content["ply_file_path"]))
    assert len(points) > 0, "no points"
    return worst, f"{i + 1} frames, {len(points)} points"


def blender(kind, folder, clip, work):
    """Cameras per frame, and a few points, as Blender sees them after its own import; all in the run's axes."""
    tool("blender")
    here = os.path.dirname(os.path.abspath(__file__))
    out = os.path.join(work, "seen.json")
    run("blender", "--background", "--factory-startup", "--python-exit-code", "1", "--python", os.path.join(here, "check-export-blender.py"), "--", kind, folder, out,
        str(len(clip.frames)), str(clip.width), str(clip.height), repr([float(f["timestamp_seconds"]) for f in clip.frames]))
    return json.load(open(out, encoding="utf-8"))


def blender_error(kind, folder, clip):
    with tempfile.TemporaryDirectory() as work:
        seen = blender(kind, folder, clip, work)
    worst = max(clip.camera_error(i, np.array(m)) for i, m in enumerate(seen["cam_from_world"]))
    k = clip.K
    if "principal" in seen:
        got, expected = seen["focal"] + seen["principal"], [k[0, 0], k[1, 1], k[0, 2], k[1, 2]]
    else:
        got, expected = seen["focal"], [k[0, 0], k[1, 1]]
    return max(worst, relative(got, expected)), seen


def check_gltf(folder, clip):
    notes = [validate(os.path.join(folder, "scene.glb"))]
    worst, seen = blender_error("gltf", folder, clip)
    off = max([clip.off_surface(int(name.split()[1]), np.array(points)) for name, points in seen["points"].items() if name.startswith("moving ")], default=0)
    assert seen["points"].get("static"), f"no standing points among {list(seen['points'])}"
    return max(worst, off), f"{notes[0]}; Blender: {len(clip.frames)} cameras, {len(seen['points'])} clouds"


def validate(path):
    folder = os.environ.get("GLTF_VALIDATOR")
    if not folder or not os.path.isdir(folder):
        raise Missing("GLTF_VALIDATOR does not name the folder of the npm package gltf-validator: scripts/fetch-gltf-validator.sh")
    program = "const v=require(process.argv[1]);v.validateBytes(new Uint8Array(require('fs').readFileSync(process.argv[2])),{maxIssues:20})" \
              ".then(r=>console.log(JSON.stringify(r)),e=>{console.error(e);process.exit(1)})"
    report = json.loads(run(tool("node"), "-e", program, os.path.abspath(folder), path))
    issues = report["issues"]
    assert issues["numErrors"] == 0 and issues["numWarnings"] == 0, issues
    return f"gltf-validator {report['validatorVersion']}: no errors, no warnings"


def check_nuke(folder, clip):
    worst, _ = blender_error("nuke", folder, clip)
    return worst, f"{len(clip.frames)} cameras by Blender's .chan importer"


def check_blender(folder, clip):
    worst, seen = blender_error("blender", folder, clip)
    off = max([clip.off_surface(int(name.split()[1]), np.array(points)) for name, points in seen["points"].items() if name.startswith("moving ")], default=0)
    assert seen["points"].get("static"), "no standing points"
    assert seen["pixels"] < 2e-3, f"a point is projected {seen['pixels']} pixels away"
    return max(worst, off), f"{len(clip.frames)} cameras, {len(seen['points'])} clouds, points at most {seen['pixels']:.1e} px from where they should be"


def probe(path):
    tool("ffprobe")
    text = run("ffprobe", "-v", "error", "-count_frames", "-select_streams", "v:0", "-show_streams", "-of", "json", "file:" + path)
    return json.loads(text)["streams"][0]


def check_movies(extension, codec, formats):
    def check(folder, clip):
        for name in ("source", "depth", "side-by-side"):
            stream = probe(os.path.join(folder, f"{name}.{extension}"))
            assert stream["codec_name"] == codec and stream["pix_fmt"] in formats and int(stream["nb_read_frames"]) == len(clip.frames), stream
            assert stream["color_space"] == "bt709", stream["color_space"]
            if name != "side-by-side":
                assert (stream["width"], stream["height"]) == ((clip.width + 1) // 2 * 2, (clip.height + 1) // 2 * 2), stream
        return 0.0, f"3 movies of {len(clip.frames)} frames, {codec} {stream['pix_fmt']}"
    return check


def check_depth_movie(name, codec, raw, most, codes):
    def check(folder, clip):
        path = os.path.join(folder, name)
        stream = probe(path)
        assert stream["codec_name"] == codec and stream.get("color_range") == "pc", stream
        data = run(tool("ffmpeg"), "-v", "error", "-i", "file:" + path, "-f", "rawvideo", "-pix_fmt", raw, "-")
        frames = np.frombuffer(data, "<u2").reshape(len(clip.frames), stream["height"], stream["width"])[:, :clip.height, :clip.width]
        side = json.load(open(os.path.join(folder, "depth.json"), encoding="utf-8"))
        errors = [codes_error(frame.astype(np.float64), most, side, clip, i) for i, frame in enumerate(frames)]
        off = max(c for _, c in errors)
        assert off <= codes, f"{off} codes off, at most {codes} expected"
        return max(e for e, _ in errors), f"{len(frames)} frames, at most {off:.2f} of {most + 1} codes off"
    return check


CHECKS = {
    "exr": check_exr, "png16": check_png16, "npz": check_npz, "megasam": check_megasam, "ply": check_ply, "ply-merged": check_merged, "gltf": check_gltf,
    "colmap": check_colmap, "nerfstudio": check_nerfstudio, "nuke": check_nuke, "blender": check_blender,
    "mp4": check_movies("mp4", "h264", {"yuv420p"}), "prores": check_movies("mov", "prores", {"yuv444p10le", "yuv444p12le"}),
    "hevc10": check_depth_movie("depth.mp4", "hevc", "gray10le", 1023, 1), "ffv1": check_depth_movie("depth.mkv", "ffv1", "gray16le", 65535, 1),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("export")
    parser.add_argument("depth")
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    clip = Run(options.depth, options.scale)
    result = 0
    for name, check in CHECKS.items():
        folder = os.path.join(options.export, name)
        if not os.path.isdir(folder) or (options.only and name not in options.only.split(",")):
            continue
        try:
            worst, note = check(folder, clip)
            good = worst <= LIMIT
            print(f"{name:12} {'ok  ' if good else 'WRONG'} {worst:8.1e}  {note}")
            result = result if good else 1
        except Missing as e:
            print(f"{name:12} skipped: {e}")
            result = result or MISSING
        except AssertionError as e:
            print(f"{name:12} WRONG {e}")
            result = 1
    return result


if __name__ == "__main__":
    sys.exit(main())
