namespace CloudSweep.Benchmarks.Harness;

/// <summary>How fast memory is copied from one place to another, each as large as the figure it is compared with and far larger than the caches.</summary>
/// <param name="bytes">Bytes to copy.</param>
internal sealed class CopyBandwidth(long bytes)
{
    private readonly byte[][] _from = Parts(bytes);
    private readonly byte[][] _to = Parts(bytes);

    /// <summary>Time to copy all bytes once, by so many threads together.</summary>
    public Timing Measure(int threads) => Timing.Of(() =>
    {
        var others = Enumerable.Range(1, threads - 1).Select(index => new Thread(() => Copy(index, threads))).ToArray();
        foreach (var thread in others)
        {
            thread.Start();
        }

        Copy(0, threads);
        foreach (var thread in others)
        {
            thread.Join();
        }
    });

    private static byte[][] Parts(long bytes)
    {
        const int PartBytes = 16 << 20;
        var parts = new byte[(bytes + PartBytes - 1) / PartBytes][];
        for (var part = 0; part < parts.Length; part++)
        {
            parts[part] = new byte[Math.Min(PartBytes, bytes - ((long)part * PartBytes))];
            parts[part].AsSpan().Fill(1);
        }

        return parts;
    }

    private void Copy(int first, int step)
    {
        for (var part = first; part < _from.Length; part += step)
        {
            _from[part].CopyTo(_to[part], 0);
        }
    }
}
