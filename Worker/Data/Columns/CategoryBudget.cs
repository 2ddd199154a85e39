using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Columns;

/// <summary>Bounds the categories of all columns of a shard together.</summary>
internal sealed class CategoryBudget
{
    private int _left = CategoryLimits.Together;

    public bool TryTake() => _left > 0 && _left-- > 0;
}
