using System.Globalization;
using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Results;

/// <summary>Short names for people.</summary>
internal static class Label
{
    /// <summary>
    /// Optimizer, with its constants where they are not the usual ones, schedule, where it is not constant, and what else varies:
    /// <c>adam(beta2=0.99) cosine batchSize=128</c>.
    /// </summary>
    public static string Combination(TrialSettings settings, IReadOnlyList<string> varied)
    {
        var optimizer = Optimizer(CanonicalJson.Read<OptimizerSettings>(settings.Optimizer));
        var schedule = Schedule(CanonicalJson.Read<ScheduleSettings>(settings.Schedule));
        var others = varied
            .Where(path => !path.StartsWith("optimizer.", StringComparison.Ordinal))
            .Select(path => $"{path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..]}={settings.TextOf(path)}");
        return string.Join(' ', [optimizer, .. schedule.Length == 0 ? Array.Empty<string>() : [schedule], .. others]);
    }

    /// <summary>Three significant digits: <c>0.00215</c>, <c>1e-06</c>.</summary>
    public static string Rate(double rate) => rate.ToString("G3", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    public static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("G4", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    /// <summary>A clause as a sentence: <c>Middle of 5 tied rates.</c></summary>
    public static string Sentence(string clause) => clause.Length == 0 ? clause : $"{char.ToUpperInvariant(clause[0])}{clause[1..]}.";

    /// <summary>Kind, with the constants that are not the usual ones.</summary>
    public static string Optimizer(OptimizerSettings optimizer) => optimizer switch
    {
        OptimizerSettings.AdaGrad(var epsilon) => Constants(optimizer, [("epsilon", epsilon, new OptimizerSettings.AdaGrad().Epsilon)]),
        OptimizerSettings.RmsProp(var alpha, var epsilon) => Constants(optimizer,
            [("alpha", alpha, new OptimizerSettings.RmsProp().Alpha), ("epsilon", epsilon, new OptimizerSettings.RmsProp().Epsilon)]),
        OptimizerSettings.Adam(var beta1, var beta2, var epsilon) => Constants(optimizer,
            [("beta1", beta1, new OptimizerSettings.Adam().Beta1), ("beta2", beta2, new OptimizerSettings.Adam().Beta2), ("epsilon", epsilon, new OptimizerSettings.Adam().Epsilon)]),
        _ => optimizer.Kind,
    };

    private static string Constants(OptimizerSettings optimizer, (string Name, double Value, double Usual)[] constants)
    {
        var unusual = constants.Where(constant => constant.Value != constant.Usual).Select(constant => $"{constant.Name}={Number(constant.Value)}").ToArray();
        return unusual.Length == 0 ? optimizer.Kind : $"{optimizer.Kind}({string.Join(", ", unusual)})";
    }

    private static string Schedule(ScheduleSettings schedule) => schedule switch
    {
        ScheduleSettings.Constant => "",
        ScheduleSettings.Step(var everyEpochs, var gamma) => string.Create(CultureInfo.InvariantCulture, $"step({everyEpochs}, {Number(gamma)})"),
        ScheduleSettings.Cosine(0) => "cosine",
        ScheduleSettings.Cosine(var minimum) => $"cosine(to {Number(minimum)})",
        _ => schedule.Kind,
    };
}
