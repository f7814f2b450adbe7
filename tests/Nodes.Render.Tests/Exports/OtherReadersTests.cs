namespace Depth3D.Nodes.Render.Tests.Exports;

/// <summary>Every format read by programs that share no code with this one: scale, axes, cameras and depth agree to 1e-4.</summary>
public sealed class OtherReadersTests(ExportedRun run) : IClassFixture<ExportedRun>
{
    [SkippableTheory]
    [InlineData("exr")]
    [InlineData("png16")]
    [InlineData("npz")]
    [InlineData("megasam")]
    [InlineData("ply")]
    [InlineData("ply-merged")]
    [InlineData("gltf")]
    [InlineData("colmap")]
    [InlineData("nerfstudio")]
    [InlineData("nuke")]
    [InlineData("blender")]
    [InlineData("mp4")]
    [InlineData("prores")]
    [InlineData("hevc10")]
    [InlineData("ffv1")]
    public async Task Another_reader_sees_the_run(string format) => Assert.Matches($"^{format} +ok ", await run.Check(format));
}
