namespace CloudSweep.Worker.Data.Records;

/// <summary>What a cell is when it is read as a number.</summary>
internal enum CellNumber
{
    /// <summary>A number, or a spelling of NaN or an infinity.</summary>
    Number,

    /// <summary>There is no value.</summary>
    Missing,

    /// <summary>Something else.</summary>
    NotANumber,
}
