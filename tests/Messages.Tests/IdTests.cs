using System.Text.Json;

namespace Depth3D.Messages.Tests;

public sealed class IdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("car-shadow_01.final")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890123")]
    public void A_good_name_is_kept_as_it_is(string name)
    {
        Assert.Equal(name, new ClipId(name).Value);
        Assert.Equal(name, new StageName(name).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(".engine")]
    [InlineData("-rf")]
    [InlineData("_a")]
    [InlineData("..")]
    [InlineData("a..b")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("A")]
    [InlineData("ä")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("%05d")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    public void A_bad_name_is_refused_with_the_rule(string? name)
    {
        Assert.Contains("1 to 63 characters", Assert.Throws<Depth3DException>(() => new ClipId(name!)).Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, Assert.Throws<Depth3DException>(() => new StageName(name!)).ExitCode);
    }

    [Theory]
    [InlineData("flow", 3, "flow/003")]
    [InlineData("train", 1234, "train/1234")]
    public void A_task_id_reads_back_what_it_writes(string stage, int index, string text)
    {
        var id = new TaskId(stage, index);
        Assert.Equal(text, id.ToString());
        Assert.Equal(id, TaskId.Parse(text));
    }

    [Theory]
    [InlineData("flow")]
    [InlineData("/3")]
    [InlineData("flow/")]
    [InlineData("flow/-1")]
    [InlineData("flow/1/2")]
    [InlineData("flow/1.5")]
    [InlineData("flow/99999999999")]
    [InlineData("../x/1")]
    public void A_bad_task_id_is_refused(string text) => Assert.Throws<Depth3DException>(() => TaskId.Parse(text));

    [Fact]
    public void Ids_are_text_in_messages_and_checked_when_read()
    {
        var claim = new TaskProtocol.Claim(new ClipId("c"), new TaskId("flow", 3), "w");
        var json = JsonSerializer.Serialize(claim);
        Assert.Equal("""{"Clip":"c","Task":"flow/003","Worker":"w"}""", json);
        Assert.Equal(claim, JsonSerializer.Deserialize<TaskProtocol.Claim>(json));
        foreach (var bad in new[] { "../c", "", "C" })
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TaskProtocol.Claim>(json.Replace("\"c\"", $"\"{bad}\"", StringComparison.Ordinal)));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TaskProtocol.Claim>(json.Replace("flow/003", "flow", StringComparison.Ordinal)));
    }

    [Fact]
    public void Unknown_fields_of_a_newer_version_are_ignored() => Assert.Equal(
        new TaskProtocol.Renew(new ClipId("c"), new TaskId("flow", 3), 7),
        JsonSerializer.Deserialize<TaskProtocol.Renew>("""{"Clip":"c","Task":"flow/003","Epoch":7,"Since":"later"}"""));
}
