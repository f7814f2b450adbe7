using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;
using Depth3D.Rendering.TruthScenes;

namespace Depth3D.Nodes.Preprocess.Tests.Loops;

public sealed class ViewCamerasTests : IDisposable
{
    private const int Width = 256, Height = 144;

    private readonly LoopRun _run = new();
    private readonly TruthLoop _loop = TruthLoop.Named("flag", 8);

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Cameras_from_a_file_are_put_round_the_one_in_their_middle()
    {
        var options = await Filmed("file:" + _run["truth/cameras.json"]);
        await _run.Cameras(options with { Loop = options.Loop! with { HeldOutView = TruthLoop.MiddleView } });
        var cameras = Read();
        Assert.Equal(5, cameras.Views.Count);
        Assert.Equal(TruthLoop.MiddleView, cameras.HeldOutView);
        Assert.Equal([0, 4], cameras.ReferenceViews);
        Assert.Equal(0, cameras.Views.Average(v => v.CamFromReference.Center.X), 9);

        // The pictures of the loop's planes are the truth's: any point projects where it did.
        var unit = cameras.UnitsOfSource;
        var toWorld = _loop.CamFromWorld(3).Inverse();
        var referenceFromWorld = cameras.Views[3].CamFromReference.Inverse() * (_loop.CamFromWorld(3) with { Translation = _loop.CamFromWorld(3).Translation * (1 / unit) });
        foreach (var view in cameras.Views)
        {
            var point = toWorld.Apply(new Vec3(0.3, -0.4, 5));
            var expected = view.Intrinsics.Project(_loop.CamFromWorld(view.Index).Apply(point));
            var seen = view.Intrinsics.Project(view.CamFromReference.Apply(referenceFromWorld.Apply(point * (1 / unit))));
            Assert.Equal(expected.U, seen.U, 6);
            Assert.Equal(expected.V, seen.V, 6);
        }

        // Everything in sight lies between the planes.
        var depth = _loop.Render(0, 0, Width, Height).Depth.Samples;
        Assert.InRange(cameras.Geometry.PlaneDepths[0] * unit, 0.8 * depth.Min(), 1.1 * depth.Min());
        Assert.InRange(cameras.Geometry.PlaneDepths[^1] * unit, 0.95 * depth.Max(), 1.5 * depth.Max());
        Assert.Contains(cameras.Choices, c => c.Name == "reference views" && c.Value == "0, 4");
    }

    [Fact]
    public async Task Colmap_finds_the_cameras_of_views_whose_flag_never_stands_alike()
    {
        await _run.Cameras(await Filmed("colmap"));
        var cameras = Read();
        Assert.Equal(5, cameras.Views.Count);
        var focal = TruthLoop.Intrinsics(Width, Height).Fx;
        Assert.InRange(cameras.Geometry.Reference.Fx, 0.9 * focal, 1.1 * focal);
        // Distances between the cameras are the truth's up to one scale.
        var ratios = (from a in Enumerable.Range(0, 5)
                      from b in Enumerable.Range(a + 1, 4 - a)
                      select (cameras.Views[a].CamFromReference.Center - cameras.Views[b].CamFromReference.Center).Length
                        / (_loop.CamFromWorld(a).Center - _loop.CamFromWorld(b).Center).Length).ToArray();
        Assert.InRange(ratios.Max() / ratios.Min(), 1, 1.15);
    }

    [Fact]
    public async Task A_view_that_shows_something_else_is_left_out_and_named()
    {
        var options = await Filmed("colmap");
        var exposure = _run.PathOf(LoopStages.Views, LoopArtifacts.ViewExposure(4));
        ImageFile.WritePng(exposure, TruthLoop.Named("water", 8).Render(0, 0, Width, Height).Rgb);
        await _run.Cameras(options);
        var cameras = Read();
        Assert.Equal([0, 1, 2, 3], cameras.Views.Select(v => v.Index));
        Assert.Contains(cameras.Warnings, w => w.Contains("view 4 (view_04.mkv)", StringComparison.Ordinal) && w.Contains("left out", StringComparison.Ordinal));
        var refused = await Assert.ThrowsAnyAsync<Depth3DException>(() => _run.Cameras(options with { Loop = options.Loop! with { HeldOutView = 4 } }));
        Assert.Contains("view 4", refused.ToString(), StringComparison.Ordinal);
    }

    private LoopCameras Read() => StageJson.Read<LoopCameras>(_run.PathOf(LoopStages.Cameras, LoopArtifacts.Cameras));

    private async Task<DepthOptions> Filmed(string cameras)
    {
        await TruthLoopFolder.WriteAsync(_run["truth"], _loop, Width, Height, 16);
        var options = new DepthOptions
        {
            SourcePath = Path.Combine(_run["truth"], TruthLoopFolder.ClipsFolder),
            Loop = new LoopOptions { Input = LoopInputs.Views },
            Frames = new FramesOptions { LongSidePixels = Width },
            Cameras = new CamerasOptions { Method = cameras },
        };
        await _run.Views(options);
        return options;
    }
}
