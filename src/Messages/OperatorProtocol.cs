namespace Depth3D.Messages;

/// <summary>
/// What operators ask of the active coordinator, whichever seed they reached. Guarantee: at most once; an unanswered request may or
/// may not have happened, and every command can be repeated.
/// </summary>
public static class OperatorProtocol
{
    /// <param name="Command">Noun and verb, as in <c>clip pause</c>.</param>
    /// <param name="Arguments">By name, as the command table defines them.</param>
    /// <param name="By">Who asks: the name that belongs to the token.</param>
    /// <param name="Reason">Why, in words; may be empty.</param>
    /// <param name="Right">What the token allows.</param>
    public sealed record Request(
        string Command, IReadOnlyDictionary<string, string> Arguments, string By, string Reason, OperatorRight Right);

    /// <summary>The answer.</summary>
    /// <param name="ExitCode">0, or why it was refused.</param>
    /// <param name="Json">The result as JSON; null when refused.</param>
    /// <param name="Error">What is wrong; null when all is well.</param>
    /// <param name="Where">Which clip, node or file.</param>
    /// <param name="Remedy">What to do.</param>
    public sealed record Reply(ExitCode ExitCode, string? Json, string? Error = null, string? Where = null, string? Remedy = null);
}
