using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

/// <summary>Turns a sweep file into a <see cref="SweepSpec"/>, or into the list of all its mistakes.</summary>
public static class SweepFileReader
{
    private static readonly string[] Keys =
        ["version", "name", "objective", "data", "model", "training", "learningRate", "optimizer", "schedule", "repeats", "execution"];

    public static SweepFileResult Read(SpecNode root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var findings = new Findings();
        var file = new MapReader(root, "", findings, Keys);
        if (root is not SpecNode.Map)
        {
            return new SweepFileResult.Invalid(findings.InFileOrder());
        }

        file.Require("version", "version: 1");
        file.Require("name", "name: my-sweep");
        var spec = new SweepSpec(
            file.Integer("version", 1),
            file.Text("name", "my-sweep"),
            ObjectiveReader.Read(file, findings),
            DataReader.Read(file, findings),
            ModelReader.Read(file, findings),
            TrainingReader.Read(file, findings),
            LearningRateReader.Read(file.Require("learningRate", "learningRate: { scale: log, min: 1e-4, max: 1, count: 9 }"), "learningRate", findings),
            OptimizerReader.Read(file, findings),
            ScheduleReader.Read(file, findings),
            file.Integer("repeats", 1),
            ExecutionReader.Read(file, findings));
        spec = spec with { Data = spec.Data with { Task = spec.Model.Learns } };
        findings.AddRules(SweepSpecRules.Validate(spec));
        var violations = findings.InFileOrder();
        return violations.Count == 0 ? new SweepFileResult.Valid(spec) : new SweepFileResult.Invalid(violations);
    }
}
