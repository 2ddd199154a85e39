using CloudSweep.GoogleCloud.Credentials;

namespace CloudSweep.Worker.Connection;

/// <summary>The token that goes with a call.</summary>
internal sealed class BearerTokens(ConnectionOptions options, IIdentityTokens? identity)
{
    private const int MaxBytes = 16 << 10;

    public bool Exist => options.Token.Length > 0 || options.TokenFile.Length > 0 || options.OidcAudience.Length > 0;

    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidDataException">The file holds no token.</exception>
    /// <exception cref="CredentialsException">There is no Google account, or it can't have ID tokens.</exception>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (options.OidcAudience.Length > 0)
        {
            return await (identity ?? throw new InvalidOperationException("There is nobody to ask for ID tokens.")).GetAsync(options.OidcAudience, cancellationToken);
        }

        // A file of a hundred bytes: whoever rotates it need not tell anyone.
        return options.TokenFile.Length > 0 ? ReadFile(options.TokenFile) : options.Token;
    }

    /// <exception cref="InvalidDataException">The file holds no token.</exception>
    public static string ReadFile(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
        {
            throw new InvalidDataException($"It is larger than {MaxBytes} bytes.");
        }

        var token = File.ReadAllText(path).Trim();
        return IsToken(token) ? token : throw new InvalidDataException("It is not one word of visible ASCII characters.");
    }

    public static bool IsToken(string text) => text.Length > 0 && text.All(character => character is > ' ' and < '\x7f');
}
