using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using Google.Cloud.PubSub.V1;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>Publishes notifications to a topic. On an emulator, which forgets it at every restart, it creates the topic when it is missing.</summary>
internal sealed partial class PubSubJobPublisher(PubSubCalls calls, PubSubTarget target, string topic, PubSubState state, ILogger<PubSubJobPublisher> logger) : IJobPublisher
{
    private readonly PubSubResources _resources = new(calls, target);

    /// <exception cref="CloudSweepException">The service refused, or did not answer several times.</exception>
    public async Task PublishAsync(IReadOnlyList<JobNotification> notifications, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            foreach (var request in PublishBatches.Of(topic, notifications.Select(NotificationMessages.Write)))
            {
                await PublishAsync(request, cancellationToken);
                state.Succeeded();
            }
        }
        catch (RpcException exception)
        {
            var explained = PubSubErrors.Explain(exception, "publish to", topic, target.Address);
            state.Failed(explained.Message);
            throw explained;
        }
        catch (CloudSweepException exception)
        {
            state.Failed(exception.Message);
            throw;
        }
    }

    private async Task PublishAsync(PublishRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await calls.PublishAsync(request, cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound && target.IsEmulator)
        {
            LogCreating(topic);
            await _resources.CreateAsync(cancellationToken);
            await calls.PublishAsync(request, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The Pub/Sub emulator has no {Topic}; creating it")]
    private partial void LogCreating(string topic);
}
