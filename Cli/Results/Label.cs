using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudSweep.Core.Domain;
using TrialParameters = CloudSweep.Protos.V1.TrialParameters;

namespace CloudSweep.Cli.Results;

/// <summary>Short names for people.</summary>
internal static class Label
{
    /// <summary>
    /// Optimizer, with its constants where they are not the usual ones, schedule, where it is not constant, and what else varies:
    /// <c>adam(beta2=0.99) cosine batchSize=128</c>.
    /// </summary>
    public static string Combination(CombinationKey combination, IReadOnlyList<string> varied)
    {
        var optimizer = Optimizer(CanonicalJson.Read<OptimizerSettings>(combination.Optimizer));
        var schedule = Schedule(CanonicalJson.Read<ScheduleSettings>(combination.Schedule));
        var others = varied
            .Where(path => !path.StartsWith("optimizer.", StringComparison.Ordinal))
            .Select(path => $"{path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..]}={combination.TextOf(path)}");
        return string.Join(' ', [optimizer, .. schedule.Length == 0 ? Array.Empty<string>() : [schedule], .. others]);
    }

    public static string Combination(TrialParameters parameters, IReadOnlyList<string> varied) => Combination(CombinationKey.Of(parameters), varied);

    /// <summary>Three significant digits: <c>0.00215</c>, <c>1e-06</c>.</summary>
    public static string Rate(double rate) => rate.ToString("G3", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    public static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("G4", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    /// <summary>An error in two significant digits.</summary>
    public static string Error(double error) => double.IsNaN(error) ? "-" : error.ToString("G2", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    /// <summary>A clause as a sentence: <c>Middle of 5 tied rates.</c></summary>
    public static string Sentence(string clause) => clause.Length == 0 ? clause : $"{char.ToUpperInvariant(clause[0])}{clause[1..]}.";

    /// <summary>Kind, with the constants that are not the usual ones.</summary>
    public static string Optimizer(OptimizerSettings optimizer) => Constants(optimizer.Kind, CanonicalJson.Write(optimizer), CanonicalJson.Write(optimizer.Usual()));

    private static string Schedule(ScheduleSettings schedule) => schedule switch
    {
        ScheduleSettings.Constant => "",
        ScheduleSettings.Step(var everyEpochs, var gamma) => string.Create(CultureInfo.InvariantCulture, $"step({everyEpochs}, {Number(gamma)})"),
        ScheduleSettings.Exponential(var gamma) => $"exponential({Number(gamma)})",
        ScheduleSettings.Polynomial => Constants(schedule, new ScheduleSettings.Polynomial()),
        ScheduleSettings.Cosine(0) => "cosine",
        ScheduleSettings.Cosine(var minimum) => $"cosine(to {Number(minimum)})",
        ScheduleSettings.WarmupCosine => Constants(schedule, new ScheduleSettings.WarmupCosine()),
        ScheduleSettings.OneCycle => Constants(schedule, new ScheduleSettings.OneCycle()),
        _ => schedule.Kind,
    };

    private static string Constants(ScheduleSettings schedule, ScheduleSettings usual) => Constants(schedule.Kind, CanonicalJson.Write(schedule), CanonicalJson.Write(usual));

    // The kind, and those members of its document that differ from the usual one's.
    private static string Constants(string kind, string document, string usual)
    {
        var usualConstants = JsonNode.Parse(usual)!.AsObject();
        var unusual = JsonNode.Parse(document)!.AsObject()
            .Where(constant => !JsonNode.DeepEquals(constant.Value, usualConstants[constant.Key]))
            .Select(constant => constant.Value!.GetValueKind() == JsonValueKind.Number ? $"{constant.Key}={Number(constant.Value.GetValue<double>())}" : constant.Key)
            .ToArray();
        return unusual.Length == 0 ? kind : $"{kind}({string.Join(", ", unusual)})";
    }
}
