using Depth3D.Imaging;
using Depth3D.Rendering.Splatting;
using Depth3D.Rendering.Views;

namespace Depth3D.Rendering.Effects;

/// <summary>What effects with a moved camera keep between preparing and rendering: the background's cloud and arrays of their own, in an NPZ.</summary>
internal static class PreparedViews
{
    /// <summary>Views show depth from this share of the clip's 2 % percentile to this multiple of its 98 % percentile.</summary>
    private const double NearShare = 0.05, FarShare = 8;

    /// <summary>Side of a point in pixels of a picture as large as the clip's, at most.</summary>
    private const float MostPointPixels = 6;

    public static void Write(ISceneClip clip, string file, (string, NpyArray)[] own, IProgress<double> progress, CancellationToken cancellation) =>
        Npz.Write(file, [.. StaticBackground.ToArrays(BackgroundBuilder.Build(clip, progress, cancellation)), .. own]);

    /// <summary>The range of depth that is shown, and how large points may become.</summary>
    public static SplatOptions Splats(ISceneClip clip, int width, double pointSize, int supersampling) => new()
    {
        Near = (float)(clip.DepthRange.Near * NearShare),
        Far = (float)(clip.DepthRange.Far * FarShare),
        SizeFactor = (float)pointSize,
        MaxSizePixels = MostPointPixels * Math.Max(1, (float)width / clip.Intrinsics.Width),
        Supersampling = supersampling,
    };
}
