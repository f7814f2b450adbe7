using Depth3D.Imaging;
using Depth3D.Reconstruction.Loops.Single;

namespace Depth3D.Reconstruction.Tests.Loops.Single;

public sealed class BorderFillTests
{
    [Fact]
    public void TheStillPictureGoesOnInTheBrightnessOfTheFrame()
    {
        var plate = Picture((x, y) => 60 + (2 * x) + y);
        var frame = Picture((x, y) => x < 30 ? 72 + (2 * x) + y : 0);

        var filled = BorderFill.Of(frame, Valid(30), plate);

        for (var n = 0; n < filled.Samples.Length; n++) Assert.Equal(plate.Samples[n] + 12, filled.Samples[n]);
    }

    [Fact]
    public void WhatMovesAtTheBorderIsNotCarriedOn()
    {
        var plate = Picture((_, _) => 100);
        var frame = Picture((x, y) => x is >= 20 and < 30 && y < 20 ? 250 : 100);

        var filled = BorderFill.Of(frame, Valid(30), plate);

        Assert.Equal(100, filled[40, 10, 0]);
        Assert.Equal(250, filled[25, 10, 0]);
    }

    [Fact]
    public void AWholeFrameIsLeftAlone()
    {
        var frame = Picture((x, _) => x);

        Assert.Same(frame, BorderFill.Of(frame, Valid(48), Picture((_, _) => 9)));
    }

    private static Raster<byte> Valid(int columns)
    {
        var valid = new Raster<byte>(48, 32);
        for (var i = 0; i < valid.Samples.Length; i++) valid.Samples[i] = i % 48 < columns ? (byte)255 : (byte)0;
        return valid;
    }

    private static Raster<byte> Picture(Func<int, int, int> value)
    {
        var picture = new Raster<byte>(48, 32, 3);
        for (var n = 0; n < picture.Samples.Length; n++) picture.Samples[n] = (byte)value(n / 3 % 48, n / 3 / 48);
        return picture;
    }
}
