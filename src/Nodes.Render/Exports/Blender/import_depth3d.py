"""Imports a folder that depth3d exported with --format blender: camera, frames and points.

    blender --python import_depth3d.py                 into a new scene, and stay open
    blender --background --python import_depth3d.py -- --save clip.blend

or open this file in Blender's text editor and run it. Needs Blender 3.4 or newer and nothing else.
Frame numbers are those of the run, from 0. Units and axes: scene.json says the unit; z is up.
"""
import json
import os
import sys

import bpy
import numpy as np
from mathutils import Quaternion

SENSOR_MILLIMETRES = 36.0
# Of a point in Cycles, in widths of the pixel it came from, at the distance of the nearest tenth of the points.
POINT_PIXELS = 2.5
SRGB = np.arange(256) / 255
LINEAR = np.where(SRGB <= 0.04045, SRGB / 12.92, ((SRGB + 0.055) / 1.055) ** 2.4).astype(np.float32)


def read_ply(path):
    """Points and colours of a binary little-endian PLY without lists."""
    kinds = {"float": "<f4", "float32": "<f4", "double": "<f8", "uchar": "u1", "uint8": "u1", "int": "<i4", "uint": "<u4"}
    with open(path, "rb") as file:
        if file.readline().strip() != b"ply" or file.readline().split() != [b"format", b"binary_little_endian", b"1.0"]:
            raise ValueError(f"{path}: no binary little-endian PLY")
        fields, count = [], 0
        for line in iter(file.readline, b""):
            words = line.decode("utf-8", "replace").split()
            if words[:1] == ["end_header"]:
                break
            if words[:2] == ["element", "vertex"]:
                count = int(words[2])
            if words[:1] == ["property"]:
                fields.append((words[2], kinds[words[1]]))
        data = np.frombuffer(file.read(), dtype=np.dtype(fields), count=count)
    xyz = np.stack([data["x"], data["y"], data["z"]], axis=1)
    rgb = np.stack([data["red"], data["green"], data["blue"]], axis=1)
    return xyz, rgb


def add_camera(clip, scene):
    data = bpy.data.cameras.new("depth3d camera")
    data.sensor_fit = "HORIZONTAL"
    data.sensor_width = SENSOR_MILLIMETRES
    data.lens = clip["fx"] * SENSOR_MILLIMETRES / clip["width"]
    # Shifts are shares of the width; pixel centres of the run are at integers.
    data.shift_x = (clip["width"] / 2 - clip["cx"] - 0.5) / clip["width"]
    data.shift_y = (clip["cy"] + 0.5 - clip["height"] / 2) / clip["width"] * clip["fx"] / clip["fy"]
    camera = bpy.data.objects.new("depth3d camera", data)
    camera.rotation_mode = "QUATERNION"
    scene.collection.objects.link(camera)
    before = None
    for frame, (location, rotation) in enumerate(zip(clip["location"], clip["quaternion"])):
        rotation = Quaternion(rotation)
        if before is not None:
            rotation.make_compatible(before)
        before = rotation
        camera.location, camera.rotation_quaternion = location, rotation
        camera.keyframe_insert("location", frame=frame)
        camera.keyframe_insert("rotation_quaternion", frame=frame)
    for curve in camera.animation_data.action.fcurves:
        for key in curve.keyframe_points:
            key.interpolation = "LINEAR"
    scene.camera = camera
    return camera


def add_background(clip, camera, folder):
    first = os.path.join(folder, "images", "frame_00000.png")
    if not os.path.exists(first):
        return
    image = bpy.data.images.load(first)
    image.source = "SEQUENCE"
    background = camera.data.background_images.new()
    background.image = image
    background.image_user.frame_duration = clip["frames"]
    background.image_user.frame_start = 0
    background.image_user.frame_offset = -1
    camera.data.show_background_images = True


def add_material():
    material = bpy.data.materials.new("depth3d points")
    material.use_nodes = True
    nodes, links = material.node_tree.nodes, material.node_tree.links
    nodes.clear()
    colour, light, out = (nodes.new(kind) for kind in ("ShaderNodeAttribute", "ShaderNodeEmission", "ShaderNodeOutputMaterial"))
    colour.attribute_name = "Col"
    links.new(colour.outputs["Color"], light.inputs["Color"])
    links.new(light.outputs["Emission"], out.inputs["Surface"])
    return material


