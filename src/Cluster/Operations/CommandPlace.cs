namespace Depth3D.Cluster.Operations;

/// <summary>Which seed answers a command.</summary>
public enum CommandPlace
{
    /// <summary>The active coordinator, whichever seed was asked: the answer needs what only it knows, or changes it.</summary>
    Active,

    /// <summary>The seed that was asked, out of the journal and the store.</summary>
    AnySeed,
}
