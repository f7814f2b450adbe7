using System.CommandLine;
using Depth3D.Cli.Remote;
using Depth3D.Cli.Running;
using Depth3D.Cluster;
using Depth3D.Messages;
using Depth3D.Rendering.Effects;

namespace Depth3D.Cli.Commands.Render;

/// <summary>
/// <c>depth3d render EFFECT RUN</c>: one effect on a finished run, or with <c>--clip</c> on a clip of a cluster. A derived class gives the effect's own
/// options and makes its settings of them; everything else is here.
/// </summary>
/// <param name="effect">Name of the effect: the verb, and the default name of the result.</param>
/// <param name="description">For the help.</param>
internal abstract class EffectCommand(string effect, string description)
{
    private readonly Argument<DirectoryInfo?> _run = new("run")
    {
        Description = "Folder of a finished run: the --out of depth3d run.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _clip = new("--clip") { Description = "Instead of a run: a finished clip of the cluster at --at." };
    private readonly Option<string> _name = new("--name") { Description = $"Tells results of one run apart. Default: {effect}." };
    private readonly Option<DirectoryInfo?> _out = new("--out") { Description = "Folder for the results. Default: RUN/effects/NAME; of a clip: nothing is fetched." };
    private readonly Option<bool> _force = new("--force") { Description = "Replace a result of the same name." };
    private readonly SeedOptions _seed = new();

    /// <summary>The effect's own options.</summary>
    protected abstract IReadOnlyList<Option> Options { get; }

    /// <summary>The settings as they were given, paths absolute or relative to the working folder; checked later by <see cref="EffectSettings.Open"/>.</summary>
    /// <exception cref="Depth3DException">A value cannot be read.</exception>
    protected abstract EffectSettings Read(ParseResult parsed);

    public Command Build()
    {
        var command = new Command(effect, description) { _run, _clip, _name, _out, _force };
        foreach (var option in Options) command.Options.Add(option);
        _seed.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>An option with a default, which the help shows.</summary>
    protected static Option<T> Option<T>(string name, string description, T byDefault) => new(name) { Description = description, DefaultValueFactory = _ => byDefault };

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = Read(parsed).WithFiles(Path.GetFullPath);
        var name = parsed.GetValue(_name) ?? effect;
        var (run, clip, folder) = (parsed.GetValue(_run), parsed.GetValue(_clip), parsed.GetValue(_out)?.FullName);
        if (run is null == clip is null)
            throw new Depth3DException("expected the folder of a run, or --clip with the name of a clip", $"render {effect}", $"run: depth3d render {effect} --help", FailureKind.Usage);
        if (clip is not null)
        {
            using var client = _seed.Open(parsed);
            return await new ClusterEffect(client, new ClipId(clip), name, settings).ExecuteAsync(folder, parsed.GetValue(_force), cancellation).ConfigureAwait(false);
        }

        var (isQuiet, output) = _seed.Style(parsed);
        using var display = new ProgressDisplay(isQuiet ? TextWriter.Null : Console.Error, Terminal.IsInteractive, TimeProvider.System);
        var outcome = await new EffectRun(FinishedRun.Open(run!.FullName), name, settings, folder, parsed.GetValue(_force)).ExecuteAsync(display, cancellation).ConfigureAwait(false);
        JobPrinter.Print(outcome, isQuiet, output);
        return (int)ExitCode.Success;
    }
}
