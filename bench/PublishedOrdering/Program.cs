using System.Globalization;
using Depth3D.Bench.PublishedOrdering;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Tensors;

// Pairs per second of the network method against the published order of work, on the same pairs with the same losses: compact U-Net,
// scene-flow network 256x4. With `memory N`: what N steps of a small case leave behind.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["memory", var steps])
{
    await TorchThread.Run(() => Memory(int.Parse(steps, NumberStyles.None, CultureInfo.InvariantCulture)));
    return;
}

var settings = new NetworkSettings { FitSteps = 0, CheckEverySteps = 1000, Device = args.Length > 0 ? args[0] : "cpu" };
var rounds = args.Length > 1 ? int.Parse(args[1], NumberStyles.None, CultureInfo.InvariantCulture) : 3;
var size = args.Length > 2 ? Array.ConvertAll(args[2].Split('x'), a => int.Parse(a, NumberStyles.None, CultureInfo.InvariantCulture)) : [192, 112];
var work = new Case(groups: 2, size[0], size[1]);
var (losses, joint, warmup) = await TorchThread.Run(() => (
    Rounds.Losses(work, settings), Rounds.Cost(work, settings, warmup: false, rounds), Rounds.Cost(work, settings, warmup: true, rounds)));
var anchor = settings.Device == "cpu" ? PyTorchAnchor.Cost(work.Clip.Width, work.Clip.Height, settings, rounds) : null;

Console.WriteLine($"{Environment.ProcessorCount} cores, {Cpu()}, device {settings.Device}, {size[0]}x{size[1]}, LibTorch {TorchRuntime.Version}, BLAS {TorchRuntime.BlasName}");
Console.WriteLine($"mean loss of {work.Flows.Count} pairs: published order {losses.Published:0.000000}, ours {losses.Ours:0.000000}, apart by {Math.Abs((losses.Ours / losses.Published) - 1):0.0e+0}");
Print("joint", joint, anchor);
Print("warm-up", warmup, null);
Console.WriteLine($"resident {Environment.WorkingSet >> 20} MiB, live tensors {TorchRuntime.LiveTensors}");

static void Print(string phase, (PairCost Published, PairCost Ours) cost, PairCost? anchor)
{
    var (published, ours) = cost;
    Line($"{phase}, published order", published, ours);
    if (anchor is { } python) Line($"{phase}, published order in PyTorch", python, ours);
    Line($"{phase}, ours", ours, ours);
}

static void Line(string what, PairCost cost, PairCost ours) =>
    Console.WriteLine($"{what,-40} {cost.Wall,7:0} ms a pair ({cost.Wall / ours.Wall:0.00} x ours)   {cost.Cpu,7:0} ms of CPU ({cost.Cpu / ours.Cpu:0.00} x)");

static int Memory(int steps)
{
    var small = new Case(groups: 4, width: 64, height: 48);
    using var optimiser = Rounds.Ours(small, new NetworkSettings { FitSteps = 20, Epochs = steps, WarmupEpochs = 2, Field = new SceneFlowShape { Width = 16, Layers = 1 } });
    foreach (var share in new[] { 0.1, 0.25, 0.5, 0.75, 1 })
    {
        optimiser.Run((int)(share * steps), null, CancellationToken.None);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Console.WriteLine($"step {optimiser.CompletedSteps,6}: resident {Environment.WorkingSet >> 20} MiB, live tensors {TorchRuntime.LiveTensors}");
    }

    return 0;
}

static string Cpu() => File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown CPU";
