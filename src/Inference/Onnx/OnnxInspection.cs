using System.Text;
using Depth3D.Messages;

namespace Depth3D.Inference.Onnx;

/// <summary>
/// Looks through an ONNX model (onnx.proto3: ModelProto, GraphProto, NodeProto, AttributeProto, TensorProto) for what must not reach the
/// runtime: bytes that are no model, and tensors whose data lie in another file.
/// </summary>
internal static class OnnxInspection
{
    private const int MaxNesting = 16;

    /// <summary>Message kinds and, for each, the fields that lead to further tensors.</summary>
    private enum Kind
    {
        Model,
        Graph,
        Node,
        Attribute,
        Tensor,
        SparseTensor,
        Function,
        TrainingInfo,
    }

    /// <exception cref="Depth3DException">Not a model, or it refers to files beside it.</exception>
    public static void Check(ReadOnlySpan<byte> model, string where)
    {
        try
        {
            Walk(model, Kind.Model, 0, where);
            if (!HasGraph(model)) throw new InvalidDataException("it has no graph");
        }
        catch (InvalidDataException e)
        {
            throw new Depth3DException($"not an ONNX model: {e.Message}", where, "give a file that was exported as .onnx", inner: e);
        }
    }

    private static bool HasGraph(ReadOnlySpan<byte> model)
    {
        var reader = new ProtoReader(model);
        while (reader.Next())
        {
            if (reader.Field == 7 && !reader.Payload.IsEmpty) return true;
        }

        return false;
    }

    private static void Walk(ReadOnlySpan<byte> message, Kind kind, int nesting, string where)
    {
        if (nesting > MaxNesting * 3) throw new InvalidDataException("graphs are nested too deeply");
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (kind == Kind.Tensor && (reader.Field == 13 || (reader.Field == 14 && reader.Number == 1)))
                throw External(message, where);
            if (Child(kind, reader.Field) is { } child) Walk(reader.Payload, child, nesting + 1, where);
        }
    }

    private static Kind? Child(Kind kind, int field) => (kind, field) switch
    {
        (Kind.Model, 7) or (Kind.Attribute, 6 or 11) or (Kind.TrainingInfo, 1 or 2) => Kind.Graph,
        (Kind.Model, 20) => Kind.TrainingInfo,
        (Kind.Model, 25) => Kind.Function,
        (Kind.Graph, 1) or (Kind.Function, 7) => Kind.Node,
        (Kind.Graph, 5) or (Kind.Attribute, 5 or 10) or (Kind.SparseTensor, 1 or 2) => Kind.Tensor,
        (Kind.Graph, 15) or (Kind.Attribute, 22 or 23) => Kind.SparseTensor,
        (Kind.Node, 5) => Kind.Attribute,
        (Kind.Function, 11) => Kind.Attribute,
        _ => null,
    };

    private static Depth3DException External(ReadOnlySpan<byte> tensor, string where)
    {
        var location = "another file";
        var reader = new ProtoReader(tensor);
        while (reader.Next())
        {
            if (reader.Field == 13 && Entry(reader.Payload) is ("location", var path)) location = $"'{Printable(path)}'";
        }

        return new Depth3DException($"the model keeps weights in {location}; only models in one file are accepted", where,
            "save it again with its weights inside (onnx.save_model without external data)");
    }

    private static (string Key, string Value) Entry(ReadOnlySpan<byte> entry)
    {
        string key = "", value = "";
        var reader = new ProtoReader(entry);
        while (reader.Next())
        {
            if (reader.Field == 1) key = Encoding.UTF8.GetString(reader.Payload);
            if (reader.Field == 2) value = Encoding.UTF8.GetString(reader.Payload);
        }

        return (key, value);
    }

    private static string Printable(string text) =>
        new([.. text.Take(200).Select(c => char.IsControl(c) ? '?' : c)]);
}
