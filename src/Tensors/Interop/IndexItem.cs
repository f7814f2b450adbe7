namespace TorchSharp;

/// <summary>One position of an index expression as it crosses the border; the kinds are listed in native/torch/ops.cpp.</summary>
internal struct IndexItem
{
    internal long Kind;
    internal long A;
    internal long B;
    internal long C;
    internal nint Indices;
}
