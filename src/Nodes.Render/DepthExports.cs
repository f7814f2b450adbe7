using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Nodes.Render;

/// <summary>Writes the depth of one frame in the formats that other tools read.</summary>
internal static class DepthExports
{
    /// <summary>Keys of the NPZ file, for people and for the sidecar.</summary>
    public static IReadOnlyDictionary<string, string> NpzKeys { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["depth"] = "f32 [H, W]: optimised depth z",
        ["depth_prior"] = "f32 [H, W]: depth before the optimisation, same unit",
        ["K"] = "f64 [3, 3]: intrinsics in pixels of this size",
        ["cam_from_world"] = "f64 [4, 4]: world to camera",
        ["cam_c2w"] = "f64 [4, 4]: camera to world",
        ["frame"] = "i32: index of the frame",
        ["timestamp_seconds"] = "f64: from the first frame",
    };

    public static void Npz(string path, RenderInputs inputs, int frame, Raster<float> refined, Raster<float> prior)
    {
        var camera = inputs.Cameras.Frames[frame].CamFromWorld;
        var time = frame < inputs.Frames.TimestampsSeconds.Count ? inputs.Frames.TimestampsSeconds[frame] : frame / inputs.Frames.FramesPerSecond;
        Imaging.Npz.Write(path,
            ("depth", NpyArray.From(refined)), ("depth_prior", NpyArray.From(prior)),
            ("K", NpyArray.From(Rows(inputs.Cameras.Intrinsics), 3, 3)),
            ("cam_from_world", NpyArray.From(Rows(camera), 4, 4)), ("cam_c2w", NpyArray.From(Rows(camera.Inverse()), 4, 4)),
            ("frame", NpyArray.Scalar(frame)), ("timestamp_seconds", NpyArray.Scalar(time)));
    }

    public static void Exr(string path, RenderInputs inputs, int frame, Raster<float> refined) =>
        Imaging.Exr.Write(path, refined.Width, refined.Height, [("Z", refined)],
            new Dictionary<string, string>
            {
                ["unit"] = DepthConventions.Unit,
                ["axes"] = DepthConventions.Axes,
                ["clip"] = inputs.Frames.SourceName,
                ["cameraSource"] = inputs.Cameras.Source,
                ["cameraRegistered"] = inputs.Cameras.Frames[frame].Registered ? "yes" : "no, interpolated from its neighbours",
            },
            new Dictionary<string, double[]>
            {
                ["frame"] = [frame],
                ["cam_from_world"] = Rows(inputs.Cameras.Frames[frame].CamFromWorld),
                ["K"] = Rows(inputs.Cameras.Intrinsics),
            });

    private static double[] Rows(Intrinsics k) => [k.Fx, 0, k.Cx, 0, k.Fy, k.Cy, 0, 0, 1];

    private static double[] Rows(RigidTransform t) =>
    [
        t.Rotation.M00, t.Rotation.M01, t.Rotation.M02, t.Translation.X,
        t.Rotation.M10, t.Rotation.M11, t.Rotation.M12, t.Translation.Y,
        t.Rotation.M20, t.Rotation.M21, t.Rotation.M22, t.Translation.Z,
        0, 0, 0, 1,
    ];
}
