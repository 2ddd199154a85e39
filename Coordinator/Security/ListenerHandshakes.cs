using System.Net;
using System.Net.Security;
using CloudSweep.Coordinator.Configuration;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Security;

/// <summary>The TLS of the listeners: what each shows callers, and what it asks of them.</summary>
internal sealed class ListenerHandshakes : IReloaded
{
    private readonly ServerCertificate _main;
    private readonly ServerCertificate _scaler;
    private readonly ClientCertificates _scalerClients;

    public ListenerHandshakes(
        IOptions<ServerOptions> server, IOptions<ScalerOptions> scaler, TimeProvider time, ILogger<ServerCertificate> certificateLogger, ILogger<ClientCertificates> clientLogger)
    {
        _main = new ServerCertificate(server.Value.Tls.CertificateFile, server.Value.Tls.KeyFile, time, certificateLogger);
        _scaler = new ServerCertificate(scaler.Value.CertificateFile, scaler.Value.KeyFile, time, certificateLogger);
        _scalerClients = new ClientCertificates(scaler.Value.ClientCaFile, clientLogger);
    }

    /// <param name="scope">Of the listener.</param>
    /// <param name="caller">Where the connection comes from.</param>
    public SslServerAuthenticationOptions Begin(ListenerScope scope, EndPoint? caller) => scope == ListenerScope.Scaler
        ? _scalerClients.Demand(_scaler.Current, caller)
        : new SslServerAuthenticationOptions { ServerCertificateContext = _main.Current };

    public void Refresh()
    {
        _main.Refresh();
        _scaler.Refresh();
        _scalerClients.Refresh();
    }
}
