using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Worker.Safetensors;

namespace CloudSweep.Worker.Prediction;

/// <summary>A model as a safetensors file: weights as torch.nn.Linear has them, and a <see cref="ModelDocument"/> in the metadata.</summary>
public static class ModelFile
{
    /// <summary>What the metadata's <c>format</c> says.</summary>
    public const string Format = "cloudsweep-model/1";

    private const string FormatKey = "format";
    private const string DocumentKey = "cloudsweep";

    /// <summary>Writes the model. Equal models have equal bytes.</summary>
    public static void Write(Stream stream, ModelDocument document, IReadOnlyList<Tensor> weights) => SafetensorsWriter.Write(
        stream,
        new TensorFile(new Dictionary<string, string> { [FormatKey] = Format, [DocumentKey] = CanonicalJson.Write(document) }, weights));

    /// <param name="stream">Seekable. Nothing of what it says is believed before it is checked.</param>
    /// <exception cref="MalformedDocumentException">It is no model of this version, or damaged.</exception>
    public static (ModelDocument Document, IReadOnlyList<Tensor> Weights) Read(Stream stream)
    {
        var file = SafetensorsReader.Read(stream);
        var format = file.Metadata.GetValueOrDefault(FormatKey);
        if (format != Format || !file.Metadata.TryGetValue(DocumentKey, out var json))
        {
            throw new MalformedDocumentException(format is null
                ? "It is a safetensors file but no model of CloudSweep; take the model.safetensors that 'cloudsweep run' wrote."
                : $"Its format is '{format}'; this version reads {Format}. Use the version that wrote it, or train again.");
        }

        var document = CanonicalJson.Read<ModelDocument>(json);
        ModelRules.Require(document);
        var expected = ModelSize.Parameters(document.Model, document.Inputs.Sum(input => input.Width), document.Classes.Count);
        var found = file.Tensors.Sum(tensor => (long)tensor.Values.Length);
        return expected == found
            ? (document, file.Tensors)
            : throw new MalformedDocumentException($"Its settings ask for {expected} weights, but it has {found}.");
    }
}
