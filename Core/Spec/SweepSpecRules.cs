using System.Globalization;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Planning.Search;

namespace CloudSweep.Core.Spec;

/// <summary>The rules that a bound spec obeys: ranges and what belongs together. Applied to files and, again, to what arrives over the wire.</summary>
public static class SweepSpecRules
{
    private const int FewestFeatures = 1;
    private const int FewestClasses = 2;
    public const int MaxTrials = 100_000;
    private const int MaxNameLength = 63;

    /// <summary>All broken rules; empty for a valid spec.</summary>
    public static IReadOnlyList<SpecViolation> Validate(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (HasHoles(spec.Optimizers) || HasHoles(spec.Schedules) || HasHoles(spec.Data.Include) || HasHoles(spec.Data.Exclude)
            || HasHoles(spec.Data.Missing) || HasHoles(spec.Data.MissingLabels) || HasHoles(spec.Data.Columns) || spec.Data.Columns.Any(column => HasHoles(column.MissingCells))
            || HasHoles(spec.Varied) || HasHoles(spec.OtherVariants))
        {
            return [new SpecViolation("(sweep)", "A list has an item that is null; give every item or remove it.")];
        }

        var violations = new List<SpecViolation>();
        General(spec, violations);
        ObjectiveRules.Check(spec.Objective, spec.Model, violations);
        DataSpecRules.Check(spec.Data, violations);
        if (spec.Variants().FirstOrDefault(variant => variant.Model.Learns != spec.Data.Task) is { } unfit)
        {
            violations.Add(new SpecViolation("data.task", $"Says {spec.Data.Task}, but the model learns {unfit.Model.Learns}; both must be the same."));
        }

        foreach (var variant in spec.Variants())
        {
            Model(variant.Model, violations);
            if (violations.Count == 0 && ModelSize.Parameters(variant.Model, FewestFeatures, FewestClasses) is var parameters && parameters > ModelSize.MaxParameters)
            {
                violations.Add(new SpecViolation("model.hidden", Text($"Makes a model of at least {parameters} parameters; at most {ModelSize.MaxParameters} are allowed. Use fewer units or layers.")));
            }

            Training(variant.Training, violations);
        }

        VariantRules.Check(spec, violations);
        SearchRules.Check(spec, violations);
        PruningRules.Check(spec.Pruning, violations);
        Execution(spec.Execution, violations);
        if (violations.Count == 0 && TrialExpander.Count(spec) + NextRound.MostTrials(spec) is var trials && trials > MaxTrials)
        {
            violations.Add(new SpecViolation("learningRate", Text($"Makes {trials} trials in all{(NextRound.MostTrials(spec) > 0 ? ", those of further rounds included" : "")}; at most {MaxTrials} are allowed. Use fewer {(spec.Varied.Count > 0 ? "values under vary, " : "")}rates, optimizers, schedules or repeats.")));
        }

        return violations;
    }

    // What arrives over the wire may have null where the language has none.
    private static bool HasHoles<T>(IReadOnlyList<T> items)
        where T : class => items.Any(item => item is null);

    /// <summary>Text with numbers as sweep files write them.</summary>
    internal static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void General(SweepSpec spec, List<SpecViolation> violations)
    {
        if (spec.Version != 1)
        {
            violations.Add(new SpecViolation("version", Text($"{spec.Version} is not known; this program reads version 1.")));
        }

        if (spec.Name.Length is 0 or > MaxNameLength || !spec.Name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-') || spec.Name[0] == '-' || spec.Name[^1] == '-')
        {
            violations.Add(new SpecViolation("name", Text($"'{spec.Name}' is not a name; use 1 to {MaxNameLength} lower-case letters, digits and inner hyphens, such as digits-mlp.")));
        }

        if (spec.Repeats is < 1 or > 1000)
        {
            violations.Add(new SpecViolation("repeats", Text($"{spec.Repeats} is out of range; use 1 to 1000.")));
        }
    }

    private static void Model(ModelSpec model, List<SpecViolation> violations)
    {
        const int MaxLayers = 32;
        const int MaxUnits = 65_536;
        if (model is not ModelSpec.Mlp mlp)
        {
            return;
        }

        if (mlp.Hidden.Count is 0 or > MaxLayers)
        {
            violations.Add(new SpecViolation("model.hidden", Text($"{mlp.Hidden.Count} hidden layers are out of range; use 1 to {MaxLayers}, or kind: softmax for none.")));
        }

        foreach (var units in mlp.Hidden.Where(units => units is < 1 or > MaxUnits))
        {
            violations.Add(new SpecViolation("model.hidden", Text($"{units} units are out of range; use 1 to {MaxUnits} in each layer.")));
        }
    }

    private static void Training(TrainingSpec training, List<SpecViolation> violations)
    {
        if (training.Epochs is < 1 or > 100_000)
        {
            violations.Add(new SpecViolation("training.epochs", Text($"{training.Epochs} is out of range; use 1 to 100000.")));
        }

        if (training.BatchSize is < 1 or > 1_048_576)
        {
            violations.Add(new SpecViolation("training.batchSize", Text($"{training.BatchSize} is out of range; use 1 to 1048576, or all for plain gradient descent.")));
        }

        if (training.GradientClip is { } clip && !(clip is > 0 and <= 1e30))
        {
            violations.Add(new SpecViolation("training.gradientClip", Text($"{clip} is out of range; use a norm above 0 and up to 1e30, such as 1, or leave it out to clip nothing.")));
        }
    }

    private static void Execution(ExecutionSpec execution, List<SpecViolation> violations)
    {
        string[] kernels = ["auto", "portable", "avx2", "avx512"];
        if (execution.Parallelism is < 1 or > 10_000)
        {
            violations.Add(new SpecViolation("execution.parallelism", Text($"{execution.Parallelism} is out of range; use 1 to 10000 jobs, or leave it out.")));
        }

        if (execution.TrialsPerJob is < 1)
        {
            violations.Add(new SpecViolation("execution.trialsPerJob", Text($"{execution.TrialsPerJob} is out of range; use 1 or more, or auto.")));
        }

        if (execution.MaxAttempts is < 1 or > 100)
        {
            violations.Add(new SpecViolation("execution.maxAttempts", Text($"{execution.MaxAttempts} is out of range; use 1 to 100.")));
        }

        if (!kernels.Contains(execution.Kernel, StringComparer.Ordinal))
        {
            violations.Add(new SpecViolation("execution.kernel", $"'{execution.Kernel}' is not a kernel path; use {string.Join(", ", kernels)}."));
        }
    }
}
