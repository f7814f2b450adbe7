using System.Text.Json.Serialization;

namespace Depth3D.Messages;

/// <summary>Names one node: a process on the bus. Stable over its restarts, unique in the cluster; also the suffix of its queue.</summary>
[JsonConverter(typeof(NodeIdJsonConverter))]
public readonly record struct NodeId
{
    public NodeId(string value) => Value = IdRule.Check(value, "node id");

    public string Value { get; }

    public override string ToString() => Value;
}