def point_nodes(radius, material):
    """Geometry nodes that show vertices as spheres; vertices alone are not rendered."""
    group = bpy.data.node_groups.new("depth3d points", "GeometryNodeTree")
    if hasattr(group, "interface"):  # Blender 4
        group.interface.new_socket("Geometry", in_out="INPUT", socket_type="NodeSocketGeometry")
        group.interface.new_socket("Geometry", in_out="OUTPUT", socket_type="NodeSocketGeometry")
    else:
        group.inputs.new("NodeSocketGeometry", "Geometry")
        group.outputs.new("NodeSocketGeometry", "Geometry")
    nodes = [group.nodes.new(kind) for kind in ("NodeGroupInput", "GeometryNodeMeshToPoints", "GeometryNodeSetMaterial", "NodeGroupOutput")]
    nodes[1].inputs["Radius"].default_value = radius
    nodes[2].inputs["Material"].default_value = material
    group.links.new(nodes[0].outputs[0], nodes[1].inputs[0])
    group.links.new(nodes[1].outputs[0], nodes[2].inputs[0])
    group.links.new(nodes[2].outputs[0], nodes[3].inputs[0])
    return group


def add_points(name, path, collection, group):
    xyz, rgb = read_ply(path)
    mesh = bpy.data.meshes.new(name)
    mesh.vertices.add(len(xyz))
    mesh.vertices.foreach_set("co", np.ascontiguousarray(xyz, dtype=np.float32).ravel())
    colours = np.ones((len(rgb), 4), dtype=np.float32)
    colours[:, :3] = LINEAR[rgb]
    attribute = mesh.attributes.new("Col", "FLOAT_COLOR", "POINT")  # Cycles reads no byte colours of points
    attribute.data.foreach_set("color", colours.ravel())
    mesh.update()
    cloud = bpy.data.objects.new(name, mesh)
    collection.objects.link(cloud)
    cloud.modifiers.new("points", "NODES").node_group = group
    return cloud


def show_only(cloud, frame, frames):
    for at, hidden in ((frame - 1, True), (frame, False), (frame + 1, True)):
        if at < 0 or at >= frames:
            continue
        cloud.hide_viewport = cloud.hide_render = hidden
        cloud.keyframe_insert("hide_viewport", frame=at)
        cloud.keyframe_insert("hide_render", frame=at)
    cloud.hide_viewport = cloud.hide_render = frame != 0


def import_folder(folder):
    with open(os.path.join(folder, "scene.json"), encoding="utf-8") as file:
        clip = json.load(file)
    if clip["version"] != 1:
        raise ValueError(f"scene.json is of version {clip['version']}; this script reads version 1")
    scene = bpy.data.scenes.new(clip["name"])
    scene.frame_start, scene.frame_end = 0, clip["frames"] - 1
    scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = clip["width"], clip["height"], 100
    scene.render.pixel_aspect_x, scene.render.pixel_aspect_y = max(1, clip["fy"] / clip["fx"]), max(1, clip["fx"] / clip["fy"])
    scene.render.fps = max(1, round(clip["framesPerSecond"]))
    scene.render.fps_base = scene.render.fps / clip["framesPerSecond"]
    scene.view_settings.view_transform = "Standard"
    camera = add_camera(clip, scene)
    add_background(clip, camera, folder)
    points = bpy.data.collections.new("depth3d points")
    scene.collection.children.link(points)
    static = os.path.join(folder, "static.ply")
    xyz, _ = read_ply(static)
    distance = np.percentile(np.linalg.norm(xyz - np.array(clip["location"][0]), axis=1), 10) if len(xyz) else 1
    group = point_nodes(float(distance) / clip["fx"] * POINT_PIXELS / 2, add_material())
    add_points("static", static, points, group)
    for frame in range(clip["frames"]):
        path = os.path.join(folder, "moving", f"moving_{frame:05d}.ply")
        if os.path.exists(path) and len(read_ply(path)[0]):
            show_only(add_points(f"moving {frame}", path, points, group), frame, clip["frames"])
    if bpy.context.window is not None:
        bpy.context.window.scene = scene
    scene.view_layers[0].update()
    scene.frame_set(0)
    return scene


if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    import_folder(here)
    arguments = sys.argv[sys.argv.index("--") + 1:] if "--" in sys.argv else []
    if arguments[:1] == ["--save"] and len(arguments) == 2:
        bpy.ops.wm.save_as_mainfile(filepath=os.path.abspath(arguments[1]))
