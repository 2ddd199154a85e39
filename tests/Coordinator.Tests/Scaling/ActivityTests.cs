using CloudSweep.Coordinator.Tests.Lifecycle;
using CloudSweep.Protos.Keda;
using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Coordinator.Tests.Scaling;

/// <summary>What is pushed to KEDA.</summary>
public abstract class ActivityTests(StoreChoice store) : LifecycleTests(store)
{
    [Fact]
    public async Task Stream_SweepsLife_TellsWhatIsThenEveryChange()
    {
        using var stream = Watch();
        Assert.False(await NextAsync(stream));

        var sweep = await SubmitAsync();
        Assert.True(await NextAsync(stream));

        await Worker.FinishEverythingAsync();
        await AssertCompletedAsync(sweep);
        Assert.False(await NextAsync(stream));
    }

    [Fact]
    public async Task Stream_OpenedLater_BeginsWithWhatIs()
    {
        await SubmitAsync();
        using var stream = Watch();

        Assert.True(await NextAsync(stream));
    }

    [Fact]
    public async Task Stream_TimeMakesAJobEligible_TellsIt()
    {
        await SubmitAsync();
        using var stream = Watch();
        Assert.True(await NextAsync(stream));
        var grant = await Worker.AcquireOrFailAsync();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await Worker.FinishAsync(grant, new AttemptFailure { Message = "the disk is full" });
            await Host.AdvanceUntilAsync(async () => await Worker.AcquireAsync() is { } again && (grant = again) is not null);
        }

        await Worker.FinishAsync(grant, new AttemptFailure { Message = "the disk is full" });

        Assert.False(await NextAsync(stream));
        Assert.True(await NextAsync(stream));
    }

    [Fact]
    public async Task Stream_CoordinatorStops_EndsWithoutAnError()
    {
        using var stream = Watch();
        Assert.False(await NextAsync(stream));
        var next = stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken);

        Host.RequestStop();

        Assert.False(await next);
        Assert.Equal(StatusCode.OK, stream.GetStatus().StatusCode);
    }

    private AsyncServerStreamingCall<IsActiveResponse> Watch() => Host.Scaler.StreamIsActive(new ScaledObjectRef(), cancellationToken: TestContext.Current.CancellationToken);

    private async Task<bool> NextAsync(AsyncServerStreamingCall<IsActiveResponse> stream)
    {
        var reading = stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
        await Host.AdvanceUntilAsync(async () =>
        {
            await Task.Yield();
            return reading.IsCompleted;
        });
        Assert.True(await reading, "The stream ended.");
        return stream.ResponseStream.Current.Result;
    }
}

public sealed class MemoryActivityTests() : ActivityTests(StoreChoice.Memory);

public sealed class SqliteActivityTests() : ActivityTests(StoreChoice.Sqlite);
