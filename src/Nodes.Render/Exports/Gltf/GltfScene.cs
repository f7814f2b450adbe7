using Depth3D.Nodes.Render.Exports.Clouds;

namespace Depth3D.Nodes.Render.Exports.Gltf;

/// <summary>The nodes, meshes and animation of an exported glTF scene.</summary>
internal sealed class GltfScene(ExportScene scene)
{
    private const int PointPrimitives = 0;

    /// <summary>The near plane, as a share of the near end of depth.</summary>
    private const double NearShare = 0.01;

    /// <summary>sRGB to linear light, as 16 bits: glTF's colours of vertices are linear.</summary>
    private static readonly ushort[] Linear = [.. Enumerable.Range(0, 256).Select(v => v / 255.0)
        .Select(v => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4)).Select(v => (ushort)Math.Round(v * 65535))];

    private readonly GlbFile _file = new();
    private readonly List<object> _nodes = [];
    private readonly List<object> _meshes = [];
    private readonly List<object> _samplers = [];
    private readonly List<object> _channels = [];

    public void AddCamera()
    {
        var poses = Enumerable.Range(0, scene.FrameCount).Select(i => ExportAxes.WorldFromOpenGlCam(scene.WorldFromCam(i), ExportAxes.YUp)).ToArray();
        float[] positions = [.. poses.SelectMany(p => new[] { (float)p.Translation.X, (float)p.Translation.Y, (float)p.Translation.Z })];
        var rotations = Rotations(poses.Select(p => p.Rotation.ToQuaternion()));
        _nodes.Add(new Dictionary<string, object>
        {
            ["name"] = "camera",
            ["camera"] = 0,
            ["translation"] = positions[..3],
            ["rotation"] = rotations[..4],
        });
        var times = _file.AddFloats([.. Enumerable.Range(0, scene.FrameCount).Select(Time)], "SCALAR", 1, bounds: true);
        Animate("translation", times, _file.AddFloats(positions, "VEC3", 3), "LINEAR");
        Animate("rotation", times, _file.AddFloats(rotations, "VEC4", 4), "LINEAR");
    }

    /// <param name="shownFrame">The only frame in which it shows; always when null.</param>
    public void AddPoints(string name, ExportCloud cloud, int? shownFrame)
    {
        if (cloud.Count == 0) return;
        var colours = new ushort[4 * cloud.Count];
        for (var i = 0; i < cloud.Count; i++)
        {
            for (var c = 0; c < 3; c++) colours[(4 * i) + c] = Linear[cloud.Rgb[(3 * i) + c]];
            colours[(4 * i) + 3] = ushort.MaxValue;
        }

        var attributes = new Dictionary<string, object>
        {
            ["POSITION"] = _file.AddFloats(ExportAxes.Turned(cloud.Xyz, ExportAxes.YUp), "VEC3", 3, bounds: true, vertices: true),
            ["COLOR_0"] = _file.AddColours(colours),
        };
        _meshes.Add(new Dictionary<string, object>
        {
            ["name"] = name,
            ["primitives"] = new object[] { new Dictionary<string, object> { ["attributes"] = attributes, ["mode"] = PointPrimitives, ["material"] = 0 } },
        });
        _nodes.Add(new Dictionary<string, object> { ["name"] = name, ["mesh"] = _meshes.Count - 1 });
        if (shownFrame is { } frame) Show(frame);
    }

    public void Write(string path)
    {
        var content = new Dictionary<string, object>
        {
            ["asset"] = new Dictionary<string, object>
            {
                ["version"] = "2.0",
                ["generator"] = "depth3d",
                ["extras"] = new Dictionary<string, object>
                {
                    ["clip"] = scene.Name,
                    ["unit"] = scene.Unit,
                    ["scale"] = scene.Scale,
                    ["axes"] = "y up; the run's world turned half about x",
                },
            },
            ["extensionsUsed"] = new[] { "KHR_materials_unlit" },
            ["scene"] = 0,
            ["scenes"] = new object[] { new Dictionary<string, object> { ["nodes"] = Enumerable.Range(0, _nodes.Count).ToArray() } },
            ["nodes"] = _nodes,
            ["cameras"] = new object[] { Camera() },
            ["animations"] = new object[] { new Dictionary<string, object> { ["name"] = "clip", ["samplers"] = _samplers, ["channels"] = _channels } },
        };
        if (_meshes.Count > 0)
        {
            content["meshes"] = _meshes;
            content["materials"] = new object[]
            {
                new Dictionary<string, object>
                {
                    ["name"] = "points", ["extensions"] = new Dictionary<string, object> { ["KHR_materials_unlit"] = new Dictionary<string, object>() },
                },
            };
        }
        else
        {
            content.Remove("extensionsUsed");
        }

        _file.Write(path, content);
    }

    private Dictionary<string, object> Camera()
    {
        var k = scene.Intrinsics;
        return new()
        {
            ["name"] = "camera",
            ["type"] = "perspective",
            ["perspective"] = new Dictionary<string, object>
            {
                ["yfov"] = 2 * Math.Atan(k.Height / (2 * k.Fy)),
                ["aspectRatio"] = k.Width / k.Fx * (k.Fy / k.Height),
                ["znear"] = scene.DepthRange.Near * NearShare,
            },
            ["extras"] = new Dictionary<string, object>
            {
                ["width"] = k.Width,
                ["height"] = k.Height,
                ["fx"] = k.Fx,
                ["fy"] = k.Fy,
                ["cx"] = k.Cx,
                ["cy"] = k.Cy,
                ["pixelCentres"] = "at integers",
            },
        };
    }

    /// <summary>A node of no size is not drawn.</summary>
    private void Show(int frame)
    {
        var keys = new SortedDictionary<float, float>();
        if (frame > 0) keys[0] = 0;
        keys[Time(frame)] = 1;
        if (frame + 1 < scene.FrameCount) keys[Time(frame + 1)] = 0;
        var times = _file.AddFloats([.. keys.Keys], "SCALAR", 1, bounds: true);
        Animate("scale", times, _file.AddFloats([.. keys.Values.SelectMany(v => new[] { v, v, v })], "VEC3", 3), "STEP");
    }

    private void Animate(string path, int input, int output, string interpolation)
    {
        _samplers.Add(new Dictionary<string, object> { ["input"] = input, ["output"] = output, ["interpolation"] = interpolation });
        _channels.Add(new Dictionary<string, object>
        {
            ["sampler"] = _samplers.Count - 1,
            ["target"] = new Dictionary<string, object> { ["node"] = _nodes.Count - 1, ["path"] = path },
        });
    }

    /// <summary>x, y, z, w; of the two quaternions of a rotation the one nearer to that before, so that what lies between is short.</summary>
    private static float[] Rotations(IEnumerable<(double W, double X, double Y, double Z)> quaternions)
    {
        var result = new List<float>();
        (double W, double X, double Y, double Z) before = (1, 0, 0, 0);
        foreach (var q in quaternions)
        {
            var sign = (q.W * before.W) + (q.X * before.X) + (q.Y * before.Y) + (q.Z * before.Z) < 0 ? -1 : 1;
            before = (q.W * sign, q.X * sign, q.Y * sign, q.Z * sign);
            result.AddRange([(float)before.X, (float)before.Y, (float)before.Z, (float)before.W]);
        }

        return [.. result];
    }

    private float Time(int frame) => (float)(scene.Seconds(frame) - scene.Seconds(0));
}
