using Depth3D.Imaging;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;

namespace Depth3D.Reconstruction.Optimisation;

/// <summary>
/// Puts pixels near depth edges on the surface on which pixels of their colour lie, around them in their own frame and around where the flow
/// leads in the neighbouring ones: the median of those log depths, weighted by likeness of colour (Ma et al., Constant time weighted median
/// filtering, 2013; here over time as well). Flow and masks are smeared across outlines where colour is not, and frames that choose together
/// choose the same outline. Depth that stays on its surface is left as it is.
/// </summary>
/// <param name="width">Of depth and pictures: the working size.</param>
public sealed class SurfaceVote(TrainingClip clip, int width, int height)
{
    /// <summary>Log depths further apart than this are of two surfaces.</summary>
    private const float Jump = 0.05f;

    /// <summary>Difference of colour (0 to 255, mean of the channels) at which a pixel has 1/e of a vote.</summary>
    private const float Likeness = 15;

    /// <summary>Pixels that vote lie on a grid of this many to each side.</summary>
    private const int Rings = 4;

    /// <summary>Distance between pixels that vote, as a share of the width: 2 pixels of 640, so that the smear of flow is bridged.</summary>
    private const double SpacingShare = 1.0 / 320;

    /// <summary>Standard deviation of the vote's weight in rings.</summary>
    private const float SpreadRings = 2;

    /// <summary>Masks miss more of a moving object than they take of what is behind it: along their edges, this share of the weight makes the nearer side win.</summary>
    private const float NearerAtMasks = 0.35f;

    /// <summary>What of a mask is along its edge, as a share of the width: 8 pixels of 640. Further in there is but one thing, whose relief is no outline.</summary>
    private const double InsideShare = 1.0 / 80;

    /// <summary>
    /// What is beside a mask, as a share of the width: 4 pixels of 640. Only under parallax, where parts that masks miss were triangulated as if they stood still.
    /// </summary>
    private const double BesideShare = 1.0 / 160;

    private static readonly float[] ByColour = [.. Enumerable.Range(0, (3 * 255) + 1).Select(k => MathF.Exp(-k / (3 * Likeness)))];

    private static readonly float[] ByRing = [.. Enumerable.Range(0, Rings + 1).Select(k => MathF.Exp(-0.5f * k * k / (SpreadRings * SpreadRings)))];

    private readonly int _spacing = Math.Max(1, (int)Math.Round(width * SpacingShare));

    /// <summary>Frames before and after that a frame looks at.</summary>
    public static int Reach => 8;

    /// <param name="depth">Depth of a frame in any unit.</param>
    /// <param name="picture">RGB of a frame.</param>
    /// <param name="moving">Mask of this frame, not zero = moving.</param>
    /// <param name="unit">Units of <paramref name="depth"/> in one of the clip's.</param>
    /// <returns>Depth of the frame in the same unit.</returns>
    public Raster<float> Frame(int frame, Func<int, Raster<float>> depth, Func<int, Raster<byte>> picture, Raster<byte> moving, double unit)
    {
        var own = new View(Logs(depth(frame)), picture(frame));
        var others = clip.FlowsFrom[frame].Where(f => Math.Abs(f.To - frame) <= Reach)
            .Select(f => (Flow: f, Pose: clip.CamFromWorld[f.To] * clip.CamFromWorld[frame].Inverse(), Of: new View(Logs(depth(f.To)), picture(f.To))))
            .ToArray();
        var reach = Rings * _spacing;
        var (near, far) = (Filters.Erode(own.LogDepth, reach), Filters.Dilate(own.LogDepth, reach));
        var atMasks = EdgesOf(moving);
        var chosen = depth(frame).Clone();
        var logUnit = Math.Log(unit);
        Parallel.For(0, height, y =>
        {
            var ballot = new SurfaceBallot(stackalloc float[SurfaceBallot.Bins], stackalloc float[SurfaceBallot.Bins]);
            for (var x = 0; x < width; x++)
            {
                if (far[x, y] - near[x, y] < Jump) continue;
                ballot.Open(near[x, y], far[x, y]);
                Collect(ref ballot, own, x, y, own.Colour(x, y), 0);
                foreach (var (flow, pose, of) in others)
                {
                    if (Landing(flow, pose, x, y, own.LogDepth[x, y] - logUnit) is var (x2, y2, change)) Collect(ref ballot, of, x2, y2, own.Colour(x, y), change);
                }

                // A depth that other frames alone bring here is of a flow that went astray.
                var elected = Math.Clamp(ballot.Quantile(atMasks[x, y] != 0 ? NearerAtMasks : 0.5f), near[x, y], far[x, y]);
                if (MathF.Abs(elected - own.LogDepth[x, y]) > Jump) chosen[x, y] = (float)Math.Exp(elected);
            }
        });
        return chosen;
    }

