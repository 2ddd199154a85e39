using CloudSweep.Core.Domain;
using CloudSweep.Protos.Keda;
using Grpc.Core;

namespace CloudSweep.Coordinator.Scaling;

/// <summary>What KEDA asks to scale Workers: whether there is work, how much, and how much of it a replica is for.</summary>
internal sealed class ExternalScalerService(DemandReader demand, ActivityWatch watch) : ExternalScaler.ExternalScalerBase
{
    public const string MetricName = "cloudsweep-jobs";

    public override async Task<IsActiveResponse> IsActive(ScaledObjectRef request, ServerCallContext context)
    {
        Require(request);
        return new IsActiveResponse { Result = (await demand.ReadAsync(context.CancellationToken)).IsActive };
    }

    public override async Task StreamIsActive(ScaledObjectRef request, IServerStreamWriter<IsActiveResponse> responseStream, ServerCallContext context)
    {
        Require(request);
        await foreach (var isActive in watch.FollowAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(new IsActiveResponse { Result = isActive }, context.CancellationToken);
        }
    }

    public override Task<GetMetricSpecResponse> GetMetricSpec(ScaledObjectRef request, ServerCallContext context)
    {
        var slots = Require(request);
        return Task.FromResult(new GetMetricSpecResponse { MetricSpecs = { new MetricSpec { MetricName = MetricName, TargetSize = slots, TargetSizeFloat = slots } } });
    }

    public override async Task<GetMetricsResponse> GetMetrics(GetMetricsRequest request, ServerCallContext context)
    {
        Require(request.ScaledObjectRef);
        if (request.MetricName != MetricName)
        {
            throw new InvalidSweepException([new SpecViolation("metricName", $"'{request.MetricName}' is not measured here; ask for '{MetricName}', which GetMetricSpec names.")]);
        }

        var jobs = (await demand.ReadAsync(context.CancellationToken)).Jobs;
        return new GetMetricsResponse { MetricValues = { new MetricValue { MetricName = MetricName, MetricValue_ = jobs, MetricValueFloat = jobs } } };
    }

    /// <summary>Every call tells a mistake in the trigger, so that it is seen whichever KEDA makes first.</summary>
    private static int Require(ScaledObjectRef? trigger) => ScalerMetadata.SlotsPerWorker((trigger ?? new ScaledObjectRef()).ScalerMetadata);
}
