using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Rendering.Splatting;

namespace Depth3D.Rendering.Views;

/// <summary>
/// What stands still in a clip, as all its frames saw it, in one cloud: fills what the frame at hand does not show. Kept as arrays <c>x y z</c>
/// (world units), <c>diameters</c> and <c>colours</c> (0x00RRGGBB) of an NPZ.
/// </summary>
public static class StaticBackground
{
    /// <summary>Entries for <see cref="Npz.Write"/>.</summary>
    public static (string Name, NpyArray Array)[] ToArrays(PointCloud cloud) =>
    [
        ("x", NpyArray.From(cloud.X, cloud.Count)), ("y", NpyArray.From(cloud.Y, cloud.Count)), ("z", NpyArray.From(cloud.Z, cloud.Count)),
        ("diameters", NpyArray.From(cloud.Diameters, cloud.Count)), ("colours", NpyArray.From(cloud.Colours, cloud.Count)),
    ];

    /// <exception cref="Depth3DException">The file is no such cloud.</exception>
    public static PointCloud Read(string path) => From(Npz.Read(path), path);

    /// <exception cref="Depth3DException">An array is missing or does not fit the others.</exception>
    public static PointCloud From(IReadOnlyDictionary<string, NpyArray> arrays, string path)
    {
        try
        {
            return new PointCloud(Floats("x"), Floats("y"), Floats("z"), Floats("diameters"),
                Array.ConvertAll(arrays["colours"].As<uint>().ToArray(), c => c & 0xFFFFFF));
        }
        catch (Exception e) when (e is KeyNotFoundException or ArgumentException or InvalidOperationException or InvalidCastException)
        {
            throw new Depth3DException($"not a cloud of a clip's background: {e.Message}", path, "render the effect again", FailureKind.Storage, e);
        }

        float[] Floats(string name) => arrays[name].As<float>().ToArray();
    }
}
