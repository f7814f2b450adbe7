using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>Copies of everything that changes from step to step.</summary>
internal static class OptimiserState
{
    public static IReadOnlyList<Tensor> Copy(IReadOnlyList<(string Name, Tensor Value)> state) =>
        [.. state.Select(s => s.Value.detach().clone())];

    public static void Restore(IReadOnlyList<(string Name, Tensor Value)> state, IReadOnlyList<Tensor> copy)
    {
        using var frozen = no_grad();
        for (var i = 0; i < state.Count; i++) state[i].Value.copy_(copy[i]);
    }
}
