using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Results;

/// <summary>What rates have in common that are compared with each other: every parameter but the rate and the repeat.</summary>
internal sealed record CombinationKey(string OptimizerJson, string ScheduleJson)
{
    public static CombinationKey Of(TrialParameters parameters) => new(parameters.OptimizerJson, parameters.ScheduleJson);

    public static CombinationKey Of(StableRange range) => new(range.OptimizerJson, range.ScheduleJson);
}
