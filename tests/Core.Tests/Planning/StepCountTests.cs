using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CsCheck;

namespace CloudSweep.Core.Tests.Planning;

public sealed class StepCountTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    [InlineData(8, 2)]
    [InlineData(9, 3)]
    [InlineData(12, 3)]
    [InlineData(13, 4)]
    [InlineData(18, 6)]
    [InlineData(1000, 6)]
    public void At_TwoEpochsOfNineRowsInFours_CountsWholeSteps(long position, long steps) =>
        Assert.Equal(steps, StepCount.Of(new TrainingSpec(2, 4, 0), 9).At(position));

    [Fact]
    public void Of_AllRows_IsAStepAnEpoch() => Assert.Equal((1, 7, 3), Of(new TrainingSpec(7, null, 0), 100, 399));

    [Fact]
    public void At_AnyPosition_IsTheStepsThatATrainerDoes() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 12], Gen.Long[1, 30], Gen.Long[0, 130]).Sample((epochs, batchSize, rows, position) =>
        {
            var done = 0L;
            for (var read = 1L; read <= Math.Min(position, epochs * rows); read++)
            {
                var row = ((read - 1) % rows) + 1;
                done += row % batchSize == 0 || row == rows ? 1 : 0;
            }

            Assert.Equal(done, StepCount.Of(new TrainingSpec(epochs, batchSize, 0), rows).At(position));
        });

    private static (long PerEpoch, long Total, long At) Of(TrainingSpec training, long rows, long position)
    {
        var steps = StepCount.Of(training, rows);
        return (steps.PerEpoch, steps.Total, steps.At(position));
    }
}
