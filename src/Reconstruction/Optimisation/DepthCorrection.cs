using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// A log-depth correction per frame: the sum of bilinear grids of several cell sizes, the coarse ones giving each frame its overall level
/// and the fine ones its shape. Starts at zero. Grid nodes are spread evenly from the first pixel centre to the last.
/// </summary>
internal sealed class DepthCorrection : IDisposable
{
    /// <summary>Differences of log depth below this cost next to nothing: the slope of a surface is free.</summary>
    private const double RoughnessKnee = 0.005;

    private readonly Tensor[] _grids;
    private readonly int _width;
    private readonly int _height;

    public DepthCorrection(int frames, int width, int height, IReadOnlyList<int> strides, Device device)
    {
        _width = width;
        _height = height;
        _grids = [.. strides.Select(s => zeros([frames, Nodes(height, s), Nodes(width, s)], dtype: ScalarType.Float32, device: device)
            .requires_grad_(true).DetachFromDisposeScope())];
    }

    /// <summary>Learnable grids [frames, nodes down, nodes across], coarse to fine.</summary>
    public IReadOnlyList<Tensor> Grids => _grids;

    /// <summary>
    /// Correction at points of frames <c>[first, first + count)</c>. The frames' grids are read as one tall picture: neighbours in it never
    /// mix, because a frame's last row is hit exactly or not at all.
    /// </summary>
    /// <param name="x">Pixels, [M].</param>
    /// <param name="frame">Index in the window, [M].</param>
    public Tensor At(Tensor x, Tensor y, Tensor frame, int first, int count)
    {
        Tensor? sum = null;
        var gx = x.mul(2.0 / (_width - 1)).sub(1);
        foreach (var grid in _grids)
        {
            var (down, across) = (grid.shape[1], grid.shape[2]);
            var row = frame.mul(down).add(y.mul((double)(down - 1) / (_height - 1)));
            var gy = row.mul(2.0 / ((count * down) - 1)).sub(1);
            var tall = grid.narrow(0, first, count).reshape(1, 1, count * down, across);
            var at = stack([gx, gy], 1).reshape(1, 1, x.shape[0], 2);
            var value = nn.functional.grid_sample(tall, at, mode: GridSampleMode.Bilinear,
                padding_mode: GridSamplePaddingMode.Border, align_corners: true).reshape(x.shape[0]);
            sum = sum is null ? value : sum.add(value);
        }

        return sum!;
    }

    /// <summary>
    /// Mean absolute difference between neighbouring nodes of frames <c>[first, first + count)</c>, summed over grids and axes. Absolute, so that a
    /// correction may jump where it must, at an edge that the prior blurred, and is carried evenly over pixels that nothing else tells about.
    /// </summary>
    public Tensor Roughness(int first, int count)
    {
        Tensor? sum = null;
        foreach (var grid in _grids)
        {
            var part = grid.narrow(0, first, count);
            var rough = Difference(part, 1).add(Difference(part, 2));
            sum = sum is null ? rough : sum.add(rough);
        }

        return sum!;
    }

    /// <summary>The correction of one frame, for use without tensors.</summary>
    /// <param name="onTopOf">Another grid of the same picture that the correction starts from.</param>
    public CorrectionMap Map(int frame, (int Down, int Across, float[] Values)? onTopOf = null) => new(_width, _height,
        [.. _grids.Select(g => ((int)g.shape[1], (int)g.shape[2], Read(g, frame))), .. onTopOf is { } start ? [start] : Array.Empty<(int, int, float[])>()]);

    public void Dispose()
    {
        foreach (var grid in _grids) grid.Dispose();
    }

    private static Tensor Difference(Tensor grid, long axis)
    {
        var links = grid.shape[axis] - 1;
        return grid.narrow(axis, 1, links).sub(grid.narrow(axis, 0, links)).square().add(RoughnessKnee * RoughnessKnee).sqrt().sub(RoughnessKnee).mean();
    }

    private static int Nodes(int pixels, int stride) => ((pixels + stride - 1) / stride) + 1;

    private static float[] Read(Tensor grid, int frame)
    {
        using var scope = NewDisposeScope();
        return grid.detach().select(0, frame).cpu().contiguous().data<float>().ToArray();
    }
}
