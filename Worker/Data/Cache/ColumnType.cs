namespace CloudSweep.Worker.Data.Cache;

/// <summary>How a block stores a column; numbers are part of the file format.</summary>
internal enum ColumnType : byte
{
    UInt8 = 1,
    Int32 = 2,
    Float32 = 3,
    Float64 = 4,
}
