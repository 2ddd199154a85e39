using CloudSweep.Core.Domain;
using CloudSweep.Core.Pruning;

namespace CloudSweep.Core.Tests.Pruning;

public sealed class HalvingRuleTests
{
    [Fact]
    public void Decide_AllAtOnce_KeepsTheBestQuarterAndBothNeighboursOfTheBest()
    {
        // The best are 1 to 4 by value; the best of all has rate 10, whose neighbours 9 and 11 are bad.
        double[] values = [9, 9, 9, 3, 9, 2, 9, 4, 9, 1, 9, 9, 9, 9, 9, 9];

        var rung = new Arrivals().Report(values.Select((value, index) => Arrivals.Candidate(index + 1, value)));

        Assert.Equal([4, 6, 8, 10], rung.With(RungOutcome.Ranked));
        Assert.Equal([9, 11], rung.With(RungOutcome.Neighbour));
        Assert.Equal(10, rung.With(RungOutcome.Pruned).Count());
        Assert.Equal((16, 1), (rung.Decisions[0].Ranked, rung.Decisions[0].Entries[0].Place));
    }

    [Fact]
    public void Decide_SeventeenOfEtaFour_RoundsUp() =>
        Assert.Equal(5, new Arrivals().Report(Enumerable.Range(1, 17).Select(trial => Arrivals.Candidate(trial, trial))).With(RungOutcome.Ranked).Count());

    [Fact]
    public void Decide_FewerThanThreeWouldGoOn_KeepsTheNextBest()
    {
        // 1 of 4 goes on, and the one neighbour of the lowest rate.
        var rung = new Arrivals().Report(Enumerable.Range(1, 4).Select(trial => Arrivals.Candidate(trial, trial)));

        Assert.Equal([1], rung.With(RungOutcome.Ranked));
        Assert.Equal([2], rung.With(RungOutcome.Neighbour));
        Assert.Equal([3], rung.With(RungOutcome.Floor));
        Assert.Equal([4], rung.With(RungOutcome.Pruned));
    }

    [Fact]
    public void Decide_FewerThanEta_AllGoOn() =>
        Assert.Equal([1, 2, 3], new Arrivals().Report(Arrivals.Candidate(1, 5), Arrivals.Candidate(2, double.NaN), Arrivals.Candidate(3, 1)).With(RungOutcome.Early));

    [Fact]
    public void Decide_NothingFinite_PrunesNothing() =>
        Assert.Equal([1, 2, 3, 4, 5], new Arrivals().Report(Enumerable.Range(1, 5).Select(trial => Arrivals.Candidate(trial, double.NaN))).With(RungOutcome.Early));

    [Fact]
    public void Decide_Ties_GoByTrialNumber()
    {
        var rung = new Arrivals().Report(Enumerable.Range(1, 40).Reverse().Select(trial => Arrivals.Candidate(trial, 0.5)));

        Assert.Equal(Enumerable.Range(1, 10), rung.With(RungOutcome.Ranked));
    }

    [Fact]
    public void Decide_DivergedBefore_CountsAsWorstAndIsNotPruned()
    {
        var rung = new Arrivals().Report([.. Enumerable.Range(1, 10).Select(trial => Arrivals.Candidate(trial, trial)), .. Enumerable.Range(11, 6).Select(trial => Arrivals.Candidate(trial, 0, hasDiverged: true))]);

        Assert.Equal([1, 2, 3, 4], rung.With(RungOutcome.Ranked));
        Assert.Equal(Enumerable.Range(11, 6), rung.With(RungOutcome.Diverged));
        Assert.Equal(Enumerable.Range(11, 6), rung.Entries.Where(entry => entry.Place > 10).Select(entry => entry.Trials[0]));
    }

    [Fact]
    public void Decide_LaterReports_AreRankedAmongAllSoFar()
    {
        var rung = new Arrivals()
            .Report(Enumerable.Range(1, 8).Select(trial => Arrivals.Candidate(trial, trial)))
            .Report(Arrivals.Candidate(20, 1.5), Arrivals.Candidate(30, 4));

        Assert.Equal([1, 2, 3, 20], rung.GoOn());
        Assert.Equal((10, 2), (rung.Decisions[1].Ranked, rung.Decisions[1].Entries[0].Place));
    }

    [Fact]
    public void Decide_Maximize_KeepsTheLargest() =>
        Assert.Equal([15, 16], new Arrivals(8, ObjectiveGoal.Maximize).Report(Enumerable.Range(1, 16).Select(trial => Arrivals.Candidate(trial, trial))).With(RungOutcome.Ranked));

    [Fact]
    public void Decide_PrunedWithinTheNoise_IsMarked()
    {
        // The last that goes on is 0.4 ± 0.03. 5 is behind by 0.04, within the noise of both; 6 is not.
        var values = new[] { 0.1, 0.2, 0.3, 0.4, 0.44, 0.46, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };

        var rung = new Arrivals().Report(values.Select((value, index) => Arrivals.Candidate(index + 1, value, 0.03)));

        Assert.Equal([5], rung.Entries.Where(entry => entry.IsClose).Select(entry => entry.Trials[0]));
    }
}
