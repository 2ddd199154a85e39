namespace CloudSweep.GoogleCloud;

/// <summary>Whether PUBSUB_EMULATOR_HOST and STORAGE_EMULATOR_HOST are heeded. The values are those of Google's own clients.</summary>
public enum EmulatorDetection
{
    /// <summary>They are ignored.</summary>
    None,

    /// <summary>It is a mistake that they are set.</summary>
    ProductionOnly,

    /// <summary>It is a mistake that they are not set.</summary>
    EmulatorOnly,

    /// <summary>An emulator where they are set, Google otherwise.</summary>
    EmulatorOrProduction,
}
