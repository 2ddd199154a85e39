using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage;
using CloudSweep.GoogleCloud.Storage.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CloudSweep.GoogleCloud.Tests.Storage;

public sealed class AttemptsTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recover_AgainAndAgain_PausesLongerUpToTheLongest()
    {
        var attempts = Create(new CloudStorageOptions { MaxAttempts = 20 });
        double[] longest = [1, 2, 4, 8, 16, 32, 32];

        foreach (var seconds in longest)
        {
            var pause = attempts.RecoverAsync(new FailedRequestException("busy"), offset: null, hasProgressed: false, None);

            _time.Advance(TimeSpan.FromSeconds((seconds / 2) - 0.001));
            Assert.False(pause.IsCompleted);
            _time.Advance(TimeSpan.FromSeconds((seconds / 2) + 0.001));
            await pause;
        }
    }

    [Fact]
    public async Task Recover_ServiceAsksForTime_GivesIt()
    {
        var attempts = Create(new CloudStorageOptions());

        var pause = attempts.RecoverAsync(new FailedRequestException("busy") { RetryAfter = TimeSpan.FromSeconds(70) }, offset: null, hasProgressed: false, None);

        _time.Advance(TimeSpan.FromSeconds(69));
        Assert.False(pause.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await pause;
    }

    [Fact]
    public async Task Recover_WithProgress_CountsFromTheBeginning()
    {
        var attempts = Create(new CloudStorageOptions { MaxAttempts = 2 });

        for (var failure = 0; failure < 10; failure++)
        {
            var pause = attempts.RecoverAsync(new FailedRequestException("cut"), offset: failure, hasProgressed: true, None);
            _time.Advance(TimeSpan.FromSeconds(1));
            await pause;
        }

        await Assert.ThrowsAsync<StorageException>(() => attempts.RecoverAsync(new FailedRequestException("cut"), offset: 10, hasProgressed: false, None));
    }

    [Fact]
    public async Task Recover_Cancelled_StopsWaiting()
    {
        using var cancellation = new CancellationTokenSource();
        var pause = Create(new CloudStorageOptions()).RecoverAsync(new FailedRequestException("busy"), offset: null, hasProgressed: false, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pause);
    }

    private Attempts Create(CloudStorageOptions options) => new(StorageCall.Find("bucket", "a"), options, _time, new Random(1), NullLogger.Instance);
}
