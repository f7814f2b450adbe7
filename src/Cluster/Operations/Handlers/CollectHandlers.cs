using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Operations.Results;
using Depth3D.Messages;
using Depth3D.Pipeline.Storage;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary><c>store gc</c>: only the active coordinator knows which attempts may still write.</summary>
internal static class CollectHandlers
{
    /// <summary>An upload is left alone for so long, because its clip may be submitted next.</summary>
    private static readonly TimeSpan UploadAge = TimeSpan.FromDays(1);

    public static async Task<object> CollectAsync(OperatorCall call, CancellationToken cancellation)
    {
        var (store, dry) = (call.Cluster.Store, call.Arguments.Flag("dry-run"));
        var gc = new StoreGc(store);
        var rows = new List<GarbageRow>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var clip in (await call.Cluster.Journal.ListAsync(cancellation).ConfigureAwait(false)).Select(c => c.Clip))
        {
            var state = await call.Cluster.Clips.StateAsync(clip, cancellation).ConfigureAwait(false);
            used.UnionWith(InputStore.IdsIn(state.OptionsJson));
            if (call.Arguments.Clip() is { } only && only != clip) continue;
            var garbage = gc.Find(clip, state.Accepted(clip), (id, epoch) => MayWrite(state, id, epoch));
            rows.AddRange(garbage.Select(g => new GarbageRow(clip.Value, Path.GetRelativePath(store.Paths.Root, g.Path), g.Bytes, g.Why)));
            if (!dry) gc.Collect(garbage);
        }

        if (call.Arguments.Clip() is null) Uploads(call, used, dry, rows);
        return new GarbageReport(dry, rows.Count, rows.Sum(r => r.Bytes), rows);
    }

    private static void Uploads(OperatorCall call, HashSet<string> used, bool dry, List<GarbageRow> rows)
    {
        var inputs = new InputStore(call.Cluster.Store);
        var garbage = inputs.FindUnused(used, DateTime.UtcNow - UploadAge);
        rows.AddRange(garbage.Select(g => new GarbageRow("", Path.GetRelativePath(call.Cluster.Store.Paths.Root, g.Path), g.Bytes, g.Why)));
        if (!dry) inputs.Collect(garbage);
    }

    /// <summary>Also the epoch after the last one: it may be granted while this looks.</summary>
    private static bool MayWrite(ClipState state, TaskId id, long epoch) => state.Tasks.TryGetValue(id, out var task)
        && ((task.Phase == TaskPhase.Running && task.Epoch == epoch) || (epoch > task.Epoch && !task.IsSettled));
}
