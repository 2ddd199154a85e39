using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.TestSupport.Store;

public abstract partial class SweepStoreContract
{
    [Fact]
    public async Task TallyTrials_InsertedChangedAndRefused_IsWhatListTrialsSumsUpTo()
    {
        var ramp = StoreSamples.Trial("a", 4) with { Parameters = StoreSamples.Trial("a", 4).Parameters with { Ramp = new Ramp(1e-6, 400) } };
        await AddSweepsAsync("a", "b");
        await WriteAsync(transaction => transaction.InsertTrials(
            StoreSamples.Id("a"), [StoreSamples.Trial("a", 1), StoreSamples.Trial("a", 2), StoreSamples.FullTrial("a", 3), ramp]));
        await WriteAsync(transaction => transaction.InsertTrials(StoreSamples.Id("b"), [StoreSamples.Trial("b", 1)]));
        await WriteAsync(transaction =>
        {
            transaction.UpdateTrial(StoreSamples.Trial("a", 1, TrialState.Running) with { Step = 5 });
            transaction.UpdateTrial(StoreSamples.Trial("a", 1, TrialState.Running) with { Step = 7 });
            transaction.UpdateTrial(StoreSamples.Trial("a", 2, TrialState.Completed) with { Step = 9 });
        });
        await Assert.ThrowsAsync<ArithmeticException>(() => WriteAsync(transaction =>
        {
            transaction.UpdateTrial(StoreSamples.Trial("a", 1, TrialState.Failed) with { Step = 100 });
            throw new ArithmeticException();
        }));

        var tallies = await ReadAsync(view => view.TallyTrials(StoreSamples.Id("a")));

        var training = StoreSamples.Trial("a", 1).Parameters.Training;
        Assert.Equal(
            [
                new TrialTally(TrialState.Pending, training, 400, 1, 0),
                new TrialTally(TrialState.Running, training, null, 1, 7),
                new TrialTally(TrialState.Completed, training, null, 1, 9),
                new TrialTally(TrialState.Diverged, training, null, 1, 5_000_000_000),
            ],
            tallies.OrderBy(tally => tally.State));
        Assert.Empty(await ReadAsync(view => view.TallyTrials(StoreSamples.Id("c"))));
    }

    /// <summary>Sums that a store keeps with its rows must be those of the rows whatever was done to them, and whatever was taken back.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task TallyTrials_AfterAnyChanges_IsWhatListTrialsSumsUpTo(int seed)
    {
        const int Transactions = 60;
        var random = new Random(seed);
        var (id, states) = (StoreSamples.Id("a"), Enum.GetValues<TrialState>());
        await AddSweepsAsync("a");
        for (var number = 0; number < Transactions; number++)
        {
            var isTakenBack = random.Next(4) == 0;
            var work = WriteAsync(transaction =>
            {
                var trials = transaction.ListTrials(id).ToDictionary(trial => trial.Number);
                for (var change = random.Next(1, 5); change > 0; change--)
                {
                    Change(transaction, trials);
                }

                if (isTakenBack)
                {
                    throw new ArithmeticException();
                }
            });
            await (isTakenBack ? Assert.ThrowsAsync<ArithmeticException>(() => work) : work);

            var (rows, tallies) = await ReadAsync(view => (view.ListTrials(id), view.TallyTrials(id)));

            Assert.Equal(TalliesOf(rows), tallies.Order(TallyOrder));
        }

        void Change(IStoreTransaction transaction, Dictionary<int, TrialRecord> trials)
        {
            if (trials.Count == 0 || random.Next(4) == 0)
            {
                var plain = StoreSamples.Trial("a", trials.Count + 1, states[random.Next(states.Length)]);
                var trial = plain with
                {
                    Step = random.Next(100),
                    Parameters = plain.Parameters with { Training = new TrainingSpec(random.Next(1, 3), 8, 1), Ramp = random.Next(3) == 0 ? new Ramp(1e-6, random.Next(2, 4)) : null },
                };
                transaction.InsertTrials(id, [trial]);
                trials.Add(trial.Number, trial);
                return;
            }

            var changed = trials[random.Next(1, trials.Count + 1)];
            if (random.Next(3) == 0)
            {
                changed = changed with { Job = random.Next(1, 4) };
                transaction.AssignTrials(StoreSamples.JobOf("a", changed.Job), [changed.Number]);
            }
            else
            {
                changed = changed with { State = states[random.Next(states.Length)], Step = random.Next(100) };
                transaction.UpdateTrial(changed);
            }

            trials[changed.Number] = changed;
        }
    }

