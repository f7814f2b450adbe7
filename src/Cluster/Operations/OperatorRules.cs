using Depth3D.Messages;

namespace Depth3D.Cluster.Operations;

/// <summary>What holds for every request, wherever it is answered: the command exists, the right suffices, the arguments are well formed.</summary>
internal static class OperatorRules
{
    private const int MaxReasonLength = 1000;

    public static (CommandDefinition Command, CommandArguments Arguments) Check(OperatorProtocol.Request request)
    {
        var command = CommandTable.Find(request.Command)
            ?? throw new Depth3DException("there is no such command", Safe(request.Command), "run: depth3d --help", FailureKind.Usage);
        if (request.Right < command.Right)
        {
            throw new Depth3DException($"'{command.Name}' needs the right of an operator; '{Safe(request.By)}' is a viewer", null,
                "use the token of an operator", FailureKind.Refused);
        }

        if (request.Reason.Length > MaxReasonLength || request.Reason.Any(char.IsControl))
            throw new Depth3DException($"the reason must be at most {MaxReasonLength} characters without line breaks", command.Name, kind: FailureKind.Usage);
        return (command, CommandArguments.Bind(command, request.Arguments));
    }

    /// <summary>A command of the table that this program cannot carry out.</summary>
    public static Depth3DException NotAvailable(CommandDefinition command) =>
        new($"'{command.Name}' is not available in this version of the seed", null, "update the seeds", FailureKind.Refused);

    private static string Safe(string text) => string.Concat(text.Take(80).Select(c => char.IsControl(c) ? '?' : c));
}
