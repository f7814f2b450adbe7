using System.Text.Json;

namespace Depth3D.Cluster.Operations.Handlers;

/// <summary>States as operators read and write them: lower case with hyphens.</summary>
internal static class StateNames
{
    public static string Of<T>(T state)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());
}
