using Depth3D.Messages;
using Depth3D.Nodes.Preprocess.Cameras;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Windows;

namespace Depth3D.Nodes.Preprocess.Tests.Cameras;

public sealed class LensStageTests : IArtifactReader, IDisposable
{
    private static readonly DepthOptions Options = new() { SourcePath = "/clip.mp4" };

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("lens-tests-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void AShortClipOneWithAKnownLensAndOneWithGivenCamerasHaveNoTask()
    {
        Assert.Empty(new LensStage().Plan(new StagePlanContext(Options, this)));
        Cut();
        Assert.Empty(new LensStage().Plan(new StagePlanContext(Options with { Cameras = new CamerasOptions { FocalPixels = 500 } }, this)));
        Assert.Empty(new LensStage().Plan(new StagePlanContext(Options with { Cameras = new CamerasOptions { Method = "file:/c.json" } }, this)));
    }

    [Fact]
    public void ThreeWindowsOfALongClipAreLookedAt()
    {
        Cut();
        var plan = new LensStage().Plan(new StagePlanContext(Options, this));
        Assert.Equal([0, 1069, 1871], plan.Select(t => t.Frames!.Value.First));
        Assert.DoesNotContain(plan, t => t.AfterPrevious);
    }

    [Fact]
    public void TheWindowThatTurnsMostNamesTheLensForAllOfThem()
    {
        Cut();
        Assert.Null(LensStage.Choose(Options, this).Cameras.FocalPixels);
        Find(0, new LensFinding(510, 11, ""));
        Find(4, new LensFinding(null, 90, "only turns"));
        Find(7, new LensFinding(503, 25, ""));
        Assert.Equal(503, LensStage.Choose(Options, this).Cameras.FocalPixels);
        var given = Options with { Cameras = new CamerasOptions { FocalPixels = 1 } };
        Assert.Equal(1, LensStage.Choose(given, this).Cameras.FocalPixels);
    }

    public string PathOf(StageName stage, string fileName) => Path.Combine(_root.FullName, stage.Value + "-" + fileName);

    public bool Exists(StageName stage, string fileName) => File.Exists(PathOf(stage, fileName));

    public IReadOnlyList<ArtifactFile> List(StageName stage) => [];

    private void Cut() => StageJson.Write(PathOf(Stages.Frames, Artifacts.WindowsIndex), ClipWindows.Of(2171, new FramesOptions())!);

    private void Find(int window, LensFinding finding) => StageJson.Write(PathOf(Stages.Lens, new ClipWindow(window, 0, 1).NameOf(Artifacts.Lens)), finding);
}
