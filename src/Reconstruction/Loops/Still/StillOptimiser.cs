using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Reconstruction.Optimisation;
using TorchSharp;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Loops.Still;

/// <summary>
/// Stage 1 (video-loop spec 3): planes of colour, alpha and loopability that show every view's long exposure. The same views, settings and seed give the same
/// bytes, also when broken off after any update and continued from a checkpoint. Belongs to one thread (<see cref="TorchThread"/>).
/// </summary>
public sealed class StillOptimiser : IDisposable
{
    /// <summary>Colour, alpha, loopability.</summary>
    public const int Channels = 5;

    /// <summary>Logit of an alpha that a few hundred updates cannot bring back.</summary>
    private const double Transparent = -30;

    private readonly LoopGeometry _geometry;
    private readonly IReadOnlyList<StillView> _views;
    private readonly StillSettings _settings;
    private readonly Device _device;
    private readonly DisposeScope _scope;
    private StillLevelGeometry _level;
    private Tensor _pictures;
    private Tensor _logits;
    private AdamState _adam;
    private int _levelIndex;

    /// <param name="views">Those that are trained on, at least two.</param>
    public StillOptimiser(LoopGeometry geometry, IReadOnlyList<StillView> views, StillSettings settings)
    {
        ArgumentNullException.ThrowIfNull(views);
        (_geometry, _views, _settings) = (geometry, views, settings);
        _device = ComputeDevice.Parse(settings.Device);
        _scope = NewDisposeScope();
        (_level, _pictures) = Look(0);
        _logits = Owned(StillInit.Of(_level, _pictures, geometry.Planes, _device)).requires_grad_();
        _adam = Fresh();
    }

    public int CompletedSteps { get; private set; }

    /// <summary>The update before which faint tiles are culled.</summary>
    private int CullStep => _settings.CullSteps == 0 ? int.MaxValue : _settings.TotalSteps - _settings.CullSteps;

    /// <summary>Parameters and moments; a checkpoint holds them. Their sizes are those of the level of the last update.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> State => [.. _adam.Stateful()];

    /// <summary>Updates until <paramref name="untilStep"/>.</summary>
    /// <exception cref="Depth3DException">A loss is not finite.</exception>
    public IReadOnlyList<StillLosses> Run(int untilStep, IProgress<(int Step, double Loss)>? progress, CancellationToken cancellation)
    {
        var losses = new List<StillLosses>();
        while (CompletedSteps < untilStep)
        {
            cancellation.ThrowIfCancellationRequested();
            var (level, first) = _settings.LevelOf(CompletedSteps);
            if (level != _levelIndex) Enter(level);
            if (CompletedSteps == CullStep) Cull();
            losses.Add(Update(CompletedSteps, CompletedSteps >= CullStep ? Math.Max(first, CullStep) : first));
            CompletedSteps++;
            progress?.Report((CompletedSteps, losses[^1].Total));
        }

        return losses;
    }

    /// <summary>Makes <see cref="State"/> as large as after that many updates, for a checkpoint to be read into.</summary>
    public void ContinueFrom(int completedSteps)
    {
        var (level, _) = _settings.LevelOf(Math.Max(0, completedSteps - 1));
        if (level != _levelIndex) Enter(level);
        CompletedSteps = completedSteps;
    }

