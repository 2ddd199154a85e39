namespace CloudSweep.Worker.Data.Libsvm;

/// <summary>Where the text of a value is in its line.</summary>
internal readonly record struct LibsvmEntry(int Index, int Start, int Length);
