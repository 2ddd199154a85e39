using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Results;

/// <summary>One combination of the settings besides the rate, with its rates, ascending.</summary>
internal sealed record AnswerSection(string Title, IReadOnlyList<RateVerdict> Rates, StableRange? Range)
{
    /// <summary>The lowest number of its trials, which tells it from others.</summary>
    public int Number => Rates.Min(rate => rate.Trials[0]);

    public bool Has(int trial) => Rates.Any(rate => rate.Trials.Contains(trial));

    public static IReadOnlyList<AnswerSection> Of(Answer answer, SweepSpec spec) =>
        [.. answer.Verdicts
            .GroupBy(verdict => CombinationKey.Of(verdict.Parameters))
            .Select(group => new AnswerSection(
                Label.Combination(group.Key, spec.Varied),
                [.. group.OrderBy(verdict => verdict.Parameters.LearningRate)],
                answer.StableRanges.FirstOrDefault(range => CombinationKey.Of(range) == group.Key)))];
}
