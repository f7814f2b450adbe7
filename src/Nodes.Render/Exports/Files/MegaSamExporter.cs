using Depth3D.Imaging;
using Depth3D.Messages;

namespace Depth3D.Nodes.Render.Exports.Files;

/// <summary>The clip in one NPZ of MegaSaM's layout. Written frame by frame, so that it takes no memory of the clip's size.</summary>
internal sealed class MegaSamExporter : IClipExporter
{
    /// <summary>Beyond this readers of plain zip files fail.</summary>
    private const long MostBytes = 4_000_000_000;

    public string Format => "megasam";

    public string Summary => "one NPZ of the clip with MegaSaM's keys: images, depths, intrinsic, cam_c2w (its viewers, NumPy)";

    public Task WriteClipAsync(ExportScene scene, string folder, IProgress<double> progress, CancellationToken cancellation)
    {
        int n = scene.FrameCount, w = scene.Intrinsics.Width, h = scene.Intrinsics.Height;
        var k = scene.Intrinsics;
        if ((long)n * w * h * 4 > MostBytes)
            throw new Depth3DException(FormattableString.Invariant($"{n} frames of {w}x{h} do not fit into one NPZ"), Format, "use format npz, a file per frame", FailureKind.Usage);
        Npz.WriteStreamed(Path.Combine(folder, "clip.npz"),
        [
            NpzPart.Of<byte>("images", [n, h, w, 3], n, i => Read(i, 0, scene.Rgb(i).Samples)),
            NpzPart.Of<float>("depths", [n, h, w], n, i => Read(i, 1, scene.Depth(i).Samples)),
            NpzPart.Of<float>("intrinsic", [3, 3], 1, _ => [(float)k.Fx, 0, (float)k.Cx, 0, (float)k.Fy, (float)k.Cy, 0, 0, 1]),
            NpzPart.Of<float>("cam_c2w", [n, 4, 4], n, i => Array.ConvertAll(ExportAxes.Rows(scene.WorldFromCam(i)), v => (float)v)),
        ]);
        return Task.CompletedTask;

        T[] Read<T>(int frame, int part, T[] samples)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report((part + ((frame + 1.0) / n)) / 2);
            return samples;
        }
    }
}
