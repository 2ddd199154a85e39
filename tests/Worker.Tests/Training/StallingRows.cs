using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Rows of which some turns come, and then no more for as long as one waits.</summary>
/// <param name="rows">What they are.</param>
/// <param name="turns">Calls of <see cref="IRowReader.Next"/> for training rows that are answered, over all epochs.</param>
internal sealed class StallingRows(ITrainingRows rows, int turns) : ITrainingRows
{
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _turnsLeft = turns;

    /// <summary>Ends when somebody waits.</summary>
    public Task Stalled => _stalled.Task;

    public int FeatureCount => rows.FeatureCount;

    public int ClassCount => rows.ClassCount;

    public double TargetDeviation => rows.TargetDeviation;

    public long TrainRows => rows.TrainRows;

    public long ValidationRows => rows.ValidationRows;

    public long TestRows => rows.TestRows;

    public IRowReader OpenEpoch(int epoch, long firstRow) => new Reader(this, rows.OpenEpoch(epoch, firstRow));

    public IRowReader OpenValidation() => rows.OpenValidation();

    public IRowReader OpenTest() => rows.OpenTest();

    private sealed class Reader(StallingRows owner, IRowReader reader) : IRowReader
    {
        public RowTile? Next(int most, CancellationToken cancellationToken)
        {
            if (owner._turnsLeft-- > 0)
            {
                return reader.Next(most, cancellationToken);
            }

            owner._stalled.TrySetResult();
            cancellationToken.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancellationToken);
        }

        public void Prepare(int most) => reader.Prepare(most);

        public void Dispose() => reader.Dispose();
    }
}
