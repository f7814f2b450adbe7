using Depth3D.Inference.Onnx;
using Depth3D.Inference.Tests.Support;
using Depth3D.Messages;

namespace Depth3D.Inference.Tests;

/// <summary>Alone in the process: it changes the environment by which the library is found.</summary>
[Collection(nameof(SessionMemoryTests))]
public sealed class MissingLibraryTests : IDisposable
{
    private const string Library = "DEPTH3D_ONNXRUNTIME", Cache = "XDG_CACHE_HOME";
    private readonly TestFolder _folder = new();
    private readonly string? _library = Environment.GetEnvironmentVariable(Library);
    private readonly string? _cache = Environment.GetEnvironmentVariable(Cache);

    [Fact]
    public void A_library_that_is_nowhere_names_the_command_that_mends_it()
    {
        Environment.SetEnvironmentVariable(Library, null);
        Environment.SetEnvironmentVariable(Cache, _folder.Path);
        Assert.Null(OnnxRuntime.FindLibrary());
        var error = Assert.Throws<Depth3DException>(() => { OrtLibrary.Load(); });
        Assert.Equal((FailureKind.MissingTool, ExitCode.MissingTool), (error.Kind, error.ExitCode));
        Assert.Contains("depth3d doctor", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cache_folder_of_the_user_is_honoured()
    {
        Environment.SetEnvironmentVariable(Library, null);
        Environment.SetEnvironmentVariable(Cache, _folder.Path);
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "depth3d", $"onnxruntime-{OrtLibrary.PinnedVersion}")).FullName;
        File.WriteAllText(Path.Combine(folder, OrtLibrary.FileName), "no library");
        Assert.Equal(Path.Combine(folder, OrtLibrary.FileName), OnnxRuntime.FindLibrary());
        Assert.Contains("cannot be loaded", Assert.Throws<Depth3DException>(() => { OrtLibrary.Load(); }).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_in_the_environment_that_is_wrong_is_said_and_not_ignored()
    {
        Environment.SetEnvironmentVariable(Library, _folder["missing.so"]);
        Assert.Equal(_folder["missing.so"], Assert.Throws<Depth3DException>(() => { OrtLibrary.Load(); }).Where);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Library, _library);
        Environment.SetEnvironmentVariable(Cache, _cache);
        _folder.Dispose();
    }
}
