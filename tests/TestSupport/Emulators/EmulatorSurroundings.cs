namespace CloudSweep.TestSupport.Emulators;

/// <summary>What a machine has of an emulator.</summary>
/// <param name="Endpoint">Value of the variable that leads clients to one; null where it is not set, or must not be heeded.</param>
/// <param name="HasImage">A Docker engine answers and has its image, or could pull it.</param>
/// <param name="HasProgram">It can be started as a process.</param>
public sealed record EmulatorSurroundings(string? Endpoint, bool HasImage, bool HasProgram);
