using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Optimisation;
using Depth3D.Tensors;

namespace Depth3D.Nodes.Trainer;

/// <summary>The networks that training leaves, as safetensors files that can be loaded again.</summary>
internal static class WeightFiles
{
    public static void Write(StageContext context, IClipOptimiser optimiser)
    {
        foreach (var weights in optimiser.Weights)
        {
            SafeTensors.Write(context.Output(Artifacts.Weights(weights.Part)),
                [.. weights.Arrays.Select(a => (a.Name, (DType)a.Value.dtype, a.Value.shape, (ReadOnlyMemory<byte>)a.Value.detach().ToBytes()))],
                new Dictionary<string, string> { ["method"] = optimiser.Method, ["part"] = weights.Part });
        }
    }
}
