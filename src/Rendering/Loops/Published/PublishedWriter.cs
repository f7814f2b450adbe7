using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Depth3D.Imaging;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Rendering.Loops.Published;

/// <summary>
/// Writes a loop in the layout that the published viewer opens (spec 6.1): <c>geometry.obj</c>, <c>static.png</c>, <c>dynamic/0000.png</c> and so on,
/// <c>meta.json</c>. Unlike the published files, box, up and planes are those of the frame that the mesh is in.
/// </summary>
public static class PublishedWriter
{
    public static void Write(string folder, MultiTileVideo video, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(video);
        Directory.CreateDirectory(Path.Combine(folder, "dynamic"));
        PublishedAtlas still = new(video.Validated(), moving: false), moving = new(video, moving: true);
        ImageFile.WritePng(Path.Combine(folder, "static.png"), still.Draw(0));
        Parallel.For(0, video.Frames, new ParallelOptions { CancellationToken = cancellation },
            frame => ImageFile.WritePng(Path.Combine(folder, "dynamic", FormattableString.Invariant($"{frame:0000}.png")), moving.Draw(frame)));
        var ascii = new UTF8Encoding(false);
        File.WriteAllText(Path.Combine(folder, "geometry.obj"), new PublishedMesh(video.Geometry, still, moving).ToString(), ascii);
        File.WriteAllText(Path.Combine(folder, "meta.json"), Meta(video).ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n", ascii);
    }

    private static JsonObject Meta(MultiTileVideo video)
    {
        var (geometry, view) = (video.Geometry, video.View);
        return new JsonObject
        {
            ["fps"] = video.FramesPerSecond,
            ["fov"] = 2 * Math.Atan(geometry.Reference.Height / 2.0 / geometry.Reference.Fy) * 180 / Math.PI,
            ["frame_count"] = video.Frames,
            ["near"] = geometry.PlaneDepths[0],
            ["far"] = geometry.PlaneDepths[^1],
            ["up"] = Numbers(view.Up),
            ["lookat"] = Numbers(view.LookAt),
            ["limit"] = Numbers(view.Extent),
        };
    }

    private static JsonArray Numbers(Vec3 v) => [v.X, v.Y, v.Z];
}
