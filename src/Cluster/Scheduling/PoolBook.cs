using Depth3D.Messages;

namespace Depth3D.Cluster.Scheduling;

/// <summary>Who got how much of one pool, and how long its tasks last. Shares are of slot time: what a task really took, over the weight.</summary>
internal sealed class PoolBook(WorkerPool pool, SchedulerOptions options)
{
    /// <summary>Weight of the latest task in the mean duration.</summary>
    private const double Latest = 1.0 / 16;

    /// <summary>Attempts in the steady mean: enough that chance moves it by a few hundredths.</summary>
    private const int Remembered = 256;

    /// <summary>Every task costs at least this: placing and reporting it.</summary>
    private const double LeastSeconds = 0.01;

    /// <summary>The mean must be off by this factor before anything changes.</summary>
    private const double Margin = 1.25;

    private readonly Dictionary<string, ProjectShare> _projects = new(StringComparer.Ordinal);
    private readonly ShareLevel<ProjectShare> _level = new();
    private readonly SteadyMean _typical = new(Remembered);
    private double? _meanSeconds;

    public WorkerPool Pool => pool;

    /// <summary>What a task is charged when it is placed; corrected when it ends.</summary>
    public double Estimate => Math.Max(_meanSeconds ?? 1, LeastSeconds);

    /// <summary>
    /// Mean seconds of many attempts; null before one ended. Whoever asks again and again whether something is below a limit needs one that
    /// chance does not move: of a quick mean the lowest value would decide.
    /// </summary>
    public double? TypicalSeconds => _typical.Value;

    /// <summary>Tasks per slot that nodes may hold beyond those they run. Changed with a margin, so that it does not flap.</summary>
    public int AheadPerSlot { get; private set; }

    /// <summary>The nodes that serve it and take work.</summary>
    public NodeRing Nodes { get; } = new();

    /// <summary>Slots of those nodes.</summary>
    public int SlotCount { get; set; }

    /// <summary>Tasks booked on nodes.</summary>
    public int UsedCount { get; set; }

    /// <summary>Of those, the ones claimed.</summary>
    public int RunningCount { get; set; }

    /// <summary>How full the pool is; among pools of equal priority the emptiest is served first.</summary>
    public double Fill => SlotCount == 0 ? 1 : (double)UsedCount / SlotCount;

    /// <summary>What an attempt of this length counts as, in seconds.</summary>
    public static double Cost(TimeSpan duration) => Math.Max(duration.TotalSeconds, LeastSeconds);

    /// <summary>Weights of the projects that have tasks waiting here.</summary>
    public int WaitingWeight { get; private set; }

    /// <summary>Tasks that wait here with the links that follow them, of all projects.</summary>
    public int Work { get; private set; }

    /// <summary>Clips in progress that will come here and have not yet, of all projects.</summary>
    public int Coming { get; private set; }

    public ProjectShare ProjectOf(string name) => _projects.TryGetValue(name, out var project)
        ? project
        : _projects[name] = new ProjectShare(name, Math.Max(options.ProjectWeights.GetValueOrDefault(name, 1), 1));

    public PoolShare ShareOf(ClipShare clip)
    {
        if (clip.Shares[(int)pool] is { } known) return known;
        return clip.Shares[(int)pool] = new PoolShare(clip, ProjectOf(clip.Terms.Project));
    }

    public void Enqueue(WorkItem item, ShapeQueue queue)
    {
        var share = ShareOf(item.Clip);
        Count(share.Project, item, 1);
        if (share.Waiting++ == 0)
        {
            if (share.Project.Waiting++ == 0) _level.Join(share.Project);
            share.Project.Clips.Join(share);
        }

        queue.Add(item, share);
    }

    public void Dequeue(WorkItem item, ShapeQueue queue)
    {
        var share = ShareOf(item.Clip);
        Count(share.Project, item, -1);
        queue.Remove(item, share);
        if (--share.Waiting > 0) return;
        share.Project.Clips.Leave(share);
        if (--share.Project.Waiting == 0) _level.Leave(share.Project);
    }

    /// <summary>Counts clips of a project that will come here.</summary>
    public void Come(string project, int change)
    {
        ProjectOf(project).Coming += change;
        Coming += change;
    }

    /// <summary>Counts slot time for a clip and its project; negative gives it back.</summary>
    public void Charge(ClipShare clip, double seconds)
    {
        var share = ShareOf(clip);
        var project = share.Project;
        project.Clips.Charge(share, seconds / clip.Weight);
        _level.Charge(project, seconds / project.Weight);
        foreach (var queue in share.Queues) queue.Parent!.Clips.Update(queue);
        foreach (var queue in project.Queues) queue.Level.Projects.Update(queue);
    }

    /// <summary>Learns from an attempt that ended by itself.</summary>
    /// <returns>True when <see cref="AheadPerSlot"/> changed.</returns>
    public bool Note(double seconds)
    {
        var mean = _meanSeconds is { } known ? known + (seconds - known) * Latest : seconds;
        _meanSeconds = mean;
        _typical.Add(seconds);
        var (least, most) = (AheadFor(mean * Margin), AheadFor(mean / Margin));
        if (AheadPerSlot >= least && AheadPerSlot <= most) return false;
        AheadPerSlot = AheadFor(mean);
        return true;
    }

    private void Count(ProjectShare project, WorkItem item, int change)
    {
        project.Tasks.Change(item.Clip.Terms.Priority, change);
        project.Work += change * (1 + item.Offer.Follows);
        Work += change * (1 + item.Offer.Follows);
        if (project.Tasks.Total == Math.Max(change, 0)) WaitingWeight += Math.Sign(change) * project.Weight;
    }

    private int AheadFor(double meanSeconds) => pool == WorkerPool.Trainer || meanSeconds >= options.AheadBelow.TotalSeconds
        ? 0
        : Math.Clamp((int)Math.Ceiling(options.AheadFor.TotalSeconds / meanSeconds), 1, options.MostAhead);
}
