namespace CloudSweep.Worker.Training;

/// <summary>Work of one thread that idle ones may help with.</summary>
internal interface ISharedWork
{
    /// <summary>Does one of so many parts; which thread does which never shows in a result.</summary>
    void RunPart(int part, int parts);
}
