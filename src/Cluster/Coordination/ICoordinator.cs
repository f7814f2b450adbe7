using Depth3D.Messages;

namespace Depth3D.Cluster.Coordination;

/// <summary>The coordinator as a worker sees it, whatever carries the messages. Every call may throw for a lost connection or a time-out.</summary>
public interface ICoordinator
{
    Task<TaskProtocol.ClaimAnswer> ClaimAsync(TaskProtocol.Claim message, CancellationToken cancellation);

    /// <summary>What did not fit a grant or a plan.</summary>
    Task<InputProtocol.Page> InputsAsync(InputProtocol.Ask message, CancellationToken cancellation);

    Task<TaskProtocol.Answer> RenewAsync(TaskProtocol.Renew message, CancellationToken cancellation);

    Task<TaskProtocol.Answer> DoneAsync(TaskProtocol.Done message, CancellationToken cancellation);

    Task<TaskProtocol.Answer> FailedAsync(TaskProtocol.Failed message, CancellationToken cancellation);

    Task<TaskProtocol.Answer> ReleasedAsync(TaskProtocol.Released message, CancellationToken cancellation);

    Task<TaskProtocol.Answer> PlannedAsync(PlanProtocol.Planned message, CancellationToken cancellation);

    Task<TaskProtocol.Answer> PlanFailedAsync(PlanProtocol.Failed message, CancellationToken cancellation);

    /// <summary>Best effort; never throws for a message that got lost.</summary>
    Task ProgressAsync(TaskProtocol.Progress message, CancellationToken cancellation);
}
