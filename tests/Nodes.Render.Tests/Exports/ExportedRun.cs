using Depth3D.Native;
using Depth3D.Nodes.Render.Exports;
using Depth3D.Pipeline;

namespace Depth3D.Nodes.Render.Tests.Exports;

/// <summary>A small run, exported once in every format with a scale of its own, and the run's own depth files to compare with.</summary>
public sealed class ExportedRun : IAsyncLifetime
{
    public const double Scale = 0.37;

    private readonly DirectoryInfo _all = Directory.CreateTempSubdirectory("depth3d-exports-");
    private readonly TruthInputs _inputs = TruthInputs.ForExports(Options([.. ExportFormats.All.Select(f => f.Name)]));

    internal TruthInputs Inputs => _inputs;

    public static DepthOptions Options(params string[] formats) => new()
    {
        SourcePath = "/clip.mp4",
        Frames = new FramesOptions { ChunkFrames = 2 },
        Export = new ExportOptions { Formats = formats, Scale = Scale, Unit = "metre" },
    };

    public string Folder => _all.FullName;

    public async Task InitializeAsync()
    {
        await _inputs.Run(new DepthStage());
        foreach (IStage stage in (IStage[])[new ExportFramesStage(), new ExportClipStage()])
        {
            foreach (var file in await _inputs.Run(stage))
            {
                var path = Path.Combine(_all.FullName, file.Name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Copy(_inputs.PathOf(stage.Name, file.Name), path); // two stages that write one file would throw here
            }
        }
    }

    public Task DisposeAsync()
    {
        _inputs.Dispose();
        _all.Delete(true);
        return Task.CompletedTask;
    }

    /// <summary>Reads formats back by scripts/check-export.py; skips where a reader is not installed.</summary>
    /// <returns>What it says.</returns>
    public async Task<string> Check(string format)
    {
        string[] arguments =
            [Path.Combine(Root, "scripts", "check-export.py"), Folder, _inputs.Folder(Stages.Depth), "--scale", FormattableString.Invariant($"{Scale}"), "--only", format];
        var result = await ExternalProcess.RunAsync("/usr/bin/python3", arguments, CancellationToken.None, environment: new Dictionary<string, string>
        {
            ["GLTF_VALIDATOR"] = Environment.GetEnvironmentVariable("GLTF_VALIDATOR") ?? "",
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        });
        const int missing = 77;
        Skip.If(result.ExitCode == missing || result.OutputTail.Contains("No module named 'numpy'"), result.OutputTail);
        Assert.True(result.ExitCode == 0, result.OutputTail);
        return result.OutputTail;
    }

    private static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Depth3D.Cluster.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException();
            return folder;
        }
    }
}
