using Depth3D.Reconstruction.Cameras.Import;

namespace Depth3D.Reconstruction.Cameras.Colmap;

/// <summary>Names, parameter counts and pinhole parts of <see cref="ColmapLens"/>.</summary>
internal static class ColmapLenses
{
    private static readonly (ColmapLens Lens, string Name, int Count)[] Table =
    [
        (ColmapLens.SimplePinhole, "SIMPLE_PINHOLE", 3),
        (ColmapLens.Pinhole, "PINHOLE", 4),
        (ColmapLens.SimpleRadial, "SIMPLE_RADIAL", 4),
        (ColmapLens.Radial, "RADIAL", 5),
        (ColmapLens.OpenCv, "OPENCV", 8),
    ];

    public static string NameOf(ColmapLens lens) => Array.Find(Table, t => t.Lens == lens).Name;

    public static int CountOf(ColmapLens lens) => Array.Find(Table, t => t.Lens == lens).Count;

    public static ColmapLens Parse(string name, string where)
    {
        foreach (var row in Table)
        {
            if (row.Name == name) return row.Lens;
        }

        throw Unsupported(name, where);
    }

    public static ColmapLens Parse(int number, string where) =>
        number >= 0 && number < Table.Length ? (ColmapLens)number : throw Unsupported($"number {number}", where);

    /// <summary>The lens with pixel centres at integers: COLMAP's principal point is half a pixel larger.</summary>
    public static LensParameters ToLens(ColmapCamera camera)
    {
        var p = camera.Parameters;
        return camera.Model switch
        {
            ColmapLens.SimplePinhole => Of(p[0], p[0], p[1], p[2], 0, 0, 0, 0),
            ColmapLens.Pinhole => Of(p[0], p[1], p[2], p[3], 0, 0, 0, 0),
            ColmapLens.SimpleRadial => Of(p[0], p[0], p[1], p[2], p[3], 0, 0, 0),
            ColmapLens.Radial => Of(p[0], p[0], p[1], p[2], p[3], p[4], 0, 0),
            _ => Of(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]),
        };

        LensParameters Of(double fx, double fy, double cx, double cy, double k1, double k2, double p1, double p2) =>
            new(new Intrinsics(fx, fy, cx - 0.5, cy - 0.5, camera.Width, camera.Height), k1, k2, p1, p2);
    }

    private static Exception Unsupported(string model, string where) => CameraFault.Of(where,
        $"lens model {model} is not one of {string.Join(", ", Table.Select(t => t.Name))}",
        "undistort the images first: colmap image_undistorter --image_path IMAGES --input_path MODEL --output_path OUT");
}
