using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Rendering.Paths;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Rendering.Tests.Paths;

public sealed class PathFileTests : IDisposable
{
    private static readonly ViewCamera Source = new(Intrinsics.Centered(500, 500, 640, 360), new RigidTransform(Mat3.FromRotationVector(new(0, 0.3, 0)), new(1, 2, 3)));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Keyframes_are_met_and_the_way_between_them_has_no_corner()
    {
        var path = KeyframePath.Open(Written("""
            { "relativeTo": "world", "unit": "world", "keyframes": [
              { "frame": 0, "position": [0, 0, 0], "lookAt": [0, 0, 5], "fieldOfView": 40 },
              { "frame": 10, "position": [1, 0, 0], "lookAt": [0, 0, 5], "fieldOfView": 50 },
              { "frame": 30, "position": [1, -1, 1], "lookAt": [0, 0, 5], "fieldOfView": 60 } ] }
            """), 4);
        foreach (var (frame, x, y, z, fov) in new[] { (0, 0.0, 0.0, 0.0, 40.0), (10, 1, 0, 0, 50), (30, 1, -1, 1, 60), (50, 1, -1, 1, 60) })
        {
            var camera = path.At(frame, Source);
            Assert.Equal(0, (camera.CamFromWorld.Center - new Vec3(x, y, z)).Length, 9);
            var (u, v) = camera.Intrinsics.Project(camera.CamFromWorld.Apply(new(0, 0, 5)));
            Assert.Equal(camera.Intrinsics.Cx, u, 6);
            Assert.Equal(camera.Intrinsics.Cy, v, 6);
            Assert.Equal(180 / Math.Tan(fov * Math.PI / 360), camera.Intrinsics.Fy, 6);
        }

        Vec3 before = Centre(10) - Centre(9), after = Centre(11) - Centre(10);
        Assert.True((after - before).Length < 0.06, $"{before} then {after}");
        for (var i = 0; i < 30; i++)
        {
            var r = path.At(i, Source).CamFromWorld.Rotation;
            Assert.Equal(3, (r * r.Transposed).Trace, 9);
        }

        Vec3 Centre(int frame) => path.At(frame, Source).CamFromWorld.Center;
    }

    [Fact]
    public void Keyframes_of_the_source_camera_move_with_it_and_count_in_median_depths()
    {
        var path = ViewPathFile.Open(Written("""{ "keyframes": [ { "frame": 3, "position": [0.5, 0, 0], "rotation": [2, 0, 0, 0] } ] }"""), 20, 640, 360, 4);
        var camera = path.At(7, Source);
        Assert.Equal(Source.Intrinsics, camera.Intrinsics);
        Assert.Equal(0, (Source.CamFromWorld.Apply(camera.CamFromWorld.Center) - new Vec3(2, 0, 0)).Length, 9);
    }

    [Fact]
    public void The_clips_own_cameras_as_a_path_are_the_source_and_fewer_are_interpolated()
    {
        var scene = TruthScene.Courtyard(9);
        var file = Path.Combine(_folder.Path, "cameras.json");
        scene.Cameras(640, 360).Save(file);
        var path = ViewPathFile.Open(file, 9, 640, 360, 1);
        var stretched = ViewPathFile.Open(file, 17, 640, 360, 1);
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal(0, (path.At(i, Source).CamFromWorld.Center - scene.CamFromWorld(i).Center).Length, 9);
            Assert.Equal(scene.Intrinsics(640, 360).Fx, path.At(i, Source).Intrinsics.Fx, 9);
            Assert.Equal(0, (stretched.At(2 * i, Source).CamFromWorld.Center - scene.CamFromWorld(i).Center).Length, 9);
        }
    }

    [Theory]
    [InlineData("""{ "keyframes": [] }""", "no keyframes")]
    [InlineData("""{ "keyframes": [ { "position": [0,0,0], "lookAt": [0,0,1] } ] }""", "frame is missing")]
    [InlineData("""{ "keyframes": [ { "frame": 0, "position": [0,0], "lookAt": [0,0,1] } ] }""", "position")]
    [InlineData("""{ "keyframes": [ { "frame": 0, "position": [0,0,1e99], "lookAt": [0,0,1] } ] }""", "position")]
    [InlineData("""{ "keyframes": [ { "frame": 0, "position": [0,0,0] } ] }""", "either lookAt or rotation")]
    [InlineData("""{ "keyframes": [ { "frame": 0, "position": [0,0,0], "rotation": [0,0,0,0] } ] }""", "quaternion")]
    [InlineData("""{ "keyframes": [ { "frame": 0, "position": [0,0,0], "lookAt": [0,0,0] } ] }""", "looks at where it stands")]
    [InlineData("""{ "keyframes": [ { "frame": 0, "position": [0,0,0], "lookAt": [0,3,0] } ] }""", "along its up")]
    [InlineData("""{ "keyframes": [ { "frame": 0, "position": [0,0,0], "lookAt": [0,0,1], "fieldOfView": 179.9 } ] }""", "field of view")]
    [InlineData("""{ "keyframes": [ { "frame": 0, "position": [0,0,0], "lookAt": [0,0,1], "fov": 50 } ] }""", "fov")]
    [InlineData("""{ "keyframes": [ { "frame": 5, "position": [0,0,0], "lookAt": [0,0,1] }, { "frame": 5, "position": [0,0,0], "lookAt": [0,0,1] } ] }""", "does not come after")]
    [InlineData("""{ "unit": "inch", "keyframes": [ { "frame": 0, "position": [0,0,0], "lookAt": [0,0,1] } ] }""", "unit")]
    [InlineData("""{ "keyframes": 7 }""", "cannot be read")]
    [InlineData("""{ "keyframes" """, "cannot be read")]
    [InlineData("""{ "frames": [ { "file_path": "a.png", "transform_matrix": [[1,0,0,0],[0,2,0,0],[0,0,1,0],[0,0,0,1]] } ], "fl_x": 500, "w": 640, "h": 360, "cx": 320, "cy": 180 }""", "orthonormal")]
    [InlineData("""{ "frames": [ { "file_path": "a.png", "transform_matrix": [[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]] } ], "fl_x": 1e30, "w": 640, "h": 360, "cx": 320, "cy": 180 }""", "focal")]
    public void Files_that_make_no_sense_are_refused_with_the_reason(string json, string reason)
    {
        var error = Assert.Throws<Depth3DException>(() => ViewPathFile.Open(Written(json), 10, 640, 360, 1));
        Assert.Contains(reason, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    private string Written(string json)
    {
        var path = Path.Combine(_folder.Path, "path.json");
        File.WriteAllText(path, json);
        return path;
    }
}
