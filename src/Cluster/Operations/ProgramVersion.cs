using System.Reflection;

namespace Depth3D.Cluster.Operations;

/// <summary>Version of this program, as nodes and seeds report it.</summary>
public static class ProgramVersion
{
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
