using Depth3D.Imaging;

namespace Depth3D.Reconstruction.Flow;

/// <summary>
/// Optical flow between two frames both ways, in pixels of its own size: <c>p2 = p1 + Forward(p1)</c> on frame 1's grid,
/// <c>p1 = p2 + Backward(p2)</c> on frame 2's grid (spec 0), two channels (du, dv).
/// </summary>
/// <param name="ForwardValid">On frame 1's grid, 1 = valid.</param>
/// <param name="BackwardValid">On frame 2's grid, 1 = valid.</param>
public sealed record FlowPair(
    int Frame1, int Frame2, Raster<float> Forward, Raster<float> Backward, Raster<byte> ForwardValid, Raster<byte> BackwardValid)
{
    public int Gap => Frame2 - Frame1;

    /// <summary>The flow that starts at <paramref name="frame"/>, one of the two, and its validity.</summary>
    public (Raster<float> Flow, Raster<byte> Valid) From(int frame) =>
        frame == Frame1 ? (Forward, ForwardValid)
        : frame == Frame2 ? (Backward, BackwardValid)
        : throw new ArgumentOutOfRangeException(nameof(frame), frame, $"the pair joins {Frame1} and {Frame2}");
}
