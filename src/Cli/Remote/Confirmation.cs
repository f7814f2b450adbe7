using Depth3D.Messages;

namespace Depth3D.Cli.Remote;

/// <summary>Asks before work or availability is lost; a script has nobody to ask and says <c>--yes</c>.</summary>
internal static class Confirmation
{
    /// <exception cref="Depth3DException">Nobody is there to ask.</exception>
    /// <exception cref="OperationCanceledException">The answer was no.</exception>
    public static void Ask(string what)
    {
        if (Console.IsInputRedirected || !Terminal.IsInteractive)
            throw new Depth3DException($"'{what}' asks before it acts, and nobody is there to ask", remedy: "add --yes", kind: FailureKind.Usage);
        Console.Error.Write(Terminal.Printable($"depth3d {what}: go on? [y/N] "));
        if (Console.ReadLine()?.Trim().ToLowerInvariant() is not ("y" or "yes")) throw new Depth3DException("nothing was done", kind: FailureKind.Usage);
    }
}
