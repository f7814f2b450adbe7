using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Cameras.Bundle;

/// <summary>The normal equations of one linearisation: camera block, and per point its diagonal and its coupling to cameras.</summary>
internal sealed class BundleSystem
{
    private const int PerTerm = 14;

    private readonly IReadOnlyList<FlowPoint> _points;
    private readonly bool _freeFocal;
    private readonly SkylineMatrix _cameras;
    private readonly double[] _right;
    private readonly Dictionary<int, PointBlock> _blocks = [];
    private readonly int[] _first;

    public BundleSystem(IReadOnlyList<FlowPoint> points, int[] first, bool freeFocal)
    {
        (_points, _first, _freeFocal) = (points, first, freeFocal);
        _cameras = new SkylineMatrix(first);
        _right = new double[first.Length];
    }

    private int Focal => _right.Length - 1;

    public void Add(BundleSystem other)
    {
        _cameras.Add(other._cameras);
        for (var i = 0; i < _right.Length; i++) _right[i] += other._right[i];
        foreach (var (n, block) in other._blocks) _blocks.Add(n, block);
    }

    public void Add(BundleState state, int n, double scale)
    {
        var point = _points[n];
        var block = new PointBlock(point, Focal);
        Span<double> u = stackalloc double[PerTerm], v = stackalloc double[PerTerm];
        Span<int> columns = stackalloc int[PerTerm - 1];
        for (var s = 0; s < point.Sightings.Length; s++)
        {
            if (!SightingTerm.TryMake(state, point, state.InverseDepth[n], point.Sightings[s], out var term)) continue;
            term.Derivatives(u, v);
            var robust = 1 / (1 + (term.Square / (scale * scale)));
            var weight = robust * robust;
            Columns(columns, point.Frame, point.Sightings[s].Frame);
            for (var a = 0; a < PerTerm - 1; a++)
            {
                if (columns[a] < 0) continue;
                _right[columns[a]] -= weight * ((u[a] * term.Du) + (v[a] * term.Dv));
                block.Coupling[block.Slot(a, s)] += weight * ((u[a] * u[13]) + (v[a] * v[13]));
                for (var b = 0; b < PerTerm - 1; b++)
                {
                    if (columns[b] >= 0 && columns[b] <= columns[a]) _cameras.At(columns[a], columns[b]) += weight * ((u[a] * u[b]) + (v[a] * v[b]));
                }
            }

            block.Diagonal += weight * ((u[13] * u[13]) + (v[13] * v[13]));
            block.Right -= weight * ((u[13] * term.Du) + (v[13] * term.Dv));
        }

        _blocks.Add(n, block);
    }

    /// <summary>The state one damped Gauss-Newton step on; null where the equations have no solution.</summary>
    public BundleState? Step(BundleState state, double damping)
    {
        var (matrix, step) = (_cameras.Copy(), (double[])_right.Clone());
        for (var i = 0; i < step.Length; i++)
        {
            ref var diagonal = ref matrix.At(i, i);
            diagonal += (damping * diagonal) + 1e-9;
        }

        if (!_freeFocal) matrix.At(Focal, Focal) = 1;
        foreach (var block in _blocks.Values) block.Eliminate(matrix, step, damping);
        if (!matrix.Solve(step)) return null;
        var next = state.Copy();
        foreach (var (n, block) in _blocks) next.InverseDepth[n] += block.Back(step, damping);
        for (var f = 1; f < next.CamFromWorld.Length; f++)
        {
            Vec3 At(int i) => new(step[i], step[i + 1], step[i + 2]);
            var turn = Mat3.FromRotationVector(At(6 * (f - 1)));
            var old = next.CamFromWorld[f];
            next.CamFromWorld[f] = new RigidTransform(turn * old.Rotation, (turn * old.Translation) + At((6 * (f - 1)) + 3));
        }

        return _freeFocal ? next with { Focal = next.Focal * Math.Exp(Math.Clamp(step[Focal], -0.2, 0.2)) } : next;
    }

    /// <summary>Unknowns of a sighting's 13 camera derivatives; -1 for those that stay.</summary>
    private void Columns(Span<int> columns, int from, int to)
    {
        for (var k = 0; k < 6; k++)
        {
            columns[k] = from == 0 ? -1 : (6 * (from - 1)) + k;
            columns[6 + k] = to == 0 ? -1 : (6 * (to - 1)) + k;
        }

        columns[12] = _freeFocal ? Focal : -1;
    }
}
