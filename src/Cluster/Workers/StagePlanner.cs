using Depth3D.Cluster.Coordination;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Workers;

/// <summary>Lets a stage split its work, and reports the tasks. Repeatable, so a doubled or lost message costs nothing.</summary>
internal sealed partial class StagePlanner(
    ICoordinator coordinator, ArtifactStore store, StageBook stages, bool asksForGpus, TimeProvider time, WorkerTimings timings, ILogger log)
{
    private readonly InputBook _inputs = new(coordinator, time, timings);

    public async Task PlanAsync(PlanProtocol.Plan message, CancellationToken cancellation)
    {
        try
        {
            var whole = await _inputs.CompleteAsync(message, cancellation).ConfigureAwait(false);
            await AnswerAsync(whole, cancellation).WaitAsync(timings.Request * timings.MaxClaims, time, cancellation).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The driver asks again.
            if (!cancellation.IsCancellationRequested) LogNoAnswer(log, message.Clip, message.Stage, e.Message);
        }
    }

    private Task<TaskProtocol.Answer> AnswerAsync(PlanProtocol.Plan message, CancellationToken cancellation)
    {
        IReadOnlyList<TaskPlan> tasks;
        try
        {
            var context = new StagePlanContext(StoreReference.Resolve(OptionsCodec.Read(message.OptionsJson), store.Paths.Root), new ArtifactReader(store, message.Clip, message.Inputs));
            var stage = stages[message.Recipe, message.Stage];
            var usual = asksForGpus && GpuNeeds.Uses(stage.Pool, context.Options) ? new ResourceRequest(Gpus: 1) : null;
            tasks = stage.Plan(context).Select(task => PlanCodec.Write(task, usual)).ToArray();
        }
        catch (Exception e)
        {
            var fault = TaskFault.Of(e, new TaskId(message.Stage, 0), store.Paths.Clip(message.Clip));
            var text = $"planning stage '{message.Stage}': {fault.Text}";
            return coordinator.PlanFailedAsync(new(message.Clip, message.Stage, fault.Kind, text), cancellation);
        }

        return coordinator.PlannedAsync(new(message.Clip, message.Stage, tasks), cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Clip}: the plan of stage {Stage} did not reach the coordinator: {Reason}")]
    private static partial void LogNoAnswer(ILogger logger, ClipId clip, StageName stage, string reason);
}
