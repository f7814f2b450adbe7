using Depth3D.Imaging;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Geometry;
using Depth3D.Reconstruction.Loops.Model;

namespace Depth3D.Nodes.Render.Tests.Loops;

/// <summary>What the stages before the package leave: an opaque wall with a patch of stripes that wander through it once.</summary>
internal static class FinishedLoop
{
    public const int Frames = 6, Repeats = 2, Width = 48, Height = 32;
    public const double FramesPerSecond = 25;

    public static TruthInputs Make()
    {
        var inputs = new TruthInputs
        {
            Options = new DepthOptions
            {
                SourcePath = "/clip.mp4",
                Frames = new FramesOptions { ChunkFrames = 5 },
                Output = new OutputOptions { CameraPath = "orbit", PathAmplitude = 80 },
                Loop = new LoopOptions { Input = LoopInputs.Fixed, Repeats = Repeats },
            },
        };
        var video = Video();
        MtvFile.Save(inputs.New(LoopStages.Train, LoopArtifacts.Loop), video);
        StageJson.Write(inputs.New(LoopStages.Train, LoopArtifacts.TrainIndex), new LoopTrainInfo { Iterations = 3, DeviationRatios = [0.8, 0.9], Choices = [] });
        StageJson.Write(inputs.New(LoopStages.Scene, LoopArtifacts.SceneIndex), new LoopSceneInfo { Frames = Frames, Choices = [new("period", "6 frames", "the best score")] });
        StageJson.Write(inputs.New(LoopStages.Cameras, LoopArtifacts.Cameras), new LoopCameras
        {
            Geometry = video.Geometry,
            Views = [new LoopView(0, video.Geometry.Reference, RigidTransform.Identity)],
            ReferenceViews = [0],
            Choices = [],
        });
        Clip(inputs);
        return inputs;
    }

    /// <summary>Twice the loop, as it was filmed.</summary>
    private static void Clip(TruthInputs inputs)
    {
        StageJson.Write(inputs.New(LoopStages.Views, LoopArtifacts.View(0)), new LoopViewInfo
        {
            Index = 0,
            Name = "stripes.mp4",
            Frames = 2 * Frames,
            Width = Width,
            Height = Height,
            SourceWidth = Width,
            SourceHeight = Height,
            FramesPerSecond = FramesPerSecond,
            LoopableShare = 0.3,
            UnloopableShare = 0,
            UnchangingShare = 0.7,
        });
        var renderer = new Rendering.Loops.LoopRenderer(Video());
        for (var t = 0; t < 2 * Frames; t++) ImageFile.WritePng(inputs.New(LoopStages.Views, LoopArtifacts.ViewFrame(0, t)), renderer.RenderReference(t).ToRgb());
        var loopable = new Raster<byte>(Width, Height);
        for (var y = 8; y < 24; y++) loopable.Row(y)[8..40].Fill(255);
        ImageFile.WritePng(inputs.New(LoopStages.Views, LoopArtifacts.ViewLoopable(0)), loopable);
        ImageFile.WritePng(inputs.New(LoopStages.Views, LoopArtifacts.ViewExposure(0)), renderer.RenderReference(0).ToRgb());
    }

    public static MultiTileVideo Video()
    {
        var geometry = PlaneLadder.Grid(Intrinsics.Centered(50, 50, Width, Height), PlaneLadder.UniformInDisparity(1, 4, 3), 1.4, 8);
        var perPlane = geometry.TilesX * geometry.TilesY;
        var labels = new TileLabel[geometry.TileCount];
        for (var i = 0; i < perPlane; i++)
        {
            labels[(2 * perPlane) + i] = TileLabel.Static;
            if (i % geometry.TilesX is >= 3 and <= 5 && i / geometry.TilesX is >= 2 and <= 4) labels[i] = TileLabel.Dynamic;
        }

        var builder = new MultiTileVideoBuilder(geometry, labels, Frames);
        for (var t = 0; t < Frames; t++)
        {
            builder.TakePlane(2, t, Plane(geometry, (x, y) => 0.5 + (0.3 * Math.Sin((x + (2 * y)) * 0.2))));
            builder.TakePlane(0, t, Plane(geometry, (x, _) => 0.5 + (0.4 * Math.Sin(2 * Math.PI * ((x / 12.0) - ((double)t / Frames))))));
        }

        return builder.Build(FramesPerSecond, new ViewBox(new Vec3(0.1, 0.1, 0.05), new Vec3(0, 0, 2), new Vec3(0, -1, 0)));
    }

    private static float[] Plane(LoopGeometry geometry, Func<int, int, double> grey)
    {
        var plane = new float[geometry.Plane.Width * geometry.Plane.Height * 4];
        for (var i = 0; i < plane.Length; i++) plane[i] = i % 4 == 3 ? 1 : (float)grey(i / 4 % geometry.Plane.Width, i / 4 / geometry.Plane.Width);
        return plane;
    }
}
