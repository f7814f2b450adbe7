using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>TorchScript: the functions of native/torch/jit.cpp.</summary>
internal static unsafe partial class LibTorch
{
    [LibraryImport(Library)]
    internal static partial nint d3t_jit_load(byte* path, int device);

    [LibraryImport(Library)]
    internal static partial void d3t_jit_free(nint m);

    [LibraryImport(Library)]
    internal static partial int d3t_jit_save(ModuleHandle m, byte* path);

    [LibraryImport(Library)]
    internal static partial int d3t_jit_train(ModuleHandle m, int on);

    [LibraryImport(Library)]
    internal static partial int d3t_jit_is_training(ModuleHandle m);

    [LibraryImport(Library)]
    internal static partial nint d3t_jit_forward(ModuleHandle m, nint* inputs, long n);

    [LibraryImport(Library)]
    internal static partial long d3t_jit_named(ModuleHandle m, int which, byte** names, nint* tensors, long capacity);
}
