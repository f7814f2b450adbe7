using System.Globalization;
using Depth3D.TensorOverhead;
using Depth3D.Tensors;
using TorchSharp;

// usage: TensorOverhead [rounds]: what the C# binding adds to LibTorch, as ratios of the same work in C# and in C++.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var rounds = args is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 21;
torch.set_num_threads(Math.Min(Environment.ProcessorCount, 16));
try
{
    NativeSide.d3b_operations(0, 1);
}
catch (DllNotFoundException)
{
    Console.Error.WriteLine("the C++ side is not built; run: dotnet run -c Release --project bench/TensorOverhead -p:Depth3DBench=true");
    return 1;
}

Console.WriteLine($"LibTorch {TorchRuntime.Version}, {torch.get_num_threads()} threads, {TorchRuntime.BlasName}");
Console.WriteLine($"fastest of {rounds} alternating rounds");
Console.WriteLine();
Console.WriteLine($"{"one operator, processor time",-34}{"C# ns",10}{"C++ ns",10}{"added ns",10}{"ratio",8}");
const long Calls = 20_000;
for (var kind = 0; kind < Operations.Names.Length; ++kind)
{
    var number = kind;
    var c = Comparison.Run(rounds, () => Operations.Run(number, Calls), () => NativeSide.d3b_operations(Operations.NativeKind(number), Calls));
    var (ours, theirs) = (c.Managed.CpuSeconds / Calls * 1e9, c.Native.CpuSeconds / Calls * 1e9);
    Console.WriteLine($"{Operations.Names[kind],-34}{ours,10:F0}{theirs,10:F0}{ours - theirs,10:F0}{c.CpuRatio,8:F2}");
}

Console.WriteLine();
Console.WriteLine($"{"one training step",-34}{"C# ms",10}{"C++ ms",10}{"ratio",10}{"processor ratio",18}");
string[] names = ["U-Net 192x112 b2", "U-Net 192x112 b2, channels last", "MLP 63-256x3-3, 21504 points"];
for (var kind = 0; kind < names.Length; ++kind)
{
    using var ours = new Training(kind);
    if (kind == 0 && ours.Parameters != NativeSide.d3b_unet_parameters()) throw new InvalidOperationException("the two U-Nets differ");
    var theirs = NativeSide.d3b_training(kind);
    var c = Comparison.Run(rounds, () => ours.Step(), () => NativeSide.d3b_step(theirs));
    NativeSide.d3b_free(theirs);
    Console.WriteLine($"{names[kind],-34}{c.Managed.WallSeconds * 1e3,10:F1}{c.Native.WallSeconds * 1e3,10:F1}{c.WallRatio,10:F3}{c.CpuRatio,18:F3}");
}

return 0;
