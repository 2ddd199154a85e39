using System.Globalization;
using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Output;

/// <summary>What range tests found, in words.</summary>
internal static class RangeText
{
    /// <summary>Only the range test of this sweep was asked for.</summary>
    public static bool IsRangeTestOnly(SweepSpec spec) =>
        spec.Optimizers.All(choice => (choice.LearningRate ?? spec.LearningRate) is LearningRateGrid.Auto { Count: 0 });

    /// <summary><c>sgd: 0.00031 to 0.82 (the loss falls from 0.0062 on and blows up at 0.41)</c>.</summary>
    public static string Of(RangeProposal range, SweepSpec spec) => $"{Label.Combination(range.Parameters, spec.Varied)}: {Finding(range, spec)}";

    /// <summary>As <see cref="Of"/>, without the combination.</summary>
    public static string Finding(RangeProposal range, SweepSpec spec) => range.State switch
    {
        RangeState.Proposed => $"{Label.Rate(range.Low)} to {Label.Rate(range.High)} ({range.LowEvidence} and {range.HighEvidence})",
        RangeState.CannotTell => $"can't tell: {range.Reason}{(IsRangeTestOnly(spec) ? "" : $". Full trials have the rates of the ramp, {Label.Rate(range.Low)} to {Label.Rate(range.High)}")}",
        RangeState.Missing => $"can't tell: {range.Reason}, so no rates follow; 'retry' tries ramps that failed again, --fresh starts over",
        _ => "its ramps are not done yet",
    };

    /// <summary>In short, for a line of progress: <c>sgd 0.00031 to 0.82, blows up at 0.41</c>.</summary>
    public static string Short(RangeProposal range)
    {
        var combination = Label.Combination(range.Parameters, []);
        return range.State == RangeState.Proposed
            ? $"{combination} {Label.Rate(range.Low)} to {Label.Rate(range.High)}, {range.HighEvidence}"
            : $"{combination} can't tell because {range.Reason}";
    }

    /// <summary>Whether there is something to say.</summary>
    public static bool IsKnown(RangeProposal range) => range.State is RangeState.Proposed or RangeState.CannotTell or RangeState.Missing;

    /// <summary>How many ramps were made: <c>3 ramps</c>.</summary>
    public static string Ramps(RangeProposal range) => string.Create(CultureInfo.InvariantCulture, $"{range.Ramps.Count} {(range.Ramps.Count == 1 ? "ramp" : "ramps")}");
}
