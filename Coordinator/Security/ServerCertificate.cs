using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace CloudSweep.Coordinator.Security;

/// <summary>The certificate shown to callers, with those between it and the root; read again when its files change.</summary>
internal sealed partial class ServerCertificate
{
    private static readonly TimeSpan WarnBefore = TimeSpan.FromDays(14);
    private static readonly TimeSpan WarnEvery = TimeSpan.FromDays(1);

    private readonly string _file;
    private readonly ReloadedFiles<SslStreamCertificateContext> _files;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private DateTimeOffset _warnedAt;

    /// <param name="certificateFile">PEM; empty = there is none.</param>
    /// <param name="keyFile">PEM of its key.</param>
    /// <param name="time">Tells when it ends soon.</param>
    /// <param name="logger">Hears of new and of unusable files.</param>
    public ServerCertificate(string certificateFile, string keyFile, TimeProvider time, ILogger<ServerCertificate> logger)
    {
        (_file, _time, _logger) = (certificateFile, time, logger);
        _files = new ReloadedFiles<SslStreamCertificateContext>([certificateFile, keyFile], Parse, logger);
        Refresh();
    }

    /// <exception cref="InvalidOperationException">No certificate is set.</exception>
    public SslStreamCertificateContext Current => _files.Current ?? throw new InvalidOperationException("There is no certificate; https needs one.");

    /// <summary>What is wrong with the files; null when they will do.</summary>
    public static string? MistakeIn(string certificateFile, string keyFile)
    {
        try
        {
            Parse([File.ReadAllText(certificateFile), File.ReadAllText(keyFile)]).TargetCertificate.Dispose();
            return null;
        }
        catch (Exception exception) when (ReloadedFiles<SslStreamCertificateContext>.IsUnusable(exception))
        {
            return exception.Message;
        }
    }

    /// <summary>Takes what is new in the files.</summary>
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
