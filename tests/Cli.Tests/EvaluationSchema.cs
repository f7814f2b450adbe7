using System.Text.Json;
using Depth3D.Cli.Running;

namespace Depth3D.Cli.Tests;

/// <summary>The shape of <c>eval --output json</c> on which programs rely (docs/formats.md).</summary>
internal static class EvaluationSchema
{
    private static readonly string[] RowKeys =
    [
        "what", "region", "protocol", "pixels", "absRel", "rmseLog", "delta1", "flicker", "cameraRotationDegrees", "cameraPosition", "cameraPositionShare",
    ];

    private static readonly string[] CameraKeys =
        ["positionRmse", "pathLength", "rotationMeanDegrees", "rotationMaxDegrees", "focalRatio", "scale", "frames", "positionShare"];

    /// <summary>Evaluates a finished run of a truth scene with something that moves.</summary>
    public static void Check(string run, string truth)
    {
        var against = RunEvaluation.Against(run, truth);
        var report = new EvaluationReport(against.Rows, against.Cameras, null, null);
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(report, Terminal.Json));
        var root = json.RootElement;
        Assert.Equal(["rows", "cameras", "maskIou", "disparity"], root.EnumerateObject().Select(p => p.Name));
        var rows = root.GetProperty("rows").EnumerateArray().ToArray();
        string[] whats = ["prior", "optimised"], protocols = ["scale", "scale-shift", "per-frame"], regions = ["all", "static", "moving"];
        Assert.Equal(
            whats.SelectMany(w => protocols.SelectMany(p => regions.Select(r => (w, r, p)))),
            rows.Select(r => (Text(r, "what"), Text(r, "region"), Text(r, "protocol"))));
        foreach (var row in rows)
        {
            Assert.Equal(RowKeys, row.EnumerateObject().Select(p => p.Name));
            Assert.All(RowKeys.Skip(3), key => Assert.True(double.IsFinite(row.GetProperty(key).GetDouble()), key));
            Assert.InRange(row.GetProperty("cameraRotationDegrees").GetDouble(), 0, 1e-3);
            Assert.InRange(row.GetProperty("cameraPositionShare").GetDouble(), 0, 1e-6);
        }

        var cameras = root.GetProperty("cameras").EnumerateArray().ToArray();
        Assert.Equal(whats, cameras.Select(c => Text(c, "what")));
        Assert.All(cameras, c => Assert.Equal(CameraKeys, c.GetProperty("errors").EnumerateObject().Select(p => p.Name)));
    }

    private static string Text(JsonElement element, string key) => element.GetProperty(key).GetString()!;
}
