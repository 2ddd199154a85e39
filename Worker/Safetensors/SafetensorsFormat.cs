namespace CloudSweep.Worker.Safetensors;

/// <summary>
/// The format (https://huggingface.co/docs/safetensors): length of the header (8 bytes, little-endian), the header as JSON, which may end in
/// spaces, then the data of the tensors without gap or overlap.
/// </summary>
internal static class SafetensorsFormat
{
    public const string MetadataKey = "__metadata__";
    public const string DataType = "F32";

    /// <summary>Longest header, as in the reference implementation.</summary>
    public const int MaxHeaderBytes = 100_000_000;

    /// <summary>Most tensors of a file. Ours have two per layer.</summary>
    public const int MaxTensors = 10_000;

    /// <summary>Most axes of a tensor.</summary>
    public const int MaxAxes = 8;

    /// <summary>The data begins at a multiple of this.</summary>
    public const int Alignment = 8;

    /// <summary>Numbers of a shape; null when they are more than an array can hold.</summary>
    public static int? CountOf(IEnumerable<int> shape)
    {
        var count = 1L;
        foreach (var length in shape)
        {
            count *= length;
            if (count > Array.MaxLength)
            {
                return null;
            }
        }

        return (int)count;
    }
}
