namespace Depth3D.Pipeline;

/// <summary>What a stage may look at to plan its tasks. Planning is repeatable: the same context gives the same plan.</summary>
public sealed record StagePlanContext(DepthOptions Options, IArtifactReader Inputs);
