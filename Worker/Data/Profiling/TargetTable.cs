using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;

namespace CloudSweep.Worker.Data.Profiling;

/// <summary>Statistics and a uniform sample of a shard's labels where they are numbers.</summary>
internal sealed class TargetTable(RowSplit split)
{
    private readonly RunningStatistics _train = new(1);
    private readonly RunningStatistics _validation = new(1);

    // Holds the smallest priorities; the largest of them is the first to go.
    private readonly PriorityQueue<SampledLabel, ulong> _sample = new(Comparer<ulong>.Create((left, right) => right.CompareTo(left)));

    public void Add(double label, long row, bool isHeldOut)
    {
        (isHeldOut ? _validation : _train).Add([label]);
        if (isHeldOut)
        {
            return;
        }

        var priority = split.SamplePriority(row);
        if (_sample.Count < TargetMerger.MaxSample)
        {
            _sample.Enqueue(new SampledLabel(priority, label), priority);
        }
        else
        {
            _sample.EnqueueDequeue(new SampledLabel(priority, label), priority);
        }
    }

    public ShardTarget ToTarget() => new(
        _train.Of(0),
        _validation.Of(0),
        [.. _sample.UnorderedItems.Select(item => item.Element).OrderBy(label => label.Priority)]);
}
