using System.Globalization;
using Depth3D.Messages;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// Parameters, Adam moments and step of a <see cref="IClipOptimiser"/>. Continuing from one gives the same bytes as never having stopped,
/// because sampling depends on seed and step alone.
/// </summary>
/// <param name="Fingerprint">Hash of clip and settings; another clip's checkpoint is refused.</param>
/// <param name="Method">Of the optimiser; another method's checkpoint is refused.</param>
public sealed record OptimiserCheckpoint(string Method, int Step, string Fingerprint, IReadOnlyList<CheckpointTensor> Tensors)
{
    public const int Version = 1;
    private const string FormatPrefix = "depth3d-";

    /// <summary>What the file says about itself beside the arrays.</summary>
    public IReadOnlyDictionary<string, string> Metadata => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["format"] = FormatPrefix + Method,
        ["version"] = Version.ToString(CultureInfo.InvariantCulture),
        ["step"] = Step.ToString(CultureInfo.InvariantCulture),
        ["fingerprint"] = Fingerprint,
    };

    /// <exception cref="Depth3DException">Not a checkpoint of this method, or of a newer version.</exception>
    public static OptimiserCheckpoint From(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<CheckpointTensor> tensors, string where)
    {
        string? Get(string key) => metadata.TryGetValue(key, out var value) ? value : null;
        if (Get("format") is not { } format || !format.StartsWith(FormatPrefix, StringComparison.Ordinal))
            throw new Depth3DException($"is not a training checkpoint; its format is '{Get("format") ?? "unnamed"}'", where);
        if (!int.TryParse(Get("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) || version > Version)
        {
            throw new Depth3DException($"checkpoint version {Get("version") ?? "missing"}; this program reads up to {Version}", where,
                "continue this run with the program that wrote it, or start it anew");
        }

        if (!int.TryParse(Get("step"), NumberStyles.None, CultureInfo.InvariantCulture, out var step))
            throw new Depth3DException($"checkpoint step '{Get("step") ?? "missing"}' is not a number", where);
        return new OptimiserCheckpoint(format[FormatPrefix.Length..], step, Get("fingerprint") ?? "", tensors);
    }

    public static OptimiserCheckpoint Capture(IClipOptimiser optimiser, string fingerprint)
    {
        using var scope = NewDisposeScope();
        return new OptimiserCheckpoint(optimiser.Method, optimiser.CompletedSteps, fingerprint,
            [.. optimiser.State.Select(s => new CheckpointTensor(s.Name, s.Value.shape, s.Value.detach().cpu().contiguous().data<float>().ToArray()))]);
    }

    /// <exception cref="Depth3DException">The checkpoint belongs to another clip or other settings, or an array is missing or misshapen.</exception>
    public void Restore(IClipOptimiser optimiser, string fingerprint, string where)
    {
        if (Method != optimiser.Method)
            throw new Depth3DException($"is a checkpoint of method {Method}; this run trains {optimiser.Method}", where);
        if (Fingerprint != fingerprint)
        {
            throw new Depth3DException("checkpoint belongs to another clip or other options", where,
                "resume with the options the run was started with, or use a new output folder");
        }

        var byName = Tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (name, value) in optimiser.State)
        {
            if (!byName.TryGetValue(name, out var saved))
                throw new Depth3DException($"checkpoint has no array '{name}'", where);
            if (!saved.Shape.SequenceEqual(value.shape))
            {
                throw new Depth3DException(
                    $"array '{name}' has shape [{string.Join(", ", saved.Shape)}]; expected [{string.Join(", ", value.shape)}]", where);
            }

            value.copy_(tensor(saved.Values, value.shape));
        }

        optimiser.ContinueFrom(Step);
    }
}
