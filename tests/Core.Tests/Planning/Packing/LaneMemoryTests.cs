using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Packing;

namespace CloudSweep.Core.Tests.Planning.Packing;

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

    private static readonly DataShape Data = new(Features: 20, Classes: 10, TrainRows: 1000, ValidationRows: 100);

    [Fact]
    public void Bytes_EveryOptimizer_CountsItsState() =>
        Assert.All(Lanes, lane => Assert.Equal((21 + 9) * 16 * 4 * lane.Numbers, LaneMemory.Bytes(With(lane.Settings), Data, ScoreUse.Final)));

    [Fact]
    public void Bytes_BestAsScore_KeepsTheBestWeightsToo() => Assert.Equal((21 + 9) * 16 * 4 * 2, LaneMemory.Bytes(With(new OptimizerSettings.Sgd()), Data, ScoreUse.Best));

    [Fact]
    public void Bytes_BatchLongerThanATurn_KeepsItsGradients()
    {
        // 4 MiB are 52,428 rows of 20 features.
        var data = Data with { TrainRows = 100_000 };
        var all = With(new OptimizerSettings.Sgd()) with { Training = new TrainingSpec(1, null, 0) };

        Assert.Equal((21 + 9) * 16 * 4 * 2, LaneMemory.Bytes(all, data, ScoreUse.Final));
        Assert.Equal((21 + 9) * 16 * 4, LaneMemory.Bytes(all, Data, ScoreUse.Final));
    }

    [Fact]
    public void Bytes_TwoClasses_KeepsAScoreOfEveryValidationRow() =>
        Assert.Equal(((21 + 9) * 16 * 4) + (100 * 4), LaneMemory.Bytes(With(new OptimizerSettings.Sgd()), Data with { Classes = 2 }, ScoreUse.Final));

    [Fact]
    public void Bytes_ModelOfOneLayer_HasItsRowsInACrowdBesideItsOwnWeights() =>
        Assert.Equal((21 * 16 * 4) + ((32 + 16) * 10 * 4 * 2), LaneMemory.Bytes(With(new OptimizerSettings.Sgd()) with { Model = new ModelSpec.Softmax() }, Data, ScoreUse.Final));

    [Fact]
    public void PaddedParameters_Layers_AreWholeVectorsEach() =>
        Assert.Equal((21 * 48) + (41 * 16), LaneMemory.PaddedParameters(new ModelSpec.Mlp([40], Activation.Relu), 20, 10));

    private static TrialParameters With(OptimizerSettings optimizer) =>
        new(0.1, optimizer, new ScheduleSettings.Constant(), 0, 0, new ModelSpec.Mlp([8], Activation.Relu), new TrainingSpec(1, 32, 0));
}
