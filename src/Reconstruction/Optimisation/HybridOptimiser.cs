using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// The network method first, then the field method with the network's depth as its prior. Steps count through. Belongs to one thread
/// (<see cref="TorchThread"/>).
/// </summary>
public sealed class HybridOptimiser : IClipOptimiser
{
    private readonly TrainingClip _clip;
    private readonly FieldSettings _settings;
    private readonly NetworkOptimiser _network;
    private FieldOptimiser _field;
    private bool _seated;

    /// <param name="network">On the same clip; belongs to this optimiser from here.</param>
    public HybridOptimiser(TrainingClip clip, NetworkOptimiser network, FieldSettings settings)
    {
        (_clip, _network, _settings) = (clip, network, settings);
        _field = new FieldOptimiser(clip, settings);
    }

    public string Method => "hybrid";

    public int TotalSteps => _network.TotalSteps + _settings.TotalSteps;

    public int CompletedSteps => _network.CompletedSteps + _field.CompletedSteps;

    public IReadOnlyList<(string Name, Tensor Value)> State => [.. _network.State, .. _field.State.Select(s => ("field." + s.Name, s.Value))];

    public CameraRefinement? Cameras => _field.Cameras;

    public IReadOnlyList<TrainedWeights> Weights => _network.Weights;

    public IReadOnlyList<StepLoss> Run(int untilStep, IProgress<(int Step, double Loss)>? progress, CancellationToken cancellation)
    {
        var first = _network.TotalSteps;
        var losses = _network.Run(Math.Min(untilStep, first), progress, cancellation);
        if (untilStep <= first) return losses;
        Seat();
        var rest = _field.Run(untilStep - first, progress is null ? null : new Later(progress, first), cancellation);
        return [.. losses, .. rest.Select(l => l with { Step = l.Step + first })];
    }

    public FrameCorrection Correction(int frame)
    {
        var first = _network.Correction(frame);
        return _field.CompletedSteps == 0 ? first : _field.Correction(frame).After(first);
    }

    public void ContinueFrom(int completedSteps)
    {
        _network.ContinueFrom(Math.Min(completedSteps, _network.TotalSteps));
        _field.ContinueFrom(Math.Max(0, completedSteps - _network.TotalSteps));
        _seated = false;
    }

    public void Dispose()
    {
        _network.Dispose();
        _field.Dispose();
    }

    /// <summary>Puts the field method, as far as it got, on the network's depth.</summary>
    private void Seat()
    {
        if (_seated) return;
        var seated = new FieldOptimiser(_clip.WithPrior(_network.Correction), _settings);
        using (var scope = NewDisposeScope()) OptimiserState.Restore(seated.State, OptimiserState.Copy(_field.State));
        seated.ContinueFrom(_field.CompletedSteps);
        _field.Dispose();
        (_field, _seated) = (seated, true);
    }

    private sealed class Later(IProgress<(int Step, double Loss)> target, int first) : IProgress<(int Step, double Loss)>
    {
        public void Report((int Step, double Loss) value) => target.Report((value.Step + first, value.Loss));
    }
}
