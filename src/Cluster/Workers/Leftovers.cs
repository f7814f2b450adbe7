using Depth3D.Cluster.Workers.Children;

namespace Depth3D.Cluster.Workers;

/// <summary>
/// Ends programs that a killed engine or node left running. Every program a stage starts inherits a path in its environment; who holds
/// the lock that goes with the path knows that whoever started those is dead.
/// </summary>
internal static class Leftovers
{
    private const string Variable = "DEPTH3D_STORE";

    /// <summary>Lets programs started from now on carry the store's path.</summary>
    public static void Mark(string root) => Environment.SetEnvironmentVariable(Variable, root);

    /// <summary>Ends programs that carry this path and are not this process's own. Call it while holding the store's lock.</summary>
    /// <returns>How many were ended.</returns>
    public static int End(string root) => End(Variable, root);

    /// <summary>Ends what an earlier run of the node with this state folder left. Call it while holding the folder's lock.</summary>
    /// <returns>How many were ended.</returns>
    public static int EndOfNode(string stateFolder) => End(ChildEnvironment.NodeVariable, stateFolder);

    private static int End(string variable, string value)
    {
        var own = ProcessTable.Read().Where(p => p.Parent == Environment.ProcessId).Select(p => p.Id).ToHashSet();
        var strangers = ProcessTable.Carrying(variable, value).Where(id => !own.Contains(id)).ToArray();
        foreach (var id in strangers) ProcessTable.End(id);
        return strangers.Length;
    }
}
