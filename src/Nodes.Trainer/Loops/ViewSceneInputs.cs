using System.Security.Cryptography;
using Depth3D.Imaging;
using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Pipeline.Loops;
using Depth3D.Reconstruction.Loops.Still;
using Depth3D.Reconstruction.Loops.Views;

namespace Depth3D.Nodes.Trainer.Loops;

/// <summary>What stage 1 of several views begins with. The held-out view is in none of it (spec 10.1.7).</summary>
/// <param name="Fingerprint">Hash of everything that decides the result.</param>
internal sealed record ViewSceneInputs(LoopCameras Cameras, IReadOnlyList<StillView> Views, IReadOnlyList<LoopViewInfo> Infos, StillSettings Settings, string Fingerprint)
{
    public static ViewSceneInputs Load(StageContext context)
    {
        var cameras = Read<LoopCameras>(context.Inputs, LoopStages.Cameras, LoopArtifacts.Cameras);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var settings = ViewSceneSettings.Of(context.Options, cameras);
        hash.AppendData(StageJson.Bytes(cameras));
        hash.AppendData(StageJson.Bytes(settings with { Device = "" }));
        List<StillView> views = [];
        List<LoopViewInfo> infos = [];
        foreach (var view in cameras.Views.Where(v => v.Index != cameras.HeldOutView))
        {
            var exposure = ImageFile.ReadRgb(context.Inputs.PathOf(LoopStages.Views, LoopArtifacts.ViewExposure(view.Index)));
            var mask = ImageFile.ReadGray(context.Inputs.PathOf(LoopStages.Views, LoopArtifacts.ViewLoopable(view.Index)));
            hash.AppendData(exposure.Samples);
            hash.AppendData(mask.Samples);
            var loopable = new Raster<byte>(mask.Width, mask.Height, 1, Array.ConvertAll(mask.Samples, v => v == LoopableMask.Loopable ? (byte)255 : (byte)0));
            views.Add(new StillView(view, exposure, loopable));
            infos.Add(Read<LoopViewInfo>(context.Inputs, LoopStages.Views, LoopArtifacts.View(view.Index)));
        }

        return new ViewSceneInputs(cameras, views, infos, settings, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static T Read<T>(IArtifactReader inputs, StageName stage, string name) => StageJson.Read<T>(inputs.PathOf(stage, name));
}
