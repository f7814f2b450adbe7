using System.Diagnostics;
using Depth3D.Reconstruction.Loops.Looping;
using Depth3D.Reconstruction.Optimisation;
using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.Bench.LossStep;

/// <summary>The same search three ways: patches written out, frame pairs under a box filter, and the processor's own kernels.</summary>
internal sealed class Searches
{
    private readonly PackedLoop _loop;
    private readonly PackedClip _clip;
    private readonly bool[] _counts;
    private readonly Tensor _output, _input;
    private readonly int _threads;

    public Searches(int width, int height, int loopFrames, int clipFrames, int threads, Device device)
    {
        _threads = threads;
        (_loop, _clip) = (new PackedLoop(loopFrames, width, height), new PackedClip(clipFrames, width, height));
        _counts = [.. Enumerable.Repeat(true, width * height)];
        var random = new CounterRandom(1, 0, 0);
        var output = new float[loopFrames * 3 * width * height];
        var input = new float[clipFrames * 3 * width * height];
        for (var n = 0; n < output.Length; n++)
        {
            var value = random.Below(256, (ulong)n);
            _loop.Samples[n / (3 * width * height)][(4 * (n % (width * height))) + (n / (width * height) % 3)] = (short)(value * PackedLoop.Scale);
            output[n] = value / 255f;
        }

        for (var n = 0; n < input.Length; n++)
        {
            var value = random.Below(256, (ulong)(n + output.Length));
            _clip.Pixels[n / (3 * width * height)][n % (width * height)] |= (uint)value << (8 * (n / (width * height) % 3));
            input[n] = value / 255f;
        }

        (_output, _input) = (tensor(output, [loopFrames, 3, height, width], device: device), tensor(input, [clipFrames, 3, height, width], device: device));
    }

    public void Print(string name, PatchSettings patch)
    {
        var unfolded = Seconds(() => PatchSearch.Nearest(UnfoldedPatches.Distances(_output, _input, patch), patch.Alpha));
        var boxes = Seconds(() => PatchSearch.Nearest(FrameDistances.Of(_output, _input, patch), patch.Alpha));
        var search = new PackedSearch(patch, _loop.Frames, _clip.Frames, _loop.Width, _loop.Height);
        search.Run(_loop, _clip, _counts, threads: _threads);
        var watch = Stopwatch.StartNew();
        search.Run(_loop, _clip, _counts, threads: _threads);
        var own = watch.Elapsed.TotalSeconds;
        Console.WriteLine($"{name}: unfolded {unfolded:0.000} s, box filter {boxes:0.000} s ({unfolded / boxes:0.0} times as fast), own kernels {own:0.000} s ({unfolded / own:0.0} times as fast)");
    }

    private double Seconds(Func<Tensor> work)
    {
        var least = double.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            using var scope = NewDisposeScope();
            var watch = Stopwatch.StartNew();
            work().max().item<long>();
            least = Math.Min(least, watch.Elapsed.TotalSeconds);
        }

        return least;
    }
}
