using System.Text.Json;
using System.Text.Json.Serialization;

namespace Depth3D.Cluster.Operations;

/// <summary>How results and requests are written: camel case, enumerations by name, null where something is not known.</summary>
public static class OperationJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        NumberHandling = JsonNumberHandling.Strict,
    };
}
