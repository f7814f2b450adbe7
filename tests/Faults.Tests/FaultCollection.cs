namespace Depth3D.Faults.Tests;

/// <summary>Makes one <see cref="FaultRun"/> for all fault tests.</summary>
[CollectionDefinition(FaultRun.Name, DisableParallelization = true)]
public sealed class FaultCollection : ICollectionFixture<FaultRun>;
