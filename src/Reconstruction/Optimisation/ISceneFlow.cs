using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>A trainable model of how world points move (spec 3).</summary>
public interface ISceneFlow : IDisposable
{
    /// <summary>Learnable tensors with their names, in a fixed order.</summary>
    IReadOnlyList<(string Name, Tensor Value)> Parameters { get; }

    /// <param name="points">World points, [M, 3].</param>
    /// <param name="time">Frame / frames, [M, 1].</param>
    /// <returns>Displacement over one step, [M, 3], in the unit of the points.</returns>
    Tensor Displacement(Tensor points, Tensor time);
}
