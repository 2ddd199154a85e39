using CloudSweep.Core.Domain;

namespace CloudSweep.TestSupport.Store;

public abstract partial class SweepStoreContract
{
    private static readonly double OtherNaN = BitConverter.Int64BitsToDouble(unchecked((long)0xfff8_0000_dead_beef));

    [Fact]
    public async Task InsertMeasurement_New_ReturnsNullAndComesBack()
    {
        await AddSweepsAsync("a");

        var stored = await Store.WriteAsync(transaction => transaction.InsertMeasurement(StoreSamples.Id("a"), StoreSamples.Evaluation(1, 5_000_000_000)), None);

        Assert.Null(stored);
        Assert.Equal([StoreText.Of(StoreSamples.Evaluation(1, 5_000_000_000))], await MeasurementsAsync());
    }

    [Fact]
    public async Task InsertMeasurement_UnusualDoubles_ComeBackBitForBit()
    {
        double[] values = [double.NaN, OtherNaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon, double.MaxValue, 0.1 + 0.2];
        var measurements = values.SelectMany((value, index) => new Measurement[]
        {
            StoreSamples.Evaluation(1, index + 1, value),
            StoreSamples.LossWindow(1, index + 1, value),
            StoreSamples.Test(1, index + 1, value),
            StoreSamples.Rung(1, index + 1, value),
        }).ToArray();
        await AddSweepsAsync("a");

        await InsertAsync(measurements);

        Assert.Equal(StoreText.OfEach(measurements), await MeasurementsAsync());
    }

    [Fact]
    public async Task InsertMeasurement_SameAgain_ReturnsTheStoredOneAndChangesNothing()
    {
        await AddSweepsAsync("a");
        await InsertAsync(StoreSamples.Evaluation(1, 10, 0.5), StoreSamples.LossWindow(1, 10, 0.5));

        var evaluation = await Store.WriteAsync(transaction => transaction.InsertMeasurement(StoreSamples.Id("a"), StoreSamples.Evaluation(1, 10, 0.6)), None);
        var window = await Store.WriteAsync(transaction => transaction.InsertMeasurement(StoreSamples.Id("a"), StoreSamples.LossWindow(1, 10, 0.6)), None);

        Assert.Equal(StoreText.Of(StoreSamples.Evaluation(1, 10, 0.5)), StoreText.Of(evaluation!));
        Assert.Equal(StoreText.Of(StoreSamples.LossWindow(1, 10, 0.5)), StoreText.Of(window!));
        Assert.Equal(StoreText.OfEach<Measurement>([StoreSamples.Evaluation(1, 10, 0.5), StoreSamples.LossWindow(1, 10, 0.5)]), await MeasurementsAsync());
    }

    [Fact]
    public async Task InsertMeasurement_SameTwiceInOneTransaction_IsStoredOnce()
    {
        await AddSweepsAsync("a");

        await InsertAsync(StoreSamples.Evaluation(1, 10, 0.5), StoreSamples.Evaluation(1, 10, 0.6));

        Assert.Equal([StoreText.Of(StoreSamples.Evaluation(1, 10, 0.5))], await MeasurementsAsync());
    }

    [Fact]
    public async Task InsertMeasurement_EqualKeyInAnotherSweep_IsAnother()
    {
        await AddSweepsAsync("a", "b");
        await InsertAsync(StoreSamples.Evaluation(1, 10, 0.5));

        var stored = await Store.WriteAsync(transaction => transaction.InsertMeasurement(StoreSamples.Id("b"), StoreSamples.Evaluation(1, 10, 0.6)), None);

        Assert.Null(stored);
        Assert.Equal([StoreText.Of(StoreSamples.Evaluation(1, 10, 0.5))], await MeasurementsAsync());
    }

    [Fact]
    public async Task InsertMeasurement_UnknownSweep_IsRefused() =>
        await AssertRefusedAsync(transaction => transaction.InsertMeasurement(StoreSamples.Id("a"), StoreSamples.LossWindow(1, 1)));

    [Fact]
    public async Task ListMeasurements_InsertedInAnyOrder_AreByTrialTryStepAndKind()
    {
        Measurement[] ordered =
        [
            StoreSamples.Evaluation(1, 9),
            StoreSamples.LossWindow(1, 9),
            StoreSamples.LossWindow(1, 10),
            StoreSamples.Evaluation(1, 11),
            StoreSamples.LossWindow(1, 1, @try: 2),
            StoreSamples.Evaluation(2, 1),
            StoreSamples.Evaluation(10, 1),
        ];
        await AddSweepsAsync("a");

        await InsertAsync([.. ordered.Reverse()]);

        Assert.Equal(StoreText.OfEach(ordered), await MeasurementsAsync());
        Assert.Equal(StoreText.OfEach(ordered[..5]), StoreText.OfEach(await ReadAsync(view => view.ListMeasurementsOfTrial(StoreSamples.Id("a"), 1))));
        Assert.Empty(await ReadAsync(view => view.ListMeasurementsOfTrial(StoreSamples.Id("a"), 3)));
        Assert.Empty(await ReadAsync(view => view.ListMeasurements(StoreSamples.Id("b"))));
    }

    private Task InsertAsync(params Measurement[] measurements) => WriteAsync(transaction =>
    {
        foreach (var measurement in measurements)
        {
            transaction.InsertMeasurement(StoreSamples.Id("a"), measurement);
        }
    });

    private async Task<IReadOnlyList<string>> MeasurementsAsync() => StoreText.OfEach(await ReadAsync(view => view.ListMeasurements(StoreSamples.Id("a"))));
}
