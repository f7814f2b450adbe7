using System.Text.Json;
using System.Text.Json.Nodes;
using Depth3D.Cli.Running;
using Depth3D.Rendering.Effects;
using Depth3D.Rendering.Effects.Fog;

namespace Depth3D.Cli.Tests;

public sealed class RunJobTests
{
    [Fact]
    public void The_version_of_an_effect_is_stored_with_its_settings_and_read_from_the_code()
    {
        var stored = JsonSerializer.Serialize<EffectSettings>(new FogSettings { Visibility = 4 }, JsonSerializerOptions.Web);
        Assert.Equal(new FogSettings().Version, JsonNode.Parse(stored)!["version"]!.GetValue<int>());
        var later = stored.Replace("\"version\":1", "\"version\":99", StringComparison.Ordinal);
        Assert.NotEqual(stored, later);
        Assert.Equal(new FogSettings { Visibility = 4 }, JsonSerializer.Deserialize<EffectSettings>(later, JsonSerializerOptions.Web));
    }

    [Theory]
    [InlineData(true, "effect.version was 1, now 2")]
    [InlineData(true, "effect.version was (not set), now 1")]
    [InlineData(true, "export.version was 1, now 2")]
    [InlineData(false, "effect.version was 1, now 2", "effect.visibility was 3, now 4")]
    [InlineData(false, "effect.effect was \"fog\", now \"focus\"")]
    [InlineData(false)]
    public void Only_what_another_version_made_of_the_same_settings_is_made_anew(bool anew, params string[] differences) =>
        Assert.Equal(anew, RunJob.IsOtherVersion(differences));
}
