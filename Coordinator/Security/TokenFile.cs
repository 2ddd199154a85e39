using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Security;

/// <summary>
/// The file of accepted tokens: a line each with name, role, SHA-256 in hexadecimal and, where it ends, its end in UTC. Lines that start with # are remarks.
/// It holds no secret, since a hash of 256 random bits can't be turned back; but whoever can write it can let themselves in.
/// </summary>
public static partial class TokenFile
{
    private const int TokenBytes = 32;
    private const string Prefix = "cs_";
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const int LockAttempts = 100;
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Makes a token and adds its hash to the file, which is made when absent, for its owner only. Readers see the file before or after, never half of it.
    /// Waits for another process that adds one at the same time, since one of both would be lost.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Whose it is: 1 to 100 letters, digits and . _ @ + -.</param>
    /// <param name="role">What it is for.</param>
    /// <param name="expiresAt">When it ends; null = never.</param>
    /// <param name="time">Measures the wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The token. It can't be had again.</returns>
    /// <exception cref="InvalidSettingsException">The name or the file breaks rules; no token was added.</exception>
    /// <exception cref="IOException">The file can't be written, or another process did not come to its end.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static async Task<string> AddTokenAsync(string path, string name, CallerRole role, DateTimeOffset? expiresAt, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!IsName(name))
        {
            // Told before anything is made beside the file.
            throw new InvalidSettingsException([NameRule(name)]);
        }

        using var alone = await LockAsync(path, time, cancellationToken);
        return AddToken(path, name, role, expiresAt);
    }

    /// <summary>As <see cref="AddTokenAsync"/>, for who is alone with the file.</summary>
    internal static string AddToken(string path, string name, CallerRole role, DateTimeOffset? expiresAt)
    {
        var text = File.Exists(path) ? File.ReadAllText(path) : "# Tokens that the Coordinator accepts: name role sha256 [end]. Delete a line to refuse its token.\n";
        string[] mistakes = [.. IsName(name) ? [] : new[] { NameRule(name) }, .. Parse(text).Mistakes];
        if (mistakes.Length > 0)
        {
            throw new InvalidSettingsException(mistakes);
        }

        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var end = expiresAt?.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);
        string[] words = [name, NameOf(role), Convert.ToHexStringLower(HashOf(token)), .. end is null ? [] : new[] { end }];
        Replace(path, $"{text.TrimEnd('\n')}\n{string.Join(' ', words)}\n");
        return token;
    }

    /// <summary>Keeps other processes from adding a token until it is disposed. A file beside the tokens is the lock, and stays.</summary>
    private static async Task<IDisposable> LockAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception is not DirectoryNotFoundException && attempt < LockAttempts)
            {
                await Task.Delay(LockPoll, time, cancellationToken);
            }
        }
    }

    /// <summary>Everything that is wrong with the file; empty when it will do.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    internal static IEnumerable<string> MistakesIn(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path) & WritableByOthers) != 0)
        {
            yield return $"can be written by others than its owner, who could let themselves in; run: chmod go-w {path}";
        }

        foreach (var mistake in Parse(File.ReadAllText(path)).Mistakes)
        {
            yield return mistake;
        }
    }

    internal static (IReadOnlyList<TokenEntry> Entries, IReadOnlyList<string> Mistakes) Parse(string text)
    {
        var (entries, mistakes) = (new List<TokenEntry>(), new List<string>());
        foreach (var (index, line) in text.Split('\n').Index().Where(line => line.Item.Trim() is not ("" or ['#', ..])))
        {
            if (ParseLine(line) is { } entry)
            {
                entries.Add(entry);
            }
            else
            {
                // The line is not shown: someone may have put the token itself there.
                mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"line {index + 1} must be: name submitter|worker sha256 [end, like 2027-01-31T00:00:00Z]; add tokens with 'cloudsweep token create'"));
            }
        }

        return (entries, mistakes);
    }

    internal static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    internal static string NameOf(CallerRole role) => role == CallerRole.Submitter ? "submitter" : "worker";

    private static TokenEntry? ParseLine(string line)
    {
        var words = line.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
        DateTimeOffset? expiresAt = null;
        if (words.Length == 4)
        {
            if (!DateTimeOffset.TryParseExact(words[3], InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end))
            {
                return null;
            }

            expiresAt = end;
        }

        CallerRole? role = words is [_, "submitter", ..] ? CallerRole.Submitter : words is [_, "worker", ..] ? CallerRole.Worker : null;
        return words.Length is 3 or 4 && role is { } known && IsName(words[0]) && HashText().IsMatch(words[2])
            ? new TokenEntry(words[0], known, Convert.FromHexString(words[2]), expiresAt)
            : null;
    }

    private static void Replace(string path, string text)
    {
        var mode = OperatingSystem.IsWindows() || !File.Exists(path) ? OnlyOwner : File.GetUnixFileMode(path);
        var next = path + ".new";
        File.Delete(next);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        using (var file = new FileStream(next, options))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    private static bool IsName(string name) => NameText().IsMatch(name);

    private static string NameRule(string name) => $"The name '{name}' must be 1 to 100 letters, digits and . _ @ + -, starting with a letter or digit, e.g. alice or worker-1.";

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}\z")]
    private static partial Regex NameText();

    [GeneratedRegex(@"\A[0-9a-fA-F]{64}\z")]
    private static partial Regex HashText();
}
