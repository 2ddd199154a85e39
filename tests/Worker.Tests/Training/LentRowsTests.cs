using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Rows that a reader lends and rows that are read ahead are those that are copied tile by tile.</summary>
public sealed class LentRowsTests
{
    // More rows than a turn of 64 batches of 16 takes.
    private const int TrainRows = 2500;

    [Theory]
    [InlineData("linear")]
    [InlineData("softmax")]
    [InlineData("relu")]
    public void Run_RowsThatAreLentOrReadAhead_ChangeNoBit(string name)
    {
        var specs = Enumerable.Range(1, 5).Select(Jobs.Lane).ToArray();
        var plan = Jobs.Plan(Jobs.Models[name], 16, 2, specs);
        var path = KernelPaths.Supported()[0];
        var copied = Jobs.Run(plan, Rows(isLending: false), path, threads: 1);

        foreach (var (isLending, threads) in new[] { (true, 1), (true, 2), (false, 2) })
        {
            var run = Jobs.Run(plan, Rows(isLending), path, threads);
            Assert.All(specs, spec => Assert.Equal(copied.Transcript(spec.Trial), run.Transcript(spec.Trial)));
        }
    }

    private static ArrayRows Rows(bool isLending) => new(featureCount: 23, classCount: 5, TrainRows, validationRows: 41) { IsLending = isLending };
}
