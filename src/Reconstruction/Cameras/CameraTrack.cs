using System.Text.Json;
using System.Text.Json.Serialization;

namespace Depth3D.Reconstruction.Cameras;

/// <summary>The cameras of a clip, one per frame, sharing intrinsics.</summary>
/// <param name="Source">Where they come from: <c>colmap</c>, <c>file</c>, <c>homography</c>, <c>flow</c>, <c>sway</c> (small parallax), ...</param>
/// <param name="Verdict">For people: what was found and how far it can be trusted.</param>
public sealed record CameraTrack(
    Intrinsics Intrinsics, IReadOnlyList<FrameCamera> Frames, CameraMotion Motion, string Source, string Verdict)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNameCaseInsensitive = true };

    [JsonIgnore]
    public double RegisteredShare => Frames.Count == 0 ? 0 : (double)Frames.Count(f => f.Registered) / Frames.Count;

    /// <summary>The same cameras with every camera centre multiplied by <paramref name="scale"/> about the world's origin.</summary>
    public CameraTrack ScaledBy(double scale) => this with
    {
        Frames = [.. Frames.Select(f => f with
        {
            CamFromWorld = f.CamFromWorld with { Translation = f.CamFromWorld.Translation * scale },
        })],
    };

    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json));

    /// <exception cref="InvalidDataException">The file is not a camera track.</exception>
    public static CameraTrack Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<CameraTrack>(File.ReadAllText(path), Json)
                ?? throw new InvalidDataException($"{path}: empty camera track");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: not a camera track: {e.Message}", e);
        }
    }
}
