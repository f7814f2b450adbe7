using Depth3D.Messages;
using TorchSharp;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// A method that optimises depth and scene flow of one clip in steps. The same clip, settings and seed give the same bytes, also when
/// interrupted after any step and continued from a checkpoint. Belongs to one thread (<see cref="TorchThread"/>).
/// </summary>
public interface IClipOptimiser : IDisposable
{
    /// <summary>Name of the method, as options and checkpoints spell it: <c>field</c>, <c>network</c>.</summary>
    string Method { get; }

    int TotalSteps { get; }

    /// <summary>Steps taken so far, warm-up included.</summary>
    int CompletedSteps { get; }

    /// <summary>Steps until <paramref name="untilStep"/>; cancellation and progress between steps.</summary>
    /// <param name="progress">Steps completed and the latest loss known.</param>
    /// <returns>The losses of every step taken.</returns>
    /// <exception cref="Depth3DException">A loss is not finite: names the step and the pair of frames.</exception>
    IReadOnlyList<StepLoss> Run(int untilStep, IProgress<(int Step, double Loss)>? progress, CancellationToken cancellation);

    /// <summary>What one frame's log depth is away from the prior's, to be put on it by <see cref="RefinedDepth"/>.</summary>
    FrameCorrection Correction(int frame);

    /// <summary>The cameras as they are now; null where the method leaves them as they were given.</summary>
    CameraRefinement? Cameras => null;

    /// <summary>Everything that changes from step to step, in a fixed order; a checkpoint holds it.</summary>
    IReadOnlyList<(string Name, torch.Tensor Value)> State { get; }

    /// <summary>Weights to keep with the result; none for methods without a network of their own.</summary>
    IReadOnlyList<TrainedWeights> Weights => [];

    /// <summary>Says that <see cref="State"/> was restored as it was after that many steps.</summary>
    void ContinueFrom(int completedSteps);
}
