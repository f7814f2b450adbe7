"""Runs inside Blender for check-export.py: imports one exported format with Blender's own importer and writes down what Blender then sees.

Arguments after --: KIND FOLDER OUT.json FRAMES WIDTH HEIGHT [seconds of the frames]. Cameras and points are written in the run's axes (OpenCV).
"""
import json
import os
import sys

import bpy
import numpy as np
from bpy_extras.object_utils import world_to_camera_view
from mathutils import Matrix, Vector

if not hasattr(np, "bool"):
    np.bool = bool  # Blender 3.4's glTF importer was written for a NumPy before 1.24

KIND, FOLDER, OUT, FRAMES, WIDTH, HEIGHT, SECONDS = sys.argv[sys.argv.index("--") + 1:]
FRAMES, WIDTH, HEIGHT, SECONDS = int(FRAMES), int(WIDTH), int(HEIGHT), json.loads(SECONDS)
# The run's world has y down and z forward; Blender's has z up.
RUN_FROM_BLENDER = np.array([[1, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, 0], [0, 0, 0, 1.0]])
OPENCV_FROM_OPENGL = np.diag([1, -1, -1, 1.0])
SAMPLES = 400


def cam_from_world(camera):
    world_from_cam = RUN_FROM_BLENDER @ np.array(camera.matrix_world) @ OPENCV_FROM_OPENGL
    return np.linalg.inv(world_from_cam)


def focal(data):
    """Focal lengths in pixels from Blender's own angles of view."""
    return [WIDTH / 2 / np.tan(data.angle_x / 2), HEIGHT / 2 / np.tan(data.angle_y / 2)]


def points(thing):
    mesh = thing.data
    xyz = np.empty(3 * len(mesh.vertices), dtype=np.float32)
    mesh.vertices.foreach_get("co", xyz)
    xyz = xyz.reshape(-1, 3)[:: max(1, len(mesh.vertices) // SAMPLES)]
    world = np.array(RUN_FROM_BLENDER @ np.array(thing.matrix_world))
    return (xyz @ world[:3, :3].T + world[:3, 3]).tolist()


def projection(camera, scene):
    """Principal point and focal lengths in pixels (centres at integers), by projecting points through Blender's own camera."""
    def pixel(x, y, z):
        view = world_to_camera_view(scene, camera, camera.matrix_world @ Vector((x, -y, -z)))
        return np.array([view.x * WIDTH - 0.5, (1 - view.y) * HEIGHT - 0.5])
    middle, right, down = pixel(0, 0, 1), pixel(0.25, 0, 1), pixel(0, 0.25, 1)
    return [(right - middle)[0] * 4, (down - middle)[1] * 4], middle.tolist()


def at(scene, frame):
    scene.frame_set(int(np.floor(frame)), subframe=float(frame - np.floor(frame)))


def see_gltf():
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    bpy.ops.import_scene.gltf(filepath=os.path.join(FOLDER, "scene.glb"))
    camera = next(o for o in scene.objects if o.type == "CAMERA")
    seen = {"cam_from_world": [], "points": {}}
    for i, second in enumerate(SECONDS):
        at(scene, (second - SECONDS[0]) * scene.render.fps / scene.render.fps_base)
        seen["cam_from_world"].append(cam_from_world(camera).tolist())
        shown = [o for o in scene.objects if o.type == "MESH" and min(o.matrix_world.to_scale()) > 0.5]
        for thing in shown:
            if thing.name == "static" or thing.name == f"moving {i}":
                seen["points"][thing.name] = points(thing)
            else:
                raise AssertionError(f"{thing.name} shows in frame {i}")
    scene.render.resolution_x, scene.render.resolution_y = WIDTH, HEIGHT
    seen["focal"], _ = projection(camera, scene)
    return seen


def see_nuke():
    bpy.ops.wm.read_factory_settings(use_empty=True)
    import addon_utils
    addon_utils.enable("io_anim_nuke_chan")
    scene = bpy.context.scene
    scene.render.resolution_x, scene.render.resolution_y = WIDTH, HEIGHT
    data = bpy.data.cameras.new("camera")
    camera = bpy.data.objects.new("camera", data)
    camera.rotation_mode = "QUATERNION"
    scene.collection.objects.link(camera)
    bpy.context.view_layer.objects.active = camera
    bpy.ops.import_scene.import_chan(filepath=os.path.join(FOLDER, "camera.chan"), z_up=True, rotation_order="ZXY", sensor_width=36.0, sensor_height=36.0 * HEIGHT / WIDTH)
    seen = {"cam_from_world": []}
    for i in range(FRAMES):
        at(scene, i)
        seen["cam_from_world"].append(cam_from_world(camera).tolist())
    seen["focal"] = focal(data)
    return seen


def see_blender():
    sys.dont_write_bytecode = True
    sys.path.insert(0, FOLDER)
    import import_depth3d
    scene = import_depth3d.import_folder(FOLDER)
    camera = scene.camera
    layer = scene.view_layers[0]
    seen = {"cam_from_world": [], "points": {}}
    worst = 0.0
    for i in range(FRAMES):
        at(scene, i)
        layer.update()
        layer.depsgraph.update()
        camera = scene.camera.evaluated_get(layer.depsgraph)
        seen["cam_from_world"].append(cam_from_world(camera).tolist())
        for thing in scene.collection.all_objects:
            if thing.type == "MESH" and not thing.evaluated_get(layer.depsgraph).hide_render:
                if thing.name != "static" and thing.name != f"moving {i}":
                    raise AssertionError(f"{thing.name} shows in frame {i}")
                seen["points"][thing.name] = points(thing)
        if f"moving {i}" in seen["points"]:
            # A frame's own points come from its pixels' centres.
            for x, y, z in seen["points"][f"moving {i}"]:
                view = world_to_camera_view(scene, camera, Vector((x, z, -y)))
                pixel = np.array([view.x * WIDTH - 0.5, (1 - view.y) * HEIGHT - 0.5])
                worst = max(worst, float(np.max(np.abs(pixel - np.rint(pixel)))))
    seen["focal"], seen["principal"] = projection(camera, scene)
    seen["pixels"] = worst
    return seen


RESULT = {"gltf": see_gltf, "nuke": see_nuke, "blender": see_blender}[KIND]()
with open(OUT, "w", encoding="utf-8") as out:
    json.dump(RESULT, out)
