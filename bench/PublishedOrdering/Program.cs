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
    Rounds.Losses(work, settings), Rounds.Milliseconds(work, settings, warmup: false, rounds), Rounds.Milliseconds(work, settings, warmup: true, rounds)));
var anchor = settings.Device == "cpu" ? PyTorchAnchor.Milliseconds(work.Clip.Width, work.Clip.Height, settings, rounds) : null;

Console.WriteLine($"{Environment.ProcessorCount} cores, {Cpu()}, device {settings.Device}, {size[0]}x{size[1]}, LibTorch {TorchRuntime.Version}, BLAS {TorchRuntime.BlasName}");
Console.WriteLine($"mean loss of {work.Flows.Count} pairs: published order {losses.Published:0.000000}, ours {losses.Ours:0.000000}, apart by {Math.Abs((losses.Ours / losses.Published) - 1):0.0e+0}");
Print("joint", joint, anchor);
Print("warm-up", warmup, null);
Console.WriteLine($"resident {Environment.WorkingSet >> 20} MiB, live tensors {TorchRuntime.LiveTensors}");

static void Print(string phase, (double Published, double Ours) ms, double? anchor)
{
    Console.WriteLine($"{phase,-8} published {ms.Published,8:0} ms a pair, ours {ms.Ours,8:0} ms a pair   {ms.Published / ms.Ours:0.00} x");
    if (anchor is { } python) Console.WriteLine($"{"",-8} PyTorch, published order {python,8:0} ms a pair   {python / ms.Ours:0.00} x ours");
}

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
