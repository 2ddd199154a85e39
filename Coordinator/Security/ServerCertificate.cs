using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudSweep.Coordinator.Configuration;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Security;

/// <summary>The certificate shown to callers, with those between it and the root; read again when its files change.</summary>
internal sealed partial class ServerCertificate : IReloadedFiles
{
    private static readonly TimeSpan WarnBefore = TimeSpan.FromDays(14);
    private static readonly TimeSpan WarnEvery = TimeSpan.FromDays(1);

    private readonly TlsOptions _files;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private (string Certificate, string Key) _seen;
    private SslStreamCertificateContext? _current;
    private DateTimeOffset _warnedAt = DateTimeOffset.MinValue;

    public ServerCertificate(IOptions<ServerOptions> options, TimeProvider time, ILogger<ServerCertificate> logger)
    {
        (_files, _time, _logger) = (options.Value.Tls, time, logger);
        if (_files.CertificateFile.Length > 0)
        {
            Refresh();
        }
    }

    /// <exception cref="InvalidOperationException">No certificate is set.</exception>
    public SslStreamCertificateContext Current => _current ?? throw new InvalidOperationException("There is no certificate; https needs one.");

    /// <summary>What is wrong with the files; null when they will do.</summary>
    public static string? MistakeIn(TlsOptions files)
    {
        try
        {
            Read(Texts(files)).TargetCertificate.Dispose();
            return null;
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return $"Tls:CertificateFile ('{files.CertificateFile}') and Tls:KeyFile ('{files.KeyFile}') must be a PEM certificate and its key, not encrypted: {exception.Message}";
        }
    }

    public void Refresh()
    {
        if (_files.CertificateFile.Length == 0)
        {
            return;
        }

        try
        {
            var texts = Texts(_files);
            if (texts != _seen)
            {
                _seen = texts;
                Volatile.Write(ref _current, Read(texts));
                _warnedAt = DateTimeOffset.MinValue;
                LogRead(_files.CertificateFile, Current.TargetCertificate.NotAfter);
            }
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            LogUnreadable(_files.CertificateFile, _files.KeyFile, exception.Message);
        }

        WarnOfExpiry();
    }

    private static (string Certificate, string Key) Texts(TlsOptions files) => (File.ReadAllText(files.CertificateFile), File.ReadAllText(files.KeyFile));

    private static SslStreamCertificateContext Read((string Certificate, string Key) texts)
    {
        var certificate = X509Certificate2.CreateFromPem(texts.Certificate, texts.Key);
        var others = new X509Certificate2Collection();
        others.ImportFromPem(texts.Certificate);
        return SslStreamCertificateContext.Create(certificate, others, offline: true);
    }

    private static bool IsUnreadable(Exception exception) => exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    private void WarnOfExpiry()
    {
        var now = _time.GetUtcNow();
        if (_current is { TargetCertificate.NotAfter: var end } && end.ToUniversalTime() - now < WarnBefore && now - _warnedAt >= WarnEvery)
        {
            _warnedAt = now;
            LogExpires(_files.CertificateFile, end);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Read the certificate {File}; it is valid until {End:O}")]
    private partial void LogRead(string file, DateTime end);

    [LoggerMessage(Level = LogLevel.Error, Message = "The certificate {File} and its key {KeyFile} can't be used, the one before stays: {Reason}")]
    private partial void LogUnreadable(string file, string keyFile, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The certificate {File} is valid until {End:O} only; replace the files, no restart is needed")]
    private partial void LogExpires(string file, DateTime end);
}
