using System.Text.Json;
using Depth3D.Cluster.Operations;
using Depth3D.Messages;

namespace Depth3D.Cli.Remote;

/// <summary>Watches a clip until it ends. A seed that is away for a while is asked again.</summary>
internal static class ClipWait
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2), Patience = TimeSpan.FromMinutes(10);

    private static readonly CommandDefinition Show = CommandTable.Find("clip show")!;

    /// <returns>The exit code: 0 when the clip completed, 1 when it failed or was cancelled.</returns>
    public static async Task<int> UntilEndAsync(SeedClient client, string clip, CancellationToken cancellation)
    {
        var (arguments, lastAnswer, shown) = (new Dictionary<string, string> { ["clip"] = clip }, TimeProvider.System.GetTimestamp(), "");
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                var view = await client.CallAsync(Show, arguments, "", cancellation).ConfigureAwait(false);
                lastAnswer = TimeProvider.System.GetTimestamp();
                var state = view.GetProperty("state").GetString();
                if (state == "completed") return (int)ExitCode.Success;
                if (state is "failed" or "cancelled")
                    throw new RemoteFailure(view.TryGetProperty("failure", out var why) && why.ValueKind == JsonValueKind.String ? why.GetString()! : $"the clip is {state}",
                        ExitCode.Failed, clip, $"run: depth3d clip show {clip}");
                var line = $"{clip}: {state}, {ValueText.Of(view.GetProperty("fraction"), ColumnFormat.Percent)}";
                if (line != shown) Terminal.Say(shown = line);
            }
            catch (RemoteFailure e) when (e.Code == ExitCode.Unreachable && TimeProvider.System.GetElapsedTime(lastAnswer) < Patience)
            {
                // The seeds restart or hand over; the clip goes on meanwhile.
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false));
        return (int)ExitCode.Cancelled;
    }
}
