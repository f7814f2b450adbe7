using System.Diagnostics;
using Depth3D.Cluster;
using Depth3D.Cluster.TestHost;
using Depth3D.Cluster.Workers;
using Depth3D.Cluster.Workers.Children;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;

// Runs the toy recipe on a store, for tests that kill the process.
// Arguments: STORE SOURCE [POINT NUMBER]: kill this process when an attempt reaches POINT for the NUMBER-th time (from 1);
// or POINT = "block": start a child, say "blocked" when the NUMBER-th attempt is claimed, and stay there.
// Or one argument: compute for a node as its child, or be a seed or a worker of a cluster.
if (args is ["seed" or "worker"]) return await ClusterProcess.RunAsync(args[0]);
if (args is [ChildMain.Verb]) return await ChildMain.RunAsync(StageBook.Of(WildStages.Recipe, WildStages.All));
if (args is [ChildMain.Verb, "toy", ..])
{
    var faults = ToyFaults.Of(args.ElementAtOrDefault(2));
    return await ChildMain.RunAsync(StageBook.Of(RecipeNames.Depth, ToyRecipe.Stages(faults.HookAsync)), faults);
}

var (store, source) = (args[0], args[1]);
var (point, number) = args.Length > 3 ? (args[2], int.Parse(args[3])) : ("", 0);
var reached = 0;
var options = new EmbeddedEngineOptions
{
    StoreRoot = store,
    Probe = (at, task) =>
    {
        if (at == AttemptPoint.Computed) Console.WriteLine($"computed {task}");
        if (point == "block" && at == AttemptPoint.Claimed && Interlocked.Increment(ref reached) == number)
        {
            using var child = Process.Start(new ProcessStartInfo("sleep", ["600"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Console.WriteLine($"child {child.Id}");
            Console.WriteLine("blocked");
            new ManualResetEvent(false).WaitOne();
        }

        if (at.ToString() == point && Interlocked.Increment(ref reached) == number) Process.GetCurrentProcess().Kill();
    },
};
try
{
    await using var engine = await EmbeddedEngine.StartAsync(options, ToyRecipe.Stages(), NullLoggerFactory.Instance, CancellationToken.None);
    var clip = new ClipId("toy");
    var outcome = await engine.SubmitAsync(clip, RecipeNames.Depth, new DepthOptions { SourcePath = source }, CancellationToken.None);
    Console.WriteLine($"outcome {outcome}");
    var result = await engine.WaitAsync(clip, CancellationToken.None);
    Console.WriteLine($"ended {result.Phase} {result.Failure?.Text}");
    return (int)result.ExitCode;
}
catch (Depth3DException e)
{
    Console.WriteLine($"error {e.Message}");
    return (int)e.ExitCode;
}
