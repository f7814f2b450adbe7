using Depth3D.Reconstruction.Optimisation.Placement;

namespace Depth3D.Reconstruction.Tests.Optimisation.Placement;

public sealed class GroundContactTests
{
    private const int Width = 80, Height = 60;

    /// <summary>Row of the horizon; the camera's height over the ground times its focal length is 60.</summary>
    private const double Horizon = 15, HeightTimesFocal = 60;

    [Fact]
    public void WhatStandsIsWhereItsFootMeetsTheGround()
    {
        var depth = GroundContact.LogDepth(Thing(20, 30, 18, 40), 1, Width, Height, i => LogGround(i / Width));
        Assert.Equal(Math.Log(HeightTimesFocal / (40.5 - Horizon)), depth, 3);
    }

    [Fact]
    public void AThingBeforeAWallHasNoContact() =>
        Assert.True(double.IsNaN(GroundContact.LogDepth(Thing(20, 30, 10, 25), 1, Width, Height, _ => Math.Log(7))));

    [Fact]
    public void AThingThatThePictureCutsHasNoContact() =>
        Assert.True(double.IsNaN(GroundContact.LogDepth(Thing(20, 30, 30, Height - 1), 1, Width, Height, i => LogGround(i / Width))));

    [Fact]
    public void AThingHiddenBelowByAnotherHasNoContact()
    {
        var labels = Thing(20, 30, 18, 40);
        for (var y = 41; y < Height; y++)
            for (var x = 15; x < 35; x++) labels[(y * Width) + x] = 2;
        Assert.True(double.IsNaN(GroundContact.LogDepth(labels, 1, Width, Height, i => LogGround(i / Width))));
    }

    [Fact]
    public void AStoneInTheGroundDoesNotMoveTheContact()
    {
        double Stone(int i) => i % Width < 24 && i / Width > 46 ? LogGround(i / Width) - 0.3 : LogGround(i / Width);
        var depth = GroundContact.LogDepth(Thing(20, 32, 18, 40), 1, Width, Height, Stone);
        Assert.Equal(Math.Log(HeightTimesFocal / (40.5 - Horizon)), depth, 2);
    }

    private static double LogGround(int row) => row <= Horizon + 1 ? Math.Log(HeightTimesFocal) : Math.Log(HeightTimesFocal / (row - Horizon));

    private static int[] Thing(int left, int right, int top, int bottom) =>
        [.. Enumerable.Range(0, Width * Height).Select(i => i % Width >= left && i % Width <= right && i / Width >= top && i / Width <= bottom ? 1 : 0)];
}
