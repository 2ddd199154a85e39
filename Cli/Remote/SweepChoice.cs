using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Remote;

/// <summary>Finds the sweep that a person means: by id, <c>latest</c>, a name that only one has, or the beginning of one id.</summary>
internal static class SweepChoice
{
    public const string Latest = "latest";

    private const int Named = 4;

    /// <exception cref="UnknownSweepException">None is meant, or it can't be told which.</exception>
    public static async Task<SweepProgress> FindAsync(Sweeps.SweepsClient sweeps, string text, CancellationToken cancellationToken)
    {
        // An id begins with the sweep's name, so these are all that can be meant.
        var request = text == Latest ? new ListSweepsRequest { MaxSweeps = 1 } : new ListSweepsRequest { IdPrefix = text };
        var listed = await sweeps.ListSweepsAsync(request, cancellationToken: cancellationToken);
        return Choose(listed.Sweeps, text);
    }

    /// <param name="sweeps">Newest first.</param>
    /// <param name="text">As given.</param>
    /// <exception cref="UnknownSweepException">None is meant, or it can't be told which.</exception>
    public static SweepProgress Choose(IReadOnlyList<SweepProgress> sweeps, string text)
    {
        if (sweeps.FirstOrDefault(sweep => sweep.Sweep == text) is { } exact)
        {
            return exact;
        }

        if (text == Latest)
        {
            return sweeps is [var newest, ..] ? newest : throw new UnknownSweepException("There is no sweep yet, so there is no latest one. 'cloudsweep submit FILE' makes one.");
        }

        return Only(sweeps, sweep => sweep.Name == text, $"The name '{text}'")
            ?? Only(sweeps, sweep => text.Length > 0 && sweep.Sweep.StartsWith(text, StringComparison.Ordinal), $"'{text}'")
            ?? throw new UnknownSweepException($"There is no sweep '{text}'. Give its id, the beginning of it, its name, or '{Latest}'; 'cloudsweep list' shows them.");
    }

    private static SweepProgress? Only(IReadOnlyList<SweepProgress> sweeps, Func<SweepProgress, bool> isMeant, string what)
    {
        var meant = sweeps.Where(isMeant).ToArray();
        return meant.Length <= 1
            ? meant.SingleOrDefault()
            : throw new UnknownSweepException(
                $"{what} fits {meant.Length} sweeps: {string.Join(", ", meant.Take(Named).Select(sweep => sweep.Sweep))}{(meant.Length > Named ? ", …" : "")}. Give the id of one.");
    }
}
