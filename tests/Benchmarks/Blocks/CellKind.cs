namespace CloudSweep.Benchmarks.Blocks;

/// <summary>What the cells of generated blocks hold, which decides how they are stored.</summary>
internal enum CellKind
{
    /// <summary>Whole numbers from 0 to 255, as of pictures: one byte.</summary>
    Pixel,

    /// <summary>Whole numbers beyond a byte: four bytes.</summary>
    Integer,

    /// <summary>Numbers that a float32 holds: four bytes.</summary>
    Single,

    /// <summary>Numbers of full float64 precision: eight bytes.</summary>
    Double,
}
