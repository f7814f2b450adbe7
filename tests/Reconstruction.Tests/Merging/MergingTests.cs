using Depth3D.Imaging;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Merging;

namespace Depth3D.Reconstruction.Tests.Merging;

public sealed class MergingTests
{
    private const int Width = 64, Height = 48;

    [Fact]
    public void TheMotionBetweenTwoWorldsIsFoundFromTheirCameras()
    {
        var truth = new RigidTransform(Mat3.FromRotationVector(new(0.3, -1.1, 0.2)), new(2, -0.4, 5));
        var cameras = Enumerable.Range(0, 9).Select(Camera).Select(second => (second * truth.Inverse(), second)).ToArray();
        var found = PoseAlignment.Of(cameras);
        Assert.True(Rotations.AngleBetween(found.FirstFromSecond.Rotation, truth.Rotation) < 1e-9);
        Assert.True((found.FirstFromSecond.Translation - truth.Translation).Length < 1e-9);
        Assert.True(found.RotationDegrees < 1e-5 && found.Distance < 1e-9);
    }

    [Fact]
    public void WhatIsLeftBetweenTheCamerasIsMeasured()
    {
        var cameras = Enumerable.Range(0, 8).Select(i => (Camera(i), Camera(i) with { Translation = Camera(i).Translation + new Vec3(i % 2 == 0 ? 0.1 : -0.1, 0, 0) })).ToArray();
        Assert.InRange(PoseAlignment.Of(cameras).Distance, 0.09, 0.101);
    }

    [Fact]
    public void AFactorBetweenTheWindowsIsFoundUnderNoiseAndThingsThatMove()
    {
        var fit = SeamFit.ByScale(Samples(z => 1.7 * z, out var samples))!.Value;
        Assert.InRange(fit.Scale / 1.7, 0.995, 1.005);
        var residual = fit.Residual(samples);
        Assert.InRange(residual.Before, 0.5, 0.56);
        Assert.InRange(residual.Mean, 0.001, 0.02);
        Assert.True(residual.Moving > 0.3, residual.ToString());
    }

    [Fact]
    public void AShiftOfInverseDepthIsFoundWhereItIsAskedFor()
    {
        var fit = SeamFit.ByScaleAndShift(Samples(z => 1 / ((0.6 / z) + 0.05), out var samples))!.Value;
        Assert.InRange(fit.Scale * 0.6, 0.98, 1.02);
        Assert.InRange(fit.InverseShift, 0.046, 0.054);
        Assert.True(fit.Residual(samples).Mean < 0.02);
    }

    [Fact]
    public void AShiftThatWouldPutDepthBehindInfinityIsNotTaken()
    {
        var fit = SeamFit.ByScaleAndShift(Samples(z => 1 / Math.Max(1e-3, (1 / z) - 0.11), out _))!.Value;
        Assert.Equal(0, fit.InverseShift);
    }

    [Fact]
    public void NothingIsFoundWhereEverythingMoves()
    {
        var samples = new SeamSamples();
        var all = new Raster<byte>(Width, Height);
        all.Samples.AsSpan().Fill(255);
        samples.Add(Depth(0, z => z), Depth(0, z => z), all);
        Assert.Null(SeamFit.ByScale(samples));
        Assert.Null(SeamFit.ByScaleAndShift(samples));
    }

    [Fact]
    public void APlacedWindowSeesItsPointsWhereTheClipHasThem()
    {
        var placement = new WindowPlacement(2.5, 0, new RigidTransform(Mat3.FromRotationVector(new(0.1, 0.7, -0.3)), new(1, 2, 3)));
        var camera = Camera(4);
        var inCamera = new Vec3(0.3, -0.2, 4);
        var inWindow = camera.Inverse().Apply(inCamera);
        var inClip = placement.ClipFromWindow.Apply(inWindow * placement.Scale);
        var seen = placement.Place(camera).Apply(inClip);
        Assert.True((seen - (inCamera * 2.5)).Length < 1e-12);
        Assert.Equal(placement.Depth(inCamera.Z), seen.Z, 12);
    }

    [Fact]
    public void DepthStaysPositiveAndFiniteUnderAnyShift()
    {
        var placement = new WindowPlacement(1, -0.5, RigidTransform.Identity);
        foreach (var z in (double[])[0.1, 1, 3, 100, 1e6]) Assert.True(placement.Depth(z) is > 0 and < 1e8);
    }

    private static RigidTransform Camera(int i) => new(Mat3.FromRotationVector(new(0.01 * i, -0.05 * i, 0.02)), new(0.1 * i, 0.02 * i * i, 0.3));

    /// <summary>Five frames; the second window's depth is such that <paramref name="toFirst"/> leads to the first's, but for noise and a moving square.</summary>
    private static SeamSamples Samples(Func<double, double> toFirst, out SeamSamples samples)
    {
        samples = new SeamSamples();
        var moving = new Raster<byte>(Width, Height);
        for (var y = 10; y < 30; y++) moving.Row(y)[10..30].Fill(255);
        for (var f = 0; f < 5; f++)
        {
            var random = new Random(f);
            var second = Depth(f, z => z);
            var first = new Raster<float>(Width, Height, 1, Array.ConvertAll(second.Samples, z => (float)(toFirst(z) * (1 + (0.01 * (random.NextDouble() - 0.5))))));
            for (var i = 0; i < first.Samples.Length; i++) first.Samples[i] *= moving.Samples[i] != 0 ? 3 : 1;
            samples.Add(first, second, moving);
        }

        return samples;
    }

    private static Raster<float> Depth(int frame, Func<double, double> of)
    {
        var depth = new Raster<float>(Width, Height);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++) depth[x, y] = (float)of(1.5 + (0.12 * y) + (0.02 * ((x + frame) % 17)));
        }

        return depth;
    }
}
