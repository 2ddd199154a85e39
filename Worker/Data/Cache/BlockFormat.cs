namespace CloudSweep.Worker.Data.Cache;

/// <summary>
/// The block file: header (magic, version, key; padded to 64 bytes), blocks, footer (canonical JSON), trailer.
/// A block is labels (i32 local index) and then each feature column (number, local index of a category, or bucket; NaN = missing)
/// in its smallest exact type, every one padded to 64 bytes.
/// A label that is a number is the last of the columns, and the local indexes are 0.
/// Little-endian. Every byte is under a checksum (XxHash3) or a compared constant.
/// </summary>
internal static class BlockFormat
{
    public const int Version = 2;
    public const int Alignment = 64;
    public const int TrailerBytes = 32;
    public const ulong Magic = 0x4B4C425045575343; // "CSWEPBLK"

    private const int MaxRows = 4096;
    private const int MinRows = 64;
    private const int MaxBlockBytes = 4 << 20;

    /// <summary>Rows of every block but the last; a pure function of the feature count because block bounds decide the training order.</summary>
    public static int RowsPerBlock(int features) => Math.Clamp(MaxBlockBytes / (8 * (features + 1)), MinRows, MaxRows);

    public static int Aligned(int bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
