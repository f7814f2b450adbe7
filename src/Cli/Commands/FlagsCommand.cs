using System.CommandLine;
using Depth3D.Reconstruction.Optimisation;
using Spectre.Console;

namespace Depth3D.Cli.Commands;

/// <summary><c>depth3d flags</c>: what <c>--set</c> takes.</summary>
internal static class FlagsCommand
{
    public static Command Build()
    {
        var output = CommonOptions.Output();
        var command = new Command("flags", "List the flags of the published train command that --set takes, and what each does.") { output };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(output) == OutputFormat.Json) Terminal.WriteJson(PublishedFlags.All);
            else Print();
        });
        return command;
    }

    private static void Print()
    {
        var table = Tables.Create("flag", "published", "default", "effect");
        foreach (var flag in PublishedFlags.All)
        {
            var effect = flag.HasEffect ? flag.Effect : $"no effect: {flag.Effect}";
            table.AddRow(new Text(flag.Name), new Text(flag.Published), new Text(flag.Default), new Text(effect));
        }

        Tables.Print(table);
    }
}
