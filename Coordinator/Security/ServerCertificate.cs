using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CloudSweep.Coordinator.Configuration;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Security;

/// <summary>The certificate shown to callers, with those between it and the root; read again when its files change.</summary>
internal sealed partial class ServerCertificate : IReloaded
{
    private static readonly TimeSpan WarnBefore = TimeSpan.FromDays(14);
    private static readonly TimeSpan WarnEvery = TimeSpan.FromDays(1);

    private readonly string _file;
    private readonly ReloadedFiles<SslStreamCertificateContext> _files;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private DateTimeOffset _warnedAt;

    public ServerCertificate(IOptions<ServerOptions> options, TimeProvider time, ILogger<ServerCertificate> logger)
    {
        var tls = options.Value.Tls;
        (_file, _time, _logger) = (tls.CertificateFile, time, logger);
        _files = new ReloadedFiles<SslStreamCertificateContext>([tls.CertificateFile, tls.KeyFile], Parse, logger);
        Refresh();
    }

    /// <exception cref="InvalidOperationException">No certificate is set.</exception>
    public SslStreamCertificateContext Current => _files.Current ?? throw new InvalidOperationException("There is no certificate; https needs one.");

    /// <summary>What is wrong with the files; null when they will do.</summary>
    public static string? MistakeIn(TlsOptions files)
    {
        try
        {
            Parse([File.ReadAllText(files.CertificateFile), File.ReadAllText(files.KeyFile)]).TargetCertificate.Dispose();
            return null;
        }
        catch (Exception exception) when (ReloadedFiles<SslStreamCertificateContext>.IsUnusable(exception))
        {
            return $"Tls:CertificateFile ('{files.CertificateFile}') and Tls:KeyFile ('{files.KeyFile}') must be a PEM certificate and its key, not encrypted: {exception.Message}";
        }
    }

    public void Refresh()
    {
        if (_file.Length == 0)
        {
            return;
        }

        if (_files.Refresh())
        {
            _warnedAt = DateTimeOffset.MinValue;
            LogRead(_file, Current.TargetCertificate.NotAfter);
        }

        WarnOfExpiry();
    }

    private static SslStreamCertificateContext Parse(IReadOnlyList<string> texts)
    {
        var certificate = X509Certificate2.CreateFromPem(texts[0], texts[1]);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(texts[0]);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    private void WarnOfExpiry()
    {
        var now = _time.GetUtcNow();
        if (_files.Current is { TargetCertificate.NotAfter: var end } && end - now < WarnBefore && now - _warnedAt >= WarnEvery)
        {
            _warnedAt = now;
            LogExpires(_file, end);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Read the certificate {File}; it is valid until {End:O}")]
    private partial void LogRead(string file, DateTime end);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The certificate {File} is valid until {End:O} only; replace the files, no restart is needed")]
    private partial void LogExpires(string file, DateTime end);
}
