using Depth3D.Cluster.Entity;
using Depth3D.Cluster.TestHost;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Depth3D.Cluster.Tests.Embedded;

/// <summary>Opening what a run left: every state that a folder can be in has its own words, and looking changes nothing.</summary>
public sealed class FinishedRunTests : IDisposable
{
    private static readonly StageName[] Needed = [Pipeline.Stages.Frames, Pipeline.Stages.Masks, Pipeline.Stages.Sequence, Pipeline.Stages.Train];

    private readonly TempFolder _folder = new();

    private string Store => _folder.At(FinishedRun.StoreFolder);

    private string Journal => Path.Combine(Store, ".engine", "journal.db");

    public FinishedRunTests() => File.WriteAllText(_folder.At("source.mp4"), "frames");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_finished_run_gives_its_options_and_files_and_is_not_touched()
    {
        await RunAsync(Stages());
        var before = Listing();
        var run = FinishedRun.Open(_folder.Path);
        Assert.Equal((_folder.Path, 7), (run.Folder, run.Options.Seed));
        Assert.Equal("frames", File.ReadAllText(run.Artifacts.PathOf(Pipeline.Stages.Frames, Artifacts.FramesIndex)));
        Assert.Equal(Needed.Length, run.Manifests.Count);
        Assert.Equal(before, Listing());
    }

    [Fact]
    public async Task It_opens_beside_a_process_that_makes_something_of_it()
    {
        await RunAsync(Stages());
        await using var engine = await StartAsync(Stages());
        await engine.SubmitAsync(new ClipId("another"), RecipeNames.Depth, Options, CancellationToken.None);
        Assert.Equal(Needed.Length, FinishedRun.Open(_folder.Path).Manifests.Count);
    }

    [Fact]
    public async Task A_run_that_is_being_written_names_the_process()
    {
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var engine = await StartAsync(Stages((_, _) =>
        {
            reached.TrySetResult();
            return go.Task;
        }));
        await engine.SubmitAsync(FinishedRun.Clip, RecipeNames.Depth, Options, CancellationToken.None);
        await reached.Task.Within("a task to run");
        Refused($"is being written by process {Environment.ProcessId}", ExitCode.BadInput);
        go.SetResult();
        await engine.WaitAsync(FinishedRun.Clip, CancellationToken.None).Within("the run to end");
    }

    [Fact]
    public async Task A_run_that_stopped_in_the_middle_says_how_far_it_is_and_how_to_go_on()
    {
        await using (var engine = await StartAsync(Stages(HangInTrain)))
        {
            var updates = engine.Watch(FinishedRun.Clip, CancellationToken.None);
            await engine.SubmitAsync(FinishedRun.Clip, RecipeNames.Depth, Options, CancellationToken.None);
            await foreach (var update in updates)
                if (update is ClipUpdate.Happened { Event: ClipEvent.Claimed { Task: var task } } && task.Stage == Pipeline.Stages.Train) break;
        }

        var error = Refused("is not finished; complete are frames, masks, sequence", ExitCode.BadInput);
        Assert.Contains("goes on", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_run_gives_the_reason()
    {
        await RunAsync(Stages((_, _) => throw new Depth3DException("a frame is upside down")));
        Refused("the run failed: ", ExitCode.BadInput);
    }

    [Fact]
    public async Task An_older_version_left_out_a_stage_or_a_file()
    {
        await RunAsync(Stages(without: Pipeline.Stages.Masks));
        Refused("older version, without stage masks", ExitCode.BadInput);
        Directory.Delete(Store, recursive: true);
        await RunAsync([.. Needed.Select(n => new ToyStage(n.Value, 1, []))]);
        Refused("left no frames.json", ExitCode.BadInput);
    }

    [Fact]
    public async Task A_file_that_is_gone_or_cut_is_named()
    {
        await RunAsync(Stages());
        var index = FinishedRun.Open(_folder.Path).Artifacts.PathOf(Pipeline.Stages.Train, Artifacts.TrainIndex);
        File.WriteAllText(index, "");
        Assert.Equal(index, Refused("has 0 bytes", ExitCode.Storage).Where);
        File.Delete(index);
        Assert.Equal(index, Refused("is missing", ExitCode.Storage).Where);
    }

    [Fact]
    public async Task A_damaged_journal_is_refused()
    {
        await RunAsync(Stages());
        File.WriteAllText(Journal, "this was a data base");
        Refused("cannot be read", ExitCode.Storage);
        File.Delete(Journal);
        Refused("no journal", ExitCode.BadInput);
    }

    [Fact]
    public void A_folder_of_something_else_is_no_run()
    {
        Refused("was not made by depth3d run", ExitCode.BadInput);
        Assert.Contains("no such folder", Assert.Throws<Depth3DException>(() => FinishedRun.Open(_folder.At("nowhere"))).What, StringComparison.Ordinal);
        Assert.Contains("is a file", Assert.Throws<Depth3DException>(() => FinishedRun.Open(_folder.At("source.mp4"))).What, StringComparison.Ordinal);
    }

    private static IEnumerable<IStage> Stages(Func<StageContext, CancellationToken, Task>? hook = null, StageName? without = null) => Needed.Where(n => n != without).Select((name, i) =>
        new ToyStage(name.Value, 1, [.. Needed.Where(n => n != without).Take(i)], hook: async (context, cancellation) =>
        {
            if (hook is not null) await hook(context, cancellation);
            var index = name == Pipeline.Stages.Frames ? Artifacts.FramesIndex : name == Pipeline.Stages.Train ? Artifacts.TrainIndex : "index.json";
            await File.WriteAllTextAsync(context.Output(index), name.Value, cancellation);
        }));

    private static Task HangInTrain(StageContext context, CancellationToken cancellation) =>
        context.Id.Stage == Pipeline.Stages.Train ? Task.Delay(Timeout.Infinite, cancellation) : Task.CompletedTask;

    private DepthOptions Options => new() { SourcePath = _folder.At("source.mp4"), Seed = 7 };

    private Task<EmbeddedEngine> StartAsync(IEnumerable<IStage> stages) =>
        EmbeddedEngine.StartAsync(new EmbeddedEngineOptions { StoreRoot = Store }, stages, NullLoggerFactory.Instance, CancellationToken.None);

    private async Task RunAsync(IEnumerable<IStage> stages)
    {
        await using var engine = await StartAsync(stages);
        await engine.SubmitAsync(FinishedRun.Clip, RecipeNames.Depth, Options, CancellationToken.None);
        await engine.WaitAsync(FinishedRun.Clip, CancellationToken.None).Within("the run to end");
    }

    private Depth3DException Refused(string what, ExitCode code)
    {
        var error = Assert.Throws<Depth3DException>(() => FinishedRun.Open(_folder.Path));
        Assert.Contains(what, error.What, StringComparison.Ordinal);
        Assert.Equal(code, error.ExitCode);
        return error;
    }

    private string[] Listing() => [.. Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(f => $"{f} {new FileInfo(f).Length} {File.GetLastWriteTimeUtc(f):O}")];
}
