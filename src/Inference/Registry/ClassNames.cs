using System.Globalization;
using Depth3D.Messages;

namespace Depth3D.Inference.Registry;

/// <summary>The class lists of the two data sets that segmentation and detection models are usually trained on, by class id.</summary>
public static class ClassNames
{
    /// <summary>PASCAL VOC 2012, 21 classes, 0 is background.</summary>
    public static readonly IReadOnlyList<string> Voc =
    [
        "background", "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable", "dog", "horse",
        "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
    ];

    /// <summary>COCO 2017 detection, 80 classes.</summary>
    public static readonly IReadOnlyList<string> Coco =
    [
        "person", "bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat", "traffic light", "fire hydrant", "stop sign",
        "parking meter", "bench", "bird", "cat", "dog", "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe", "backpack",
        "umbrella", "handbag", "tie", "suitcase", "frisbee", "skis", "snowboard", "sports ball", "kite", "baseball bat", "baseball glove",
        "skateboard", "surfboard", "tennis racket", "bottle", "wine glass", "cup", "fork", "knife", "spoon", "bowl", "banana", "apple",
        "sandwich", "orange", "broccoli", "carrot", "hot dog", "pizza", "donut", "cake", "chair", "couch", "potted plant", "bed",
        "dining table", "toilet", "tv", "laptop", "mouse", "remote", "keyboard", "cell phone", "microwave", "oven", "toaster", "sink",
        "refrigerator", "book", "clock", "vase", "scissors", "teddy bear", "hair drier", "toothbrush",
    ];

    private static readonly string[] VocMovable =
    [
        "aeroplane", "bicycle", "bird", "boat", "bus", "car", "cat", "cow", "dog", "horse", "motorbike", "person", "sheep", "train",
    ];

    private static readonly string[] CocoMovable =
    [
        "person", "bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat", "bird", "cat", "dog", "horse", "sheep", "cow",
        "elephant", "bear", "zebra", "giraffe", "frisbee", "skis", "snowboard", "sports ball", "kite", "skateboard", "surfboard",
    ];

    /// <summary>Class names of a model by class id.</summary>
    /// <exception cref="Depth3DException">The card names a class set that does not exist.</exception>
    public static IReadOnlyList<string> Of(ModelOutput output, string where) => output.ClassSet switch
    {
        null => output.Classes,
        "voc" => Voc,
        "coco" => Coco,
        var other => throw new Depth3DException($"'{other}' is no class set: expected voc or coco", where),
    };

    /// <summary>Ids of the classes of a model that can move.</summary>
    public static IReadOnlyList<int> MovableIds(ModelOutput output, string where)
    {
        var names = Of(output, where);
        IEnumerable<string> movable = output.Movable.Count > 0 ? output.Movable
            : output.ClassSet == "voc" ? VocMovable
            : output.ClassSet == "coco" ? CocoMovable
            : [];
        return [.. movable.Select(name => IndexOf(names, name)).Where(id => id >= 0).Order()];
    }

    /// <summary>Ids of classes given by name or number; the movable ones when none is given.</summary>
    /// <exception cref="Depth3DException">A class is unknown to the model, or none is given and none is marked movable.</exception>
    public static IReadOnlyList<int> Select(ModelOutput output, IReadOnlyList<string> wanted, string where)
    {
        var names = Of(output, where);
        if (wanted.Count == 0)
        {
            var movable = MovableIds(output, where);
            return movable.Count > 0 ? movable : throw new Depth3DException("its card marks no class as movable", where,
                $"name the classes with --mask-class; it knows: {string.Join(", ", names)}", FailureKind.Usage);
        }

        return [.. wanted.Select(text => Id(names, text, where)).Distinct().Order()];
    }

    private static int Id(IReadOnlyList<string> names, string text, string where)
    {
        var id = IndexOf(names, text.Trim());
        if (id >= 0) return id;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id < names.Count) return id;
        throw new Depth3DException($"the model knows no class '{text}'", where, $"it knows: {string.Join(", ", names)}", FailureKind.Usage);
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.OrdinalIgnoreCase)) return i;
        }

        return -1;
    }
}
