using System.Globalization;
using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning;

/// <summary>Tells a label column that holds a quantity, such as a price, from one that names classes. The one place of this advice.</summary>
public static class ContinuousLabel
{
    private const int MostClassesOfDoubt = 20;
    private const double FewestRowsPerClass = 3;

    /// <summary>Many different numbers, of which some have a fraction or most hardly repeat.</summary>
    public static bool LooksLikeIt(IReadOnlyCollection<LabelCount> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return classes.Count > MostClassesOfDoubt
            && classes.All(label => Number(label.Label) is not null)
            && (classes.Any(label => !double.IsInteger(Number(label.Label)!.Value)) || Rows(classes) < FewestRowsPerClass * classes.Count);
    }

    /// <summary>What to tell a person who asked for a classifier of it.</summary>
    public static string Advice(IReadOnlyCollection<LabelCount> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The label column holds {classes.Count} different numbers in {Rows(classes)} rows, so it looks like a number to predict; this model tells classes apart. Give data.label a column of classes, or put the numbers into a few groups.");
    }

    private static long Rows(IReadOnlyCollection<LabelCount> classes) => classes.Sum(label => label.TrainRows + label.ValidationRows);

    private static double? Number(string label) =>
        double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
