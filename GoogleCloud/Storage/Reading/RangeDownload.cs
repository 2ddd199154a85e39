using System.Globalization;
using System.Net;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage.Http;

namespace CloudSweep.GoogleCloud.Storage.Reading;

/// <summary>Fills ranges of one version of an object.</summary>
internal sealed class RangeDownload(string bucket, StoredObject version, StorageClient client)
{
    // What has just been copied out of the socket is still near the processor when its checksum is taken.
    private const int PieceBytes = 256 * 1024;

    // Less gained by a request does not count as progress, so a connection that dies at every byte ends in an error.
    private const int ProgressBytes = 64 * 1024;

    private readonly StorageCall _call = StorageCall.Read(bucket, version);
    private readonly StorageRequests _requests = new(client.Address, bucket);

    private int _requestCount;

    /// <summary>Checksum of the whole object: that of the list, else of an answer; null while none has told it.</summary>
    public uint? ExpectedCrc { get; private set; } =
        uint.TryParse(version.Crc32C, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var crc) ? crc : null;

    /// <summary>Fills a range; every way to fail is passed on to its reader.</summary>
    public async Task RunAsync(ObjectRange range, CancellationToken cancellationToken)
    {
        try
        {
            await FillAsync(range, cancellationToken);
            range.Complete();
        }
        catch (Exception exception)
        {
            range.Fail(exception);
        }
    }

    /// <summary>Says that the bytes that came are not those of the object.</summary>
    /// <param name="crc">Their checksum.</param>
    public StorageException WrongBytes(uint crc) => _call.ToException(Mismatch(crc), _requestCount, offset: 0);

    private async Task FillAsync(ObjectRange range, CancellationToken cancellationToken)
    {
        var attempts = client.Begin(_call);
        while (true)
        {
            var before = range.Filled;
            try
            {
                attempts.Begin();
                Interlocked.Increment(ref _requestCount);
                await client.TryAsync(idle => RequestAsync(range, idle), cancellationToken);
                CheckWhole(range);
                return;
            }
            catch (FailedRequestException failure) when (failure.Status is HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed && !StorageCall.IsBucketMissing(failure))
            {
                throw new ObjectChangedException($"{_call.Target} is not there any more: it was replaced or deleted since it was listed.", failure);
            }
            catch (FailedRequestException failure)
            {
                await attempts.RecoverAsync(failure, range.Offset + range.Filled, range.Filled - before >= ProgressBytes, cancellationToken);
            }
        }
    }

    private async Task<bool> RequestAsync(ObjectRange range, IdleTimeout idle)
    {
        var start = range.Offset + range.Filled;
        var isWhole = range.Length == version.SizeBytes && range.Filled == 0;
        using var response = await client.SendAsync(
            () => _requests.Media(version.Name, version.Version, isWhole ? null : start, range.Offset + range.Length - 1), idle);
        CheckAnswer(response, start, range.Length - range.Filled, isWhole);
        range.AcceptAnswer();

        await using var body = await response.Content.ReadAsStreamAsync(idle.Token);
        while (range.Filled < range.Length)
        {
            var free = range.Free;
            var count = await body.ReadAsync(free[..Math.Min(free.Length, PieceBytes)], idle.Token);
            idle.Restart();
            if (count == 0)
            {
                throw new FailedRequestException($"the answer ended {range.Length - range.Filled} bytes too early");
            }

            range.Advance(count);
        }

        return true;
    }

    /// <summary>Bytes that are not those asked for must not be taken for them.</summary>
    private void CheckAnswer(HttpResponseMessage response, long start, int length, bool isWhole)
    {
        var contentRange = response.Content.Headers.ContentRange;
        var size = contentRange?.Length ?? (isWhole ? response.Content.Headers.ContentLength : null);
        if (size is { } told && told != version.SizeBytes)
        {
            throw Unfit($"the service has {told} bytes of it and not {version.SizeBytes}");
        }

        if (!isWhole && contentRange?.From != start)
        {
            throw Unfit($"the service has not heeded the range that starts at byte {start}");
        }

        if (response.Content.Headers.ContentLength is { } coming && coming != length)
        {
            throw new FailedRequestException($"the answer has {coming} bytes and not the {length} asked for");
        }

        ExpectedCrc ??= FindCrc(response);
    }

    /// <summary>An object in one range has not been read by anyone yet, so wrong bytes of it can be fetched again.</summary>
    private void CheckWhole(ObjectRange range)
    {
        if (range.Length == version.SizeBytes && ExpectedCrc is { } expected && range.Crc != expected)
        {
            var crc = range.Crc;
            range.Reset();
            throw Mismatch(crc);
        }
    }

    private FailedRequestException Mismatch(uint crc) =>
        new(string.Create(CultureInfo.InvariantCulture, $"wrong bytes came, with CRC32C {crc:x8} where the object has {ExpectedCrc:x8}"));

    private static FailedRequestException Unfit(string cause) => new(cause) { IsTransient = false };

    /// <summary>The checksum of the whole stored object, which every answer tells, also that of a range.</summary>
    private static uint? FindCrc(HttpResponseMessage response)
    {
        const string Prefix = "crc32c=";
        var hashes = response.Headers.TryGetValues("x-goog-hash", out var values) ? values : [];
        var hash = hashes.SelectMany(value => value.Split(',')).Select(value => value.Trim()).FirstOrDefault(value => value.StartsWith(Prefix, StringComparison.Ordinal));
        return Crc32C.FromBase64(hash?[Prefix.Length..]);
    }
}
