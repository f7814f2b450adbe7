using Depth3D.Cluster.Journal;
using Depth3D.Messages;

namespace Depth3D.Cluster.Bus;

/// <summary>Names of all queues and exchanges.</summary>
internal static class Queues
{
    public const string Election = "election";

    public const string Registry = "registry";

    public const string Operations = "operations";

    /// <summary>What could not be read or failed with a defect, from all queues.</summary>
    public const string Errors = "errors";

    /// <summary>Exchange for progress; each seed has a copy in <see cref="ObserversOf"/>.</summary>
    public const string Observers = "observers";

    /// <summary>Exchange for events; each seed has a copy in <see cref="EventsOf"/>.</summary>
    public const string Events = "events";

    public static string Shard(int shard) => $"clip-shard-{shard}";

    public static string Node(NodeId node) => $"node.{node}";

    public static string ObserversOf(string seed) => $"observers.{seed}";

    public static string EventsOf(string seed) => $"events.{seed}";

    public static string Presence(NodeId node) => $"presence.{node}";

    /// <summary>Commands to a clip.</summary>
    public static string Clips(ClipId clip, int shards) => Shard(Shards.Of(clip, shards));
}
