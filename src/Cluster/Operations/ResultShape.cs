using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace Depth3D.Cluster.Operations;

/// <summary>
/// How a result's JSON becomes tables: a list is one table; an object is its columns as <c>header: value</c> lines, then its parts.
/// Read off the record's own attributes, so a result and its table cannot drift apart.
/// </summary>
public sealed class ResultShape
{
    private static readonly ConcurrentDictionary<Type, ResultShape> Known = new();

    private ResultShape(Type type)
    {
        RowType = ElementOf(type) ?? type;
        IsList = RowType != type;
        var properties = RowType.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(p => p.MetadataToken).ToArray();
        Columns = [.. properties.Select(p => (p, a: p.GetCustomAttribute<ColumnAttribute>())).Where(c => c.a is not null)
            .Select(c => new Column(c.a!.Header, JsonName(c.p), c.a.Format, c.a.IsId))];
        Parts = [.. properties.Select(p => (p, a: p.GetCustomAttribute<PartAttribute>())).Where(c => c.a is not null)
            .Select(c => new ResultPart(c.a!.Title, JsonName(c.p), Of(c.p.PropertyType)))];
    }

    /// <summary>Type of one row, or of the one object.</summary>
    public Type RowType { get; }

    public bool IsList { get; }

    public IReadOnlyList<Column> Columns { get; }

    public IReadOnlyList<ResultPart> Parts { get; }

    /// <summary>What <c>--quiet</c> prints: of the object, else of its first part.</summary>
    public Column? Id => Columns.FirstOrDefault(c => c.IsId);

    public static ResultShape Of(Type type) => Known.GetOrAdd(type, t => new ResultShape(t));

    private static Type? ElementOf(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
        ? type.GetGenericArguments()[0]
        : null;

    private static string JsonName(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