    /// <summary>Not zero along the edges of what moves.</summary>
    private Raster<byte> EdgesOf(Raster<byte> moving)
    {
        var inside = Filters.Erode(moving, Pixels(InsideShare));
        var edges = clip.Motion == CameraMotion.Parallax ? Filters.Dilate(moving, Pixels(BesideShare)) : moving.Clone();
        for (var i = 0; i < edges.Samples.Length; i++)
        {
            if (inside.Samples[i] != 0) edges.Samples[i] = 0;
        }

        return edges;
    }

    private int Pixels(double share) => Math.Max(1, (int)Math.Round(width * share));

    /// <param name="x">May lie outside the picture, as may <paramref name="y"/>: what of the grid is inside votes.</param>
    private void Collect(ref SurfaceBallot ballot, View view, int x, int y, (int R, int G, int B) colour, float change)
    {
        var (left, right) = Inside(x, width);
        var (top, bottom) = Inside(y, height);
        ReadOnlySpan<float> logDepth = view.LogDepth.Samples;
        ReadOnlySpan<byte> rgb = view.Rgb.Samples;
        for (var j = top; j <= bottom; j++)
        {
            var at = ((y + (j * _spacing)) * width) + x + (left * _spacing);
            var ofRow = ByRing[Math.Abs(j)];
            for (var i = left; i <= right; i++, at += _spacing)
            {
                var weight = ByColour[Difference(rgb.Slice(3 * at, 3), colour)] * ByRing[Math.Abs(i)] * ofRow;
                ballot.Vote(logDepth[at] - change, weight);
            }
        }
    }

    /// <summary>The first and last step of the grid around a place that lie within a side of the picture; none when the first is behind the last.</summary>
    private (int First, int Last) Inside(int place, int side) =>
        (-Math.Min(Rings, FloorOf(place)), Math.Min(Rings, FloorOf(side - 1 - place)));

    private int FloorOf(int pixels) => (int)Math.Floor((double)pixels / _spacing);

    /// <summary>Sum of the channels' differences.</summary>
    private static int Difference(ReadOnlySpan<byte> rgb, (int R, int G, int B) colour) =>
        Math.Abs(rgb[0] - colour.R) + Math.Abs(rgb[1] - colour.G) + Math.Abs(rgb[2] - colour.B);

    /// <summary>Where a pixel is seen in another frame, and by how much its log depth is larger there; null where the flow does not say.</summary>
    private (int X, int Y, float Change)? Landing(DirectedFlow flow, RigidTransform pose, int x, int y, double logDepth)
    {
        double sx = (double)clip.Width / width, sy = (double)clip.Height / height;
        double tx = ((x + 0.5) * sx) - 0.5, ty = ((y + 0.5) * sy) - 0.5;
        int nx = Math.Clamp((int)Math.Round(tx), 0, clip.Width - 1), ny = Math.Clamp((int)Math.Round(ty), 0, clip.Height - 1);
        if (!flow.TryTarget(nx, ny, out var ux, out var uy)) return null;
        var z = pose.Apply(clip.Intrinsics.Unproject(tx, ty, Math.Exp(logDepth))).Z;
        if (!(z > PinholeTensors.NearestDepth)) return null;
        return ((int)Math.Round(((ux - nx + tx + 0.5) / sx) - 0.5), (int)Math.Round(((uy - ny + ty + 0.5) / sy) - 0.5), (float)(Math.Log(z) - logDepth));
    }

    private static Raster<float> Logs(Raster<float> depth) => new(depth.Width, depth.Height, 1, Array.ConvertAll(depth.Samples, d => (float)Math.Log(d)));

    private sealed record View(Raster<float> LogDepth, Raster<byte> Rgb)
    {
        public (int R, int G, int B) Colour(int x, int y)
        {
            var i = 3 * ((y * Rgb.Width) + x);
            return (Rgb.Samples[i], Rgb.Samples[i + 1], Rgb.Samples[i + 2]);
        }
    }
}
