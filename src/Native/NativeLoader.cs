using System.Reflection;
using System.Runtime.InteropServices;

namespace Depth3D.Native;

/// <summary>Finds the native libraries that the build put beside the managed ones.</summary>
public static class NativeLoader
{
    private static readonly string?[] Folders =
    [
        Environment.GetEnvironmentVariable("DEPTH3D_NATIVE_DIR"),
        Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"),
        AppContext.BaseDirectory,
    ];

    /// <summary>Registers the search for one assembly's imports. Call once per assembly, from its imports class' static constructor.</summary>
    public static void Register(Assembly assembly) => NativeLibrary.SetDllImportResolver(assembly, static (name, asm, search) =>
    {
        foreach (var folder in Folders)
        {
            if (folder is { Length: > 0 } && Path.Combine(folder, $"lib{name}.so") is var file && File.Exists(file))
                return NativeLibrary.Load(file);
        }

        return NativeLibrary.TryLoad(name, asm, search, out var handle) ? handle : 0;
    });
}
