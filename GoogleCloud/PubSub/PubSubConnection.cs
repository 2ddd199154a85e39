using CloudSweep.GoogleCloud.Credentials;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>The one connection of a process to Pub/Sub. Nothing is sent before the first call.</summary>
internal sealed class PubSubConnection : IDisposable
{
    private readonly GrpcChannel _channel;

    /// <exception cref="OptionsValidationException">The settings hold mistakes; all are told.</exception>
    public PubSubConnection(IOptions<PubSubOptions> options, PubSubEnvironment environment, AccessTokens tokens, TimeProvider timeProvider)
    {
        Target = PubSubTargetReader.Read(options.Value, environment).Target;
        _channel = PubSubChannel.Open(Target);
        Calls = new PubSubCalls(_channel.CreateCallInvoker(), Target.IsEmulator ? null : new PubSubAuthorization(tokens), timeProvider);
    }

    public PubSubTarget Target { get; }

    public PubSubCalls Calls { get; }

    public void Dispose() => _channel.Dispose();
}
