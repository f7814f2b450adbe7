using Depth3D.Imaging;
using Depth3D.Inference.Registry;

namespace Depth3D.Reconstruction.Models;

/// <summary>A model that says per pixel how likely it belongs to objects of given classes.</summary>
public interface IObjectFinder : IDisposable
{
    ModelCard Card { get; }

    /// <summary>Sentences for people, such as why CUDA was not used.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>Probability per pixel, 0..1, of the picture's size, that it belongs to any of the classes.</summary>
    /// <param name="rgb">Three channels.</param>
    /// <param name="classIds">Indices into the class list of <see cref="Card"/>.</param>
    Raster<float> Probability(Raster<byte> rgb, IReadOnlyList<int> classIds, CancellationToken cancellation = default);
}
