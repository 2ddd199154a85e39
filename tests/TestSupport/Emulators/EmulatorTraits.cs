namespace CloudSweep.TestSupport.Emulators;

/// <summary>What makes an emulator the one that it is.</summary>
/// <param name="Name">Its name for people, and on a network of containers.</param>
/// <param name="Image">Image of its container, with a tag.</param>
/// <param name="MayPull">The image is a published one.</param>
/// <param name="Port">Where it listens in its container.</param>
/// <param name="AddressPrefix">What clients expect before host and port: empty, or <c>http://</c>.</param>
/// <param name="HealthPath">A GET of it succeeds once it serves.</param>
/// <param name="Missing">What to install where there is none.</param>
public sealed record EmulatorTraits(string Name, string Image, bool MayPull, int Port, string AddressPrefix, string HealthPath, string Missing);
