using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;

namespace CloudSweep.Worker.Prediction;

/// <summary>What a model's document must obey before anything is allocated by it. Anyone may have written it.</summary>
internal static class ModelRules
{
    /// <exception cref="MalformedDocumentException">It breaks a rule.</exception>
    public static void Require(ModelDocument document)
    {
        if (ProblemsOf(document).FirstOrDefault() is { } problem)
        {
            throw new MalformedDocumentException($"Its description breaks a rule: {problem}.");
        }
    }

    private static IEnumerable<string> ProblemsOf(ModelDocument document)
    {
        if (document.Inputs.Count == 0)
        {
            yield return "it has no inputs";
        }

        if (document.Inputs.GroupBy(input => input.Column, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            yield return $"the input '{twice.Key}' occurs twice";
        }

        foreach (var input in document.Inputs)
        {
            if (ProblemOf(input) is { } problem)
            {
                yield return $"the input '{input.Column}' {problem}";
            }
        }

        if (document.Inputs.Sum(input => (long)input.Width) > ModelSize.MaxParameters)
        {
            yield return "it has too many features";
        }

        if (document.Model is ModelSpec.Mlp mlp && (mlp.Hidden.Count == 0 || mlp.Hidden.Any(units => units < 1 || units > ModelSize.MaxParameters)))
        {
            yield return "a hidden layer has no usable size";
        }

        if (document.Classes.Distinct(StringComparer.Ordinal).Count() != document.Classes.Count)
        {
            yield return "a class occurs twice";
        }

        if (OutputProblem(document) is { } output)
        {
            yield return output;
        }

        if (document.Text.Delimiter is < '\u0001' or > '\u007f')
        {
            yield return "the delimiter is no ASCII character";
        }
    }

    private static string? OutputProblem(ModelDocument document) => (document.Model.Learns, document.Target) switch
    {
        (LearningTask.Regression, null) => "it does not say what turns an output into a number",
        (LearningTask.Regression, var target) when !double.IsFinite(target.Mean) || !double.IsFinite(target.Deviation) || !(target.Deviation > 0) => "its target is not finite and positive",
        (LearningTask.Regression, _) => document.Classes.Count > 0 ? "it predicts a number but has classes" : null,
        (_, not null) => "it predicts a class but has a target",
        _ when document.Model is ModelSpec.Logistic && document.Classes.Count != 2 => "it is logistic and has not two classes",
        _ => document.Classes.Count < 2 ? "it has fewer than two classes" : null,
    };

    private static string? ProblemOf(ModelInput input) => input switch
    {
        ModelInput.Number number when !double.IsFinite(number.Offset) || !double.IsFinite(number.Divisor) || !(number.Divisor > 0) || number.Clip is not (null or > 0) =>
            "has a scaling that is not finite and positive",
        ModelInput.Number number when !double.IsFinite(number.Fill) => "fills missing cells with no finite number",
        ModelInput.Category category when category.Categories.Distinct(StringComparer.Ordinal).Count() != category.Categories.Count => "has a category twice",
        ModelInput.Hashed hashed when hashed.Buckets < 1 || hashed.Buckets > ModelSize.MaxParameters => "has no usable number of buckets",
        _ when input.Width < 1 => "has no features",
        _ => null,
    };
}
