using System.Security.Cryptography;
using Depth3D.Imaging;
using Depth3D.Inference.Registry;
using Depth3D.Messages;
using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Networks;

/// <summary>
/// A depth network in a TorchScript file, trained in place. Its card says how it wants pictures and what comes out. The file is a program:
/// running the network runs it, so take it from people you trust.
/// </summary>
public sealed class TorchScriptNetwork : IDisparityNetwork
{
    /// <summary>Depth of a network that gives depth itself is at least this before it is inverted.</summary>
    private const double MinDepth = 1e-6;
    private const int DryWidth = 160;
    private const int DryHeight = 96;
    private readonly jit.ScriptModule _module;
    private readonly NetworkInput _input;
    private readonly string _path;
    private readonly bool _batches;

    private TorchScriptNetwork(jit.ScriptModule module, ModelCard card, string path, Device device)
    {
        (_module, Card, _path) = (module, card, path);
        _input = new NetworkInput(card.Input, device);
        module.eval();
        foreach (var (_, value) in Parameters) value.requires_grad = true;
        _batches = TakesBatches(device);
    }

    public string Name => "torchscript";

    public int SizeMultiple => 1;

    public ModelCard Card { get; }

    /// <summary>The network's own values as inverse depth, until it is aligned to a clip.</summary>
    public DisparityAffine Affine { get; set; } = new(1, 0, 1e-4);

    public IReadOnlyList<(string Name, Tensor Value)> Parameters => [.. _module.named_parameters().Select(p => (p.name, (Tensor)p.parameter))];

    public IReadOnlyList<(string Name, Tensor Value)> Weights => [.. Parameters, .. _module.named_buffers().Select(b => (b.name, b.buffer))];

    /// <param name="method"><c>torchscript:NAME</c> or <c>torchscript:PATH.pt</c>.</param>
    /// <exception cref="Depth3DException">
    /// No such file, no TorchScript, code of Python's in it, no parameters to train, no card that fits, or it cannot run.
    /// </exception>
    public static TorchScriptNetwork Open(string method, Device device, ModelRegistry? registry = null)
    {
        var (path, card) = TorchScriptReference.Locate(method, registry);
        return Load(path, card, device);
    }

    /// <param name="card">How to feed it; null to take the template that fits.</param>
    /// <inheritdoc cref="Open"/>
    public static TorchScriptNetwork Load(string path, ModelCard? card, Device device)
    {
        TorchProgram.Require(path);
        using var scope = NewDisposeScope();
        jit.ScriptModule? module = null;
        try
        {
            module = jit.load(path, device);
            RequireTrainable(module, path);
            card ??= TorchScriptCards.Guess(module, path);
            if (card.Task != ModelTask.Depth) throw new Depth3DException($"its card says {card.Task}, a depth network is needed", path, kind: FailureKind.Usage);
            return new TorchScriptNetwork(module, Complete(card, path), path, device);
        }
        catch (TorchException e)
        {
            module?.Dispose();
            throw new Depth3DException($"LibTorch cannot load or run it: {e.Message}", path, "export it again with torch.jit.trace, and check its card", inner: e);
        }
        catch
        {
            module?.Dispose();
            throw;
        }
    }

    public Tensor Depth(Tensor rgb) => Affine.Depth(Disparity(rgb));

    /// <inheritdoc/>
    /// <remarks>The inverse of depth for a network that gives depth; resized as inverse depth in either case (spec 9.13).</remarks>
    public Tensor Disparity(Tensor rgb)
    {
        var (height, width) = PictureShape.Require(rgb, 3, SizeMultiple, Name);
        var input = _input.From(rgb);
        var values = _batches || rgb.shape[0] == 1 ? Run(input) : cat([.. Enumerable.Range(0, (int)rgb.shape[0]).Select(i => Run(input.narrow(0, i, 1)))], 0);
        return _input.Back(Card.Output.Kind == OutputKind.Depth ? values.clamp_min(MinDepth).reciprocal() : values, height, width);
    }

    /// <summary>Writes the whole network, program and weights, as a TorchScript file.</summary>
    public void Save(string path)
    {
        var partial = path + ".part";
        try
        {
            jit.save(_module, partial);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TorchException)
        {
            File.Delete(partial);
            throw new Depth3DException($"cannot be written: {e.Message}", path, "check the folder, its permissions and the free space", FailureKind.Storage, e);
        }
    }

    public void Dispose()
    {
        _module.Dispose();
        _input.Dispose();
    }

    /// <returns>[B, 1, h, w].</returns>
    private Tensor Run(Tensor input)
    {
        var output = _module.forward(input.contiguous());
        var (batch, shape) = (input.shape[0], output.shape);
        if (shape.Length == 4 && shape[0] == batch && shape[1] == 1) return output.to(ScalarType.Float32);
        if (shape.Length == 3 && shape[0] == batch) return output.unsqueeze(1).to(ScalarType.Float32);
        throw new Depth3DException($"its output is [{string.Join(", ", shape)}], one map [{batch}, 1, H, W] was expected", _path, "export a network of one picture and one map");
    }

    /// <summary>Runs a grey picture, which must come out finite, then two at once: a trace may hold on to a batch of one.</summary>
    private bool TakesBatches(Device device)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var grey = _input.From(full([2, 3, DryHeight, DryWidth], 0.5f, device: device));
        var one = Run(grey.narrow(0, 0, 1));
        if (!one.isfinite().all().item<bool>()) throw new Depth3DException("its output is not finite", _path, "check its card: scale, mean and std");
        try
        {
            var two = Run(grey);
            return two.sub(one).abs().max().item<float>() <= 1e-3f * one.abs().max().item<float>();
        }
        catch (Exception e) when (e is TorchException or Depth3DException)
        {
            return false; // the answer to the question: pictures go through one by one
        }
    }

    /// <summary>The card of a file that is in no registry says what the registry's would.</summary>
    private static ModelCard Complete(ModelCard card, string path)
    {
        if (card.Sha256.Length > 0) return card;
        using var file = File.OpenRead(path);
        return card with
        {
            Name = card.Name.Length > 0 ? card.Name : Path.GetFileNameWithoutExtension(path),
            File = Path.GetFileName(path),
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
        };
    }

    private static void RequireTrainable(jit.ScriptModule module, string path)
    {
        var parameters = module.named_parameters().ToArray();
        if (parameters.Length == 0)
            throw new Depth3DException("it has no parameters to train; a frozen module keeps them as constants", path, "export it without torch.jit.freeze");
        foreach (var (name, value) in parameters)
            if (value.dtype != ScalarType.Float32) throw new Depth3DException($"parameter '{name}' is {value.dtype}, float32 is trained", path, "export it as module.float()");
    }
}