    [Fact]
    public async Task FindBestTrial_EitherGoal_IsTheFirstOfTheBestThatMayStillWin()
    {
        await AddSweepsAsync("a", "b");
        await WriteAsync(transaction => transaction.InsertTrials(
            StoreSamples.Id("a"),
            [
                Scored(1, TrialState.Completed, 0.5),
                Scored(2, TrialState.Running, 0.2),
                Scored(3, TrialState.Completed, 0.2),
                Scored(4, TrialState.Pruned, 0.1),
                Scored(5, TrialState.Pending, 0.5),
                Scored(6, TrialState.Diverged, 0.9),
                StoreSamples.Trial("a", 7, TrialState.Running),
            ]));

        Assert.Equal(2, (await ReadAsync(view => view.FindBestTrial(StoreSamples.Id("a"), ObjectiveGoal.Minimize)))?.Number);
        Assert.Equal(1, (await ReadAsync(view => view.FindBestTrial(StoreSamples.Id("a"), ObjectiveGoal.Maximize)))?.Number);
        Assert.Null(await ReadAsync(view => view.FindBestTrial(StoreSamples.Id("b"), ObjectiveGoal.Minimize)));

        static TrialRecord Scored(int number, TrialState state, double score) => StoreSamples.Trial("a", number, state) with { Score = score, ScoreStep = 1 };
    }

    [Fact]
    public async Task HasOpenTrials_UntilTheLastIsFinal_IsTrue()
    {
        await AddSweepsAsync("a");
        await WriteAsync(transaction => transaction.InsertTrials(
            StoreSamples.Id("a"), [StoreSamples.Trial("a", 1, TrialState.Running, job: 1), StoreSamples.Trial("a", 2, TrialState.Pruned, job: 1), StoreSamples.Trial("a", 3, job: 2)]));
        Assert.True(await ReadAsync(view => view.HasOpenTrials(StoreSamples.JobOf("a", 1))));

        await WriteAsync(transaction => transaction.UpdateTrial(StoreSamples.Trial("a", 1, TrialState.Completed, job: 1)));

        Assert.False(await ReadAsync(view => view.HasOpenTrials(StoreSamples.JobOf("a", 1))));
        Assert.True(await ReadAsync(view => view.HasOpenTrials(StoreSamples.JobOf("a", 2))));
    }

    [Fact]
    public async Task AssignTrials_SomeOfMany_ChangesTheirJobOnly()
    {
        await AddSweepsAsync("a");
        await WriteAsync(transaction => transaction.InsertTrials(StoreSamples.Id("a"), [StoreSamples.FullTrial("a", 1), StoreSamples.Trial("a", 2), StoreSamples.Trial("a", 3)]));

        await WriteAsync(transaction => transaction.AssignTrials(StoreSamples.JobOf("a", 5), [1, 3]));

        Assert.Equal(
            [StoreSamples.FullTrial("a", 1) with { Job = 5 }, StoreSamples.Trial("a", 2), StoreSamples.Trial("a", 3, job: 5)],
            await ReadAsync(view => view.ListTrials(StoreSamples.Id("a"))));
        await AssertRefusedAsync(transaction => transaction.AssignTrials(StoreSamples.JobOf("a", 5), [2, 4]));
    }

    [Fact]
    public async Task SumAttempts_PutAndPutAgain_CountsTheLatestOfEach()
    {
        await AddSweepsAsync("a", "b");
        await WriteAsync(transaction =>
        {
            transaction.PutAttempt(StoreSamples.Attempt("a", 1, 1, laneRows: 4));
            transaction.PutAttempt(StoreSamples.Attempt("a", 1, 1, laneRows: 6));
            transaction.PutAttempt(StoreSamples.Attempt("a", 1, 2, laneRows: 10));
            transaction.PutAttempt(StoreSamples.Attempt("b", 1, 1, laneRows: 100));
        });

        Assert.Equal(new AttemptTotals(2, 4, 10_000_000_000, 16), await ReadAsync(view => view.SumAttempts(StoreSamples.Id("a"))));
        Assert.Equal(new AttemptTotals(0, 0, 0, 0), await ReadAsync(view => view.SumAttempts(StoreSamples.Id("c"))));
    }

    [Fact]
    public async Task TouchSweep_Twice_RaisesTheRevisionOnly()
    {
        await AddSweepsAsync("a");
        var before = await ReadAsync(view => view.FindSweep(StoreSamples.Id("a")));

        await WriteAsync(transaction => transaction.TouchSweep(StoreSamples.Id("a")));
        await WriteAsync(transaction => transaction.TouchSweep(StoreSamples.Id("a")));

        Assert.Equal(before! with { Revision = before.Revision + 2 }, await ReadAsync(view => view.FindSweep(StoreSamples.Id("a"))));
        await AssertRefusedAsync(transaction => transaction.TouchSweep(StoreSamples.Id("c")));
    }

    private static Comparer<TrialTally> TallyOrder { get; } = Comparer<TrialTally>.Create((left, right) => KeyOf(left).CompareTo(KeyOf(right)));

    private static (TrialState State, int Epochs, int RampSteps) KeyOf(TrialTally tally) => (tally.State, tally.Training.Epochs, tally.RampSteps ?? 0);

    private static IEnumerable<TrialTally> TalliesOf(IEnumerable<TrialRecord> trials) => trials
        .GroupBy(trial => (trial.State, trial.Parameters.Training, RampSteps: trial.Parameters.Ramp?.Steps))
        .Select(group => new TrialTally(group.Key.State, group.Key.Training, group.Key.RampSteps, group.Count(), group.Sum(trial => trial.Step)))
        .Order(TallyOrder);
}
