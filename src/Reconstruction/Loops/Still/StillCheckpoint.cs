using Depth3D.Messages;
using Depth3D.Reconstruction.Optimisation;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Still;

/// <summary>Checkpoints of stage 1. Continuing from one gives the same bytes as never having stopped.</summary>
public static class StillCheckpoint
{
    public const string Method = "loop-still";

    /// <param name="fingerprint">Hash of views and settings; a checkpoint of others is refused.</param>
    public static OptimiserCheckpoint Capture(StillOptimiser optimiser, string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(optimiser);
        using var scope = NewDisposeScope();
        return new OptimiserCheckpoint(Method, optimiser.CompletedSteps, fingerprint,
            [.. optimiser.State.Select(s => new CheckpointTensor(s.Name, s.Value.shape, s.Value.detach().cpu().contiguous().data<float>().ToArray()))]);
    }

    /// <exception cref="Depth3DException">It is of another method, of other views or settings, or does not fit.</exception>
    public static void Restore(StillOptimiser optimiser, OptimiserCheckpoint checkpoint, string fingerprint, string where)
    {
        ArgumentNullException.ThrowIfNull(optimiser);
        ArgumentNullException.ThrowIfNull(checkpoint);
        if (checkpoint.Method != Method) throw new Depth3DException($"is a checkpoint of method {checkpoint.Method}; {Method} was expected", where);
        if (checkpoint.Fingerprint != fingerprint)
        {
            throw new Depth3DException("the checkpoint belongs to other clips or other options", where,
                "resume with the options the loop was started with, or use a new output folder");
        }

        optimiser.ContinueFrom(checkpoint.Step);
        var saved = checkpoint.Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (name, value) in optimiser.State)
        {
            if (!saved.TryGetValue(name, out var array) || !array.Shape.SequenceEqual(value.shape))
                throw new Depth3DException($"array '{name}' of the checkpoint is missing or has another shape than [{string.Join(", ", value.shape)}]", where);
            value.copy_(tensor(array.Values, value.shape));
        }
    }
}
