using Depth3D.Messages;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// Everything one clip gives to the optimisation, at training size, with lengths divided by <see cref="DepthUnit"/> so that the median
/// prior depth is 1 (spec 9.14).
/// </summary>
public sealed class TrainingClip
{
    /// <summary>Pixels nearer than this to a moving pixel do not count as static: masks are never exact.</summary>
    private const int MaskMarginPixels = 5;

    private TrainingClip(Intrinsics intrinsics, RigidTransform[] camFromWorld, bool[] registered, float[][] logDepth, bool[][] moving,
        int[][] staticPixels, int[][] movingPixels, DirectedFlow[] training, DirectedFlow[] heldOut, double depthUnit, CameraMotion motion)
    {
        Intrinsics = intrinsics;
        CamFromWorld = camFromWorld;
        Registered = registered;
        LogPriorDepth = logDepth;
        Moving = moving;
        StaticPixels = staticPixels;
        MovingPixels = movingPixels;
        DepthUnit = depthUnit;
        Motion = motion;
        HeldOut = heldOut;
        FlowsFrom = [.. Enumerable.Range(0, camFromWorld.Length).Select(i => training.Where(f => f.From == i).ToArray())];
    }

    public Intrinsics Intrinsics { get; private set; }

    public IReadOnlyList<RigidTransform> CamFromWorld { get; private set; }

    /// <summary>False where a camera was interpolated: its depth is kept consistent, but its motion proves nothing.</summary>
    public IReadOnlyList<bool> Registered { get; }

    /// <summary>Natural log of prior depth over <see cref="DepthUnit"/>, [frame][y * W + x].</summary>
    public float[][] LogPriorDepth { get; }

    /// <summary>Moving pixels, [frame][y * W + x].</summary>
    public bool[][] Moving { get; }

    /// <summary>Indices y * W + x of pixels that are static for certain.</summary>
    public int[][] StaticPixels { get; }

    public int[][] MovingPixels { get; }

    /// <summary>Flows to train on, by source frame, ascending by target frame.</summary>
    public DirectedFlow[][] FlowsFrom { get; }

    /// <summary>Forward flows never trained on.</summary>
    public DirectedFlow[] HeldOut { get; }

    /// <summary>One length unit of the optimisation in the prior's unit.</summary>
    public double DepthUnit { get; }

    public CameraMotion Motion { get; }

    public int Frames => CamFromWorld.Count;

    public int Width => Intrinsics.Width;

    public int Height => Intrinsics.Height;

    public bool HasMoving => MovingPixels.Any(p => p.Length > 0);

    /// <param name="cameras">In the prior's depth unit, any size; a camera that does not translate gets translation zero here.</param>
    /// <param name="priorDepth">[frame][y * W + x], z &gt; 0, training size.</param>
    /// <param name="moving">[frame][y * W + x], training size.</param>
    /// <param name="flows">Each flow with whether it is held out.</param>
    /// <exception cref="Depth3DException">Counts or sizes disagree, or a prior depth is not a positive finite number.</exception>
    public static TrainingClip Create(CameraTrack cameras, int width, int height, float[][] priorDepth, bool[][] moving,
        IEnumerable<(DirectedFlow Flow, bool HeldOut)> flows)
    {
        if (priorDepth.Length != cameras.Frames.Count || moving.Length != cameras.Frames.Count)
            throw new Depth3DException(
                $"{cameras.Frames.Count} cameras, {priorDepth.Length} prior depth maps and {moving.Length} masks; expected as many of each");
        CheckDepth(priorDepth, width * height);
        var unit = MedianDepth(priorDepth);
        var turnsOnly = cameras.Motion != CameraMotion.Parallax;
        var poses = cameras.Frames.Select(f => f.CamFromWorld with
        {
            Translation = turnsOnly ? Vec3.Zero : f.CamFromWorld.Translation * (1 / unit),
        }).ToArray();
        var sure = moving.Select(m => StaticFor(m, width, height)).ToArray();
        var all = flows.OrderBy(f => f.Flow.From).ThenBy(f => f.Flow.To).ToArray();
        return new TrainingClip(cameras.Intrinsics.ScaledTo(width, height), poses,
            [.. cameras.Frames.Select(f => f.Registered)], [.. priorDepth.Select(d => LogOver(d, unit))], moving, sure, [.. moving.Select(Indices)],
            [.. all.Where(f => !f.HeldOut && f.Flow.ValidPixels > 0).Select(f => f.Flow)],
            [.. all.Where(f => f.HeldOut && f.Flow.From < f.Flow.To && f.Flow.ValidPixels > 0).Select(f => f.Flow)], unit, cameras.Motion);
    }

    /// <summary>The same clip with its prior corrected; the unit of length stays.</summary>
    public TrainingClip WithPrior(Func<int, FrameCorrection> correction) => new(Intrinsics, [.. CamFromWorld], [.. Registered],
        [.. LogPriorDepth.Select((log, f) => Corrected(log, Moving[f], Width, correction(f)))], Moving, StaticPixels, MovingPixels,
        [.. FlowsFrom.SelectMany(f => f)], HeldOut, DepthUnit, Motion);

    private static float[] Corrected(float[] log, bool[] moving, int width, FrameCorrection by) =>
        [.. log.Select((l, i) => (float)(l + by.At(i % width, i / width, moving[i] ? 1 : 0)))];

    /// <summary>The same clip seen by refined cameras.</summary>
    public TrainingClip With(CameraRefinement cameras)
    {
        var copy = (TrainingClip)MemberwiseClone();
        copy.Intrinsics = Intrinsics with { Fx = Intrinsics.Fx * cameras.FocalFactor, Fy = Intrinsics.Fy * cameras.FocalFactor };
        copy.CamFromWorld = cameras.CamFromWorld;
        return copy;
    }

    private static void CheckDepth(float[][] depth, int pixels)
    {
        for (var i = 0; i < depth.Length; i++)
        {
            if (depth[i].Length != pixels)
                throw new Depth3DException($"prior depth has {depth[i].Length} pixels; expected {pixels}", $"frame {i}");
            foreach (var d in depth[i])
            {
                if (!float.IsFinite(d) || d <= 0) throw new Depth3DException($"prior depth {d}; expected positive finite numbers", $"frame {i}");
            }
        }
    }

    private static double MedianDepth(float[][] depth)
    {
        var sample = new List<float>();
        foreach (var frame in depth)
        {
            for (var i = 0; i < frame.Length; i += 37) sample.Add(frame[i]);
        }

        sample.Sort();
        return sample[sample.Count / 2];
    }

    private static float[] LogOver(float[] depth, double unit)
    {
        var log = new float[depth.Length];
        for (var i = 0; i < log.Length; i++) log[i] = (float)Math.Log(depth[i] / unit);
        return log;
    }

    private static int[] Indices(bool[] mask) => [.. Enumerable.Range(0, mask.Length).Where(i => mask[i])];

    private static int[] StaticFor(bool[] moving, int width, int height)
    {
        var near = new bool[moving.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                if (!moving[(y * width) + x]) continue;
                for (var yy = Math.Max(0, y - MaskMarginPixels); yy <= Math.Min(height - 1, y + MaskMarginPixels); yy++)
                    near.AsSpan((yy * width) + Math.Max(0, x - MaskMarginPixels), 1 + Math.Min(width - 1, x + MaskMarginPixels) - Math.Max(0, x - MaskMarginPixels)).Fill(true);
            }
        }

        return [.. Enumerable.Range(0, near.Length).Where(i => !near[i])];
    }
}
