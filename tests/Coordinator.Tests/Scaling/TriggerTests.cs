using CloudSweep.Coordinator.Tests.Lifecycle;
using CloudSweep.Protos.Keda;
using Google.Rpc;
using Grpc.Core;

namespace CloudSweep.Coordinator.Tests.Scaling;

/// <summary>What a trigger may say, and what it is told when it says something else.</summary>
public sealed class TriggerTests() : LifecycleTests(StoreChoice.Memory)
{
    [Theory]
    [InlineData(null, 1)]
    [InlineData("1", 1)]
    [InlineData("4", 4)]
    [InlineData("64", 64)]
    public async Task GetMetricSpec_SlotsPerWorker_IsTheTarget(string? slots, int target)
    {
        var spec = Assert.Single((await Host.Scaler.GetMetricSpecAsync(Trigger(slots), cancellationToken: TestContext.Current.CancellationToken)).MetricSpecs);

        Assert.Equal(("cloudsweep-jobs", target, target), (spec.MetricName, spec.TargetSize, spec.TargetSizeFloat));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("-1")]
    [InlineData("two")]
    [InlineData("1.5")]
    [InlineData("")]
    [InlineData(" 1")]
    public async Task EveryMethod_SlotsThatBreakTheRule_TellsValueRuleAndWayOut(string slots)
    {
        foreach (var violation in await ViolationsAsync(Trigger(slots)))
        {
            Assert.Equal("scalerMetadata.slotsPerWorker", violation.Field);
            Assert.StartsWith($"'{slots}' must be a whole number from 1 to 64", violation.Description, StringComparison.Ordinal);
            Assert.EndsWith("Leave it out where that is 1.", violation.Description, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("slotsperworker")]
    [InlineData("slotPerWorkers")]
    [InlineData("slotsPerWorkerFromEnv")]
    public async Task EveryMethod_MistypedKey_TellsTheKeyThatIsMeant(string key)
    {
        var trigger = Trigger(null);
        trigger.ScalerMetadata[key] = "4";

        foreach (var violation in await ViolationsAsync(trigger))
        {
            Assert.Equal(($"scalerMetadata.{key}", $"'{key}' is no key of this scaler. Did you mean 'slotsPerWorker'?"), (violation.Field, violation.Description));
        }
    }

    [Theory]
    [InlineData("s0-cloudsweep-jobs")]
    [InlineData("queue-length")]
    [InlineData("")]
    public async Task GetMetrics_OfAnotherName_TellsTheOneThereIs(string name)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await Host.Scaler.GetMetricsAsync(
            new GetMetricsRequest { ScaledObjectRef = Trigger("1"), MetricName = name }, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        Assert.Contains($"'{name}' is not measured here; ask for 'cloudsweep-jobs'", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetMetrics_WithoutATrigger_TakesOneSlot() =>
        Assert.Single((await Host.Scaler.GetMetricsAsync(new GetMetricsRequest { MetricName = "cloudsweep-jobs" }, cancellationToken: TestContext.Current.CancellationToken)).MetricValues);

    /// <summary>As KEDA sends it, with its own keys.</summary>
    private static ScaledObjectRef Trigger(string? slots)
    {
        var trigger = new ScaledObjectRef
        {
            Name = "worker",
            Namespace = "cloudsweep",
            ScalerMetadata = { ["scalerAddress"] = "coordinator.cloudsweep:5444", ["enableTLS"] = "true", ["unsafeSsl"] = "false" },
        };
        if (slots is not null)
        {
            trigger.ScalerMetadata["slotsPerWorker"] = slots;
        }

        return trigger;
    }

    /// <summary>What each method says of a trigger.</summary>
    private async Task<IReadOnlyList<BadRequest.Types.FieldViolation>> ViolationsAsync(ScaledObjectRef trigger)
    {
        var token = TestContext.Current.CancellationToken;
        using var stream = Host.Scaler.StreamIsActive(trigger, cancellationToken: token);
        Func<Task>[] calls =
        [
            async () => await Host.Scaler.IsActiveAsync(trigger, cancellationToken: token),
            async () => await stream.ResponseStream.MoveNext(token),
            async () => await Host.Scaler.GetMetricSpecAsync(trigger, cancellationToken: token),
            async () => await Host.Scaler.GetMetricsAsync(new GetMetricsRequest { ScaledObjectRef = trigger, MetricName = "cloudsweep-jobs" }, cancellationToken: token),
        ];
        var violations = new List<BadRequest.Types.FieldViolation>();
        foreach (var call in calls)
        {
            var exception = await Assert.ThrowsAsync<RpcException>(call);
            Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
            violations.Add(Assert.Single(exception.GetRpcStatus()!.GetDetail<BadRequest>().FieldViolations));
        }

        return violations;
    }
}
