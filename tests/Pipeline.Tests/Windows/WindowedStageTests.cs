using Depth3D.Messages;
using Depth3D.Pipeline.Windows;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Pipeline.Tests.Windows;

public sealed class WindowedStageTests : IDisposable
{
    private static readonly DepthOptions Options = new() { SourcePath = "/clip.mp4" };

    private readonly MemoryArtifacts _clip = new();

    public void Dispose() => _clip.Dispose();

    [Fact]
    public void EveryWindowIsAChainOfItsOwn()
    {
        Cut();
        var plan = new WindowedStage(new ChainStage(), _ => true).Plan(new StagePlanContext(Options, _clip));
        Assert.Equal([false, true, false, true, false, true], plan.Select(t => t.AfterPrevious));
        Assert.Equal([0, 0, 20, 20, 40, 40], plan.Select(t => t.Frames!.Value.First));
        Assert.Equal("window 1, frames 20-48: link 1", plan[3].Label);
    }

    [Fact]
    public async Task ALinkRunsOnItsWindowAndReadsTheLinkBeforeIt()
    {
        Cut();
        for (var f = 0; f < 70; f++) _clip.Put(Stages.Frames, Artifacts.Frame(f), $"{f}");
        for (var task = 0; task < 6; task++) await RunAsync(new WindowedStage(new ChainStage(), _ => true), task);
        Assert.Equal("20;21", _clip.Text(Stages.Train, "w001_link_1.txt"));
        Assert.Equal("40;41", _clip.Text(Stages.Train, "w002_link_1.txt"));
    }

    [Fact]
    public async Task AClipWithoutWindowsIsLeftToTheStageItself()
    {
        for (var f = 0; f < 2; f++) _clip.Put(Stages.Frames, Artifacts.Frame(f), $"{f}");
        var stage = new WindowedStage(new ChainStage(), _ => true);
        Assert.Equal(new ChainStage().Plan(new StagePlanContext(Options, _clip)), stage.Plan(new StagePlanContext(Options, _clip)));
        for (var task = 0; task < 2; task++) await RunAsync(stage, task);
        Assert.Equal("0;1", _clip.Text(Stages.Train, "link_1.txt"));
        Cut();
        Assert.Equal(2, new WindowedStage(new ChainStage(), _ => false).Plan(new StagePlanContext(Options, _clip)).Count);
    }

    [Fact]
    public async Task AnErrorNamesItsWindow()
    {
        Cut();
        var error = await Assert.ThrowsAsync<Depth3DException>(() => RunAsync(new WindowedStage(new ChainStage(), _ => true), 2));
        Assert.StartsWith("window 1, frames 20-48: ", error.What, StringComparison.Ordinal);
    }

    /// <summary>70 frames as windows of 30 that share 9 or 10.</summary>
    private void Cut() => StageJson.Write(_clip.New(Stages.Frames, Artifacts.WindowsIndex),
        new ClipWindows(69, [new ClipWindow(0, 0, 29), new ClipWindow(1, 20, 29), new ClipWindow(2, 40, 29)]));

    private async Task RunAsync(IStage stage, int task)
    {
        var output = _clip.Folder($"out-{task}");
        await stage.ExecuteAsync(new StageContext
        {
            Clip = new ClipId("clip"),
            Id = new TaskId(stage.Name, task),
            Task = stage.Plan(new StagePlanContext(Options, _clip))[task],
            Options = Options,
            Inputs = _clip,
            OutputFolder = output,
            ScratchFolder = output,
            Progress = new Progress<StageProgress>(),
            Log = NullLogger.Instance,
        }, CancellationToken.None);
        foreach (var file in Directory.GetFiles(output)) File.Move(file, _clip.New(stage.Name, Path.GetFileName(file)));
    }

    /// <summary>Two links: each writes what it found in its own frame after what the link before it wrote.</summary>
    private sealed class ChainStage : IStage
    {
        public StageName Name => Stages.Train;

        public WorkerPool Pool => WorkerPool.Trainer;

        public IReadOnlyList<StageName> After => [Stages.Frames];

        public IReadOnlyList<PlannedTask> Plan(StagePlanContext context) => [new PlannedTask("link 0"), new PlannedTask("link 1", AfterPrevious: true)];

        public Task ExecuteAsync(StageContext context, CancellationToken cancellation)
        {
            var link = context.Id.TaskIndex;
            var before = link == 0 ? "" : File.ReadAllText(context.Inputs.PathOf(Stages.Train, $"link_{link - 1}.txt")) + ";";
            File.WriteAllText(context.Output($"link_{link}.txt"), before + File.ReadAllText(context.Inputs.PathOf(Stages.Frames, Artifacts.Frame(link))));
            return Task.CompletedTask;
        }
    }
}
