using System.Text.Json;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Hosting;
using Depth3D.Cluster.Operations.Handlers;
using Depth3D.Cluster.Scheduling;
using Depth3D.Cluster.Workers;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cluster.TestHost;

/// <summary>
/// Short forms that tests of the hosts need: <c>clip submit</c> with a source, <c>clip show</c>, <c>node list</c>, and <c>held list</c> for what nodes
/// say they hold. All other commands are the real ones.
/// </summary>
public sealed class ToyOperators : IOperatorHandler
{
    private readonly OperatorHandler _real = new(queues: null);

    public async Task<OperatorProtocol.Reply> HandleAsync(ActiveCoordinator coordinator, OperatorProtocol.Request request, CancellationToken cancellation) =>
        request.Command switch
        {
            "clip submit" when request.Arguments.ContainsKey("source") => await SubmitAsync(coordinator, new ClipId(request.Arguments["clip"]), request.Arguments["source"], cancellation),
            "clip show" => Reply((await coordinator.Clips.StateAsync(new ClipId(request.Arguments["clip"]), cancellation)).Phase.ToString()),
            "node list" => Reply(coordinator.Nodes.List().Select(n => $"{n.Id} {n.Reach}").ToArray()),
            "held list" => Reply(coordinator.Nodes.List().Where(n => n.Reach == NodeReach.Up).SelectMany(n => n.Beat!.Held.Select(h => $"{n.Id} {h.Clip} {h.Task} {h.Epoch} {h.IsEnded}")).ToArray()),
            _ => await _real.HandleAsync(coordinator, request, cancellation),
        };

    private static async Task<OperatorProtocol.Reply> SubmitAsync(ActiveCoordinator coordinator, ClipId clip, string source, CancellationToken cancellation)
    {
        coordinator.Store.Adopt(clip);
        var submit = new ClipCommand.Submit(coordinator.Clock.Now, RecipeNames.Depth, StageSpec.Of(coordinator.Recipes[RecipeNames.Depth]),
            OptionsCodec.Write(new DepthOptions { SourcePath = source }), "input");
        var decision = await coordinator.Clips.ApplyAsync(clip, submit, cancellation);
        coordinator.Driver.Activate(clip);
        return Reply(decision.Refusal?.ToString() ?? "accepted");
    }

    private static OperatorProtocol.Reply Reply(object result) => new(ExitCode.Success, JsonSerializer.Serialize(result));
}
