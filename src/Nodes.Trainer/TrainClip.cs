using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Optimisation;

namespace Depth3D.Nodes.Trainer;

/// <summary>A clip as the earlier stages left it, ready to be optimised.</summary>
/// <param name="Warnings">What a person should know about the inputs, in sentences.</param>
/// <param name="Fingerprint">Hash of the training index, which holds the hash of every input, and of the settings that decide the result.</param>
/// <param name="Cameras">In the prior's depth unit, working size.</param>
internal sealed record TrainClip(ClipMaps Maps, TrainingClip Clip, ITrainMethod Method, string Fingerprint, CameraTrack Cameras,
    IReadOnlyList<string> Warnings)
{
    /// <summary>The clip as it was before its cameras were refined.</summary>
    public TrainingClip Given { get; } = Clip;

    /// <summary>The clip with refined cameras; itself without any.</summary>
    public TrainClip SeenBy(CameraRefinement? cameras) => cameras is null ? this : this with { Clip = Clip.With(cameras) };

    public static TrainClip Load(StageContext context, CancellationToken cancellation)
    {
        var inputs = context.Inputs;
        var maps = new ClipMaps(inputs);
        var frames = maps.Frames;
        var sequencePath = inputs.PathOf(Stages.Sequence, Artifacts.Sequence);
        var sequence = StageJson.Read<SequenceInfo>(sequencePath);
        if (sequence.Frames != frames.Count || sequence.Width != frames.TrainWidth || sequence.Height != frames.TrainHeight)
        {
            throw new Depth3DException(
                $"is for {sequence.Frames} frames of {sequence.Width}x{sequence.Height}; the clip has {frames.Count} of {frames.TrainWidth}x{frames.TrainHeight}",
                sequencePath);
        }

        var cameras = CameraArtifacts.Read(inputs, Stages.Sequence, Artifacts.ScaledCameras, frames.Count);
        var method = TrainProfile.Method(context.Options, frames.Count, PriorMethod(inputs), cameras);
        var prior = new float[frames.Count][];
        var moving = new bool[frames.Count][];
        ForEach(frames.Count, cancellation, i =>
        {
            prior[i] = TrainingMaps.Depth(maps.Prior(i), frames.TrainWidth, frames.TrainHeight);
            moving[i] = TrainingMaps.Moving(maps.Mask(i), frames.TrainWidth, frames.TrainHeight);
        });
        var flows = new (DirectedFlow Flow, bool HeldOut)[2 * sequence.Pairs.Count];
        ForEach(sequence.Pairs.Count, cancellation, i =>
        {
            var pair = sequence.Pairs[i];
            var (forward, backward) = maps.Flow(pair.Frame1, pair.Frame2);
            (flows[2 * i], flows[(2 * i) + 1]) = ((forward, pair.HeldOut), (backward, pair.HeldOut));
        });
        DirectedFlow[] all = [.. flows.Select(f => f.Flow)];
        var jumps = CameraJumps.Find(cameras, frames.TrainWidth, frames.TrainHeight, prior, moving, all);
        var clip = TrainingClip.Create(cameras, frames.TrainWidth, frames.TrainHeight, prior, moving,
            flows.Where(f => !jumps.Pairs.Contains((f.Flow.From, f.Flow.To))));
        InputWarnings.RequirePairs(clip, all, jumps);
        return new TrainClip(maps, clip, method, Hash(sequencePath, inputs.PathOf(Stages.Sequence, Artifacts.ScaledCameras), method.Deciding),
            cameras, InputWarnings.Of(clip, all, jumps));
    }

    /// <summary>In parallel, but the first complaint comes out as it is, not wrapped.</summary>
    private static void ForEach(int count, CancellationToken cancellation, Action<int> body)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, body);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
        }
    }

    private static string? PriorMethod(IArtifactReader inputs) => inputs.Exists(Stages.Prior, Artifacts.PriorIndex)
        ? StageJson.Read<PriorInfo>(inputs.PathOf(Stages.Prior, Artifacts.PriorIndex)).Method
        : null;

    private static string Hash(string sequence, string cameras, string deciding)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(File.ReadAllBytes(sequence));
        hash.AppendData(File.ReadAllBytes(cameras));
        hash.AppendData(Encoding.UTF8.GetBytes(deciding));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
