using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Nodes.Preprocess.Frames;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Nodes.Preprocess.Tests.Frames;

/// <summary>Runs stage frames on a source in a folder of its own, without an engine.</summary>
internal sealed class FramesRun : IDisposable
{
    private readonly List<StageProgress> _progress = [];

    public string Root { get; } = Directory.CreateTempSubdirectory("d3-frames-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    public string Output => this["output"];

    public IReadOnlyList<StageProgress> Progress => _progress;

    public FramesInfo Info => StageJson.Read<FramesInfo>(Path.Combine(Output, Artifacts.FramesIndex));

    public PreflightReport Preflight => StageJson.Read<PreflightReport>(Path.Combine(Output, Artifacts.Preflight));

    public Raster<byte> Frame(int index) => ImageFile.ReadRgb(Path.Combine(Output, Artifacts.Frame(index)));

    public async Task<FramesInfo> Run(string source, FramesOptions? frames = null, CancellationToken cancellation = default)
    {
        if (Directory.Exists(Output)) Directory.Delete(Output, recursive: true);
        Directory.CreateDirectory(Output);
        Directory.CreateDirectory(this["scratch"]);
        var stage = new FramesStage();
        var options = new DepthOptions { SourcePath = source, Frames = frames ?? new FramesOptions() };
        var context = new StageContext
        {
            Clip = new ClipId("clip"),
            Id = new TaskId(stage.Name, 0),
            Task = stage.Plan(new StagePlanContext(options, null!)).Single(),
            Options = options,
            Inputs = null!,
            OutputFolder = Output,
            ScratchFolder = this["scratch"],
            Progress = new Recorder(_progress),
            Log = NullLogger.Instance,
        };
        await stage.ExecuteAsync(context, cancellation);
        return Info;
    }

    public async Task<Depth3DException> Refused(string source, FramesOptions? frames = null) =>
        await Assert.ThrowsAnyAsync<Depth3DException>(() => Run(source, frames));

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private sealed class Recorder(List<StageProgress> seen) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => seen.Add(value);
    }
}
