using System.CommandLine;
using CloudSweep.Cli.Commands;
using CloudSweep.Cli.Output;
using CloudSweep.Cli.Running;
using CloudSweep.GoogleCloud.Credentials;
using CloudSweep.Protos.V1;
using CloudSweep.Worker.Connection;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSweep.Cli.Remote;

/// <summary>A command's connection to a Coordinator.</summary>
internal sealed class RemoteSession : IAsyncDisposable
{
    private readonly ServiceProvider _google;
    private readonly GrpcChannel _channel;

    private RemoteSession(ConnectionOptions options)
    {
        Address = options.Coordinator;
        _google = new ServiceCollection().AddGoogleCredentials().BuildServiceProvider();
        _channel = CoordinatorConnection.Open(options, _google.GetRequiredService<IIdentityTokens>());
        var calls = _channel.Intercept(new RetriedCalls(TimeProvider.System, () => View.Say($"The Coordinator at {Address} does not answer; trying again.")));
        Sweeps = new Sweeps.SweepsClient(calls);
    }

    public string Address { get; }

    public Sweeps.SweepsClient Sweeps { get; }

    public ProgressView View { get; } = ProgressView.Create();

    /// <summary>Runs a command's work against the Coordinator that its arguments name, until it is done or a person stops it.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(ConnectionArguments arguments, ParseResult parsed, Func<RemoteSession, CancellationToken, Task<int>> work) =>
        CommandGuard.RunAsync(
            async () =>
            {
                var options = arguments.Read(parsed, Environment.GetEnvironmentVariable);
                using var stop = new StopSignal();
                await using var session = new RemoteSession(options);
                try
                {
                    return await work(session, stop.Token);
                }
                catch (RpcException) when (stop.Token.IsCancellationRequested)
                {
                    return ExitCodes.Interrupted;
                }
                catch (RpcException exception) when (RemoteErrors.Explain(exception, options) is { } explanation)
                {
                    ErrorText.Write(explanation);
                    return ExitCodes.Failed;
                }
            },
            logDirectory: null);

    public Task<SweepProgress> FindAsync(string sweep, CancellationToken cancellationToken) => SweepChoice.FindAsync(Sweeps, sweep, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _google.DisposeAsync();
    }
}
