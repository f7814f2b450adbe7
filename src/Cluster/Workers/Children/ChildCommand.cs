using System.Reflection;

namespace Depth3D.Cluster.Workers.Children;

/// <summary>How a child is started.</summary>
/// <param name="Program">Path of the program.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record ChildCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>This very program with <see cref="ChildMain.Verb"/>, whether it was started by its own launcher or by <c>dotnet X.dll</c>.</summary>
    public static ChildCommand OfThisProgram()
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("this process has no program file");
        return Path.GetFileNameWithoutExtension(program) == "dotnet" && Assembly.GetEntryAssembly()?.Location is { Length: > 0 } assembly
            ? new ChildCommand(program, [assembly, ChildMain.Verb])
            : new ChildCommand(program, [ChildMain.Verb]);
    }
}
