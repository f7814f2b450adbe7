using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Optimisation;
using static TorchSharp.torch;

namespace Depth3D.Reconstruction.Tests.Optimisation;

public sealed class CameraRefinementTests
{
    private const double Degree = Math.PI / 180;

    private static readonly FieldSettings Settings = new()
    {
        WarmupSteps = 0,
        JointSteps = 50,
        StaticSamples = 6_000,
        MovingPointsPerFrame = 8,
        RefineCameras = true,
    };

    [Fact]
    public async Task WrongCamerasLoseMostOfTheirErrorAndDepthGains()
    {
        var truth = TruthClip.Make(12, PriorError.Noisy);
        var wrong = Disturb(truth.Cameras, 0.3 * Degree, 0.01, 0.05);
        var (kept, _) = await Optimise(truth, wrong, Settings with { RefineCameras = false });
        var (refined, cameras) = await Optimise(truth, wrong, Settings);
        var (before, after) = (CameraError.Compare(wrong, truth.Cameras), CameraError.Compare(cameras, truth.Cameras));
        Assert.True(after.RotationMeanDegrees <= 0.2 * before.RotationMeanDegrees, $"{before.RotationMeanDegrees} -> {after.RotationMeanDegrees} degrees");
        Assert.True(after.PositionRmse <= 0.5 * before.PositionRmse, $"{before.PositionShare} -> {after.PositionShare} of the path");
        Assert.True(Math.Abs(after.FocalRatio - 1) <= 0.5 * Math.Abs(before.FocalRatio - 1), $"{before.FocalRatio} -> {after.FocalRatio} of the focal length");
        Assert.True(refined.Static <= 0.7 * kept.Static, $"static {kept.Static} -> {refined.Static}");
    }

    [Fact]
    public async Task ExactCamerasStayWhereTheyAre()
    {
        var truth = TruthClip.Make(12, PriorError.Noisy);
        var (_, cameras) = await Optimise(truth, truth.Cameras, Settings);
        var drift = CameraError.Compare(cameras, truth.Cameras);
        Assert.InRange(drift.RotationMeanDegrees, 0, 0.05);
        Assert.InRange(drift.PositionShare!.Value, 0, 0.005);
        Assert.InRange(drift.FocalRatio, 0.98, 1.02);
    }

    [Fact]
    public async Task AKnownFocalLengthStays()
    {
        var truth = TruthClip.Make(10, PriorError.Noisy);
        var (_, cameras) = await Optimise(truth, Disturb(truth.Cameras, 0.3 * Degree, 0.01), Settings with { JointSteps = 5, RefineFocal = false });
        Assert.Equal(truth.Cameras.Intrinsics.Fx, cameras.Intrinsics.Fx, 1e-9);
        Assert.InRange(CameraError.Compare(cameras, truth.Cameras).RotationMeanDegrees, 0, 0.1);
    }

    [Fact]
    public async Task FrameZeroAndTheLengthOfThePathAreKept()
    {
        var truth = TruthClip.Make(10, PriorError.Noisy);
        var wrong = Disturb(truth.Cameras, 0.3 * Degree, 0.01);
        var (_, cameras) = await Optimise(truth, wrong, Settings with { JointSteps = 20 });
        var (first, given) = (cameras.Frames[0].CamFromWorld, wrong.Frames[0].CamFromWorld);
        Assert.InRange((first.Translation - given.Translation).Length, 0, 1e-9);
        Assert.InRange(Rotations.AngleBetween(first.Rotation, given.Rotation), 0, 1e-9);
        Assert.InRange(Spread(cameras) / Spread(wrong), 0.99, 1.01);
    }

