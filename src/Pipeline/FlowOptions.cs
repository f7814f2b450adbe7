namespace Depth3D.Pipeline;

/// <summary>How optical flow is measured.</summary>
public sealed record FlowOptions
{
    /// <summary><c>dis</c> or <c>onnx:NAME</c>.</summary>
    public string Method { get; init; } = "dis";

    /// <summary>Frame gaps of the pairs, ascending, starting with 1.</summary>
    public IReadOnlyList<int> Gaps { get; init; } = [1, 2, 4, 6, 8];

    /// <summary>A flow is valid where following it forth and back returns within this many training-size pixels (spec 1.5).</summary>
    public double ConsistencyPixels { get; init; } = 1;
}
