using System.Diagnostics.Metrics;
using Depth3D.Cluster.Observability;
using Depth3D.Messages;

namespace Depth3D.Seed.Http;

/// <summary>Counts operators' commands by how they ended.</summary>
internal sealed class CommandCounter(Meter meter)
{
    private readonly Counter<long> _commands = meter.CreateCounter<long>(MetricNames.Commands, description: "Operators' commands.");

    public void Note(string command, ExitCode outcome) => _commands.Add(1,
        new KeyValuePair<string, object?>(MetricNames.Command, command), new KeyValuePair<string, object?>(MetricNames.Outcome, outcome.ToString().ToLowerInvariant()));
}
