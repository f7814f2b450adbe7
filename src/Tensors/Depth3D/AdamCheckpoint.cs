using TorchSharp;
using TorchSharp.Modules;

namespace Depth3D.Tensors;

/// <summary>
/// Adam's state as named tensors, so that a checkpoint continues bit for bit: <c>name.step</c> (int64), <c>name.exp_avg</c> and
/// <c>name.exp_avg_sq</c> for every parameter, and <c>name.max_exp_avg_sq</c> with amsgrad.
/// </summary>
public static class AdamCheckpoint
{
    /// <summary>The state by name. The moments are the tensors themselves: write or clone them before the next step.</summary>
    /// <param name="named">The parameters the optimiser was made with, by name.</param>
    public static Dictionary<string, torch.Tensor> Save(Adam adam, IEnumerable<(string name, Parameter parameter)> named)
    {
        var result = new Dictionary<string, torch.Tensor>();
        foreach (var (name, state) in Pairs(adam, named))
        {
            result.Add($"{name}.step", torch.tensor(state.step));
            result.Add($"{name}.exp_avg", state.exp_avg);
            result.Add($"{name}.exp_avg_sq", state.exp_avg_sq);
            if (state.max_exp_avg_sq is { } max) result.Add($"{name}.max_exp_avg_sq", max);
        }

        return result;
    }

    /// <summary>Copies a saved state in. Nothing is changed when a name is missing or a shape differs.</summary>
    /// <exception cref="InvalidOperationException">A name is missing or a shape differs.</exception>
    public static void Load(Adam adam, IEnumerable<(string name, Parameter parameter)> named, IReadOnlyDictionary<string, torch.Tensor> source)
    {
        using var scope = torch.NewDisposeScope();
        using var off = torch.no_grad();
        var pairs = Pairs(adam, named);
        var copies = new List<(torch.Tensor Target, torch.Tensor Source)>();
        foreach (var (name, state) in pairs)
        {
            Find(source, $"{name}.step", []);
            copies.Add((state.exp_avg, Find(source, $"{name}.exp_avg", state.exp_avg.shape)));
            copies.Add((state.exp_avg_sq, Find(source, $"{name}.exp_avg_sq", state.exp_avg_sq.shape)));
            if (state.max_exp_avg_sq is { } max) copies.Add((max, Find(source, $"{name}.max_exp_avg_sq", max.shape)));
        }

        foreach (var (name, state) in pairs) state.step = source[$"{name}.step"].item<long>();
        foreach (var (target, from) in copies) target.copy_(from);
    }

    private static List<(string Name, Adam.State State)> Pairs(Adam adam, IEnumerable<(string name, Parameter parameter)> named)
    {
        var names = named.ToDictionary(n => n.parameter, n => n.name);
        var result = new List<(string, Adam.State)>();
        for (var i = 0; i < adam.Parameters.Count; ++i)
        {
            if (!names.TryGetValue(adam.Parameters[i], out var name))
                throw new InvalidOperationException($"the optimiser's parameter {i} ({adam.Parameters[i]}) has no name in the list");
            result.Add((name, adam.States[i]));
        }

        return result;
    }

    private static torch.Tensor Find(IReadOnlyDictionary<string, torch.Tensor> source, string name, long[] shape)
    {
        if (!source.TryGetValue(name, out var found)) throw new InvalidOperationException($"optimiser state: '{name}' is missing");
        if (found.numel() != shape.Aggregate(1L, (product, side) => product * side) || (shape.Length > 0 && !found.shape.SequenceEqual(shape)))
            throw new InvalidOperationException($"optimiser state: '{name}' is {found}, expected [{string.Join('x', shape)}]");
        return found;
    }
}