    [Fact]
    public async Task E8_GradientsOfTheCamerasAreThoseOfFiniteDifferences() => await TorchThread.Run(() =>
    {
        const double step = 1e-5;
        using var scope = NewDisposeScope();
        var truth = TruthClip.Make(4, PriorError.Noisy);
        var clip = TrainingClip.Create(Disturb(truth.Cameras, 2 * Degree, 0.1), TruthClip.Width, TruthClip.Height, truth.Prior, truth.Moving, truth.Flows);
        using var cameras = new CameraCorrection(clip, true, CPU, ScalarType.Float64);
        var random = new CounterRandom(3, 0, 0);
        Tensor Draw(int stream, double low, double high) =>
            tensor(Enumerable.Range(0, 40).Select(i => low + ((high - low) * random.Unit((ulong)((100 * stream) + i)))).ToArray());
        Tensor x = Draw(0, 0, TruthClip.Width), y = Draw(1, 0, TruthClip.Height), depth = Draw(2, 0.7, 3);
        var pair = tensor(Enumerable.Range(0, 40).Select(i => (long)(i % 6)).ToArray());
        Tensor Sum()
        {
            var (u, v, z, _) = StaticTerms.Refined(cameras, pair, clip.Intrinsics, x, y, depth);
            return u.mul(u).add(v.mul(3)).add(z.log().mul(100)).sum().add(cameras.Anchor());
        }

        Perturb(cameras, random);
        Sum().backward();
        foreach (var (name, value) in cameras.Parameters)
        {
            var gradient = value.grad!.reshape(-1).data<double>().ToArray();
            var largest = gradient.Max(Math.Abs);
            for (var i = 0; i < gradient.Length; i++)
            {
                double At(double offset)
                {
                    using var frozen = no_grad();
                    value.reshape(-1).narrow(0, i, 1).add_(offset);
                    var sum = Sum().item<double>();
                    value.reshape(-1).narrow(0, i, 1).sub_(offset);
                    return sum;
                }

                var numeric = (At(step) - At(-step)) / (2 * step);
                Assert.True(Math.Abs(numeric - gradient[i]) <= 1e-6 * largest, $"{name}[{i}]: {gradient[i]} and {numeric}");
            }
        }

        return true;
    });

    private static void Perturb(CameraCorrection cameras, CounterRandom random)
    {
        using var frozen = no_grad();
        var at = 5000UL;
        foreach (var (_, value) in cameras.Parameters)
            value.copy_(tensor(Enumerable.Range(0, (int)value.numel()).Select(_ => random.Normal(at++)).ToArray()).reshape(value.shape));
    }

    private static async Task<(DepthScore Score, CameraTrack Cameras)> Optimise(TruthClip truth, CameraTrack cameras, FieldSettings settings) =>
        await TorchThread.Run(() =>
        {
            var clip = TrainingClip.Create(cameras, TruthClip.Width, TruthClip.Height, truth.Prior, truth.Moving, truth.Flows);
            using var optimiser = new FieldOptimiser(clip, settings);
            optimiser.Run(settings.TotalSteps, null, CancellationToken.None);
            return (DepthScore.Of(truth, truth.Refine(optimiser)), optimiser.Cameras?.ApplyTo(cameras, clip.DepthUnit) ?? cameras);
        });

    private static double Spread(CameraTrack track)
    {
        var centres = track.Frames.Select(f => f.CamFromWorld.Center).ToArray();
        var mean = centres.Aggregate(Vec3.Zero, (a, b) => a + b) * (1.0 / centres.Length);
        return Math.Sqrt(centres.Sum(c => (c - mean).Dot(c - mean)));
    }

    /// <summary>Every camera turned by an angle about an axis, and moved by a share of the path in a direction, both drawn at random.</summary>
    private static CameraTrack Disturb(CameraTrack track, double radians, double shareOfPath, double focal = 0)
    {
        var random = new CounterRandom(5, 0, 3);
        var path = track.Frames.Zip(track.Frames.Skip(1), (a, b) => (a.CamFromWorld.Center - b.CamFromWorld.Center).Length).Sum();
        Vec3 Direction(int i) => new Vec3(random.Normal((ulong)(3 * i)), random.Normal((ulong)((3 * i) + 1)), random.Normal((ulong)((3 * i) + 2))).Normalized;
        return track with
        {
            Intrinsics = track.Intrinsics with { Fx = track.Intrinsics.Fx * (1 + focal), Fy = track.Intrinsics.Fy * (1 + focal) },
            Frames = [.. track.Frames.Select((f, i) =>
            {
                var rotation = Mat3.FromRotationVector(Direction(i) * radians) * f.CamFromWorld.Rotation;
                return f with { CamFromWorld = new RigidTransform(rotation, -(rotation * (f.CamFromWorld.Center + (Direction(1000 + i) * (path * shareOfPath))))) };
            })],
        };
    }
}
