namespace Depth3D.Cluster.Operations;

/// <summary>What an argument's text must be.</summary>
public enum ArgumentKind
{
    Text,

    /// <summary>Absent or <c>true</c>; <c>false</c> where the default is true.</summary>
    Flag,
    Integer,
    Number,

    /// <summary>Seconds, or a number with a unit: <c>90</c>, <c>1.5m</c>, <c>2h</c>.</summary>
    Duration,
    Clip,
    Node,
    Stage,

    /// <summary>As in <c>flow/003</c>.</summary>
    Task,

    /// <summary>A JSON object.</summary>
    Json,
}
