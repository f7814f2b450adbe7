using System.Runtime.InteropServices;
using Depth3D.Native;

namespace Depth3D.TensorOverhead;

/// <summary>The same work in C++ (bench/native), in this process: same cores, same libraries, same moment.</summary>
internal static partial class NativeSide
{
    private const string Library = "depth3d_bench";

    static NativeSide() => NativeLoader.Register(typeof(NativeSide).Assembly);

    [LibraryImport(Library)]
    internal static partial void d3b_operations(int kind, long n);

    [LibraryImport(Library)]
    internal static partial nint d3b_training(int kind);

    [LibraryImport(Library)]
    internal static partial double d3b_step(nint training);

    [LibraryImport(Library)]
    internal static partial void d3b_free(nint training);

    [LibraryImport(Library)]
    internal static partial long d3b_unet_parameters();
}