    /// <summary>The planes as they are now, at full size.</summary>
    public StillPlanes Planes()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        long[] size = [_geometry.Plane.Height, _geometry.Plane.Width];
        var full = nn.functional.interpolate(_logits.detach(), size, mode: InterpolationMode.Bilinear, align_corners: false).sigmoid();
        return new StillPlanes(_geometry, full.cpu().contiguous().data<float>().ToArray());
    }

    public void Dispose()
    {
        _adam.Dispose();
        _scope.Dispose();
    }

    private StillLosses Update(int step, int first)
    {
        using var scope = NewDisposeScope();
        var random = new CounterRandom(_settings.Seed, step, 71);
        var view = ViewOf(step);
        var camera = _level.Cameras[view];
        var patch = Patch(camera.Width, camera.Height, random);
        var maps = _level.TexelFromPixel(view, random.Unit(2) - 0.5, random.Unit(3) - 0.5);
        var box = PlaneLookup.Footprint(maps, patch, _level.Plane.Width, _level.Plane.Height);
        var grid = PlaneLookup.Grid(maps, patch, box, _device);
        var render = StillRender.Of(_logits.narrow(3, box.X, box.Width).narrow(2, box.Y, box.Height), grid);
        var target = _pictures[view].narrow(2, patch.X, patch.Width).narrow(1, patch.Y, patch.Height);
        var rise = Math.Clamp(step / Math.Max(1, _settings.DensityRise * _settings.TotalSteps), 0, 1);
        var (total, terms) = StillLoss.Of(render, target, _settings, _settings.Density * rise * rise);
        total.backward();
        _adam.Step(_settings.LearningRate, step - first + 1);
        return Checked(step, total.detach().ToDouble(), terms);
    }

    private StillLosses Checked(int step, double total, Tensor terms)
    {
        if (!double.IsFinite(total)) throw new Depth3DException($"the loss of stage 1 is {total} after {step} updates", remedy: "report it with the clip and the options");
        var t = terms.cpu().data<float>().ToArray();
        return new StillLosses(step, _levelIndex, total, t[0], t[1], t[2], t[3], t[4], t[5]);
    }

    /// <summary>Every view once in each round, in another order each time.</summary>
    private int ViewOf(int step)
    {
        var (round, at) = (step / _views.Count, step % _views.Count);
        var order = Enumerable.Range(0, _views.Count).OrderBy(v => new CounterRandom(_settings.Seed, round, 72).Bits((ulong)v)).ToArray();
        return order[at];
    }

    private (int X, int Y, int Width, int Height) Patch(int width, int height, CounterRandom random)
    {
        if (width * height <= _settings.PatchPixels) return (0, 0, width, height);
        var scale = Math.Sqrt(_settings.PatchPixels / ((double)width * height));
        int w = Math.Max(8, (int)(width * scale)), h = Math.Max(8, (int)(height * scale));
        return (random.Below(width - w + 1, 0), random.Below(height - h + 1, 1), w, h);
    }

    /// <summary>Makes tiles transparent that no view sees much of; the optimiser begins anew (spec 3.3).</summary>
    private void Cull()
    {
        using (var scope = NewDisposeScope())
        {
            var weights = StillWeights.Of(_logits.detach(), _level, _device);
            using var frozen = no_grad();
            long tile = Math.Max(1, (long)Math.Round(_geometry.TileSize * (double)_level.Plane.Width / _geometry.Plane.Width));
            var kept = nn.functional.max_pool2d(StillWeights.WithoutSpecks(weights), [tile], [tile], ceil_mode: true).gt(_settings.CullWeight).to_type(ScalarType.Float32);
            long[] size = [_level.Plane.Height, _level.Plane.Width];
            var alive = nn.functional.interpolate(kept, size, mode: InterpolationMode.Nearest);
            var alpha = _logits.detach().narrow(1, 3, 1);
            alpha.copy_(where(alive.gt(0.5), alpha, full_like(alpha, Transparent)));
        }

        _adam.Dispose();
        _adam = Fresh();
    }

    private void Enter(int level)
    {
        var old = _logits;
        using (no_grad())
        {
            (_level, _pictures) = Look(level);
            long[] size = [_level.Plane.Height, _level.Plane.Width];
            _logits = Owned(nn.functional.interpolate(old.detach(), size, mode: InterpolationMode.Bilinear, align_corners: false).contiguous());
        }

        _logits.requires_grad_();
        _adam.Dispose();
        old.Dispose();
        _adam = Fresh();
        _levelIndex = level;
    }

    /// <summary>Geometry and [views, 4, h, w] pictures of a level.</summary>
    private (StillLevelGeometry, Tensor) Look(int level)
    {
        using var scope = NewDisposeScope();
        var geometry = new StillLevelGeometry(_geometry, _views, _settings.Levels[level].Factor);
        var pictures = _views.Select((v, i) => Picture(v, geometry.Cameras[i].Width, geometry.Cameras[i].Height)).ToArray();
        return (geometry, Owned(stack(pictures)));
    }

    private Tensor Picture(StillView view, int width, int height)
    {
        Raster<byte> rgb = Resize.Area(view.Exposure, width, height), mask = Resize.Area(view.Loopable, width, height);
        var values = new float[4 * width * height];
        for (var i = 0; i < width * height; i++)
        {
            for (var c = 0; c < 3; c++) values[(c * width * height) + i] = rgb.Samples[(3 * i) + c] / 255f;
            values[(3 * width * height) + i] = mask.Samples[i] > 127 ? 1 : 0;
        }

        return tensor(values, [4, height, width], device: _device);
    }

    private AdamState Fresh() => new([("logits", _logits)], 0.9, 0.999);

    private Tensor Owned(Tensor tensor) => tensor.DetachFromDisposeScope();
}
