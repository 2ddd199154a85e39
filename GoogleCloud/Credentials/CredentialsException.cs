using CloudSweep.Core.Domain;

namespace CloudSweep.GoogleCloud.Credentials;

/// <summary>This process has no Google account, or no token can be had for it. The message says what to do; it holds nothing secret.</summary>
/// <param name="message">Safe to show.</param>
/// <param name="isTransient">Trying again later may help.</param>
/// <param name="inner">What led to it.</param>
public sealed class CredentialsException(string message, bool isTransient, Exception? inner = null) : CloudSweepException(message, inner)
{
    /// <summary>Trying again later may help: the token service was busy or unreachable, not refusing.</summary>
    public bool IsTransient { get; } = isTransient;
}
