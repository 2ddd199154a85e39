using CloudSweep.Cli.Remote;
using CloudSweep.GoogleCloud.Credentials;
using CloudSweep.Protos.V1;
using CloudSweep.Worker.Connection;
using Grpc.Core;

namespace CloudSweep.Cli.Diagnosis;

/// <summary>Asks a Coordinator once who it is, for all checks that want to know.</summary>
internal sealed class CoordinatorProbe(ConnectionOptions connection, IIdentityTokens identity, TimeProvider time)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private Task<CoordinatorSighting>? _asked;

    public ConnectionOptions Connection { get; } = connection;

    /// <exception cref="UnreachableCoordinatorException">It did not answer, or refused.</exception>
    public Task<CoordinatorSighting> AskAsync(CancellationToken cancellationToken) => _asked ??= AskOnceAsync(cancellationToken);

    private async Task<CoordinatorSighting> AskOnceAsync(CancellationToken cancellationToken)
    {
        using var channel = CoordinatorConnection.Open(Connection, identity);
        var sweeps = new Sweeps.SweepsClient(channel);
        try
        {
            var deadline = time.GetUtcNow().UtcDateTime + Deadline;

            // The first call connects and takes longer than the way of a message.
            await sweeps.DescribeCoordinatorAsync(new DescribeCoordinatorRequest(), deadline: deadline, cancellationToken: cancellationToken);
            var sent = time.GetUtcNow();
            var answer = await sweeps.DescribeCoordinatorAsync(new DescribeCoordinatorRequest(), deadline: deadline, cancellationToken: cancellationToken);
            var middle = sent + ((time.GetUtcNow() - sent) / 2);
            return new CoordinatorSighting(answer.Version, answer.Time.ToDateTimeOffset() - middle);
        }
        catch (RpcException exception)
        {
            throw new UnreachableCoordinatorException(RemoteErrors.Explain(exception, Connection) ?? exception.Status.Detail);
        }
    }
}
