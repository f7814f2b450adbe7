using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Rendering.Effects;

namespace Depth3D.Nodes.Render;

/// <summary>16-bit inverse depth with one range for the clip: 65535 is <see cref="NearDepth"/>, 0 is <see cref="FarDepth"/>.</summary>
internal readonly record struct InverseDepthCode(double NearDepth, double FarDepth)
{
    /// <summary>How much the range reaches beyond the percentiles when training left none.</summary>
    private const double Widening = 1.5;

    /// <summary>The formula, for the sidecar.</summary>
    public const string Formula = "depth = 1 / (code / 65535 * (1 / near_depth - 1 / far_depth) + 1 / far_depth)";

    public static InverseDepthCode Of(TrainInfo train, DepthRange range) =>
        train.NearDepth > 0 && train.FarDepth > train.NearDepth && double.IsFinite(train.FarDepth)
            ? new(train.NearDepth, train.FarDepth)
            : new(range.Near / Widening, range.Far * Widening);

    public Raster<ushort> Encode(Raster<float> depth)
    {
        var codes = new Raster<ushort>(depth.Width, depth.Height);
        double far = 1 / FarDepth, scale = 65535 / ((1 / NearDepth) - far);
        for (var i = 0; i < codes.Samples.Length; i++)
            codes.Samples[i] = (ushort)Math.Clamp(((1 / depth.Samples[i]) - far) * scale + 0.5, 0, 65535);
        return codes;
    }
}
