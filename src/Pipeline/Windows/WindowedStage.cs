using Depth3D.Messages;

namespace Depth3D.Pipeline.Windows;

/// <summary>
/// Runs a stage on every window of a long clip for itself: each window is a clip to it (<see cref="WindowReader"/>), its files get the window's
/// name before theirs. Windows need nothing of each other, so a stage that is one task, or one chain, for a clip becomes one for each window. A
/// clip without windows is planned and run by the stage itself, as if this were not here.
/// </summary>
/// <param name="stage">The stage for one clip.</param>
/// <param name="splits">Whether these options let it work on windows; a method that gives one result for the clip from outside does not.</param>
/// <param name="adapt">Options of a window's tasks, where they differ from the clip's: given these, what the clip has, and what the window has.</param>
public sealed class WindowedStage(
    IStage stage, Func<DepthOptions, bool> splits, Func<DepthOptions, IArtifactReader, WindowReader, DepthOptions>? adapt = null) : IStage
{
    public StageName Name => stage.Name;

    public WorkerPool Pool => stage.Pool;

    public IReadOnlyList<StageName> After => stage.After;

    public IReadOnlyList<PlannedTask> Plan(StagePlanContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Windows(context.Options, context.Inputs) is { } windows
            ? [.. windows.Items.SelectMany(w => PlanOf(context, w).Select((task, index) => Named(task, index, w)))]
            : stage.Plan(context);
    }

    public async Task ExecuteAsync(StageContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Windows(context.Options, context.Inputs) is not { } windows)
        {
            await stage.ExecuteAsync(context, cancellation).ConfigureAwait(false);
            return;
        }

        var (window, index, task) = Find(windows, context);
        try
        {
            var own = new WindowReader(context.Inputs, window);
            await stage.ExecuteAsync(context with
            {
                Id = new TaskId(stage.Name, index),
                Task = task,
                Inputs = own,
                Options = Adapted(context.Options, context.Inputs, own),
            }, cancellation).ConfigureAwait(false);
        }
        catch (Depth3DException e)
        {
            throw new Depth3DException($"{window}: {e.What}", e.Where, e.Remedy, e.Kind, e);
        }

        foreach (var file in Directory.GetFiles(context.OutputFolder)) File.Move(file, context.Output(window.NameOf(Path.GetFileName(file))));
    }

    private ClipWindows? Windows(DepthOptions options, IArtifactReader inputs) => splits(options) ? ClipWindows.Read(inputs) : null;

    private DepthOptions Adapted(DepthOptions options, IArtifactReader clip, WindowReader own) => adapt?.Invoke(options, clip, own) ?? options;

    private IReadOnlyList<PlannedTask> PlanOf(StagePlanContext context, ClipWindow window)
    {
        var own = new WindowReader(context.Inputs, window);
        return stage.Plan(new StagePlanContext(Adapted(context.Options, context.Inputs, own), own));
    }

    private static PlannedTask Named(PlannedTask task, int index, ClipWindow window) => task with
    {
        Label = $"{window}: {task.Label}",
        Frames = task.Frames is { } range ? range with { First = range.First + window.First } : new FrameRange(window.First, window.Count),
        AfterPrevious = index > 0 && task.AfterPrevious,
    };

    /// <summary>The window that a task was planned for, and the task as the stage planned it there.</summary>
    private (ClipWindow Window, int Index, PlannedTask Task) Find(ClipWindows windows, StageContext context)
    {
        var index = context.Id.TaskIndex;
        foreach (var window in windows.Items)
        {
            var planned = PlanOf(new StagePlanContext(context.Options, context.Inputs), window);
            if (index < planned.Count) return (window, index, planned[index]);
            index -= planned.Count;
        }

        throw new Depth3DException($"task {context.Id} belongs to no window; it was planned by another version", kind: FailureKind.Storage);
    }
}
