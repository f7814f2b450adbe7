using System.Text;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Cameras.Colmap;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Tests.Cameras;

internal static class CameraFixtures
{
    public static readonly Intrinsics Lens = new(520, 520, 319.5, 179.5, 640, 360);

    /// <summary>Cameras on an arc that look at the origin from about 5 units away.</summary>
    public static RigidTransform Arc(int index)
    {
        var rotation = Mat3.FromRotationVector(new Vec3(0.01 * index, -0.04 * index, 0.005 * index));
        return new RigidTransform(rotation, new Vec3(0.02 * index, -0.01 * index, 5));
    }

    /// <summary>A consistent model whose observations are off by half a pixel on average in a known way.</summary>
    public static ColmapModel Model(int images, int points, double offsetPixels = 0)
    {
        var random = new Random(7);
        var world = Enumerable.Range(0, points)
            .Select(_ => new Vec3(random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5)).ToArray();
        var camera = new ColmapCamera(1, ColmapLens.SimplePinhole, 640, 360, [520, 320, 180]);
        var rows = Enumerable.Range(0, images).Select(i => new ColmapImage(i + 1, Arc(i), 1, $"frame_{i:00000}.png",
            [.. world.Select((p, k) =>
            {
                var (u, v) = Lens.Project(Arc(i).Apply(p));
                return new ColmapObservation(u + 0.5 + offsetPixels, v + 0.5, k + 1);
            })])).ToArray();
        return new ColmapModel([camera], rows, [.. world.Select((p, k) =>
            new ColmapPoint(k + 1, p, 10, 20, 30, offsetPixels, [.. Enumerable.Range(1, images).Select(i => (i, k))]))]);
    }

    public static MemoryStream Utf8(string text) => new(Encoding.UTF8.GetBytes(text));
}
