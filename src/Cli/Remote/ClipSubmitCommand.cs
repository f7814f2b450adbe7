using System.CommandLine;
using System.Text.Json;
using Depth3D.Cli.Commands;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;
using Depth3D.Pipeline;

namespace Depth3D.Cli.Remote;

/// <summary><c>clip submit CLIP SOURCE</c> and <c>clip check CLIP SOURCE</c>: the options of <c>run</c>, the inputs of this machine.</summary>
internal static class ClipSubmitCommand
{
    private static readonly JsonSerializerOptions OptionsJson = new(JsonSerializerDefaults.Web);

    public static Command Submit(CommandDefinition definition)
    {
        var wait = new Option<bool>("--wait") { Description = "Wait until the clip ends; the exit code says how." };
        var command = Build(definition, wait, async (client, options, cancellation) =>
            await new InputUpload(client, Terminal.Say, TimeProvider.System).SendAsync(options, cancellation).ConfigureAwait(false));
        command.Options.Add(wait);
        return command;
    }

    public static Command Check(CommandDefinition definition) => Build(definition, null, async (client, options, cancellation) =>
        await new InputUpload(client, Terminal.Say, TimeProvider.System).NameAsync(options, cancellation).ConfigureAwait(false));

    private static Command Build(CommandDefinition definition, Option<bool>? wait, Func<SeedClient, DepthOptions, CancellationToken, Task<DepthOptions>> place)
    {
        var (arguments, depth, seed) = (new TableArguments(definition, "options"), new DepthOptionSet(), new SeedOptions());
        var source = new Argument<string>("source") { Description = "A video file or a folder of images on this machine." };
        var command = new Command(definition.Verb, TableCommands.DescriptionOf(definition));
        arguments.AddTo(command);
        command.Arguments.Add(source);
        seed.AddTo(command);
        depth.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var given = arguments.Given(parsed);
            var options = depth.Read(parsed, SourceOf(parsed.GetValue(source)!));
            Bind(definition, given, options); // names and numbers are refused before a byte is read or sent
            using var client = seed.Open(parsed);
            var values = Bind(definition, given, await place(client, options, cancellation).ConfigureAwait(false));
            var result = await client.CallAsync(definition, values, arguments.Reason(parsed), cancellation).ConfigureAwait(false);
            seed.Printer(parsed, definition.Shape).Print(result);
            return wait is not null && parsed.GetValue(wait) ? await ClipWait.UntilEndAsync(client, values["clip"], cancellation).ConfigureAwait(false) : (int)ExitCode.Success;
        });
        return command;
    }

    private static IReadOnlyDictionary<string, string> Bind(CommandDefinition definition, Dictionary<string, string> given, DepthOptions options) =>
        CommandArguments.Bind(definition, new Dictionary<string, string>(given) { ["options"] = JsonSerializer.Serialize(options, OptionsJson) }).Values;

    private static string SourceOf(string path)
    {
        var full = Path.GetFullPath(path);
        return Path.Exists(full) ? full : throw new Depth3DException("there is no such file or folder", full, "give a video file or a folder of images");
    }
}
