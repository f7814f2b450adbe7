using Depth3D.Pipeline;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Preprocess.Sequence;

/// <summary>Moving masks of all frames at training size.</summary>
internal static class TrainingMasks
{
    public static bool[][] Read(ClipMaps maps, CancellationToken cancellation)
    {
        var masks = new bool[maps.Frames.Count][];
        for (var i = 0; i < masks.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            masks[i] = TrainingMaps.Moving(maps.Mask(i), maps.Frames.TrainWidth, maps.Frames.TrainHeight);
        }

        return masks;
    }
}
