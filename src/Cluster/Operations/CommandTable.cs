using Depth3D.Cluster.Operations.Commands;

namespace Depth3D.Cluster.Operations;

/// <summary>Every operator command, by noun and verb.</summary>
public static class CommandTable
{
    public static readonly IReadOnlyList<CommandDefinition> All =
    [
        .. ClusterCommands.All, .. NodeCommands.All, .. PoolCommands.All, .. ClipCommands.All, .. TaskCommands.All,
        .. ShardCommands.All, .. QueueCommands.All, .. LeaseCommands.All, .. StoreCommands.All, .. AuditCommands.All,
    ];

    private static readonly Dictionary<string, CommandDefinition> ByName = All.ToDictionary(c => c.Name, StringComparer.Ordinal);

    /// <summary>Nouns in the order of the table.</summary>
    public static IReadOnlyList<string> Nouns { get; } = [.. All.Select(c => c.Noun).Distinct()];

    /// <returns>Null when there is no such command.</returns>
    public static CommandDefinition? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>What a noun is, for help texts.</summary>
    public static string Describe(string noun) => noun switch
    {
        "cluster" => "The cluster as a whole: who is in it, what happens, taking nodes out.",
        "node" => "Nodes: processes that take work.",
        "pool" => "Pools: slots of one kind over all nodes, and the work that waits for them.",
        "clip" => "Clips: submitting, watching and steering them.",
        "task" => "Tasks: the units that nodes run.",
        "shard" => "Shards of the clip space and their owner.",
        "queue" => "Queues of the broker, and messages that could not be understood.",
        "lease" => "Leases: which node holds which task.",
        "store" => "The artifact store: checking it, clearing what nothing needs.",
        "audit" => "Who changed what, when and why.",
        _ => throw new ArgumentOutOfRangeException(nameof(noun), noun, "no such noun"),
    };
}
