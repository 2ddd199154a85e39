using CloudSweep.GoogleCloud.PubSub;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

public sealed class PubSubHealthCheckTests
{
    private readonly HurriedTime _time = new();
    private readonly PubSubState _state;

    public PubSubHealthCheckTests() => _state = new PubSubState(_time);

    [Fact]
    public async Task Check_FailuresAndRecovery_IsDegradedInBetween()
    {
        List<HealthStatus> seen = [await StatusAsync()];
        _state.Failed("away");
        seen.Add(await StatusAsync());
        _state.Failed("away");
        seen.Add(await StatusAsync());
        _state.Succeeded();
        seen.Add(await StatusAsync());

        Assert.Equal([HealthStatus.Healthy, HealthStatus.Degraded, HealthStatus.Degraded, HealthStatus.Healthy], seen);
    }

    [Fact]
    public async Task Check_AfterFailures_TellsLastSuccessCountAndError()
    {
        _state.Succeeded();
        _state.Failed("first");
        _state.Failed("second");

        var result = await CheckAsync();

        Assert.Equal("second", result.Description);
        Assert.Equal(2, result.Data["consecutiveFailures"]);
        Assert.Equal("2026-01-01T00:00:00.0000000+00:00", result.Data["lastSuccess"]);
        Assert.Equal(Targets.Subscription, result.Data["resource"]);
    }

    private async Task<HealthStatus> StatusAsync() => (await CheckAsync()).Status;

    private Task<HealthCheckResult> CheckAsync()
    {
        var check = new PubSubHealthCheck(Targets.Subscription, _state);
        var context = new HealthCheckContext { Registration = new HealthCheckRegistration("pubsub-subscription", check, HealthStatus.Degraded, tags: null) };
        return check.CheckHealthAsync(context, TestContext.Current.CancellationToken);
    }
}
