using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Worker.Prediction;
using CloudSweep.Worker.Safetensors;

namespace CloudSweep.Worker.Tests.Prediction;

public sealed class ModelFileTests
{
    public static TheoryData<string, ModelDocument> BrokenDocuments => new()
    {
        { "it has no inputs", TinyModel.Document with { Inputs = [] } },
        { "the input 'x' occurs twice", TinyModel.Document with { Inputs = [TinyModel.Document.Inputs[0], TinyModel.Document.Inputs[0]] } },
        { "the input 'x' has a scaling", TinyModel.Document with { Inputs = [new ModelInput.Number("x", [], 0, 0, null, 0, true, false)] } },
        { "the input 'x' has a scaling", TinyModel.Document with { Inputs = [new ModelInput.Number("x", [], double.NaN, 1, null, 0, true, false)] } },
        { "the input 'x' has a scaling", TinyModel.Document with { Inputs = [new ModelInput.Number("x", [], 0, 1, -1, 0, true, false)] } },
        { "the input 'x' fills missing cells with no finite number", TinyModel.Document with { Inputs = [new ModelInput.Number("x", [], 0, 1, null, double.PositiveInfinity, true, false)] } },
        { "the input 'x' has no features", TinyModel.Document with { Inputs = [new ModelInput.Number("x", [], 0, 1, null, 0, false, false)] } },
        { "the input 'x' has no features", TinyModel.Document with { Inputs = [new ModelInput.Category("x", [], [], false)] } },
        { "the input 'x' has a category twice", TinyModel.Document with { Inputs = [new ModelInput.Category("x", [], ["a", "a"], false)] } },
        { "the input 'x' has no usable number of buckets", TinyModel.Document with { Inputs = [new ModelInput.Hashed("x", [], 0, true)] } },
        { "the input 'x' has no usable number of buckets", TinyModel.Document with { Inputs = [new ModelInput.Hashed("x", [], int.MaxValue, true)] } },
        { "it has too many features", TinyModel.Document with { Inputs = [new ModelInput.Hashed("x", [], (int)ModelSize.MaxParameters, true), TinyModel.Document.Inputs[1]] } },
        { "a hidden layer has no usable size", TinyModel.Document with { Model = new ModelSpec.Mlp([0], Activation.Relu) } },
        { "a hidden layer has no usable size", TinyModel.Document with { Model = new ModelSpec.Mlp([int.MaxValue], Activation.Relu) } },
        { "a class occurs twice", TinyModel.Document with { Classes = ["a", "a"] } },
        { "fewer than two classes", TinyModel.Document with { Classes = ["a"] } },
        { "it predicts a class but has a target", TinyModel.Document with { Target = new ModelTarget(0, 1) } },
        { "does not say what turns an output into a number", TinyModel.Document with { Model = new ModelSpec.Linear(), Classes = [] } },
        { "its target is not finite and positive", TinyModel.Document with { Model = new ModelSpec.Linear(), Classes = [], Target = new ModelTarget(0, 0) } },
        { "it predicts a number but has classes", TinyModel.Document with { Model = new ModelSpec.Linear(), Target = new ModelTarget(0, 1) } },
        { "it is logistic and has not two classes", TinyModel.Document with { Model = new ModelSpec.Logistic(), Classes = ["a", "b", "c"] } },
        { "the delimiter is no ASCII character", TinyModel.Document with { Text = TinyModel.Document.Text with { Delimiter = 'é' } } },
        { "ask for 9 weights, but it has 6", TinyModel.Document with { Classes = ["a", "b", "c"] } },
        { "weights, but it has 6", TinyModel.Document with { Model = new ModelSpec.Mlp([1 << 27, 1 << 27], Activation.Relu) } },
    };

    [Fact]
    public void Read_OfWritten_GivesTheSameModel()
    {
        var (document, weights) = ModelFile.Read(Written(TinyModel.Document));

        Assert.Equal(CanonicalJson.Write(TinyModel.Document), CanonicalJson.Write(document));
        Assert.Equal(TinyModel.Weights.Select(tensor => tensor.Values), weights.Select(tensor => tensor.Values));
    }

    [Fact]
    public void Write_Always_HasAFormatAndReadableMetadata()
    {
        var metadata = SafetensorsReader.Read(Written(TinyModel.Document)).Metadata;

        Assert.Equal("cloudsweep-model/1", metadata["format"]);
        Assert.Contains("\"column\":\"x\"", metadata["cloudsweep"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BrokenDocuments))]
    public void Read_BrokenDocument_TellsTheRule(string expected, ModelDocument document)
    {
        var exception = Assert.Throws<MalformedDocumentException>(() => ModelFile.Read(Written(document)));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "no model of CloudSweep")]
    [InlineData("cloudsweep-model/2", "{}", "this version reads cloudsweep-model/1")]
    [InlineData("cloudsweep-model/1", "{}", "Not a ModelDocument")]
    [InlineData("cloudsweep-model/1", "null", "is null")]
    public void Read_OtherMetadata_TellsWhatItIs(string? format, string? document, string expected)
    {
        var metadata = new Dictionary<string, string>();
        if (format is not null)
        {
            (metadata["format"], metadata["cloudsweep"]) = (format, document!);
        }

        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, new TensorFile(metadata, TinyModel.Weights));
        stream.Position = 0;

        Assert.Contains(expected, Assert.Throws<MalformedDocumentException>(() => ModelFile.Read(stream)).Message, StringComparison.Ordinal);
    }

    private static MemoryStream Written(ModelDocument document)
    {
        var stream = new MemoryStream();
        ModelFile.Write(stream, document, TinyModel.Weights);
        stream.Position = 0;
        return stream;
    }
}
