using System.CommandLine;

namespace Depth3D.Cli.Remote;

/// <summary>The options of every command that asks a seed.</summary>
internal sealed class SeedOptions
{
    private readonly Option<string?> _seed = new("--at") { Description = $"Address of a seed, or of several with commas. Default: {SeedAddress.SeedVariable}, else this machine." };
    private readonly Option<FileInfo?> _token = new("--token-file") { Description = $"File with your token. Default: {SeedAddress.TokenVariable}, else ~/.config/depth3d/token." };
    private readonly Option<OutputFormat> _output = Commands.CommonOptions.Output();
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print only names, one per line." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_seed, _token, _output, _quiet]) command.Options.Add(option);
    }

    public SeedClient Open(ParseResult parsed) =>
        new(SeedAddress.Resolve(parsed.GetValue(_seed), parsed.GetValue(_token), Environment.GetEnvironmentVariable));

    /// <summary>How results are printed by a command that does not ask a seed.</summary>
    public (bool IsQuiet, OutputFormat Output) Style(ParseResult parsed) => (parsed.GetValue(_quiet), parsed.GetValue(_output));

    public ResultPrinter Printer(ParseResult parsed, Cluster.Operations.ResultShape shape) =>
        new(Console.Out, shape, parsed.GetValue(_quiet) ? ResultStyle.Quiet : parsed.GetValue(_output) == OutputFormat.Json ? ResultStyle.Json : ResultStyle.Table);
}
