using System.Text.Json;
using System.Text.Json.Serialization;
using Depth3D.Messages;

namespace Depth3D.Rendering.Paths;

/// <summary>A JSON file of camera keyframes; <c>docs/effects.md</c> describes it.</summary>
internal sealed record KeyframeFile
{
    private const long MaxBytes = 16 << 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary><c>source</c>: positions and rotations are in the axes of the frame's own camera; <c>world</c>: in the clip's world.</summary>
    public string RelativeTo { get; init; } = "source";

    /// <summary><c>median</c>: lengths count in median depths of the clip; <c>world</c>: in world units.</summary>
    public string Unit { get; init; } = "median";

    public Keyframe[]? Keyframes { get; init; }

    /// <exception cref="Depth3DException">Not such a file, or its numbers make no sense; says which keyframe.</exception>
    public static KeyframeFile Read(string path)
    {
        KeyframeFile? file;
        try
        {
            if (new FileInfo(path).Length > MaxBytes) throw Fault(path, $"larger than {MaxBytes >> 20} MiB");
            file = JsonSerializer.Deserialize<KeyframeFile>(File.ReadAllBytes(path), Json);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Fault(path, $"cannot be read as keyframes: {e.Message}", e);
        }

        if (file?.Keyframes is not { Length: > 0 }) throw Fault(path, "no keyframes in it");
        if (file.RelativeTo is not ("source" or "world")) throw Fault(path, $"relativeTo is '{file.RelativeTo}'; source or world is expected");
        if (file.Unit is not ("median" or "world")) throw Fault(path, $"unit is '{file.Unit}'; median or world is expected");
        for (var i = 0; i < file.Keyframes.Length; i++) Check(file, i, $"{path}, keyframe {i + 1}");
        return file;
    }

    private static void Check(KeyframeFile file, int index, string where)
    {
        var key = file.Keyframes![index] ?? throw Fault(where, "it is null");
        if (key.Frame is not { } frame || !double.IsFinite(frame)) throw Fault(where, "frame is missing");
        if (index > 0 && frame <= file.Keyframes[index - 1].Frame) throw Fault(where, $"frame {frame} does not come after that of the keyframe before");
        if (!IsNumbers(key.Position, 3)) throw Fault(where, "position must be three numbers");
        if (key.LookAt is null == key.Rotation is null) throw Fault(where, "give either lookAt or rotation");
        if (key.LookAt is not null && !IsNumbers(key.LookAt, 3)) throw Fault(where, "lookAt must be three numbers");
        if (key.Up is not null && !IsNumbers(key.Up, 3)) throw Fault(where, "up must be three numbers");
        if (key.Rotation is not null && (!IsNumbers(key.Rotation, 4) || key.Rotation.Sum(r => r * r) < 1e-12))
            throw Fault(where, "rotation must be a quaternion w, x, y, z of some length");
        if (key.FieldOfView is not (null or (>= 1 and <= 150))) throw Fault(where, $"a field of view of {key.FieldOfView} degrees: 1 to 150 are expected");
    }

    private static bool IsNumbers(double[]? values, int count) => values?.Length == count && values.All(v => Math.Abs(v) < 1e9);

    private static Depth3DException Fault(string where, string what, Exception? inner = null) =>
        new(what, where, "docs/effects.md shows such a file", FailureKind.BadInput, inner);
}
