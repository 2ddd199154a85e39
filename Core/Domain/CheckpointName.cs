using System.Globalization;
using System.Text.RegularExpressions;

namespace CloudSweep.Core.Domain;

/// <summary>Names of checkpoints, <c>SWEEP/JOB/TOKEN-POSITION</c>, and of trials' models, <c>SWEEP/JOB/TOKEN-trial-NUMBER</c>.</summary>
public static partial class CheckpointName
{
    public static string Of(JobId job, long fencingToken, long position) => string.Create(CultureInfo.InvariantCulture, $"{job}/{fencingToken}-{position}");

    /// <summary>Of the weights that a trial ended with.</summary>
    public static string OfModel(JobId job, long fencingToken, int trial) => string.Create(CultureInfo.InvariantCulture, $"{job}/{fencingToken}-trial-{trial}");

    /// <summary>Takes a name apart; false for another form.</summary>
    public static bool TryParse(string name, out JobId job, out long fencingToken)
    {
        (job, fencingToken) = (default, 0);
        var slash = name.LastIndexOf('/');
        var dash = name.IndexOf('-', slash + 1);
        return slash > 0 && dash > slash
            && JobId.TryParse(name[..slash], out job)
            && long.TryParse(name.AsSpan(slash + 1, dash - slash - 1), NumberStyles.None, CultureInfo.InvariantCulture, out fencingToken);
    }

    /// <exception cref="ArgumentException">A segment is empty, starts with a dot or has a character other than letters, digits, '.', '_' and '-'.</exception>
    public static void ThrowIfInvalid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!Valid().IsMatch(name))
        {
            throw new ArgumentException($"'{name}' is no checkpoint name: use segments of letters, digits, '.', '_' and '-' that start with no dot.", nameof(name));
        }
    }

    // No segment starts with a dot: so none leads out of the folder, and temporary files have names of their own.
    [GeneratedRegex(@"\A[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\z")]
    private static partial Regex Valid();
}
