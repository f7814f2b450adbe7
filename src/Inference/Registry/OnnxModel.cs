using Depth3D.Messages;

namespace Depth3D.Inference.Registry;

/// <summary>A loaded model together with its card.</summary>
public sealed class OnnxModel : IDisposable
{
    internal OnnxModel(ModelCard card, OnnxSession session) => (Card, Session) = (card, session);

    public ModelCard Card { get; }

    public OnnxSession Session { get; }

    /// <summary>Runs the model on one image tensor and returns the output its card names.</summary>
    /// <exception cref="Depth3DException">The model fails or has no such output.</exception>
    public OnnxTensor Run(OnnxTensor input, CancellationToken cancellation = default)
    {
        var outputs = Session.Run(new Dictionary<string, OnnxTensor> { [Card.Input.Name] = input }, cancellation);
        return Output(outputs);
    }

    /// <summary>Runs a model of two images: the card names the first one's input, the model's other input takes the second.</summary>
    /// <returns>The output the card names, checked to be a finite [1, 2, H, W].</returns>
    /// <exception cref="Depth3DException">The model has not two inputs, fails, or returns something else.</exception>
    public OnnxTensor RunPair(OnnxTensor first, OnnxTensor second, CancellationToken cancellation = default)
    {
        if (Session.Inputs.Count != 2 || Session.Inputs.FirstOrDefault(i => i.Name != Card.Input.Name) is not { } other)
            throw new Depth3DException($"a flow model takes two images, this one {string.Join("; ", Session.Inputs)}", Session.ModelName,
                "export it with two image inputs and one flow output");
        var output = Output(Session.Run(new Dictionary<string, OnnxTensor> { [Card.Input.Name] = first, [other.Name] = second }, cancellation));
        ModelOutputRules.Check(Card, output, (int)first.Shape[^1], (int)first.Shape[^2]);
        return output;
    }

    private OnnxTensor Output(IReadOnlyDictionary<string, OnnxTensor> outputs) =>
        outputs.TryGetValue(Card.Output.Name, out var output) ? output : throw NoSuch("output", Card.Output.Name, Session.Outputs);

    /// <summary>Checks that the card's names are the model's, and that a grey image comes out as the card says.</summary>
    /// <exception cref="Depth3DException">The card does not fit the model, or the model cannot run.</exception>
    public void DryRun(CancellationToken cancellation = default)
    {
        if (Session.Inputs.All(i => i.Name != Card.Input.Name)) throw NoSuch("input", Card.Input.Name, Session.Inputs);
        if (Session.Outputs.All(o => o.Name != Card.Output.Name)) throw NoSuch("output", Card.Output.Name, Session.Outputs);
        var (width, height) = Card.Input.SizeFor(DryWidth, DryHeight);
        var shape = Card.Input.Layout == PixelLayout.Nchw ? new long[] { 1, 3, height, width } : [1, height, width, 3];
        var values = new float[3 * width * height];
        Array.Fill(values, (float)(128 * Card.Input.Scale));
        var grey = new OnnxTensor(values, shape);
        if (Card.Task == ModelTask.Flow) RunPair(grey, grey, cancellation);
        else ModelOutputRules.Check(Card, Run(grey, cancellation), width, height);
    }

    public void Dispose() => Session.Dispose();

    private const int DryWidth = 160;
    private const int DryHeight = 96;

    private Depth3DException NoSuch(string what, string name, IReadOnlyList<OnnxValueInfo> has) =>
        new($"the card names {what} '{name}', but the model has {string.Join("; ", has)}", Session.ModelName, "correct the card");
}
