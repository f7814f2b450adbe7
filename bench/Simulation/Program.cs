using System.Globalization;
using Depth3D.Cluster.Entity;
using Depth3D.Cluster.Fixtures.Simulation;

// The cluster on a fake clock: real scheduler, node registry and clip entities. Run with:
// dotnet run -c Release --project bench/Simulation -- [NODES] [CLIPS...]
var nodes = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5000;
const int leastTasks = 300_000;
int[] clips = args.Length > 1 ? args[1..].Select(a => int.Parse(a, CultureInfo.InvariantCulture)).ToArray() : [100, 1_000, 10_000];

// Everything is compiled before anything is measured.
new ClusterSimulation(new SimulationPlan { Clips = 200, Nodes = 200 }).Run();
new ClusterSimulation(new SimulationPlan { Clips = 200, Nodes = 200, Seed = 2 }).Run();
Console.WriteLine(FormattableString.Invariant($"{nodes} nodes; a clip has 100 tasks of 5 to 60 s; nodes die every two hours and stay away for three minutes"));
Console.WriteLine("  clips |     tasks | us per task | of first | GC us (wall) | garbage B | simulated | attempts | node deaths | wrong | in progress | on average | share error | inversion | overtaken | memory");
double? first = null;
foreach (var count in clips)
{
    var result = Measure(count, out var microseconds, out var collecting, out var garbage);
    first ??= microseconds;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{count,7:N0} | {result.Tasks,9:N0} | {microseconds,11:F1} | {microseconds / first,8:F2} | {collecting,12:F1} | {garbage,9:F0} | {result.Lasted,9:h\\:mm\\:ss} | {result.Attempts,8} | {result.NodeDeaths,11} | {result.Wrong,5} | {result.MostInProgress,11} | {result.MeanInProgress,10:F0} | {result.ShareError,10:P2} | {result.LongestInversion.TotalSeconds,7:F1} s | {result.Overtaken,9} | {result.PeakBytes >> 20,4} MiB"));
    if (result.Clips.GetValueOrDefault(ClipPhase.Completed) != count) Console.WriteLine($"        not complete: {string.Join(", ", result.Clips)}");
}

// A short run may end before any garbage is collected: so every size is repeated until it has done as much as the others.
SimulationResult Measure(int count, out double microseconds, out double collecting, out double garbage)
{
    var (tasks, processor, paused, allocated) = (0, TimeSpan.Zero, TimeSpan.Zero, GC.GetAllocatedBytesForCurrentThread());
    while (true)
    {
        var result = new ClusterSimulation(new SimulationPlan { Clips = count, Nodes = nodes }).Run();
        tasks += result.Tasks;
        processor += result.Processor;
        paused += result.Collecting;
        garbage = (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / tasks;
        (microseconds, collecting) = (processor.TotalMicroseconds / tasks, paused.TotalMicroseconds / tasks);
        if (tasks >= leastTasks) return result;
    }
}
