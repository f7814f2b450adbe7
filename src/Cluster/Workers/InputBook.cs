using Depth3D.Cluster.Coordination;
using Depth3D.Messages;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// Fetches the manifests that did not fit a grant or a plan, and keeps those of the last few stages, so that a node asks once for what all
/// tasks of the next stage read.
/// </summary>
internal sealed class InputBook(ICoordinator coordinator, TimeProvider time, WorkerTimings timings)
{
    private const int KeptStages = 16;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly LinkedList<(ClipId Clip, InputProtocol.StageInputs Stage, IReadOnlyList<ArtifactManifest> Manifests)> _kept = [];

    public async Task<TaskProtocol.Grant> CompleteAsync(ClipId clip, TaskProtocol.Grant grant, CancellationToken cancellation) => grant.Elsewhere is null
        ? grant
        : grant with { Inputs = [.. grant.Inputs, .. await FetchAsync(clip, grant.Elsewhere, cancellation).ConfigureAwait(false)], Elsewhere = null };

    public async Task<PlanProtocol.Plan> CompleteAsync(PlanProtocol.Plan plan, CancellationToken cancellation) => plan.Elsewhere is null
        ? plan
        : plan with { Inputs = [.. plan.Inputs, .. await FetchAsync(plan.Clip, plan.Elsewhere, cancellation).ConfigureAwait(false)], Elsewhere = null };

    private async Task<IReadOnlyList<ArtifactManifest>> FetchAsync(
        ClipId clip, IReadOnlyList<InputProtocol.StageInputs> stages, CancellationToken cancellation)
    {
        // One at a time: others on this node want the same stages and find them then.
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var all = new List<ArtifactManifest>();
            foreach (var stage in stages) all.AddRange(await StageAsync(clip, stage, cancellation).ConfigureAwait(false));
            return all;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<IReadOnlyList<ArtifactManifest>> StageAsync(ClipId clip, InputProtocol.StageInputs stage, CancellationToken cancellation)
    {
        if (_kept.FirstOrDefault(k => k.Clip == clip && k.Stage == stage) is { Manifests: { } known }) return known;
        var manifests = new List<ArtifactManifest>();
        for (int? from = 0; from is { } task;)
        {
            var page = await PageAsync(new(clip, stage.Stage, task), cancellation).ConfigureAwait(false);
            manifests.AddRange(page.Manifests);
            from = page.NextTask;
        }

        _kept.AddFirst((clip, stage, manifests));
        if (_kept.Count > KeptStages) _kept.RemoveLast();
        return manifests;
    }

    /// <summary>Asks until there is an answer: whoever waits for it stops when its lease is over.</summary>
    private async Task<InputProtocol.Page> PageAsync(InputProtocol.Ask message, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var page = await coordinator.InputsAsync(message, cancellation).WaitAsync(timings.Request, time, cancellation).ConfigureAwait(false);
                if (page.Refusal is null) return page;
                if (page.Refusal != Refusal.Unavailable)
                    throw new OperationCanceledException($"the coordinator does not know stage {message.Stage} any more: {page.Refusal}");
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The answer got lost, or the coordinator changes.
            }

            await Task.Delay(timings.RetryReport, time, cancellation).ConfigureAwait(false);
        }
    }
}
