"""Times Open3D on the cloud and camera that `bench/Splatting --ply DIR` wrote: 1280x720 pictures in memory, points of 3 pixels.

Debian's Open3D has no headless renderer, so its OpenGL window is drawn by Mesa's llvmpipe on a virtual display:
    apt-get install python3-open3d xvfb
    xvfb-run -a -s "-screen 0 1280x720x24" /usr/bin/python3 bench/Splatting/open3d_frames.py DIR
"""
import sys
import time

import numpy as np
import open3d as o3d

folder = sys.argv[1]
numbers = [float(v) for v in open(folder + "/camera.txt").read().split()]
camera = o3d.camera.PinholeCameraParameters()
camera.intrinsic = o3d.camera.PinholeCameraIntrinsic(1280, 720, *numbers[:4])
camera.extrinsic = np.array(numbers[4:]).reshape(4, 4)
window = o3d.visualization.Visualizer()
if not window.create_window(width=1280, height=720):
    sys.exit("no OpenGL window: run under xvfb-run")
window.get_render_option().point_size = 3
window.get_render_option().light_on = False
window.add_geometry(o3d.io.read_point_cloud(folder + "/cloud.ply"))
window.get_view_control().convert_from_pinhole_camera_parameters(camera, True)
times = []
for k in range(40):
    start = time.perf_counter()
    picture = np.asarray(window.capture_screen_float_buffer(True))
    times.append(time.perf_counter() - start)
o3d.io.write_image(folder + "/open3d.png", o3d.geometry.Image((picture * 255).astype(np.uint8)))
print(f"Open3D {o3d.__version__}, {picture.shape[1]}x{picture.shape[0]}: fastest {1000 * min(times):.1f} ms, median {1000 * sorted(times)[20]:.1f} ms")
