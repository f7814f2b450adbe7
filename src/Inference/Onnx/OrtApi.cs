using System.Runtime.InteropServices;
using System.Text;
using Depth3D.Messages;

namespace Depth3D.Inference.Onnx;

/// <summary>
/// ONNX Runtime's C API: the library is loaded once per process, its version-17 function table is bound by index, and one
/// environment is shared by all sessions. The indices are append-only upstream, so a newer library keeps them.
/// </summary>
internal sealed unsafe class OrtApi
{
    private const uint ApiVersion = 17;
    private const int LogFatal = 4; // errors arrive as status texts; the runtime would print them to the terminal too
    private static readonly Lock Gate = new();
    private static OrtApi? _instance;
    private readonly void** _table;

    private OrtApi(string path, nint library)
    {
        LibraryPath = path;
        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var export)) throw NotUsable(path, "it exports no OrtGetApiBase");
        var apiBase = ((delegate* unmanaged<void**>)export)();
        Version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)apiBase[1])()) ?? "unknown";
        _table = (void**)((delegate* unmanaged<uint, void*>)apiBase[0])(ApiVersion);
        if (_table is null) throw NotUsable(path, $"version {Version} does not offer API {ApiVersion}");

        void* environment, allocator, memory;
        fixed (byte* name = "depth3d\0"u8) Check(((delegate* unmanaged<int, byte*, void**, void*>)_table[3])(LogFatal, name, &environment));
        Check(((delegate* unmanaged<void**, void*>)_table[78])(&allocator));
        Check(((delegate* unmanaged<int, int, void**, void*>)_table[69])(1, 0, &memory)); // arena allocator, default memory
        Environment = environment;
        Allocator = allocator;
        CpuMemory = memory;
    }

    /// <exception cref="Depth3DException">The library is missing, broken or too old; asked again, it is looked for again.</exception>
    public static OrtApi Instance
    {
        get
        {
            lock (Gate)
            {
                if (_instance is not null) return _instance;
                var (path, handle) = OrtLibrary.Load();
                return _instance = new OrtApi(path, handle);
            }
        }
    }

    public string LibraryPath { get; }
    public string Version { get; }
    public void* Environment { get; }
    public void* CpuMemory { get; }
    private void* Allocator { get; }

    /// <summary>Raw entry of the table; the caller casts it to the function's signature.</summary>
    public void* this[int index] => _table[index];

    /// <summary>Throws ONNX Runtime's own text when <paramref name="status"/> is not null, and frees it.</summary>
    /// <param name="status">What an API function returned; null means success.</param>
    /// <param name="where">The model it concerns.</param>
    /// <exception cref="OrtException">The call failed.</exception>
    /// <exception cref="OrtException">The call failed.</exception>
    /// <exception cref="OutOfMemoryException">It failed for lack of memory, on whatever device.</exception>
    public void Check(void* status, string? where = null)
    {
        if (status is null) return;
        var code = ((delegate* unmanaged<void*, int>)_table[1])(status);
        var text = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<void*, byte*>)_table[2])(status)) ?? "no text";
        Release(93, status);
        var error = new OrtException(code, text, where);
        throw error.IsOutOfMemory ? new OutOfMemoryException(error.Message, error) : error;
    }

    /// <summary>Calls one of the release functions, which take the object and return nothing.</summary>
    public void Release(int index, void* handle)
    {
        if (handle is not null) ((delegate* unmanaged<void*, void>)_table[index])(handle);
    }

    /// <summary>A name that ONNX Runtime allocated (input or output of a session).</summary>
    public string TakeName(byte* name)
    {
        var text = Marshal.PtrToStringUTF8((nint)name) ?? "";
        Check(((delegate* unmanaged<void*, void*, void*>)_table[76])(Allocator, name));
        return text;
    }

    public string SessionName(int index, void* session, nuint position)
    {
        byte* name;
        Check(((delegate* unmanaged<void*, nuint, void*, byte**, void*>)_table[index])(session, position, Allocator, &name));
        return TakeName(name);
    }

    /// <summary>Execution providers compiled in. Listed does not mean loadable: CUDA needs two more libraries beside this one.</summary>
    public IReadOnlyList<string> AvailableProviders()
    {
        byte** names;
        int count;
        Check(((delegate* unmanaged<byte***, int*, void*>)_table[125])(&names, &count));
        var result = new string[count];
        for (var i = 0; i < count; i++) result[i] = Marshal.PtrToStringUTF8((nint)names[i]) ?? "";
        Check(((delegate* unmanaged<byte**, int, void*>)_table[126])(names, count));
        return result;
    }

    /// <summary>Zero-terminated UTF-8, as every char* of the API expects.</summary>
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private static Depth3DException NotUsable(string path, string why) =>
        new($"not a usable ONNX Runtime library: {why}", path, "run: depth3d doctor", FailureKind.MissingTool);
}
