using System.Runtime.InteropServices;
using Depth3D.Messages;
using Depth3D.Native;

namespace TorchSharp;

/// <summary>
/// The imports of <c>libdepth3d_torch</c>. A tensor goes in as a <see cref="TensorHandle"/>, which keeps it alive during the call, and
/// comes out as a raw pointer that <see cref="Check(nint)"/> verifies. The text of a failure is fetched only when there is one.
/// </summary>
internal static unsafe partial class LibTorch
{
    private const string Library = "depth3d_torch";
    private const int AbiVersion = 1;

    static LibTorch()
    {
        NativeLoader.Register(typeof(LibTorch).Assembly);
        int version;
        try
        {
            version = d3t_abi_version();
        }
        catch (DllNotFoundException e)
        {
            throw new Depth3DException($"the tensor library could not be loaded: {e.Message}", remedy: "run: depth3d doctor",
                kind: FailureKind.MissingTool, inner: e);
        }

        if (version != AbiVersion)
        {
            throw new Depth3DException($"lib{Library}.so has interface version {version}, expected {AbiVersion}",
                remedy: "build again: dotnet build", kind: FailureKind.MissingTool);
        }
    }

    /// <summary>Returns the pointer, or throws the text this thread's last call left.</summary>
    internal static nint Check(nint result) => result != 0 ? result : throw Error();

    internal static void Check(int status)
    {
        if (status < 0) throw Error();
    }

    internal static long Check(long count) => count >= 0 ? count : throw Error();

    internal static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    private static TorchException Error() => new(Text(d3t_last_error()));
}
