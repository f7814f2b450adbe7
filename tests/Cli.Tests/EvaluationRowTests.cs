using System.Text.Json;
using Depth3D.Cli.Running;
using Depth3D.Reconstruction.Cameras;
using Depth3D.Reconstruction.Evaluation;

namespace Depth3D.Cli.Tests;

public sealed class EvaluationRowTests
{
    [Fact]
    public void An_empty_region_and_a_camera_that_does_not_travel_are_null_in_json()
    {
        var cameras = new CameraErrors(0, 0, 0.1, 0.2, 1, 1, 3);
        var row = EvaluationRow.From(new DepthMetricsRow("prior", "moving", "scale", 0, double.NaN, double.NaN, double.NaN, double.NaN), cameras);
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(row, Terminal.Json));
        Assert.All((string[])["absRel", "rmseLog", "delta1", "flicker", "cameraPositionShare"],
            key => Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty(key).ValueKind));
        Assert.Equal(0.1, json.RootElement.GetProperty("cameraRotationDegrees").GetDouble());
    }
}
