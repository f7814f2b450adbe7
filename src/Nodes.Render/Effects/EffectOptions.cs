using Depth3D.Messages;
using Depth3D.Pipeline;
using Depth3D.Rendering.Effects;

namespace Depth3D.Nodes.Render.Effects;

/// <summary>The effect that a job names.</summary>
internal static class EffectOptions
{
    /// <exception cref="Depth3DException">The job names none, or its settings or files make no sense.</exception>
    public static IEffect Open(DepthOptions options) => options.Effect?.Open()
        ?? throw new Depth3DException("the job names no effect", "recipe effect", "run: depth3d render --help", FailureKind.Usage);

    /// <summary>The effect's renderer, with what stage effect-prepare left.</summary>
    public static IEffectRenderer Renderer(StageContext context, ISceneClip scene) => Open(context.Options).Renderer(scene,
        context.Inputs.Exists(Stages.EffectPrepare, Artifacts.EffectPrepared) ? context.Inputs.PathOf(Stages.EffectPrepare, Artifacts.EffectPrepared) : null);
}
