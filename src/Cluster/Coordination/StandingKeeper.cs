using System.Threading.Channels;
using Depth3D.Cluster.Journal;
using Depth3D.Cluster.Scheduling;
using Depth3D.Messages;
using Microsoft.Extensions.Logging;

namespace Depth3D.Cluster.Coordination;

/// <summary>
/// Keeps the nodes' cordons in the journal, so that they outlive this coordinator, and notes in the audit what the cluster cordoned
/// itself. What operators do is audited where they ask for it.
/// </summary>
public sealed partial class StandingKeeper : IAsyncDisposable
{
    private readonly NodeRegistry _nodes;
    private readonly IJournal _journal;
    private readonly ILogger _log;
    private readonly Channel<NodeStanding> _said = Channel.CreateUnbounded<NodeStanding>();
    private readonly Task _keeping;

    private StandingKeeper(NodeRegistry nodes, IJournal journal, ILogger log)
    {
        (_nodes, _journal, _log) = (nodes, journal, log);
        _nodes.Changed += OnChanged;
        _keeping = Task.Run(KeepAsync);
    }

    /// <summary>Tells the registry what the journal says, and the journal what is said from now on.</summary>
    public static async Task<StandingKeeper> StartAsync(NodeRegistry nodes, IJournal journal, ILogger log, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(journal);
        nodes.Restore(await journal.StandingsAsync(cancellation).ConfigureAwait(false));
        return new StandingKeeper(nodes, journal, log);
    }

    /// <summary>Returns when everything said so far is stored, or could not be.</summary>
    public async ValueTask DisposeAsync()
    {
        _nodes.Changed -= OnChanged;
        _said.Writer.TryComplete();
        await _keeping.ConfigureAwait(false);
    }

    private void OnChanged(NodeChange change)
    {
        if (change is NodeChange.Stood stood) _said.Writer.TryWrite(stood.Standing);
    }

    private async Task KeepAsync()
    {
        await foreach (var standing in _said.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await _journal.SetStandingAsync(standing, CancellationToken.None).ConfigureAwait(false);
                if (standing.By != Actor.Cluster) continue;
                await _journal.AuditAsync(new AuditEntry(standing.At, standing.By, standing.Why,
                    standing.IsCordoned ? "node cordon" : "node uncordon", standing.Node.Value, "ok"), CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                LogNotKept(_log, standing.Node, e.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the standing of {Node} was not stored and is lost with this seed: {Reason}")]
    private static partial void LogNotKept(ILogger logger, NodeId node, string reason);
}
