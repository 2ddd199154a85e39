using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

/// <summary>Turns a sweep file into a <see cref="SweepSpec"/>, or into the list of all its mistakes.</summary>
public static class SweepFileReader
{
    private static readonly string[] Keys =
        ["version", "name", "objective", "data", "model", "training", "learningRate", "optimizer", "schedule", "vary", "repeats", "pruning", "execution"];

    public static SweepFileResult Read(SpecNode root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var findings = new Findings();
        if (root is not SpecNode.Map file)
        {
            _ = new MapReader(root, "", findings, Keys);
            return new SweepFileResult.Invalid(findings.InFileOrder());
        }

        var keys = VaryReader.Read(file, findings);
        var spec = keys.Count == 0 ? ReadOne(file, findings) : ReadVaried(new Variations(file, keys), keys, findings);
        var violations = findings.InFileOrder();
        return violations.Count == 0 ? new SweepFileResult.Valid(spec) : new SweepFileResult.Invalid(violations);
    }

    /// <summary>Reads the file once for every combination of values, so that each is read and checked by those who know its key.</summary>
    private static SweepSpec ReadVaried(Variations variations, IReadOnlyList<VariedKey> keys, Findings findings)
    {
        if (variations.Count > Variations.MaxCount)
        {
            findings.Add("vary", SweepSpecRules.Text($"Makes {variations.Count} combinations; at most {Variations.MaxCount} are allowed. List fewer values."), 0);
        }

        var varied = new VariedFindings(keys, findings);
        var specs = variations.Choices().Select(choice =>
        {
            var own = new Findings();
            var spec = ReadOne(variations.FileOf(choice), own);
            varied.Add(choice, own.InFileOrder());
            return spec;
        }).ToArray();
        varied.Tell();
        if (varied.HasAny)
        {
            return specs[0];
        }

        foreach (var key in keys)
        {
            RefuseRepeated(key, [.. variations.OneByOne(key).Select(choice => CanonicalJson.Write(ReadOne(variations.FileOf(choice), new Findings())))], findings);
        }

        var whole = Merge(specs, keys);
        findings.AddRules(SweepSpecRules.Validate(whole));
        return whole;
    }

    private static void RefuseRepeated(VariedKey key, string[] specs, Findings findings)
    {
        for (var index = 1; index < specs.Length; index++)
        {
            if (Array.IndexOf(specs, specs[index]) is var first && first < index)
            {
                findings.Add(key.Field(index), $"Makes the same trials as {key.Field(first)}; remove one.", key.Values[index].Line);
            }
        }
    }

    private static SweepSpec Merge(SweepSpec[] specs, IReadOnlyList<VariedKey> keys) => specs[0] with
    {
        Optimizers = [.. specs[0].Optimizers.SelectMany((_, place) => specs.Select(spec => spec.Optimizers[place]).DistinctBy(choice => choice.Settings))],
        Varied = [.. keys.Select(key => key.Path)],
        OtherVariants = [.. specs.Select(spec => new SweepVariant(spec.Model, spec.Training)).Distinct().Skip(1)],
    };

    private static SweepSpec ReadOne(SpecNode.Map root, Findings findings)
    {
        var file = new MapReader(root, "", findings, Keys);
        file.Require("version", "version: 1");
        file.Require("name", "name: my-sweep");
        var spec = new SweepSpec(
            file.Integer("version", 1),
            file.Text("name", "my-sweep"),
            ObjectiveReader.Read(file, findings),
            DataReader.Read(file, findings),
            ModelReader.Read(file, findings),
            TrainingReader.Read(file, findings),
            LearningRateReader.Read(file.Require("learningRate", "learningRate: auto, or { scale: log, min: 1e-4, max: 1, count: 9 }"), "learningRate", findings),
            OptimizerReader.Read(file, findings),
            ScheduleReader.Read(file, findings),
            file.Integer("repeats", 1),
            ExecutionReader.Read(file, findings));
        spec = spec with { Data = spec.Data with { Task = spec.Model.Learns }, Pruning = PruningReader.Read(file, findings) };
        findings.AddRules(SweepSpecRules.Validate(spec));
        return spec;
    }
}
