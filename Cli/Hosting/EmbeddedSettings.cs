using System.Globalization;
using CloudSweep.Cli.Files;
using CloudSweep.Core.Planning.Packing;

namespace CloudSweep.Cli.Hosting;

/// <summary>How `run` sets up its Coordinator and Worker.</summary>
/// <param name="State">Where everything is kept.</param>
/// <param name="Data">What the Worker may read.</param>
/// <param name="Slots">Jobs at once.</param>
/// <param name="Threads">Training threads.</param>
internal sealed record EmbeddedSettings(StateDirectory State, DataPlaces Data, int Slots, int Threads)
{
    private WorkerSlots Packing { get; } = MachineSlots.Of(Slots, Threads);

    /// <param name="socket">Where the Coordinator listens.</param>
    /// <param name="sweep">The sweep that the Worker works for; empty for the Coordinator, which serves all.</param>
    public IEnumerable<KeyValuePair<string, string?>> ToConfiguration(string socket, string sweep) =>
    [
        new("Storage:Directory", State.Root),
        new("Leases:RequeueOnStart", "true"),
        new("Packing:ExpectedSlots", Packing.Count.ToString(CultureInfo.InvariantCulture)),
        new("Packing:ThreadsPerSlot", Packing.Threads.ToString(CultureInfo.InvariantCulture)),
        new("Packing:MemoryPerSlotBytes", Packing.MemoryBytes.ToString(CultureInfo.InvariantCulture)),
        new("Worker:Coordinator", $"unix:{socket}"),
        new("Worker:Sweep", sweep),
        new("Worker:Slots", Slots.ToString(CultureInfo.InvariantCulture)),
        new("Worker:Threads", Threads.ToString(CultureInfo.InvariantCulture)),
        new("Worker:QuietTime", "00:00:02"),
        new("Data:CacheDirectory", State.Cache),
        new("Data:MemoryBudgetBytes", Math.Min(JobMemory.RowBudgetBytes, Math.Max(MachineSlots.LeastBytes, Packing.MemoryBytes / 2)).ToString(CultureInfo.InvariantCulture)),
        .. Data.ToConfiguration(),
        new("Checkpoints:Location", State.Checkpoints),
        new("Checkpoints:Interval", "00:00:10"),
    ];
}
