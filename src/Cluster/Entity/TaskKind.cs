namespace Depth3D.Cluster.Entity;

/// <summary>The sets that <see cref="TaskSets"/> keeps.</summary>
internal enum TaskKind
{
    /// <summary>Waits for nothing but a worker.</summary>
    Open,

    Running,

    Failed,
}
