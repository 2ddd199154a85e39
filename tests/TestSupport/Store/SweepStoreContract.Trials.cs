using CloudSweep.Core.Domain;

namespace CloudSweep.TestSupport.Store;

public abstract partial class SweepStoreContract
{
    public static TheoryData<string> Parameters => new(
        new[]
        {
            new TrialParameters(1e-5, new OptimizerSettings.Sgd(), new ScheduleSettings.Constant(), 0, 0, new ModelSpec.Softmax(), new TrainingSpec(1, 1, 0)),
            new TrialParameters(100, new OptimizerSettings.Sgd(), new ScheduleSettings.Constant(), 0, 0, new ModelSpec.Softmax(), new TrainingSpec(1, 1, 0)) { Ramp = new Ramp(1e-6, 400) },
            new TrialParameters(double.Epsilon, new OptimizerSettings.AdaGrad(1e-11), new ScheduleSettings.Cosine(1e-6), 1, 2, new ModelSpec.Mlp([1], Activation.Relu), new TrainingSpec(100_000, null, long.MinValue)),
            new TrialParameters(double.MaxValue, new OptimizerSettings.RmsProp(0.9, 1e-7), new ScheduleSettings.Step(2, 0.3), 3, 4, new ModelSpec.Mlp([3, 2, 1], Activation.Tanh), new TrainingSpec(2, 32, long.MaxValue)),
        }.Select(CanonicalJson.Write));

    [Fact]
    public async Task FindTrial_UnknownSweepOrNumber_IsNull()
    {
        await AddSweepsAsync("a");

        Assert.Null(await ReadAsync(view => view.FindTrial(StoreSamples.Id("a"), 1)));
        Assert.Null(await ReadAsync(view => view.FindTrial(StoreSamples.Id("b"), 1)));
        Assert.Empty(await ReadAsync(view => view.ListTrials(StoreSamples.Id("b"))));
        Assert.Empty(await ReadAsync(view => view.ListTrialsOfJob(StoreSamples.JobOf("b", 1))));
        Assert.Empty(await ReadAsync(view => view.CountTrials(StoreSamples.Id("b"))));
    }

    [Fact]
    public async Task InsertTrials_EveryField_ComesBack()
    {
        var trial = StoreSamples.FullTrial("a", 1);
        await AddSweepsAsync("a");

        await WriteAsync(transaction => transaction.InsertTrials(trial.Sweep, [trial]));

        Assert.Equal(trial, await ReadAsync(view => view.FindTrial(trial.Sweep, 1)));
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public async Task InsertTrials_AnyParameters_ComeBack(string parametersJson)
    {
        var trial = StoreSamples.Trial("a", 1) with { Parameters = CanonicalJson.Read<TrialParameters>(parametersJson) };
        await AddSweepsAsync("a");

        await WriteAsync(transaction => transaction.InsertTrials(trial.Sweep, [trial]));

        Assert.Equal(trial, await ReadAsync(view => view.FindTrial(trial.Sweep, 1)));
    }

    [Fact]
    public async Task ListTrials_InsertedInAnyOrder_AreByNumber()
    {
        await AddSweepsAsync("a", "b");
        await WriteAsync(transaction =>
        {
            transaction.InsertTrials(StoreSamples.Id("a"), [StoreSamples.Trial("a", 10, job: 1), StoreSamples.Trial("a", 2, job: 2)]);
            transaction.InsertTrials(StoreSamples.Id("a"), [StoreSamples.Trial("a", 1, job: 1)]);
            transaction.InsertTrials(StoreSamples.Id("b"), [StoreSamples.Trial("b", 3, job: 1)]);
        });

        Assert.Equal([1, 2, 10], await ReadAsync(view => view.ListTrials(StoreSamples.Id("a")).Select(trial => trial.Number).ToList()));
        Assert.Equal([1, 10], await ReadAsync(view => view.ListTrialsOfJob(StoreSamples.JobOf("a", 1)).Select(trial => trial.Number).ToList()));
    }

    [Fact]
    public async Task CountTrials_SeveralStates_OmitsTheAbsentOnes()
    {
        await AddSweepsAsync("a");
        await WriteAsync(transaction => transaction.InsertTrials(
            StoreSamples.Id("a"),
            [StoreSamples.Trial("a", 1, TrialState.Running), StoreSamples.Trial("a", 2, TrialState.Pruned), StoreSamples.Trial("a", 3, TrialState.Running)]));

        var counts = await ReadAsync(view => view.CountTrials(StoreSamples.Id("a")));

        Assert.Equal([(TrialState.Running, 2), (TrialState.Pruned, 1)], counts.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public async Task InsertTrials_NumberExists_IsRefused()
    {
        await AddSweepsAsync("a");
        await WriteAsync(transaction => transaction.InsertTrials(StoreSamples.Id("a"), [StoreSamples.Trial("a", 2)]));

        await AssertRefusedAsync(transaction => transaction.InsertTrials(StoreSamples.Id("a"), [StoreSamples.Trial("a", 1), StoreSamples.FullTrial("a", 2)]));
    }

    [Fact]
    public async Task InsertTrials_NumberTwice_IsRefused()
    {
        await AddSweepsAsync("a");

        await AssertRefusedAsync(transaction => transaction.InsertTrials(StoreSamples.Id("a"), [StoreSamples.Trial("a", 1), StoreSamples.FullTrial("a", 1)]));
    }

    [Fact]
    public async Task InsertTrials_UnknownSweep_IsRefused() =>
        await AssertRefusedAsync(transaction => transaction.InsertTrials(StoreSamples.Id("a"), [StoreSamples.Trial("a", 1)]));

    [Fact]
    public async Task UpdateTrial_ThereAndBack_StoresEveryChange()
    {
        await AddSweepsAsync("a");
        await WriteAsync(transaction => transaction.InsertTrials(StoreSamples.Id("a"), [StoreSamples.Trial("a", 1), StoreSamples.Trial("a", 2)]));

        await WriteAsync(transaction => transaction.UpdateTrial(StoreSamples.FullTrial("a", 1)));

        Assert.Equal([StoreSamples.FullTrial("a", 1), StoreSamples.Trial("a", 2)], await ReadAsync(view => view.ListTrials(StoreSamples.Id("a"))));

        await WriteAsync(transaction => transaction.UpdateTrial(StoreSamples.Trial("a", 1)));

        Assert.Equal(StoreSamples.Trial("a", 1), await ReadAsync(view => view.FindTrial(StoreSamples.Id("a"), 1)));
    }

    [Fact]
    public async Task UpdateTrial_Unknown_IsRefused()
    {
        await AddSweepsAsync("a");

        await AssertRefusedAsync(transaction => transaction.UpdateTrial(StoreSamples.Trial("a", 1)));
        await AssertRefusedAsync(transaction => transaction.UpdateTrial(StoreSamples.Trial("b", 1)));
    }
}
