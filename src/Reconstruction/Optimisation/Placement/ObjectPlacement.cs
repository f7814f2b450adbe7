using Depth3D.Reconstruction.Cameras;

namespace Depth3D.Reconstruction.Optimisation.Placement;

/// <summary>
/// Where moving objects are, beyond what the prior says: any depth along the ray is explained by some motion, so no residual moves them.
/// What does: the ground they stand on, whose depth is measured, and their size over time.
/// </summary>
internal sealed class ObjectPlacement
{
    private readonly TrainingClip _clip;
    private readonly MovingObjects _objects;
    private readonly double[][] _prior;

    public ObjectPlacement(TrainingClip clip)
    {
        _clip = clip;
        _objects = MovingObjects.Find(clip);
        _prior = PriorLevels();
    }

    public int Objects => _objects.Count;

    /// <summary>0 where nothing moves, otherwise object index plus 1, at every pixel.</summary>
    public int[] Labels(int frame) => _objects.Labels[frame];

    /// <summary>The prior's median log depth of an object; NaN where it is not seen.</summary>
    public double PriorLevel(int objectIndex, int frame) => _prior[objectIndex][frame];

    /// <summary>Log depth of each object and frame, less the prior's median there; 0 where it is not seen. [object][frame]</summary>
    /// <param name="staticLogDepth">Log depth of a pixel of a frame as if nothing moved.</param>
    public double[][] Find(Func<int, int, double> staticLogDepth)
    {
        var sizes = SizeTrack.Measure(_clip, _objects);
        var contacts = Contacts(staticLogDepth);
        var shifts = new double[Objects][];
        for (var o = 0; o < shifts.Length; o++)
        {
            var levels = ObjectLevel.Find(_prior[o], contacts[o], sizes[o], groundMeasured: _clip.Motion == CameraMotion.Parallax);
            shifts[o] = [.. levels.Select((l, f) => double.IsNaN(l) ? 0 : l - _prior[o][f])];
        }

        return shifts;
    }

    private double[][] Contacts(Func<int, int, double> staticLogDepth)
    {
        var contacts = Table();
        Parallel.For(0, _clip.Frames, f =>
        {
            for (var o = 0; o < Objects; o++)
            {
                if (!double.IsNaN(_prior[o][f]))
                    contacts[o][f] = GroundContact.LogDepth(_objects.Labels[f], o + 1, _clip.Width, _clip.Height, i => staticLogDepth(f, i));
            }
        });
        return contacts;
    }

    private double[][] PriorLevels()
    {
        var levels = Table();
        for (var f = 0; f < _clip.Frames; f++)
        {
            var (labels, log) = (_objects.Labels[f], _clip.LogPriorDepth[f]);
            foreach (var group in _clip.MovingPixels[f].GroupBy(i => labels[i]))
            {
                var sorted = group.Select(i => (double)log[i]).Order().ToArray();
                levels[group.Key - 1][f] = sorted[sorted.Length / 2];
            }
        }

        return levels;
    }

    private double[][] Table() => [.. Enumerable.Range(0, Objects).Select(_ => Enumerable.Repeat(double.NaN, _clip.Frames).ToArray())];
}
