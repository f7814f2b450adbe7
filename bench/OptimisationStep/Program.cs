using System.Globalization;
using Depth3D.Bench.OptimisationStep;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Tensors;

// Cost of one step of the field method on a truth scene of 24 frames at 256x144, and what sharing prefixes of the unroll saves.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Steps = 40;
var device = args.Length > 0 ? args[0] : "cpu";
var settings = new FieldSettings { WarmupSteps = Steps, JointSteps = Steps, Device = device };
var clip = BenchClip.Make(frames: 24, width: 256, height: 144, moving: true);
var still = BenchClip.Make(frames: 24, width: 256, height: 144, moving: false);

var (warmup, joint, fixedOnly, unroll) = await TorchThread.Run(() => (
    StepCost.Milliseconds(clip, settings, 0, Steps),
    StepCost.Milliseconds(clip, settings with { WarmupSteps = 0 }, 0, Steps),
    StepCost.Milliseconds(still, settings with { WarmupSteps = 0 }, 0, Steps),
    StepCost.Unroll(settings)));

Console.WriteLine($"device {device}, BLAS {TorchRuntime.BlasName}");
Console.WriteLine($"warm-up step       {warmup,8:0.0} ms");
Console.WriteLine($"joint step         {joint,8:0.0} ms   {joint / warmup:0.00} x warm-up");
Console.WriteLine($"step, nothing moves{fixedOnly,8:0.0} ms   {fixedOnly / joint:0.00} x joint");
Console.WriteLine($"gaps 1,2,4,6,8: one unroll {unroll.Shared:0.0} ms, one each {unroll.Isolated:0.0} ms   {unroll.Isolated / unroll.Shared:0.00} x");
Console.WriteLine($"resident {Environment.WorkingSet >> 20} MiB, live tensors {TorchRuntime.LiveTensors}");
