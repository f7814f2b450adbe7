using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Native;
using Depth3D.Reconstruction.Flow;

namespace Depth3D.Reconstruction.Tests.Flow;

/// <summary>The file of one pair (spec 10: C3, F2).</summary>
public sealed class FlowFileTests : IDisposable
{
    private const int Width = 8, Height = 4;

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("depth3d-flow-").FullName, "pair.npz");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void C3_stored_validity_is_one_minus_occlusion_each_on_its_own_frames_grid()
    {
        FlowFile.Write(_path, Shifted());
        var pair = FlowFile.Read(_path);
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var (occluded1, occluded2) = (x >= 5 ? 1 : 0, x <= 2 ? 1 : 0);
                Assert.Equal(1 - occluded1, pair.ForwardValid[x, y]);
                Assert.Equal(1 - occluded2, pair.BackwardValid[x, y]);
            }
    }

    [SkippableFact]
    public async Task F2_numpy_opens_the_file_with_the_types_of_the_contract()
    {
        FlowFile.Write(_path, Shifted());
        var result = await RunNumPy("import sys, numpy as np; d = np.load(sys.argv[1]); print([(k, str(d[k].dtype), d[k].shape) for k in sorted(d.files)])");
        Assert.Equal("[('flow_1_2', 'float32', (4, 8, 2)), ('flow_2_1', 'float32', (4, 8, 2)), ('frames', 'int32', (2,)), "
            + "('valid_1', 'uint8', (4, 8)), ('valid_2', 'uint8', (4, 8))]", result);
    }

    private async Task<string> RunNumPy(string script)
    {
        try
        {
            Skip.IfNot((await ExternalProcess.RunAsync("/usr/bin/python3", ["-c", "import numpy"], CancellationToken.None)).ExitCode == 0, "NumPy is not installed");
        }
        catch (Depth3DException)
        {
            Skip.If(true, "python3 is not installed");
        }

        var result = await ExternalProcess.RunAsync("/usr/bin/python3", ["-c", script, _path], CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.OutputTail);
        return result.OutputTail;
    }

    /// <summary>Everything moves by three pixels to the right.</summary>
    private static FlowPair Shifted()
    {
        Raster<float> forward = new(Width, Height, 2), backward = new(Width, Height, 2);
        for (var i = 0; i < Width * Height; i++) (forward.Samples[2 * i], backward.Samples[2 * i]) = (3, -3);
        return new FlowPair(4, 6, forward, backward, FlowConsistency.Valid(forward, backward, 1), FlowConsistency.Valid(backward, forward, 1));
    }
}
