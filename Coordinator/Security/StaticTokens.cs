using System.Security.Cryptography;
using CloudSweep.Coordinator.Configuration;
using CloudSweep.Core.Domain;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Security;

/// <summary>The tokens of <c>Tokens:File</c>.</summary>
internal sealed partial class StaticTokens : IReloaded
{
    private readonly string _file;
    private readonly ReloadedFiles<IReadOnlyList<TokenEntry>> _entries;
    private readonly ILogger _logger;

    public StaticTokens(IOptions<ServerOptions> options, ILogger<StaticTokens> logger)
    {
        (_file, _logger) = (options.Value.Tokens.File, logger);
        _entries = new ReloadedFiles<IReadOnlyList<TokenEntry>>([_file], Parse, logger);
        Refresh();
    }

    /// <summary>Null when it is none of them. It may have expired.</summary>
    public TokenEntry? Find(string token)
    {
        var hash = TokenFile.HashOf(token);
        TokenEntry? found = null;

        // Every entry is compared, and every byte of it, so that the time tells nothing.
        foreach (var entry in _entries.Current ?? [])
        {
            found = CryptographicOperations.FixedTimeEquals(entry.Hash, hash) ? entry : found;
        }

        return found;
    }

    public void Refresh()
    {
        if (_file.Length > 0 && _entries.Refresh())
        {
            LogRead(_file, _entries.Current!.Count);
        }
    }

    private static IReadOnlyList<TokenEntry> Parse(IReadOnlyList<string> texts)
    {
        var (entries, mistakes) = TokenFile.Parse(texts[0]);
        return mistakes.Count == 0 ? entries : throw new InvalidSettingsException(mistakes);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Read {File}: {TokenCount} tokens")]
    private partial void LogRead(string file, int tokenCount);
}
