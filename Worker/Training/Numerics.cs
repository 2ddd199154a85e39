namespace CloudSweep.Worker.Training;

/// <summary>The version of the arithmetic.</summary>
internal static class Numerics
{
    /// <summary>Raised by any change that alters a bit of a trained trial. A sweep is trained with one version.</summary>
    public const int Version = 3;
}
