using System.CommandLine;
using Depth3D.Cli.Remote;
using Depth3D.Cli.Running;
using Depth3D.Cluster;
using Depth3D.Messages;
using Depth3D.Pipeline.Loops;

namespace Depth3D.Cli.Commands;

/// <summary>
/// <c>depth3d loop SOURCE --out DIR</c>: a seamless 3D loop of one clip, of several cameras, or of a finished run. With <c>--clip NAME</c> by the cluster
/// at <c>--at</c>: of SOURCE under that name, or without SOURCE of a finished clip of the cluster.
/// </summary>
internal sealed class LoopCommand
{
    private readonly Argument<string?> _source = new("source")
    {
        Description = "A clip of a fixed camera, a folder of such clips, or the folder of a finished run.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<DirectoryInfo?> _out = new("--out") { Description = "Folder for the results; the same folder resumes. Default of a run: RUN/loop; of --clip: nothing is fetched." };
    private readonly Option<string> _input = new("--input") { Description = "fixed, views, run, or auto to tell by looking.", DefaultValueFactory = _ => LoopSource.Auto };
    private readonly Option<string?> _clip = new("--clip") { Description = "Let the cluster at --at do it, under this name; without a source: of the finished clip of this name." };
    private readonly Option<bool> _fresh = new("--fresh") { Description = "Forget an earlier loop and start again." };
    private readonly LoopOptionSet _options = new();
    private readonly SeedOptions _seed = new();

    public static Command Build()
    {
        var parts = new LoopCommand();
        var command = new Command("loop", "Turn a clip, or clips of several cameras, into a seamless 3D loop.")
        {
            parts._source, parts._out, parts._input, parts._clip, parts._fresh,
        };
        parts._options.AddTo(command);
        parts._seed.AddTo(command);
        command.SetAction(parts.RunAsync);
        return command;
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        OptionChecks.OneOf(_input.Name, parsed.GetValue(_input)!, LoopSource.Auto, LoopInputs.Fixed, LoopInputs.Views, LoopInputs.Run);
        return parsed.GetValue(_clip) is { } clip ? InClusterAsync(parsed, new ClipId(clip), cancellation) : HereAsync(parsed, cancellation);
    }

    private async Task<int> HereAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var source = Source(parsed) ?? throw Missing("a source");
        var (outFolder, run) = (parsed.GetValue(_out)?.FullName, new LoopRun(parsed.GetValue(_fresh)));
        var (isQuiet, output) = _seed.Style(parsed);
        using var display = new ProgressDisplay(isQuiet ? TextWriter.Null : Console.Error, Terminal.IsInteractive, TimeProvider.System);
        var outcome = source.Input == LoopInputs.Run
            ? await run.OfRunAsync(FinishedRun.Open(source.Path), path => _options.Read(parsed, source.Input, path), outFolder, display, cancellation).ConfigureAwait(false)
            : await run.OfClipsAsync(_options.Read(parsed, source.Input, source.Path), outFolder ?? throw Missing("--out"), display, cancellation).ConfigureAwait(false);
        LoopPrinter.Print(outcome, isQuiet, output);
        return (int)ExitCode.Success;
    }

    private async Task<int> InClusterAsync(ParseResult parsed, ClipId clip, CancellationToken cancellation)
    {
        using var client = _seed.Open(parsed);
        ClusterOrder order;
        if (Source(parsed) is not { } source)
            order = new ClusterRunLoop(client, clip, path => _options.Read(parsed, LoopInputs.Run, path));
        else if (source.Input == LoopInputs.Run)
            throw new Depth3DException("is a run on this machine; the cluster makes loops of its own finished clips", source.Path, "give --clip without a source, or leave --clip away", FailureKind.Usage);
        else order = new ClusterLoop(client, clip, _options.Read(parsed, source.Input, source.Path));
        return await order.ExecuteAsync(parsed.GetValue(_out)?.FullName, parsed.GetValue(_fresh), cancellation).ConfigureAwait(false);
    }

    private LoopSource? Source(ParseResult parsed) =>
        parsed.GetValue(_source) is { } path ? LoopSource.Find(path, parsed.GetValue(_input)!) : null;

    private static Depth3DException Missing(string what) => new($"expected {what}", "loop", "run: depth3d loop --help", FailureKind.Usage);
}
