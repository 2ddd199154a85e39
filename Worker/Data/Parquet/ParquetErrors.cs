using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Parquet;

/// <summary>Turns whatever the Parquet library throws at a bad file into one answer.</summary>
internal static class ParquetErrors
{
    // The library promises no exception types: a bad file has been seen to end in ParquetException, IOException, index,
    // overflow, null and cast errors. All mean the same to a user.
    public static async Task<T> TellAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or CloudSweepException or RecordFormatException))
        {
            throw new RecordFormatException(
                RecordPlace.WholeShard,
                "the Parquet data is corrupt or cut off, or uses an encoding or compression that is not supported; write the file again, with Snappy, Zstandard or no compression",
                exception);
        }
    }

    public static Task TellAsync(Func<Task> read) => TellAsync(async () =>
    {
        await read();
        return true;
    });
}
