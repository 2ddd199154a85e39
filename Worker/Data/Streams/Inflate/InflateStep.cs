namespace CloudSweep.Worker.Data.Streams.Inflate;

/// <summary>Why an inflater stopped.</summary>
internal enum InflateStep
{
    /// <summary>It goes on with more stored bytes.</summary>
    NeedsInput,

    /// <summary>It goes on when text was taken.</summary>
    NeedsRoom,

    /// <summary>Its last block has ended.</summary>
    Ended,
}
