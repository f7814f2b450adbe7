using Depth3D.Cluster.Coordination;
using Depth3D.Messages;

namespace Depth3D.Cluster.Tests;

/// <summary>Stands between a worker and its coordinator: passes on what no script replaces.</summary>
internal sealed class ScriptedCoordinator(ICoordinator? inner = null) : ICoordinator
{
    public Func<TaskProtocol.Claim, Task<TaskProtocol.ClaimAnswer>>? OnClaim { get; init; }

    public Func<TaskProtocol.Renew, Task<TaskProtocol.Answer>>? OnRenew { get; init; }

    public Func<TaskProtocol.Done, Task<TaskProtocol.Answer>>? OnDone { get; init; }

    public Func<PlanProtocol.Planned, Task<TaskProtocol.Answer>>? OnPlanned { get; init; }

    public Task<TaskProtocol.ClaimAnswer> ClaimAsync(TaskProtocol.Claim message, CancellationToken cancellation) =>
        OnClaim is null ? inner!.ClaimAsync(message, cancellation) : OnClaim(message);

    public Func<InputProtocol.Ask, Task<InputProtocol.Page>>? OnInputs { get; init; }

    public Task<InputProtocol.Page> InputsAsync(InputProtocol.Ask message, CancellationToken cancellation) =>
        OnInputs is null ? inner!.InputsAsync(message, cancellation) : OnInputs(message);

    public Task<TaskProtocol.Answer> RenewAsync(TaskProtocol.Renew message, CancellationToken cancellation) =>
        OnRenew is null ? inner!.RenewAsync(message, cancellation) : OnRenew(message);

    public Task<TaskProtocol.Answer> DoneAsync(TaskProtocol.Done message, CancellationToken cancellation) =>
        OnDone is null ? inner!.DoneAsync(message, cancellation) : OnDone(message);

    public Task<TaskProtocol.Answer> PlannedAsync(PlanProtocol.Planned message, CancellationToken cancellation) =>
        OnPlanned is null ? inner!.PlannedAsync(message, cancellation) : OnPlanned(message);

    public Task<TaskProtocol.Answer> FailedAsync(TaskProtocol.Failed message, CancellationToken cancellation) => inner!.FailedAsync(message, cancellation);

    public Task<TaskProtocol.Answer> ReleasedAsync(TaskProtocol.Released message, CancellationToken cancellation) => inner!.ReleasedAsync(message, cancellation);

    public Task<TaskProtocol.Answer> PlanFailedAsync(PlanProtocol.Failed message, CancellationToken cancellation) => inner!.PlanFailedAsync(message, cancellation);

    public Task ProgressAsync(TaskProtocol.Progress message, CancellationToken cancellation) => inner!.ProgressAsync(message, cancellation);
}
