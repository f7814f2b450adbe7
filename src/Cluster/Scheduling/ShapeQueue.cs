namespace Depth3D.Cluster.Scheduling;

/// <summary>Every waiting task of one shape, and the nodes that have room for it. Adding, taking and charging cost O(log n).</summary>
internal sealed class ShapeQueue(TaskShape shape)
{
    private readonly SortedDictionary<int, PriorityLevel> _levels = new(Comparer<int>.Create((a, b) => b.CompareTo(a)));
    private PriorityLevel? _highest;

    public TaskShape Shape => shape;

    public NodeIndex Nodes { get; } = new(shape);

    public int Count { get; private set; }

    /// <summary>The task to place next; null when none waits.</summary>
    public WorkItem? Head => _highest?.Head;

    /// <summary>Tasks that wait with a higher priority than this.</summary>
    public int CountAbove(int priority) => _levels.Values.TakeWhile(l => l.Priority > priority).Sum(l => l.Count);

    public void Add(WorkItem item, PoolShare share)
    {
        var queue = share.Queues.Find(q => q.Owner == this);
        if (queue is null) share.Queues.Add(queue = new ClipQueue(this, share));
        queue.Items.Add(item);
        Count++;
        if (queue.Parent is null) Attach(queue);
        else queue.Parent.Level.Count++;
    }

    public void Remove(WorkItem item, PoolShare share)
    {
        var queue = share.Queues.Find(q => q.Owner == this);
        if (queue is null || !queue.Items.Remove(item)) return;
        Count--;
        queue.Parent!.Level.Count--;
        if (queue.Items.Count > 0) return;
        Detach(queue);
        share.Queues.Remove(queue);
    }

    /// <summary>Takes a clip's tasks out of line, before its pass, its project's or its priority changes.</summary>
    public void Detach(ClipQueue queue)
    {
        if (queue.Parent is not { } parent) return;
        parent.Clips.Remove(queue);
        parent.Level.Count -= queue.Items.Count;
        queue.Parent = null;
        if (parent.Clips.Count > 0) return;
        parent.Level.Projects.Remove(parent);
        parent.Project.Queues.Remove(parent);
        if (parent.Level.Projects.Count > 0) return;
        _levels.Remove(parent.Level.Priority);
        _highest = _levels.Count > 0 ? _levels.First().Value : null;
    }

    /// <summary>Puts a clip's tasks in line by what it and its project got so far.</summary>
    public void Attach(ClipQueue queue)
    {
        var level = LevelOf(queue.Share.Clip.Terms.Priority);
        var project = queue.Share.Project.Queues.Find(q => q.Level == level);
        if (project is null)
        {
            project = new ProjectQueue(queue.Share.Project, level);
            queue.Share.Project.Queues.Add(project);
            level.Projects.Add(project);
        }

        project.Clips.Add(queue);
        level.Count += queue.Items.Count;
        queue.Parent = project;
    }

    private PriorityLevel LevelOf(int priority)
    {
        if (_levels.TryGetValue(priority, out var level)) return level;
        level = _levels[priority] = new PriorityLevel(priority);
        if (_highest is null || priority > _highest.Priority) _highest = level;
        return level;
    }
}
