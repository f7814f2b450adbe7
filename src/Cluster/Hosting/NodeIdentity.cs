using Depth3D.Messages;

namespace Depth3D.Cluster.Hosting;

/// <summary>What does not change about a node while its process runs.</summary>
internal sealed record NodeIdentity(NodeId Node, IReadOnlyList<string> Roles, NodeCapacity Capacity)
{
    /// <summary>Made anew in every process.</summary>
    public string Session { get; } = Guid.NewGuid().ToString("n");

    public string Host { get; } = Environment.MachineName;

    public string Version { get; } = ClusterProcess.Version;
}
