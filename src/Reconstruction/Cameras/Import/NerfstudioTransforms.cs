using System.Text.Json;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Import;

/// <summary>
/// nerfstudio's and Instant NGP's <c>transforms.json</c>: <c>transform_matrix</c> is camera to world with OpenGL camera axes (x right, y up,
/// z backward), intrinsics for all frames or per frame, principal point with pixel centres at +0.5.
/// </summary>
internal static class NerfstudioTransforms
{
    /// <exception cref="Messages.Depth3DException">Not JSON, a field is missing or a value makes no sense.</exception>
    public static CameraSet Read(string path)
    {
        using var stream = CameraFault.Open(path);
        return Read(stream, path);
    }

    /// <inheritdoc cref="Read(string)"/>
    public static CameraSet Read(Stream stream, string where)
    {
        try
        {
            using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 32, AllowTrailingCommas = true });
            return Read(document.RootElement, where);
        }
        catch (JsonException e)
        {
            throw CameraFault.Of(where, $"not JSON: {e.Message}", inner: e);
        }
    }

    private static CameraSet Read(JsonElement root, string where)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("frames", out var frames) || frames.ValueKind != JsonValueKind.Array)
            throw CameraFault.Of(where, "no array \"frames\", so this is no transforms.json");
        if (frames.GetArrayLength() == 0) throw CameraFault.Of(where, "\"frames\" is empty");
        var warnings = new List<string>();
        var cameras = new List<NamedCamera>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var frame in frames.EnumerateArray())
        {
            var name = frame.ValueKind == JsonValueKind.Object && frame.TryGetProperty("file_path", out var f)
                && f.ValueKind == JsonValueKind.String ? f.GetString()! : null;
            var at = $"{where}, frame {cameras.Count}{(name is null ? "" : $" '{name}'")}";
            if (name is not null && !names.Add(name)) throw CameraFault.Of(at, "occurs twice");
            var lens = ReadLens(root, frame, at);
            var perFrame = new List<string>();
            var pinhole = lens.ToPinhole(at, perFrame);
            if (cameras.Count == 0) warnings.AddRange(perFrame);
            cameras.Add(new NamedCamera(name, ReadPose(frame, at), pinhole));
        }

        return new CameraSet(cameras, [], warnings);
    }

    private static RigidTransform ReadPose(JsonElement frame, string at)
    {
        if (!frame.TryGetProperty("transform_matrix", out var matrix) || matrix.ValueKind != JsonValueKind.Array || matrix.GetArrayLength() is not (3 or 4))
            throw CameraFault.Of(at, "no 4x4 \"transform_matrix\"");
        Span<double> m = stackalloc double[12];
        for (var r = 0; r < 3; r++)
        {
            var row = matrix[r];
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != 4) throw CameraFault.Of(at, $"row {r} of \"transform_matrix\" has not 4 numbers");
            for (var c = 0; c < 4; c++) m[(4 * r) + c] = Number(row[c], at, "an entry of \"transform_matrix\"");
        }

        return OpenGlPose.CamFromWorld(m, at);
    }

    private static LensParameters ReadLens(JsonElement root, JsonElement frame, string at)
    {
        double? Get(string name) =>
            frame.TryGetProperty(name, out var own) ? Number(own, at, name) : root.TryGetProperty(name, out var shared) ? Number(shared, at, name) : null;
        if (frame.ValueKind != JsonValueKind.Object) throw CameraFault.Of(at, "is not an object");
        if (root.TryGetProperty("camera_model", out var model) && model.ValueKind == JsonValueKind.String
            && model.GetString() is not ("OPENCV" or "PINHOLE" or "SIMPLE_PINHOLE" or "SIMPLE_RADIAL" or "RADIAL" or "PERSPECTIVE"))
            throw CameraFault.Of(at, $"camera model {model.GetString()} is not a pinhole", "undistort the images first: ns-process-data or colmap image_undistorter");
        if (root.TryGetProperty("is_fisheye", out var fisheye) && fisheye.ValueKind == JsonValueKind.True)
            throw CameraFault.Of(at, "the lens is a fisheye", "undistort the images to a pinhole first");
        var (width, height) = (Get("w") ?? throw Missing("w"), Get("h") ?? throw Missing("h"));
        CameraFault.CheckSize(width, height, at);
        var fx = Get("fl_x") ?? (Get("camera_angle_x") is { } angle ? width / 2 / Math.Tan(angle / 2) : throw Missing("fl_x"));
        var fy = Get("fl_y") ?? fx;
        var pinhole = new Intrinsics(fx, fy, (Get("cx") ?? (width / 2)) - 0.5, (Get("cy") ?? (height / 2)) - 0.5, (int)width, (int)height);
        return new LensParameters(pinhole, Get("k1") ?? 0, Get("k2") ?? 0, Get("p1") ?? 0, Get("p2") ?? 0);

        Exception Missing(string name) => CameraFault.Of(at, $"\"{name}\" is missing");
    }

    private static double Number(JsonElement value, string at, string what) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var v) && double.IsFinite(v)
            ? v : throw CameraFault.Of(at, $"{what} is {value.GetRawText()}; a finite number expected");
}
