using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.TensorOverhead;

/// <summary>Single operators from C#, each result disposed at once as in the C++ loops; the last kind leaves that to a scope of a hundred.</summary>
internal static class Operations
{
    internal static readonly string[] Names =
        ["add, 1 element", "add, 1 element, recorded", "narrow (a view)", "matmul 16x16", "relu [2,24,28,48]", "add, 1 element, in a scope"];

    /// <summary>The kind of the C++ loop that does the same work.</summary>
    internal static int NativeKind(int kind) => kind == 5 ? 0 : kind;

    internal static void Run(int kind, long n)
    {
        using var outer = NewDisposeScope();
        var (a, b) = (ones([1]), ones([1]));
        if (kind == 1) a.requires_grad_();
        var m = kind switch { 3 => ones([16, 16]), 4 => ones([2, 24, 28, 48]), _ => ones([4, 4]) };
        for (long done = 0; done < n; done += 100)
        {
            using var scope = NewDisposeScope();
            for (var i = 0; i < 100; ++i)
            {
                var result = kind switch { 0 or 1 or 5 => a.add(b), 2 => m.narrow(0, 1, 2), 3 => m.matmul(m), _ => m.relu() };
                if (kind != 5) result.Dispose();
            }
        }
    }
}
