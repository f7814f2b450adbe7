using System.CommandLine;
using System.CommandLine.Parsing;
using Depth3D.Cli.Commands;
using Depth3D.Cli.Commands.Render;
using Depth3D.Cli.Remote;
using Depth3D.Messages;

namespace Depth3D.Cli;

/// <summary>The command tree, and the one place where a failure becomes a line of text and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Prints the stack trace as well; off by default because nobody can act on one.</summary>
    private const string TraceVariable = "DEPTH3D_TRACE";

    public static RootCommand Build()
    {
        var root = new RootCommand("Consistent depth, point-cloud video and loops from ordinary video clips.")
        {
            RunCommand.Build(),
            RenderCommand.Build(),
            ViewCommand.Build(),
            GalleryCommand.Build(),
            ExportCommand.Build(),
            LoopCommand.Build(),
            DemoCommand.Build(),
            SampleCommand.Build(),
            EvalCommand.Build(),
            ModelCommand.Build(),
            FlagsCommand.Build(),
            DoctorCommand.Build(),
        };
        foreach (var noun in ClusterCommandSet.Build()) root.Subcommands.Add(noun);
        return root;
    }

    public static async Task<int> InvokeAsync(string[] args)
    {
        try
        {
            var parsed = Build().Parse(args);
            if (parsed.Errors.Count > 0)
            {
                foreach (var error in parsed.Errors) Terminal.Error(error.Message);
                Terminal.Error("run: depth3d --help");
                return (int)ExitCode.Usage;
            }

            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // Children are killed and the journal closed within it. A process of the cluster has its own way to stop, and longer.
                ProcessTerminationTimeout = IsNodeStart(parsed) ? null : TimeSpan.FromSeconds(30),
            };
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Terminal.Error("interrupted; the same command resumes where it stopped");
            return (int)ExitCode.Cancelled;
        }
        catch (RemoteFailure e)
        {
            Terminal.Error(e.Message);
            Trace(e);
            return (int)e.Code;
        }
        catch (Depth3DException e)
        {
            Terminal.Error(e.Message);
            Trace(e);
            return (int)e.ExitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Terminal.Error(e.Message);
            Trace(e);
            return (int)ExitCode.Storage;
        }
        catch (Exception e)
        {
            Terminal.Error($"unexpected {e.GetType().Name}: {e.Message}\n  {TraceVariable}=1 shows where");
            Trace(e);
            return (int)ExitCode.Failed;
        }
    }

    private static bool IsNodeStart(ParseResult parsed) =>
        parsed.CommandResult is { Command.Name: NodeStartCommand.Verb, Parent: CommandResult { Command.Name: "node" } };

    private static void Trace(Exception e)
    {
        if (Environment.GetEnvironmentVariable(TraceVariable) is { Length: > 0 }) Console.Error.WriteLine(e);
    }
}
