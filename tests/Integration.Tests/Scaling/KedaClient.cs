using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using CloudSweep.Protos.Keda;
using Grpc.Core;
using Grpc.Net.Client;

namespace CloudSweep.Integration.Tests.Scaling;

/// <summary>Asks a scaler as KEDA does: activity is pushed to it, metric and target it polls, all over mutual TLS.</summary>
internal sealed class KedaClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Channel<bool> _pushed = Channel.CreateUnbounded<bool>();
    private readonly CancellationTokenSource _ending = new();
    private readonly X509Certificate2 _certificate;
    private readonly GrpcChannel _channel;
    private readonly ExternalScaler.ExternalScalerClient _scaler;
    private readonly ScaledObjectRef _trigger;
    private readonly Task _watching;

    /// <param name="address">Of the scaler, <c>https://</c>.</param>
    /// <param name="credentials">Folder that <c>cloudsweep credentials create</c> filled.</param>
    /// <param name="slotsPerWorker">Of the trigger.</param>
    public KedaClient(string address, string credentials, int slotsPerWorker)
    {
        _certificate = X509Certificate2.CreateFromPemFile(Path.Combine(credentials, "scaler-client.pem"), Path.Combine(credentials, "scaler-client.key"));
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler { SslOptions = Tls(credentials, _certificate) }, DisposeHttpClient = true });
        _scaler = new ExternalScaler.ExternalScalerClient(_channel);
        _trigger = new ScaledObjectRef
        {
            Name = "worker",
            Namespace = "cloudsweep",
            ScalerMetadata = { ["scalerAddress"] = new Uri(address).Authority, ["slotsPerWorker"] = slotsPerWorker.ToString(CultureInfo.InvariantCulture) },
        };
        _watching = Task.Run(WatchAsync, CancellationToken.None);
    }

    /// <summary>The next activity that is pushed, in order; none is asked for.</summary>
    public async Task<bool> NextActivityAsync() => await _pushed.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>Nothing was pushed that <see cref="NextActivityAsync"/> did not give.</summary>
    public bool IsQuiet => !_pushed.Reader.TryPeek(out _);

    /// <summary>What the HPA is told.</summary>
    public async Task<(double Metric, double Target)> PollAsync()
    {
        var spec = Assert.Single((await _scaler.GetMetricSpecAsync(_trigger, cancellationToken: TestContext.Current.CancellationToken)).MetricSpecs);
        var request = new GetMetricsRequest { ScaledObjectRef = _trigger, MetricName = spec.MetricName };
        var value = Assert.Single((await _scaler.GetMetricsAsync(request, cancellationToken: TestContext.Current.CancellationToken)).MetricValues);
        Assert.Equal((spec.MetricName, spec.TargetSizeFloat, value.MetricValueFloat), (value.MetricName, spec.TargetSize, value.MetricValue_));
        return (value.MetricValueFloat, spec.TargetSizeFloat);
    }

    /// <summary>What the HPA and KEDA make of it: as many replicas as have the target each, at least one while there is work, and none without.</summary>
    public async Task<int> ReplicasAsync(int max)
    {
        var (metric, target) = await PollAsync();
        var isActive = (await _scaler.IsActiveAsync(_trigger, cancellationToken: TestContext.Current.CancellationToken)).Result;
        return isActive ? Math.Clamp((int)Math.Ceiling(metric / target), 1, max) : 0;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _channel.Dispose();
        _certificate.Dispose();
        _ending.Dispose();
    }

    private static SslClientAuthenticationOptions Tls(string credentials, X509Certificate2 certificate)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPemFile(Path.Combine(credentials, "ca.pem"));
        return new SslClientAuthenticationOptions { CertificateChainPolicy = trust, ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true) };
    }

    private async Task WatchAsync()
    {
        try
        {
            using var stream = _scaler.StreamIsActive(_trigger, cancellationToken: _ending.Token);
            await foreach (var activity in stream.ResponseStream.ReadAllAsync(_ending.Token))
            {
                _pushed.Writer.TryWrite(activity.Result);
            }

            _pushed.Writer.Complete();
        }
        catch (RpcException exception)
        {
            _pushed.Writer.Complete(exception);
        }
    }
}
