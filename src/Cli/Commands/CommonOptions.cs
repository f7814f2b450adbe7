using System.CommandLine;

namespace Depth3D.Cli.Commands;

/// <summary>Options that several commands share, made anew for each because an option belongs to one command.</summary>
internal static class CommonOptions
{
    public static Option<OutputFormat> Output() => new("--output")
    {
        Description = "table for people, json for programs.",
        DefaultValueFactory = _ => OutputFormat.Table,
    };

    public static Option<DirectoryInfo> Out(string description) => new("--out")
    {
        Description = description,
        Required = true,
    };
}
