using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Features;

namespace CloudSweep.Core.Planning;

/// <summary>Whether a sweep's model and objective suit what the profile pass found.</summary>
public static class ModelFit
{
    /// <summary>Most validation rows whose scores a lane keeps to rank them (<c>val_auc</c>): 1 GiB of float32.</summary>
    public const long MaxRankedRows = 1L << 28;

    /// <exception cref="DataErrorException">They do not; all reasons are listed.</exception>
    public static void Require(SweepSpec spec, DataProfile profile)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(profile);
        var problems = new List<string>();
        Size(spec, profile, problems);
        if (spec.Model is ModelSpec.Logistic && profile.Classes.Count != 2)
        {
            problems.Add(Text($"A logistic model needs exactly 2 classes, but the label has {profile.Classes.Count}. Use model.kind: softmax, or check data.label."));
        }

        if (spec.Objective.Metric == MetricNames.ValidationAuc)
        {
            Auc(profile, problems);
        }

        if (problems.Count > 0)
        {
            throw new DataErrorException(string.Join(Environment.NewLine, problems));
        }
    }

    /// <summary>Whether evaluations rank rows: there are two classes and not too many rows.</summary>
    public static bool RanksRows(int classes, long validationRows) => classes == 2 && validationRows <= MaxRankedRows;

    private static void Size(SweepSpec spec, DataProfile profile, List<string> problems)
    {
        var features = (int)FeatureLayout.Of(spec.Data, profile).Count;
        var parameters = spec.Variants().Max(variant => ModelSize.Parameters(variant.Model, features, profile.Classes.Count));
        if (parameters > ModelSize.MaxParameters)
        {
            var outputs = profile.Target is null ? Text($"{profile.Classes.Count} classes") : "a number to predict";
            problems.Add(Text($"With {features} features and {outputs} the model has {parameters} parameters; at most {ModelSize.MaxParameters} are allowed. Use fewer units, or exclude columns."));
        }
    }

    private static void Auc(DataProfile profile, List<string> problems)
    {
        if (profile.Classes.Count != 2)
        {
            problems.Add(Text($"The objective val_auc compares exactly 2 classes, but the label has {profile.Classes.Count}. Use objective.metric: val_loss or val_accuracy."));
        }
        else if (profile.Classes.Any(label => label.ValidationRows == 0))
        {
            problems.Add("The objective val_auc needs validation rows of both classes, but one has none. Use another data.validation.seed or more data.");
        }
        else if (profile.ValidationRows() > MaxRankedRows)
        {
            problems.Add(Text($"The objective val_auc ranks at most {MaxRankedRows} validation rows, but there are {profile.ValidationRows()}. Lower data.validation.fraction, or use objective.metric: val_loss."));
        }
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
