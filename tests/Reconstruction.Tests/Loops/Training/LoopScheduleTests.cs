using Depth3D.Reconstruction.Loops.Training;

namespace Depth3D.Reconstruction.Tests.Loops.Training;

/// <summary>Acceptance check E1 of the specification of looping video.</summary>
public sealed class LoopScheduleTests
{
    [Fact]
    public void E1_LevelsOfThePublishedSize()
    {
        var levels = LoopSchedule.Levels(640, 360, 16);
        Assert.Equal([(85, 151), (113, 202), (151, 270), (202, 360), (270, 480), (360, 640)], levels.Select(l => (l.Height, l.Width)));
        Assert.Equal([1, 1, 1, 4, 4, 9], levels.Select(l => l.Patches.Count));
        Assert.Equal([3, 5, 6, 9, 12, 16], levels.Select(l => l.TileSize));
    }

    [Fact]
    public void PatchesCoverThePictureAndStayInIt()
    {
        foreach (var level in LoopSchedule.Levels(701, 403, 16))
        {
            var covered = new int[level.Width * level.Height];
            foreach (var p in level.Patches)
            {
                Assert.True(p.Left >= 0 && p.Top >= 0 && p.Left + p.Width <= level.Width && p.Top + p.Height <= level.Height);
                for (var y = p.Top; y < p.Top + p.Height; y++)
                    for (var x = p.Left; x < p.Left + p.Width; x++) covered[(y * level.Width) + x]++;
            }

            Assert.DoesNotContain(0, covered);
        }
    }

    [Fact]
    public void OneCameraHasThreeLevelsAndWholePicturesAreOnePatch()
    {
        var levels = LoopSchedule.Levels(352, 288, 16, single: true, whole: true);
        Assert.Equal([(147, 120, 6), (264, 216, 12), (352, 288, 16)], levels.Select(l => (l.Width, l.Height, l.TileSize)));
        Assert.All(levels, l => Assert.Equal(new PixelRectangle(0, 0, l.Width, l.Height), Assert.Single(l.Patches)));
        Assert.Single(LoopSchedule.Levels(64, 48, 16));
    }
}
