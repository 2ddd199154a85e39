using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;

namespace CloudSweep.Core.Tests.Planning;

/// <summary>Bytes of a lane: 4 for each weight, and for each number that the optimizer keeps beside it.</summary>
public sealed class LaneMemoryTests
{
    private static readonly (OptimizerSettings Settings, int Numbers)[] Lanes =
    [
        (new OptimizerSettings.Sgd(), 1),
        (new OptimizerSettings.HeavyBall(), 2),
        (new OptimizerSettings.Nesterov(), 2),
        (new OptimizerSettings.AdaGrad(), 2),
        (new OptimizerSettings.RmsProp(), 2),
        (new OptimizerSettings.RmsProp(Centered: true), 3),
        (new OptimizerSettings.RmsProp(Momentum: 0.9), 3),
        (new OptimizerSettings.RmsProp(Momentum: 0.9, Centered: true), 4),
        (new OptimizerSettings.Adam(), 3),
        (new OptimizerSettings.Adam(Amsgrad: true), 4),
        (new OptimizerSettings.AdamW(), 3),
        (new OptimizerSettings.AdamW(Amsgrad: true), 4),
    ];

    [Fact]
    public void Bytes_EveryOptimizer_CountsItsState() =>
        Assert.All(Lanes, lane => Assert.Equal(1000 * 4 * lane.Numbers, LaneMemory.Bytes(1000, lane.Settings)));
}
