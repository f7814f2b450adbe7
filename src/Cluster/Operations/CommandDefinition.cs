using Depth3D.Messages;

namespace Depth3D.Cluster.Operations;

/// <summary>
/// One operator command: the one source of the command line, of <c>/api/v1/NOUN/VERB</c> and of <c>docs/commands.md</c>.
/// </summary>
/// <param name="Noun">What it is about: clip, node, ...</param>
/// <param name="Verb">What is done.</param>
/// <param name="Summary">One sentence for the list of commands.</param>
/// <param name="Right">What the token must allow.</param>
/// <param name="Result">Type of the answer; <see cref="ResultShape"/> says how it is shown.</param>
/// <param name="Arguments">Positional ones first, in order.</param>
public sealed record CommandDefinition(
    string Noun, string Verb, string Summary, OperatorRight Right, Type Result, IReadOnlyList<CommandArgument> Arguments)
{
    /// <summary>Why a change is made: an option of every command that changes something, sent beside the arguments.</summary>
    public static readonly CommandArgument Reason = new("reason", ArgumentKind.Text, "Why, for the audit.");

    public string Name => $"{Noun} {Verb}";

    /// <summary>Further sentences for the command's own help; empty for none.</summary>
    public string Details { get; init; } = "";

    public CommandPlace Place { get; init; } = CommandPlace.Active;

    /// <summary>Loses work or availability: a terminal asks first, a script says <c>--yes</c>.</summary>
    public bool IsDestructive { get; init; }

    /// <summary>Has an argument <c>follow</c>: when it is true the answer is a stream of server-sent events, each one row of the result.</summary>
    public bool CanFollow => Arguments.Any(a => a.Name == "follow");

    /// <summary>The command line does more than to send it: reads or writes local files.</summary>
    public bool HasClientPart { get; init; }

    /// <summary>Changes something, so it is audited and takes <see cref="Reason"/>.</summary>
    public bool IsChange => Right != OperatorRight.Viewer;

    public ResultShape Shape => ResultShape.Of(Result);
}
