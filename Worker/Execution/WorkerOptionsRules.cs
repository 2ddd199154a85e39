using CloudSweep.Worker.Connection;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Execution;

internal sealed class WorkerOptionsRules : IValidateOptions<WorkerOptions>
{
    private const int MaxSlots = 64;
    private const int MaxThreads = 1024;

    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        List<string> failures = [.. ConnectionRules.MistakesIn(options.Connection).Select(mistake => $"{WorkerOptions.SectionName}:{mistake.Option} {mistake.Mistake}")];
        Check(failures, options.Slots is >= 1 and <= MaxSlots, nameof(options.Slots), options.Slots, $"must be 1 to {MaxSlots}");
        Check(failures, options.Threads is >= 1 and <= MaxThreads, nameof(options.Threads), options.Threads, $"must be 1 to {MaxThreads}");
        Check(failures, IsWithin(options.DrainTimeout, TimeSpan.FromSeconds(1)), nameof(options.DrainTimeout), options.DrainTimeout, "must be 1 s to 10 min");
        Check(failures, IsWithin(options.QuietTime, TimeSpan.FromMilliseconds(100)), nameof(options.QuietTime), options.QuietTime, "must be 100 ms to 10 min");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Check(List<string> failures, bool isMet, string setting, object value, string rule)
    {
        if (!isMet)
        {
            failures.Add($"{WorkerOptions.SectionName}:{setting} ({value}) {rule}.");
        }
    }

    private static bool IsWithin(TimeSpan time, TimeSpan least) => time >= least && time <= MaxTime;
}
