using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// Draws the pixels that one step looks at. Everything that does not depend on the parameters (rays, relative cameras, flow targets,
/// prior depth at both ends) is computed here once, so the differentiable part stays small. A function of (seed, step) only.
/// </summary>
internal sealed class PointSampler
{
    private const int Tries = 8;
    private const int WindowStream = 0;
    private const int StaticStream = 1;
    private const int MovingStream = 2;

    private readonly TrainingClip _clip;
    private readonly FieldSettings _settings;
    private readonly Dictionary<(int From, int To), RigidTransform> _relative = [];

    public PointSampler(TrainingClip clip, FieldSettings settings)
    {
        _clip = clip;
        _settings = settings;
        Gaps = [.. clip.FlowsFrom.SelectMany(f => f).Where(f => f.To > f.From).Select(f => f.To - f.From).Distinct().Order()];
        foreach (var flow in clip.FlowsFrom.SelectMany(f => f))
            _relative[(flow.From, flow.To)] = clip.CamFromWorld[flow.To] * clip.CamFromWorld[flow.From].Inverse();
    }

    /// <summary>Frame gaps that occur in forward flows, ascending.</summary>
    public IReadOnlyList<int> Gaps { get; }

    /// <summary>The frames one step looks at: the whole clip if it is short, else a run of frames; the clip's ends as often as its middle.</summary>
    public (int First, int Count) Window(int step)
    {
        var count = Math.Min(_settings.WindowFrames, _clip.Frames);
        if (count == _clip.Frames) return (0, count);
        var overhang = count / 2;
        var start = new CounterRandom(_settings.Seed, step, WindowStream).Below(_clip.Frames - count + (2 * overhang) + 1, 0) - overhang;
        return (Math.Clamp(start, 0, _clip.Frames - count), count);
    }

    public StaticBatch Static(int step, int first, int count)
    {
        var perFrame = _settings.StaticSamples / count;
        var batch = new StaticBatch(perFrame * count);
        var random = new CounterRandom(_settings.Seed, step, StaticStream);
        Parallel.For(0, count, f =>
        {
            var flows = Array.FindAll(_clip.FlowsFrom[first + f], w => w.To >= first && w.To < first + count);
            for (var k = 0; k < perFrame; k++) DrawStatic(batch, (f * perFrame) + k, first + f, first, flows, random);
        });
        return batch;
    }

    private void DrawStatic(StaticBatch batch, int slot, int frame, int first, DirectedFlow[] flows, CounterRandom random)
    {
        var pixels = _clip.StaticPixels[frame];
        if (pixels.Length == 0 || flows.Length == 0) return;
        for (var t = 0; t < Tries; t++)
        {
            var index = 2 * (((ulong)slot * Tries) + (ulong)t);
            var pixel = pixels[random.Below(pixels.Length, index)];
            var flow = flows[random.Below(flows.Length, index + 1)];
            int x = pixel % _clip.Width, y = pixel / _clip.Width;
            if (!flow.TryTarget(x, y, out var tx, out var ty) || IsMoving(flow.To, tx, ty) || !flow.IsSharp(x, y)) continue;
            var k = _clip.Intrinsics;
            var pose = _relative[(frame, flow.To)];
            var ray = pose.Rotation * new Vec3((x - k.Cx) / k.Fx, (y - k.Cy) / k.Fy, 1);
            batch.Set(slot, x, y, frame - first, _clip.LogPriorDepth[frame][pixel], tx, ty, flow.To - first,
                LogDepthAt(_clip.LogPriorDepth[flow.To], tx, ty), ray, pose.Translation, _clip.Registered[frame] && _clip.Registered[flow.To]);
            return;
        }
    }

    /// <param name="logDepth">Where moving pixels are before any correction, [frame][pixel].</param>
    public MovingBatch Moving(int step, int first, int count, float[][] logDepth)
    {
        var frames = Enumerable.Range(first, count).Where(f => _clip.MovingPixels[f].Length > 0 && _clip.FlowsFrom[f].Any(w => w.To > f)).ToArray();
        var perFrame = Math.Max(8, Math.Min(_settings.MovingPointsPerFrame, _settings.MovingPointsPerFrame * 24 / Math.Max(1, frames.Length)));
        var batch = new MovingBatch(perFrame * frames.Length, Gaps);
        var random = new CounterRandom(_settings.Seed, step, MovingStream);
        Parallel.For(0, frames.Length, n =>
        {
            var pixels = _clip.MovingPixels[frames[n]];
            for (var k = 0; k < perFrame; k++)
            {
                var slot = (n * perFrame) + k;
                DrawMoving(batch, slot, frames[n], pixels[random.Below(pixels.Length, (ulong)slot)], first, count, logDepth);
            }
        });
        return batch;
    }

    private void DrawMoving(MovingBatch batch, int slot, int frame, int pixel, int first, int count, float[][] logDepth)
    {
        var k = _clip.Intrinsics;
        int x = pixel % _clip.Width, y = pixel / _clip.Width;
        var pose = _clip.CamFromWorld[frame];
        var ray = pose.Rotation.Transposed * new Vec3((x - k.Cx) / k.Fx, (y - k.Cy) / k.Fy, 1);
        batch.SetPoint(slot, x, y, frame - first, logDepth[frame][pixel], ray, pose.Center, (double)frame / _clip.Frames);
        foreach (var flow in _clip.FlowsFrom[frame])
        {
            if (flow.To <= frame || flow.To >= first + count) continue;
            if (!flow.TryTarget(x, y, out var tx, out var ty) || !IsMoving(flow.To, tx, ty)) continue;
            batch.SetTarget(slot, flow.To - frame, tx, ty, flow.To - first, LogDepthAt(logDepth[flow.To], tx, ty), _clip.CamFromWorld[flow.To]);
        }
    }

    private bool IsMoving(int frame, float x, float y) =>
        _clip.Moving[frame][((int)MathF.Round(y) * _clip.Width) + (int)MathF.Round(x)];

    private float LogDepthAt(float[] map, float x, float y)
    {
        int x0 = Math.Min((int)x, _clip.Width - 2), y0 = Math.Min((int)y, _clip.Height - 2), i = (y0 * _clip.Width) + x0;
        float a = x - x0, b = y - y0;
        return ((1 - b) * (((1 - a) * map[i]) + (a * map[i + 1])))
            + (b * (((1 - a) * map[i + _clip.Width]) + (a * map[i + _clip.Width + 1])));
    }
}
